"""Replies on a proposal's page: calm for the proposers, with every answer for the office; the unit's next step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.roles import Can
from core.components import Task
from core.navigation import Entry, register
from core.pages import Link
from core.templatetags.ui import cn_date
from handling import replying
from handling.answering import answered_one, current_replies
from handling.enums import ANSWERING, WRITING, AssignmentRole, AssignmentState, ReplyState
from handling.letters import Letter, letter_of
from handling.models import Assignment, Reply
from handling.models.replies import OUT
from handling.pages import feedback as answers
from handling.pages import replies as pages
from handling.reply_list import sees_list
from handling.services import replies as services
from notices.todos import Todo, sources
from organisation.selectors import grants
from proposals.enums import HANDLED, ProposalState
from proposals.models import Proposer
from proposals.panels import Panel, Part, Sight, parts

AGAIN = "这份答复已经退回重新办理，新的答复送到后会通知提案人评价。"


@dataclass(frozen=True)
class UnitReply:
    """The newest delivered reply of one unit; `earlier` the rounds before it."""

    title: str
    letter: Letter
    earlier: Sequence[Letter]
    ask_url: str = ""
    change_url: str = ""
    own_tags: Sequence[tuple[str, str]] = ()
    judged: pages.Judged | None = None
    page_url: str = ""
    note: str = ""

    @property
    def tone(self) -> str:
        return "warning" if self.ask_url else ""


def panels(sight: Sight) -> list[Panel]:
    """What the unit does next, then the replies that were delivered. A merged proposal shows those of the lead."""
    if sight.proposal.state not in HANDLED and sight.proposal.state != ProposalState.MERGED:
        return []
    found = [*(own_part(row) for row in to_reply(sight)), *(to_check(row) for row in sent(sight))]
    if tasks := opinions(sight):
        found.append(Panel("handling/_opinions.html", {"tasks": tasks}))
    if units := delivered(sight):
        found.append(Panel("handling/_replies.html", {"units": units}))
    return found


# --- replies ---
def delivered(sight: Sight) -> list[UnitReply]:
    """A constant number of queries for each unit; usually there is one."""
    root = answered_one(sight.proposal)
    rows = replying.with_parts(Reply.objects.visible_to(sight.user)).filter(
        assignment__proposal=root, assignment__role__in=ANSWERING, state=ReplyState.PASSED
    )
    by_unit: dict[int, list[Reply]] = {}
    for row in rows.order_by("assignment_id", "-round"):
        by_unit.setdefault(row.assignment_id, []).append(row)
    words = pages.categories()
    return [unit_reply(sight, found, words) for found in by_unit.values()]


def unit_reply(sight: Sight, found: Sequence[Reply], words: dict[str, str]) -> UnitReply:
    newest, *before = found
    works = replying.works_on(sight.user, newest.assignment)
    return UnitReply(
        title=f"{newest.assignment.unit.name}的{newest}",
        letter=letter_of(newest, words),
        earlier=[letter_of(each, words) for each in before],
        judged=pages.judged(sight.user, newest) if works else None,
        page_url=newest.get_absolute_url() if works else "",
        note=AGAIN if newest.assignment.state == AssignmentState.REHANDLING else "",
        **(own_answer(sight, newest) if sight.own else {}),
    )


def own_answer(sight: Sight, reply: Reply) -> dict[str, Any]:
    """Whether the user is asked to judge it, or what he said."""
    mine = Proposer.objects.filter(proposal=sight.proposal, member__user_id=sight.user.pk).first()
    if mine is None:
        return {}
    said = answers.newest(reply, mine)
    if not current_replies().filter(pk=reply.pk).exists():
        return {"own_tags": answers.tags(said)}
    url = reverse("feedback_give", args=[reply.pk])
    return {"own_tags": answers.tags(said), "change_url": url} if said else {"ask_url": url}


# --- the unit's next step ---
def to_reply(sight: Sight) -> Iterable[Assignment]:
    if not sight.unit_ids:
        return []
    rows = Assignment.objects.filter(proposal=sight.proposal, unit_id__in=sight.unit_ids, state__in=WRITING)
    return rows.select_related("unit", "proposal__office")


def own_part(assignment: Assignment) -> Panel:
    reply = services.at_hand(assignment)
    context = {"title": "会办意见" if reply.is_opinion else "答复提案人", "call": None, "missing": "",
               "tone": "", "text": text_of(reply), "links": links_of(reply)}  # fmt: skip
    if reply.is_writable:
        again = pages.again(assignment) if assignment.state == AssignmentState.REHANDLING else None
        context["call"] = (pages.call(reply) if reply.pk else None) or again
        context["missing"] = " ".join(services.warnings(reply).values())
    return Panel("handling/_to_reply.html", context)


def text_of(reply: Reply) -> str:
    if not reply.pk:
        word = "会办意见" if reply.is_opinion else "答复"
        return f"还没有开始写{word}。" if reply.round == 1 else f"还没有开始写第 {reply.round} 次{word}。"
    return f"{reply}：{reply.state_label}。"


def links_of(reply: Reply) -> list[Link]:
    """One primary button: what comes next."""
    pk = reply.assignment_id
    write = Link("继续写" if reply.pk else f"写{reply}", reverse("reply_write", args=[pk]), "primary", "pencil-square")
    if not reply.is_writable:
        return [Link("打开" + str(reply), reply.get_absolute_url(), "primary", "envelope-open")]
    found = [write]
    if not reply.is_opinion:
        found.append(Link("登记面商", reverse("contact_list", args=[pk]), icon="chat-dots"))
    if reply.pk:
        found.append(Link("查看草稿和经过", reply.get_absolute_url(), icon="eye"))
    return found


# --- the office and the lead ---
def sent(sight: Sight) -> Iterable[Reply]:
    """Replies of this proposal that wait for the office."""
    if not sight.works:
        return []
    return replying.to_check([sight.proposal.office_id]).filter(assignment__proposal=sight.proposal)


def to_check(reply: Reply) -> Panel:
    unit = reply.assignment.unit.name
    text = f"{unit}{cn_date(reply.sent_at)}送来{reply}，审核通过后送提案人。"
    link = Link("审核答复", reply.get_absolute_url(), "primary", "envelope-open")
    context = {"title": "答复待审核", "call": None, "missing": "", "tone": "warning", "text": text, "links": [link]}
    return Panel("handling/_to_reply.html", context)


def opinions(sight: Sight) -> list[Task]:
    """What the helpers gave the lead and who still owes it; for the office, leaders and the lead itself."""
    rows = Assignment.objects.live().filter(proposal=sight.proposal)
    leads = rows.filter(role__in=ANSWERING, unit_id__in=sight.unit_ids).exists() if sight.unit_ids else False
    if not sight.reads_all and not leads:
        return []
    helpers = rows.filter(role=AssignmentRole.COOP).exclude(state=AssignmentState.PLANNED).select_related("unit")
    given = Reply.objects.filter(assignment__in=helpers, state__in=OUT)
    by_unit = {row.assignment_id: row for row in given}
    return [opinion_task(row, by_unit.get(row.pk)) for row in helpers]


def opinion_task(helper: Assignment, opinion: Reply | None) -> Task:
    if opinion is None:
        return Task(helper.unit.name, helper.get_absolute_url(), due="还没有送来", tone="warning")
    note = f"{cn_date(opinion.sent_at)}送主办单位"
    return Task(helper.unit.name, opinion.get_absolute_url(), note=note, due="已送来", tone="success")


# --- to-dos ---
def todos(user: Any) -> list[Todo]:
    """Proposers: replies to judge. Units: what came back. Staff: replies to check and judgements to decide about."""
    held, found = grants(user), []
    address = reverse("reply_list")
    if "member" in held.roles:
        found.append(Todo("请您评价的答复", replying.to_judge(user), "/feedback/mine/", "star", urgent=True))
    if held.unit_ids:
        back, again = replying.sent_back(held.unit_ids), replying.to_rehandle(held.unit_ids)
        found.append(Todo("退回重拟的答复", back, f"{address}?standing=back", "arrow-return-left", urgent=True))
        found.append(Todo("要重新办理的提案", again, "/assignments/?state=rehandle", "arrow-repeat", urgent=True))
    if offices := held.where(Can.RECEIVE_PROPOSALS):
        mine = {"assignment__proposal__office_id__in": offices}
        unhappy, awaiting = replying.unhappy().filter(**mine), replying.awaiting().filter(**mine)
        found.append(Todo("待审核的答复", replying.to_check(offices), f"{address}?standing=check", "envelope-open"))
        found.append(Todo("不满意待决定的答复", unhappy, f"{address}?standing=unhappy", "emoji-frown", urgent=True))
        found.append(Todo("等提案人评价的答复", awaiting, f"{address}?standing=awaiting", "hourglass-split"))
    return found


def judges(user: Any) -> bool:
    return bool(answers.is_member(user))


def works(user: Any) -> bool:
    return bool(sees_list(user))


def install() -> None:
    parts.add(Part("replies", 50, panels=panels))
    sources.register("replies", todos)
    register(Entry("feedback_mine", "答复和评价", "star", "建言", judges, order=8))
    register(Entry("reply_list", "提案答复", "envelope-open", "建言", works, order=34))
