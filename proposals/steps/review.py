"""Steps of the receiving office."""

from __future__ import annotations

from typing import Any

from core.steps import FormStep, Plain
from core.writing import ListedReasonForm
from organisation.selectors import offered
from proposals import services
from proposals.defaults import CATEGORY, NOT_FILED_REASON, RETURN_REASON
from proposals.forms import FileForm, MergeForm, NotFileForm
from proposals.models import Proposal


def take_up_step(proposal: Proposal, user: Any, reason: str) -> None:
    services.take_up(proposal=proposal, by=user)


def unmerge_step(proposal: Proposal, user: Any, reason: str) -> None:
    services.unmerge(proposal=proposal, reason=reason, by=user)


def reconsider_step(proposal: Proposal, user: Any, reason: str) -> None:
    services.reconsider(proposal=proposal, reason=reason, by=user)


def file_kwargs(proposal: Proposal) -> dict[str, Any]:
    categories = offered(CATEGORY, proposal.office, proposal.category)
    return {"categories": categories, "initial": {"category": proposal.category}}


def file_step(proposal: Proposal, form: FileForm, user: Any) -> Proposal:
    return services.file_case(proposal=proposal, category=form.cleaned_data["category"], by=user)


def merge_kwargs(proposal: Proposal) -> dict[str, Any]:
    return {"proposal": proposal}


def merge_step(proposal: Proposal, form: MergeForm, user: Any) -> Proposal:
    return services.merge(proposal=proposal, into=form.cleaned_data["into"], words=form.cleaned_data["words"], by=user)


def not_file_kwargs(proposal: Proposal) -> dict[str, Any]:
    return {"reasons": offered(NOT_FILED_REASON, proposal.office)}


def not_file_step(proposal: Proposal, form: NotFileForm, user: Any) -> Proposal:
    given = form.cleaned_data
    return services.not_file(
        proposal=proposal, ground=given["listed"], words=given["words"], as_opinion=given["as_opinion"], by=user
    )


def return_kwargs(proposal: Proposal) -> dict[str, Any]:
    return {"reasons": offered(RETURN_REASON, proposal.office)}


def return_step(proposal: Proposal, form: ListedReasonForm, user: Any) -> Proposal:
    return services.return_for_changes(proposal=proposal, reason=form.reason, by=user)


PLAIN: dict[str, Plain] = {"take_up": take_up_step, "unmerge": unmerge_step, "reconsider": reconsider_step}
FORMS: dict[str, FormStep] = {
    "file": FormStep(FileForm, "立案后编定本届次的下一个案号，并通知提案人。", file_kwargs, file_step),
    "merge": FormStep(MergeForm, "内容相同的提案合并办理。每位提案人都会保留，并分别得到答复。",
                      merge_kwargs, merge_step, prefill=("into",)),
    "not_file": FormStep(NotFileForm, "理由会通知提案人。内容可以转为社情民意信息，继续反映。",
                         not_file_kwargs, not_file_step),
    "return": FormStep(ListedReasonForm, "提案人会收到通知和理由，改好后可以重新提交。", return_kwargs, return_step),
}  # fmt: skip
