"""The job kinds of this app: ids in, one service call."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from activities import permissions
from activities.models import Activity
from activities.services import sheet
from core.errors import DomainError
from core.jobs import Deliver, Progress, job_kind


def allowed(user: User, params: dict[str, Any]) -> bool:
    activity = Activity.objects.filter(pk=params.get("activity_id")).first()
    return activity is not None and bool(permissions.can_print_sheet(user, activity))


@job_kind(sheet.KIND, label="打印签到表", allowed=allowed)
def print_sheet(progress: Progress, activity_id: int, user_id: int, kind: str) -> Deliver:
    activity = Activity.objects.select_related("office").filter(pk=activity_id).first()
    user = User.objects.filter(pk=user_id).first()
    if activity is None or user is None:
        raise DomainError("活动或账号已不存在，不能打印。")
    return sheet.make_sheet(by=user, activity=activity, kind=sheet.Sheet(kind), progress=progress)
