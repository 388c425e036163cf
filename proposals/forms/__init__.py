"""Forms of proposals: layout and hints. The rules are in proposals.rules."""

from proposals.forms.batches import BatchForm
from proposals.forms.people import InviteForm
from proposals.forms.requests import AnswerForm, ChangeForm, ReasonForm
from proposals.forms.review import AdviceForm, FileForm, LeadForm, MergeForm, NotFileForm
from proposals.forms.word import WordForm
from proposals.forms.writing import Offer, ProposalForm

__all__ = [
    "AdviceForm", "AnswerForm", "BatchForm", "ChangeForm", "FileForm", "InviteForm", "LeadForm", "MergeForm",
    "NotFileForm", "Offer", "ProposalForm", "ReasonForm", "WordForm",
]  # fmt: skip
