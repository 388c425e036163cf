"""Pages of proposals."""

from proposals.views.batches import batch_detail, batch_edit, batch_list, batch_new
from proposals.views.bulk import proposal_bulk, proposal_bulk_run
from proposals.views.lists import proposal_list, proposal_mine
from proposals.views.one import proposal_act, proposal_detail
from proposals.views.people import proposal_answer, proposal_people
from proposals.views.requests import proposal_ask, request_detail
from proposals.views.review import proposal_become, proposal_check, proposal_recommend
from proposals.views.writing import (
    proposal_attachment,
    proposal_discard,
    proposal_edit,
    proposal_from_word,
    proposal_new,
    proposal_receipt,
    proposal_restore,
    proposal_versions,
)

__all__ = [
    "batch_detail", "batch_edit", "batch_list", "batch_new", "proposal_act", "proposal_answer", "proposal_ask",
    "proposal_attachment", "proposal_become", "proposal_bulk", "proposal_bulk_run", "proposal_check",
    "proposal_detail", "proposal_discard", "proposal_edit", "proposal_from_word", "proposal_list",
    "proposal_mine", "proposal_new", "proposal_people", "proposal_receipt", "proposal_recommend",
    "proposal_restore", "proposal_versions", "request_detail",
]  # fmt: skip
