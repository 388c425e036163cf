"""Documents of many chosen proposals, offered by the proposal list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.urls import reverse

from core.clock import today
from core.errors import Denied
from organisation.selectors import home_office
from proposals.bulk import BulkAction, actions
from proposals.models import Proposal
from reports import permissions, services


def may_make(user: Any) -> bool:
    office = home_office(user)
    return bool(office and permissions.can_make(user, office))


def make(proposals: Sequence[Proposal], user: Any, values: Mapping[str, Any], *, document: str) -> str:
    """Queues the document of the user's office; leads to its job."""
    office = home_office(user)
    if office is None:
        raise Denied("您的账号没有所属的办公室。")
    permissions.can_make(user, office).require()
    ids = [each.pk for each in proposals]
    job = services.request_report(document=document, office=office, year=today().year, by=user, ids=ids)
    return reverse("job_page", args=[job.pk])


def connect() -> None:
    actions.add(
        BulkAction("volume", "汇编成册（PDF、Word）", 90, lead="把选中的提案和答复汇编成一册，有封面、目录和索引。",
                   allowed=may_make, together=partial(make, document="proposal_volume"))
    )  # fmt: skip
    actions.add(
        BulkAction("handling_table", "办理情况表（Excel、PDF、Word）", 91,
                   lead="选中提案的承办单位、期限、答复和评价列成一张表。",
                   allowed=may_make, together=partial(make, document="proposal_handling"))
    )  # fmt: skip
