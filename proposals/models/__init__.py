"""Tables of proposals."""

from proposals.models.batches import Batch
from proposals.models.numbers import CaseCounter, SerialCounter
from proposals.models.people import Invitation, Proposer
from proposals.models.proposal import Proposal, ProposalQuerySet, others_see
from proposals.models.review import BulkRun, ChangeRequest, CheckMark, Recommendation
from proposals.models.writing import Attachment

__all__ = [
    "Attachment", "Batch", "BulkRun", "CaseCounter", "ChangeRequest", "CheckMark", "Invitation", "Proposal",
    "ProposalQuerySet", "Proposer", "Recommendation", "SerialCounter", "others_see",
]  # fmt: skip
