"""What the pages of calls and submissions say."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.roles import Can
from calls import permissions, selectors
from calls.defaults import KIND, PRIZE
from calls.enums import WRITABLE, CallState, EntryState, Presented
from calls.models import Call, Entry
from calls.rules import words_note, words_wanted
from calls.workflow import CALLS, ENTRIES
from core.components import Task
from core.handover import receivers
from core.pages import Link, Page
from core.prose import length
from core.templatetags.ui import cn_date, cn_datetime
from core.workflow import history
from core.writing import Paper, Receipt, own_side
from organisation.selectors import code_labels, contact, grants

HOME = ("征集活动", "/calls/")
MINE = ("我的稿件", "/entries/mine/")
#: Steps of the author apart from submitting, which is done on the writing page.
OWN_STEPS = frozenset({"withdraw"})


# --- a call ----------------------------------------------------------------------------------------------------------
def call_crumbs(user: Any, call: Call, *more: str) -> list[tuple[str, str]]:
    steps = [HOME, (str(call), call.get_absolute_url() if more else "")]
    return steps + [(label, "") for label in more]


def call_page(user: Any, call: Call) -> dict[str, Any]:
    """Everything the page of a call shows, for its office and for members."""
    manages = permissions.can_manage(user, call)
    sees = permissions.sees_entries(user, call)
    actions = CALLS.actions(user, call, url=lambda name: reverse("call_act", args=[call.pk, name])) if manages else []
    return {
        "page": Page(str(call), breadcrumbs=call_crumbs(user, call), actions=call_links(user, call),
                     badge=call.state_label, badge_tone=call.tone),
        "call": call, "actions": actions, "facts": call_facts(call),
        "own": [task(entry) for entry in selectors.own_of(user, call)],
        "received": received(call) if sees else None,
        "judges": "、".join(call.judges.values_list("name", flat=True)) if sees else "",
        "events": history(call) if sees else [],
    }  # fmt: skip


def received(call: Call) -> list[tuple[Entry, str]]:
    """(submission, its prize and presentation in words) for the office."""
    labels = code_labels(PRIZE)
    return [(entry, outcome(entry, labels)) for entry in selectors.received(call)]


def outcome(entry: Entry, labels: dict[str, str]) -> str:
    shown = Presented(entry.presented).label if entry.presented else ""
    return "，".join(part for part in (labels.get(entry.prize, entry.prize), shown) if part)


def call_links(user: Any, call: Call) -> list[Link]:
    """Tools that are no transition, those the user may use now."""

    def to(name: str) -> str:
        return reverse(name, args=[call.pk])

    offered = [
        (permissions.can_enter, Link("写稿", to("entry_new"), "primary", "pencil-square")),
        (permissions.can_score, Link("打分", to("call_scores"), "primary", "award")),
        (permissions.can_award, Link("评奖", to("call_awards"), "secondary", "trophy")),
        (permissions.can_award, Link("评委", to("call_judges"), "secondary", "people")),
        (permissions.sees_results, Link("结果", to("call_results"), "secondary", "list-ol")),
        (permissions.can_compile, Link("汇编", to("call_book"), "secondary", "book")),
        (permissions.can_edit, Link("修改", to("call_edit"), "quiet", "pencil-square")),
        (permissions.can_discard, Link("删除草稿", to("call_discard"), "danger", "trash3", post=True)),
    ]
    if call.state == CallState.DRAFT:
        offered = [pair for pair in offered if pair[0] != permissions.sees_results]
    return [*closed_to(user, call), *(link for allowed, link in offered if allowed(user, call))]


def closed_to(user: Any, call: Call) -> list[Link]:
    """Why a member cannot write now, instead of a button that is just not there."""
    answer = permissions.can_enter(user, call)
    if call.state != CallState.OPEN or answer or not grants(user).holds(Can.WRITE_CALLS):
        return []
    return [Link("写稿", "", icon="pencil-square", denied_reason=answer.reason)]


def call_facts(call: Call) -> list[tuple[str, Any]]:
    return [(label, value) for label, value in call_values(call) if value]


def call_values(call: Call) -> list[tuple[str, Any]]:
    return [
        ("类型", code_labels(KIND).get(call.kind, call.kind)),
        ("组织", call.office.short_name),
        ("谁可以提交", call.eligible),
        ("字数要求", words_wanted(call)),
        ("开始时间", cn_datetime(call.opens_at)),
        ("截止时间", cn_datetime(call.closes_at)),
        ("公布时间", cn_datetime(call.published_at)),
    ]


# --- a submission ------------------------------------------------------------------------------------------
def entry_crumbs(user: Any, entry: Entry, *more: str) -> list[tuple[str, str]]:
    mine = permissions.is_author(user, entry)
    top = [MINE] if mine else [HOME, (str(entry.call), entry.call.get_absolute_url())]
    return [*top, (str(entry), entry.get_absolute_url() if more else ""), *((label, "") for label in more)]


def entry_head(user: Any, entry: Entry) -> Page:
    return Page(str(entry), lead=str(entry.call), breadcrumbs=entry_crumbs(user, entry),
                badge=entry.state_label, badge_tone=entry.tone)  # fmt: skip


def paper(user: Any, entry: Entry) -> Paper:
    mine = bool(permissions.is_author(user, entry))
    returned = entry.state == EntryState.RETURNED and mine
    actions = own_side(ENTRIES, user, entry, "entry_act", mine, OWN_STEPS)
    return Paper(
        parts=[("正文", entry.body)],
        facts=[(label, value) for label, value in entry_facts(user, entry) if value],
        events=history(entry),
        actions=actions,
        call="请按意见修改后重新提交，意见见右边的办理过程。" if returned else "",
        call_tone="warning", call_title="需要修改" if returned else "",
        links=entry_links(user, entry),
    )  # fmt: skip


def entry_links(user: Any, entry: Entry) -> list[Link]:
    def to(name: str, *more: str) -> str:
        return reverse(name, args=[entry.pk, *more])

    found = [Link("下载附件", to("entry_file"), icon="paperclip")] if entry.attachment_id else []
    if permissions.can_edit_entry(user, entry):
        found.insert(0, Link("继续写", to("entry_edit"), "primary", "pencil-square"))
        if entry.state == EntryState.DRAFT:
            found.append(Link("删除草稿", to("entry_discard"), "danger", "trash3", post=True))
    if entry.submitted_at and permissions.is_author(user, entry):
        found.append(Link("查看回执", to("entry_receipt"), icon="receipt"))
    if permissions.can_hand_over(user, entry):
        found += [Link(receivers.get(key).label, to("entry_hand_over", key), icon="arrow-right-circle", post=True)
                  for key in receivers.keys()]  # fmt: skip # noqa: SIM118 - a registry, no dict
    return found


def entry_facts(user: Any, entry: Entry) -> list[tuple[str, Any]]:
    told = entry.call.is_announced or permissions.sees_entries(user, entry.call)
    note = words_note(entry.call, entry.body)
    return [
        ("征集", str(entry.call)),
        ("作者", "、".join(row.member.name for row in entry.authors.all())),
        ("集体名义", entry.collective),
        ("联络处", entry.office.short_name),
        ("字数", f"{length(entry.body)} 字" if entry.body else ""),
        ("字数提醒", note),
        ("提交时间", cn_datetime(entry.submitted_at)),
        ("奖项", code_labels(PRIZE).get(entry.prize, entry.prize) if told else ""),
        ("会上交流", Presented(entry.presented).label if told and entry.presented else ""),
    ]


def receipt(entry: Entry) -> Receipt:
    call = entry.call
    note = words_note(call, entry.body)
    return Receipt(
        number=entry.receipt_no,
        title=str(entry),
        at=entry.submitted_at,
        receiver=call.office.short_name,
        facts=[
            ("征集", str(call)),
            ("作者", "、".join(row.member.name for row in entry.authors.all())),
            ("现在的状态", entry.state_label),
            *([("字数提醒", f"{note}。已经收下；截止以前可以撤回修改。")] if note else []),
        ],
        next_steps=[
            f"{cn_datetime(call.closes_at)}截稿。截稿以前可以撤回修改，再重新提交。",
            "截稿后组织评审，结果在本平台公布并通知您。",
        ],
        contact=contact(call.office),
        again=Link("查看征集要求", call.get_absolute_url(), icon="megaphone"),
        back=Link("查看这篇稿件", entry.get_absolute_url(), "primary"),
    )


def task(entry: Entry) -> Task:
    """One line of the author's own list; what can be written opens for writing."""
    url = entry.get_absolute_url()
    if entry.state in WRITABLE:
        url = reverse("entry_edit", args=[entry.pk])
    when = f"{cn_date(entry.submitted_at)}提交" if entry.submitted_at else f"{cn_date(entry.updated_at)}保存"
    return Task(str(entry), url, kind=str(entry.call), note=when, due=entry.state_label, tone=entry.tone)
