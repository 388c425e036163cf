"""The job kind of packages: ids in, one service call."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from accounts.roles import Can
from core.errors import DomainError
from core.jobs import Deliver, Progress, job_kind
from organisation.models import Office
from organisation.selectors import can
from reports import permissions
from reports.archive import services


def allowed(user: User, params: dict[str, Any]) -> bool:
    return bool(can(user, Can.MAKE_REPORTS, params.get("office_id")))


@job_kind(services.PACK, label="生成归档包", allowed=allowed, heavy=True)
def pack(progress: Progress, office_id: int, year: int, with_activities: bool, user_id: int) -> Deliver:
    office, user = Office.objects.filter(pk=office_id).first(), User.objects.filter(pk=user_id).first()
    if office is None or user is None:
        raise DomainError("办公室或账号已不存在，不能归档。")
    permissions.can_make(user, office).require()
    return services.make(office=office, year=year, with_activities=with_activities, by=user, progress=progress)
