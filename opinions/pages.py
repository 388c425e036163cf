"""What the pages of one submission say: head, receipt, detail, line of the own list."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from core.components import Task
from core.pages import Link, Page
from core.templatetags.ui import cn_date, cn_datetime
from core.workflow import history
from core.writing import Paper, Receipt, own_side
from opinions.defaults import CATEGORY
from opinions.enums import TONES, OpinionState
from opinions.models import OpinionReport
from opinions.permissions import can_edit, is_author
from opinions.rules import PARTS
from opinions.similar import KIND, may_review
from opinions.workflow import FLOW
from organisation.selectors import code_labels, contact

MINE = ("我的社情民意", "/opinions/mine/")
WRITE = Link("报社情民意", "/opinions/new/", "primary", "pencil-square")
#: Steps of the author apart from submitting, which is done on the writing page: none so far.
OWN_STEPS: frozenset[str] = frozenset()


def crumbs(user: Any, opinion: OpinionReport, *more: str) -> list[tuple[str, str]]:
    """The way back: to the own ones for an author, to the list for everybody else."""
    top = MINE if is_author(user, opinion) else ("社情民意", reverse("opinion_list"))
    steps = [top, (str(opinion), opinion.get_absolute_url() if more else "")]
    return steps + [(label, "") for label in more]


def head(user: Any, opinion: OpinionReport) -> Page:
    lead = "急报" if opinion.is_urgent else ""
    return Page(
        str(opinion), lead=lead, breadcrumbs=crumbs(user, opinion),
        badge=opinion.state_label, badge_tone=TONES[OpinionState(opinion.state)],
    )  # fmt: skip


def paper(user: Any, opinion: OpinionReport) -> Paper:
    return Paper(
        parts=[(label, getattr(opinion, name)) for name, label in PARTS.items()],
        facts=[(label, value) for label, value in facts(opinion) if value],
        events=history(opinion),
        actions=own_side(FLOW, user, opinion, "opinion_act", bool(is_author(user, opinion)), OWN_STEPS),
        links=links(user, opinion),
        version=opinion.version,
    )


def links(user: Any, opinion: OpinionReport) -> list[Link]:
    if not is_author(user, opinion):
        similar = Link("查找类似的", reverse("similar_of", args=[KIND, opinion.pk]), icon="search")
        return [similar] if may_review(user, opinion) else []
    if opinion.submitted_at:
        return [Link("查看回执", reverse("opinion_receipt", args=[opinion.pk]), icon="receipt")]
    if not can_edit(user, opinion):
        return []
    return [
        Link("继续写", reverse("opinion_edit", args=[opinion.pk]), "primary", "pencil-square"),
        Link("删除草稿", reverse("opinion_discard", args=[opinion.pk]), "danger", "trash3", post=True),
    ]


def facts(opinion: OpinionReport) -> list[tuple[str, Any]]:
    return [
        ("撰稿人", "、".join(row.member.name for row in opinion.authors.all())),
        ("联络处", opinion.office.short_name),
        ("来源", origin(opinion)),
        ("分类", code_labels(CATEGORY).get(opinion.category, opinion.category)),
        ("急报", "是" if opinion.is_urgent else ""),
        ("报送时间", cn_datetime(opinion.submitted_at)),
        ("处理时间", cn_datetime(opinion.decided_at)),
    ]


def origin(opinion: OpinionReport) -> str:
    """What it was made from, as a link, and that it is counted there."""
    if not opinion.origin:
        return ""
    note = "（已按提案计一次，不重复计报送）" if opinion.is_converted else ""
    where = format_html('<a href="{}">{}</a>', opinion.origin_url, opinion.origin) if opinion.origin_url else ""
    return format_html("{}{}", where or opinion.origin, note)


def receipt(opinion: OpinionReport) -> Receipt:
    office = opinion.office.short_name
    return Receipt(
        number=opinion.receipt_no,
        title=str(opinion),
        at=opinion.submitted_at,
        receiver=office,
        facts=[
            ("撰稿人", "、".join(row.member.name for row in opinion.authors.all())),
            ("现在的状态", opinion.state_label),
        ],
        next_steps=next_steps(opinion),
        contact=contact(opinion.office),
        again=Link("再写一条", WRITE.url, icon="pencil-square"),
        back=Link("查看这条社情民意", opinion.get_absolute_url(), "primary"),
    )


def next_steps(opinion: OpinionReport) -> list[str]:
    if opinion.state != OpinionState.SUBMITTED:
        return [f"这条社情民意现在是“{opinion.state_label}”。办理过程请看它的页面。"]
    return [
        f"{opinion.office.short_name}审看，决定是否采用。",
        "无论采用与否，结果都会在本平台通知您；没有采用的会写明理由。",
    ]


def task(opinion: OpinionReport) -> Task:
    """One line of the author's own list; a draft opens for writing at once."""
    url = opinion.get_absolute_url()
    if opinion.state == OpinionState.DRAFT:
        url = reverse("opinion_edit", args=[opinion.pk])
    when = f"{cn_date(opinion.submitted_at)}报送" if opinion.submitted_at else f"{cn_date(opinion.updated_at)}保存"
    return Task(str(opinion), url, note=when, due=opinion.state_label, tone=TONES[OpinionState(opinion.state)])
