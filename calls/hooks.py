"""What this app offers to the lower ones: navigation, to-dos, the dossier section."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.roles import Can
from calls import pages, selectors
from calls.defaults import PRIZE
from calls.enums import CallState, EntryState, Stage
from calls.models import Entry
from core.clock import Span
from core.navigation import Entry as Item
from core.navigation import register
from core.templatetags.ui import cn_date
from members import dossier
from members.models import Member
from notices.todos import Todo, sources
from organisation.selectors import code_labels, grants

GROUP = "问卷和征集"


def writes(user: Any) -> bool:
    return grants(user).holds(Can.WRITE_CALLS)


def sees_entries(user: Any) -> bool:
    return grants(user).holds(Can.VIEW_CALLS)


def todos(user: Any) -> list[Todo]:
    """Members: calls that take texts. Offices: what came in, and for judges what waits for points."""
    held, found = grants(user), []
    if held.holds(Can.WRITE_CALLS):
        url = f"{reverse('call_list')}?state={CallState.OPEN}"
        found.append(Todo("正在征集的稿件", selectors.waiting_calls(user), url, "megaphone"))
    if held.holds(Can.VIEW_CALLS):
        url = f"{reverse('call_list')}?state={CallState.JUDGING}"
        found.append(Todo("等您打分的稿件", selectors.unscored_entries(user), url, "award", urgent=True))
        url = f"{reverse('entry_list')}?state={EntryState.SUBMITTED}"
        undecided = selectors.undecided_entries(held.where(Can.EDIT_CALLS))
        found.append(Todo("收到的征集稿件", undecided, url, "file-earmark-text"))
    return found


def dossier_content(member: Member, user: Any, year: int) -> dossier.Content:
    """Submitted in the year, with prizes and presentations once they are announced, as far as `user` may see them."""
    visible = Entry.objects.visible_to(user).filter(authors__member=member).select_related("call")
    rows = list(selectors.counted(visible, Stage.SUBMITTED, Span.year(year)).order_by("-submitted_at"))
    labels = code_labels(PRIZE) if any(row.prize for row in rows) else {}
    told = [row for row in rows if row.call.is_announced]
    return dossier.Content(
        figures=[
            dossier.Figure("提交稿件", len(rows), "篇"),
            dossier.Figure("获奖", sum(bool(row.prize) for row in told), "篇"),
            dossier.Figure("会上交流", sum(bool(row.presented) for row in told), "篇"),
        ]
        if rows
        else [],
        records=[dossier.Record(cells(row, labels), url=row.get_absolute_url()) for row in rows[: dossier.LATEST]],
        all_url=reverse("entry_mine") if member.user_id == user.pk else "",
    )


def cells(row: Entry, labels: dict[str, str]) -> tuple[str, ...]:
    return (str(row), str(row.call), cn_date(row.submitted_at), outcome(row, labels))


def outcome(row: Entry, labels: dict[str, str]) -> str:
    """Prize and presentation once announced, else the state."""
    return (pages.outcome(row, labels) if row.call.is_announced else "") or row.state_label


def connect() -> None:
    register(Item("call_list", "征集活动", "megaphone", GROUP, selectors.sees_calls, order=42))
    register(Item("entry_mine", "我的稿件", "file-earmark-text", GROUP, writes, order=13))
    register(Item("entry_list", "征集来稿", "file-earmark-text", GROUP, sees_entries, order=44))
    sources.register("calls", todos)
    dossier.register(
        dossier.DossierSection("calls", "征文和发言", ("题目", "征集", "提交时间", "结果"), dossier_content,
                               order=50, icon="award", empty="这一年没有提交征文或发言。")
    )  # fmt: skip
