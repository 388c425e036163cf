"""The job kinds of this app: ids in, one service call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404

from accounts.models import User
from accounts.roles import Can
from core.errors import DomainError
from core.jobs import Deliver, Progress, job_kind
from organisation.models import Office
from organisation.selectors import can
from reports import permissions, services
from reports.manuscripts import files as manuscript_files
from reports.models import Manuscript
from reports.papers import kinds
from reports.papers import services as papers


def allowed(user: User, params: dict[str, Any]) -> bool:
    return bool(can(user, Can.MAKE_REPORTS, params.get("office_id")))


@job_kind(services.RENDER, label="生成报告", allowed=allowed, heavy=True)
def render(progress: Progress, document: str, office_id: int, year: int, user_id: int, part: str = "",
           ids: Sequence[int] | None = None) -> Deliver:  # fmt: skip
    office, user = Office.objects.filter(pk=office_id).first(), User.objects.filter(pk=user_id).first()
    if office is None or user is None:
        raise DomainError("办公室或账号已不存在，不能生成。")
    permissions.can_make(user, office).require()
    return services.make_report(
        document=document, office=office, year=year, part=part, by=user, progress=progress, ids=ids
    )


def may_have(user: User, params: dict[str, Any]) -> bool:
    """Whether the owner still sees the record it is about."""
    kind = kinds.find(params["document"])
    about = kind.load(params["pk"], params["part"]) if kind else None
    return bool(kind and about is not None and kind.sees(user, about))


@job_kind(papers.RENDER, label="生成文书", allowed=may_have, quiet=True)
def render_paper(progress: Progress, document: str, pk: int, part: int, site: str, user_id: int) -> Deliver:
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise DomainError("账号已不存在，不能生成。")
    try:
        return papers.make(document=document, pk=pk, part=part, site=site, by=user, progress=progress)
    except Http404:
        raise DomainError("这份文书所依据的记录已经不能查看。") from None


# --- manuscripts -----------------------------------------------------------------------------------------------------
def may_open(user: User, params: dict[str, Any]) -> bool:
    return Manuscript.objects.visible_to(user).filter(pk=params["pk"]).exists()


def manuscript_and_user(pk: int, user_id: int) -> tuple[Manuscript, User]:
    """Raises DomainError when either is gone or the right has ended."""
    user = User.objects.filter(pk=user_id).first()
    rows = Manuscript.objects.visible_to(user).select_related("office", "corrects", "report") if user else None
    manuscript = rows.filter(pk=pk).first() if rows is not None else None
    if user is None or manuscript is None:
        raise DomainError("文稿或账号已不存在，不能生成。")
    return manuscript, user


@job_kind(manuscript_files.PREVIEW, label="试打文稿", allowed=may_open, quiet=True)
def preview(progress: Progress, pk: int, user_id: int) -> Deliver:
    manuscript, user = manuscript_and_user(pk, user_id)
    return manuscript_files.make_preview(manuscript=manuscript, by=user, progress=progress)


@job_kind(manuscript_files.FREEZE, label="生成正式文件", allowed=may_open)
def freeze(progress: Progress, pk: int, user_id: int) -> Deliver:
    manuscript, user = manuscript_and_user(pk, user_id)
    if not manuscript.is_frozen:
        raise DomainError("文稿还没有签发，不能生成正式文件。")
    return manuscript_files.make_files(manuscript=manuscript, by=user, progress=progress)
