"""What the pages of one manuscript say about it: head, facts, what can be done, downloads."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from core.components import Link, Page
from core.templatetags.ui import cn_date, cn_datetime
from core.workflow import Action, history
from reports import permissions
from reports.documents import documents
from reports.enums import EDITABLE, TONES, ManuscriptState
from reports.models import Manuscript
from reports.printing import DOCX, PDF, XLSX
from reports.workflow import FLOW

LIST = ("文稿", "/reports/manuscripts/")
FORMATS = {PDF: ("下载 PDF", "file-earmark-pdf"), DOCX: ("下载 Word", "file-earmark-word"),
           XLSX: ("下载表格", "file-earmark-spreadsheet")}  # fmt: skip


def tone(manuscript: Manuscript) -> str:
    return TONES[ManuscriptState(manuscript.state)]


def crumbs(user: Any, manuscript: Manuscript, *more: str) -> list[tuple[str, str]]:
    steps = [LIST, (manuscript.title, manuscript.get_absolute_url() if more else "")]
    return steps + [(label, "") for label in more]


def head(user: Any, manuscript: Manuscript) -> Page:
    return Page(
        manuscript.title, lead=lead(manuscript), breadcrumbs=crumbs(user, manuscript),
        badge=FLOW.label(manuscript.state), badge_tone=tone(manuscript),
    )  # fmt: skip


def below(user: Any, manuscript: Manuscript, title: str, lead: str = "") -> Page:
    """The head of a page below the manuscript's."""
    return Page(f"{title}：{manuscript.title}", lead, crumbs(user, manuscript, title))


def lead(manuscript: Manuscript) -> str:
    if manuscript.is_frozen:
        return f"{manuscript.doc_no}，{cn_date(manuscript.frozen_at)}签发。文字和数据已经固定。"
    return f"数据截至 {cn_datetime(manuscript.as_of)}。点文中的数字，可以看到对应的记录。"


def facts(manuscript: Manuscript) -> list[tuple[str, Any]]:
    """Only what is known."""
    kind = documents.find(manuscript.document)
    rows = [
        ("文件", kind.label if kind else manuscript.document),
        ("期间", period(manuscript)),
        ("办公室", manuscript.office.short_name),
        ("发文字号", manuscript.doc_no),
        ("版次", f"第 {manuscript.edition} 版"),
        ("更正原因", manuscript.reason),
        ("数据截至", cn_datetime(manuscript.as_of)),
        ("起草人", manuscript.created_by.name if manuscript.created_by else ""),
        ("最后修改", changed(manuscript)),
        ("签发时间", cn_datetime(manuscript.frozen_at)),
        ("校验码", manuscript.digest),
    ]
    return [(label, value) for label, value in rows if value]


def period(manuscript: Manuscript) -> str:
    kind = documents.find(manuscript.document)
    part = kind.part_label(manuscript.part) if kind else ""
    return f"{manuscript.year}年{part}"


def changed(manuscript: Manuscript) -> str:
    who = f"{manuscript.updated_by.name}，" if manuscript.updated_by else ""
    return "" if manuscript.is_frozen else f"{who}{cn_datetime(manuscript.updated_at)}"


def call(user: Any, manuscript: Manuscript) -> str:
    """Why it came back, for those who work on it."""
    if manuscript.state != ManuscriptState.RETURNED or not permissions.can_work_on(user, manuscript):
        return ""
    returned = [each.reason for each in history(manuscript) if each.to_state == ManuscriptState.RETURNED]
    return returned[-1] if returned else ""


# --- what can be done ------------------------------------------------------------------------------------------------
def actions(user: Any, manuscript: Manuscript) -> list[Action]:
    """The decisions; handing in is done on the page that checks first. Nothing for people who only read."""
    if not concerned(user, manuscript):
        return []
    found = FLOW.actions(user, manuscript, url=lambda name: reverse("manuscript_step", args=[manuscript.pk, name]))
    return [each for each in found if each.name != "submit"]


def concerned(user: Any, manuscript: Manuscript) -> bool:
    return bool(permissions.can_work_on(user, manuscript) or permissions.can_approve(user, manuscript))


def links(user: Any, manuscript: Manuscript) -> list[Link]:
    if manuscript.is_frozen:
        return [*downloads(manuscript), *correction(user, manuscript)]
    trial = Link("试打 PDF", at("manuscript_print", manuscript), "secondary", "printer", post=True)
    if manuscript.state not in EDITABLE or not permissions.can_edit(user, manuscript):
        return [Link("看修改对照", at("manuscript_versions", manuscript), "secondary", "layout-split"), trial]
    returned = manuscript.state == ManuscriptState.RETURNED
    edit = Link("修改文稿", at("manuscript_edit", manuscript), "primary" if returned else "secondary", "pencil-square")
    check = Link("检查并提交", at("manuscript_check", manuscript), "secondary" if returned else "primary", "send-check")
    return [*([edit, check] if returned else [check, edit]), trial]


def downloads(manuscript: Manuscript) -> list[Link]:
    """The files that stay; none yet: ask for them."""
    report = manuscript.report
    if report is None:
        return [Link("正式文件生成情况", at("manuscript_print", manuscript), "primary", "printer", post=True)]
    address = reverse("report_file", args=[report.pk])
    return [
        Link(label, f"{address}?as={form}", "primary" if form == PDF else "secondary", icon)
        for form, (label, icon) in FORMATS.items()
        if report.in_format(form)
    ]


def correction(user: Any, manuscript: Manuscript) -> list[Link]:
    if not permissions.can_correct(user, manuscript):
        return []
    return [Link("更正", at("manuscript_correct", manuscript), "secondary", "pencil")]


def at(name: str, manuscript: Manuscript) -> str:
    return reverse(name, args=[manuscript.pk])
