"""Pages of proposals."""

from proposals.views.lists import proposal_list, proposal_mine
from proposals.views.one import proposal_act, proposal_detail
from proposals.views.writing import proposal_discard, proposal_edit, proposal_new, proposal_receipt

__all__ = [
    "proposal_act", "proposal_detail", "proposal_discard", "proposal_edit", "proposal_list", "proposal_mine",
    "proposal_new", "proposal_receipt",
]  # fmt: skip
