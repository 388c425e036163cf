"""Steps of the receiving office."""

from __future__ import annotations

from typing import Any

from core.steps import FormStep, Plain
from core.writing import ListedReasonForm
from organisation.selectors import offered
from proposals import services
from proposals.defaults import CATEGORY, RETURN_REASON
from proposals.forms import FileForm
from proposals.models import Proposal


def file_kwargs(proposal: Proposal) -> dict[str, Any]:
    categories = offered(CATEGORY, proposal.office, proposal.category)
    return {"categories": categories, "initial": {"category": proposal.category}}


def file_step(proposal: Proposal, form: FileForm, user: Any) -> Proposal:
    return services.file_case(proposal=proposal, category=form.cleaned_data["category"], by=user)


def return_kwargs(proposal: Proposal) -> dict[str, Any]:
    return {"reasons": offered(RETURN_REASON, proposal.office)}


def return_step(proposal: Proposal, form: ListedReasonForm, user: Any) -> Proposal:
    return services.return_for_changes(proposal=proposal, reason=form.reason, by=user)


PLAIN: dict[str, Plain] = {}
FORMS: dict[str, FormStep] = {
    "file": FormStep(FileForm, "立案后编定本届次的下一个案号，并通知提案人。", file_kwargs, file_step),
    "return": FormStep(ListedReasonForm, "提案人会收到通知和理由，改好后可以重新提交。", return_kwargs, return_step),
}
