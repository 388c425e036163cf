"""The job kinds of this app: ids in, one service call."""

from __future__ import annotations

from accounts.models import User
from core.errors import DomainError
from core.jobs import Deliver, Progress, job_kind
from organisation.models import Office
from reports import services


@job_kind(services.RENDER, label="生成报告")
def render(progress: Progress, document: str, office_id: int, year: int, user_id: int) -> Deliver:
    office, user = Office.objects.filter(pk=office_id).first(), User.objects.filter(pk=user_id).first()
    if office is None or user is None:
        raise DomainError("办公室或账号已不存在，不能生成。")
    return services.make_report(document=document, office=office, year=year, by=user, progress=progress)
