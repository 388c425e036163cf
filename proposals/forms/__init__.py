"""Forms of proposals: layout and hints. The rules are in proposals.rules."""

from proposals.forms.review import FileForm
from proposals.forms.writing import ProposalForm

__all__ = ["FileForm", "ProposalForm"]
