"""Work in the background: ids in, one service call."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from accounts.roles import Can
from core.errors import DomainError
from core.jobs import Deliver, Progress, job_kind
from organisation.models import Office
from organisation.selectors import can
from supervision.services import exchange


def allowed(user: Any, params: dict[str, Any]) -> bool:
    return bool(can(user, Can.RECEIVE_PROPOSALS, params["office_id"]))


@job_kind(exchange.EXPORT, label="导出交办数据", allowed=allowed)
def export(progress: Progress, office_id: int, form: str, year: int, user_id: int) -> Deliver:
    office, user = Office.objects.filter(pk=office_id).first(), User.objects.filter(pk=user_id).first()
    if office is None or user is None:
        raise DomainError("机构或账号已不存在，不能导出。")
    return exchange.make_export(office=office, form=form, year=year, by=user, progress=progress)
