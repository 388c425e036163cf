"""What the page of a reply, its writing page and the panel on the proposal show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core import printing
from core.components import Photo
from core.pages import Link, Page
from core.templatetags.ui import cn_date, cn_datetime
from core.workflow import Action, history
from handling import replying
from handling.answering import QUESTIONS, Standing, is_unsatisfied, standing
from handling.defaults import CONTACT_WAY, REPLY_CATEGORY
from handling.enums import AssignmentRole, AssignmentState, ReplyState, Satisfaction
from handling.letters import Letter, letter_of, title_of
from handling.models import Assignment, Contact, Reply
from handling.models.replies import OUT
from handling.pages.feedback import Line, lines, own_proposer, sees_words
from handling.permissions import can_supervise_reply
from handling.services import replies as services
from handling.services.rounds import rounds_left
from handling.workflow import REPLIES
from organisation.selectors import code_labels, grants

HOME = ("首页", "/")
OFFICE_STEPS = frozenset({"pass", "send_back"})
CONTACT_HELP = (
    "答复前要与提案人联系：座谈、上门、电话、邮件、信函都可以。\n\n"
    "联系一次登记一次，第一次登记后“办前联系”的期限就完成了。"
)
WRITE_HELP = (
    "先联系提案人并登记面商，再写答复。\n\n"
    "答复要逐条回应提案里的建议：已经做到的、计划做的（写明日期）、没有采纳的（写明理由）。\n\n"
    "写明日期的事项到期后要报落实情况。\n\n"
    "可以先保存草稿，写好后送核稿，核稿通过再签发。"
)
OPINION_HELP = (
    "会办意见送给主办单位，由主办单位汇总后答复提案人。\n\n"
    "不用选答复类别。可以先保存草稿，写好后送核稿，核稿通过再签发。"
)


def categories() -> dict[str, str]:
    return code_labels(REPLY_CATEGORY)


def crumbs(user: Any, reply: Reply, *more: str) -> list[tuple[str, str]]:
    proposal = reply.assignment.proposal
    steps = [HOME, (str(proposal), proposal.get_absolute_url())]
    return [*steps, (str(reply), reply.get_absolute_url() if more else ""), *((label, "") for label in more)]


def part_page(assignment: Assignment, label: str, lead: str = "") -> Page:
    """Pages of one unit's part."""
    proposal = assignment.proposal
    where = f"{proposal.full_case_label} · {assignment.unit.name}" if proposal.case_no else assignment.unit.name
    steps = [HOME, (str(proposal), proposal.get_absolute_url()), (label, "")]
    return Page(f"{label}：{proposal}", lead=lead or where, breadcrumbs=steps)


# --- one reply ---
def detail(user: Any, reply: Reply, site: str) -> dict[str, Any]:
    """Everybody who sees it reads the letter; how it came about is for the unit and the office. `site` is the
    portal's own address.
    """
    works = replying.works_on(user, reply.assignment)
    return {
        "page": Page(title_of(reply), lead=f"《{reply.assignment.proposal}》", breadcrumbs=crumbs(user, reply),
                     badge=reply.state_label, badge_tone=reply.tone),
        "reply": reply,
        "letter": letter_of(reply, categories()),
        "call": call(reply) if works else None,
        "actions": actions(user, reply),
        "links": links(user, reply),
        "papers": printing.panels(user, "reply", reply),
        "facts": [(label, value) for label, value in facts(reply) if value],
        "warnings": list(services.warnings(reply).values()) if works and reply.state not in OUT else [],
        "contacts": contacts(reply.assignment) if works else [],
        "suggestions": reply.assignment.proposal.suggestions if works and reply.state != ReplyState.PASSED else "",
        "opinions": opinions(user, reply),
        "judged": judged(user, reply, site) if works else None,
        "events": history(reply) if works else [],
    }  # fmt: skip


@dataclass(frozen=True)
class Call:
    """What must be known first."""

    tone: str
    title: str
    text: str


def call(reply: Reply) -> Call | None:
    """Why it came back, for as long as the unit works on it."""
    events = [event for event in history(reply) if event.name in ("send_back", "back_to_draft")]
    if reply.is_writable and events:
        title = "办公室退回了这份答复，请修改后重新送出" if events[-1].name == "send_back" else "核稿意见，请修改后再送"
        return Call("warning", title, events[-1].reason)
    if reply.is_writable and reply.assignment.state == AssignmentState.REHANDLING:
        return again(reply.assignment)
    return None


def again(assignment: Assignment) -> Call | None:
    """Why the unit replies once more."""
    events = [event for event in history(assignment) if event.name == "rehandle"]
    return Call("warning", "提案人不满意，请重新办理后再次答复", events[-1].reason) if events else None


def actions(user: Any, reply: Reply) -> list[Action]:
    """The unit's steps for the unit, the office's for the office."""
    office = bool(can_supervise_reply(user, reply))
    unit = reply.assignment.unit_id in grants(user).unit_ids
    if not office and not unit:
        return []
    found = REPLIES.actions(user, reply, url=lambda name: reverse("reply_act", args=[reply.pk, name]))
    chosen = [each for each in found if (office if each.name in OFFICE_STEPS else unit)]
    return [*chosen, *(decisions(reply) if office else [])]


def decisions(reply: Reply) -> list[Action]:
    """On a delivered reply of which somebody is not satisfied."""
    states = (AssignmentState.REPLIED, AssignmentState.DONE)
    if reply.state != ReplyState.PASSED or reply.assignment.state not in states or services.is_overtaken(reply):
        return []
    stand = standing(reply)
    if not is_unsatisfied(stand, reply.assignment.proposal.office):
        return []
    found = []
    if rounds_left(reply):
        found.append(decision(reply, "again", "退回重新办理", "退回理由", "primary"))
    if reply.assignment.state == AssignmentState.REPLIED and stand.all_in:
        found.append(decision(reply, "accept", "不再重办，予以办结", "不再重新办理的理由", "secondary"))
    return found


def decision(reply: Reply, name: str, label: str, reason: str, tone: str) -> Action:
    url = reverse("reply_decide", args=[reply.pk, name])
    return Action(name, label, tone, True, "", True, reason, url)


def links(user: Any, reply: Reply) -> list[Link]:
    found = []
    if reply.assignment.unit_id in grants(user).unit_ids:
        pk = reply.assignment_id
        if reply.is_writable:
            found.append(Link("修改答复", reverse("reply_write", args=[pk]), icon="pencil-square"))
        if not reply.is_opinion and reply.state not in OUT:
            found.append(Link("登记面商", reverse("contact_list", args=[pk]), icon="chat-dots"))
    if reply.state == ReplyState.PASSED and own_proposer(user, reply) and not services.is_overtaken(reply):
        found.append(Link("评价这份答复", reverse("feedback_give", args=[reply.pk]), "primary", "star"))
    if replying.works_on(user, reply.assignment):
        found.append(Link("历史版本", reverse("reply_versions", args=[reply.pk]), icon="clock-history"))
    return found


def facts(reply: Reply) -> list[tuple[str, Any]]:
    return [
        ("承办单位", str(reply.assignment)),
        ("答复类别", categories().get(reply.category, "")),
        ("发文字号", reply.doc_no),
        ("核稿人", reply.checked_by_name),
        ("签发人", reply.signatory),
        ("签发日期", cn_date(reply.signed_on)),
        ("联系人", " ".join(part for part in (reply.contact_name, reply.contact_phone) if part)),
        ("送出时间", cn_datetime(reply.sent_at)),
        ("送达提案人", cn_datetime(reply.passed_at)),
    ]


# --- contacts and opinions ---
@dataclass(frozen=True)
class Talk:
    contact: Contact
    way: str
    photos: list[Photo]


def contacts(assignment: Assignment) -> list[Talk]:
    ways = code_labels(CONTACT_WAY)
    return [Talk(row, ways.get(row.way, row.way), photos(row)) for row in assignment.contacts.select_related("photo")]


def photos(row: Contact) -> list[Photo]:
    if row.photo is None:
        return []
    url = reverse("contact_photo", args=[row.pk])
    width, height = row.photo.width or 320, row.photo.height or 240
    return [Photo(url, url, f"{row.day:%m月%d日}面商的照片", "", width, height)]


@dataclass(frozen=True)
class Opinion:
    """A helper's opinion, or that it is missing."""

    unit: str
    reply: Reply | None
    letter: Letter | None


def opinions(user: Any, reply: Reply) -> list[Opinion]:
    """What the helpers gave the lead, beside the lead's own reply; for those who work on it."""
    if reply.assignment.role != AssignmentRole.LEAD or not replying.works_on(user, reply.assignment):
        return []
    return opinions_of(reply.assignment)


def opinions_of(assignment: Assignment) -> list[Opinion]:
    helpers = Assignment.objects.live().filter(proposal=assignment.proposal_id, role=AssignmentRole.COOP)
    given = replying.with_parts(Reply.objects.filter(assignment__in=helpers, state__in=OUT))
    rows = {row.assignment_id: row for row in given.order_by("round")}
    found = []
    for helper in helpers.select_related("unit"):
        row = rows.get(helper.pk)
        found.append(Opinion(helper.unit.name, row, letter_of(row, {}) if row else None))
    return found


# --- what the proposers think ---
@dataclass(frozen=True)
class Judged:
    """For the unit and the office; `may_record` for staff only."""

    lines: Sequence[Line]
    summary: list[tuple[str, str]]
    may_record: bool


def judged(user: Any, reply: Reply, site: str = "") -> Judged | None:
    if reply.state != ReplyState.PASSED or reply.is_opinion:
        return None
    staff = bool(can_supervise_reply(user, reply))
    stand = standing(reply)
    words = sees_words(user, reply)
    return Judged(lines(reply, stand, words=words, staff=staff, site=site), summary(stand), staff)


def summary(stand: Standing) -> list[tuple[str, str]]:
    """办理工作：满意 2 人，基本满意 1 人."""
    found = []
    for name, label in QUESTIONS.items():
        counted = [(each.label, stand.count(name, each)) for each in Satisfaction]
        if words := "，".join(f"{word} {number} 人" for word, number in counted if number):
            found.append((label, words))
    if stand.missing:
        found.append(("还没有评价", f"{len(stand.missing)} 人"))
    return found


# --- writing ---
def before(reply: Reply) -> Letter | None:
    """The reply of the round before, which the proposers did not find good enough."""
    if reply.round == 1:
        return None
    rows = replying.with_parts(Reply.objects.filter(assignment=reply.assignment_id, round=reply.round - 1))
    found = rows.first()
    return letter_of(found, categories()) if found else None


def writing_page(reply: Reply) -> Page:
    verb = "填写会办意见" if reply.is_opinion else "再次答复" if reply.round > 1 else "拟写答复"
    return part_page(reply.assignment, verb)


def writing_context(reply: Reply) -> dict[str, Any]:
    assignment = reply.assignment
    return {
        "reply": reply,
        "call": (call(reply) if reply.pk else None) or (again(assignment) if reply.round > 1 else None),
        "contacts": [] if reply.is_opinion else contacts(assignment),
        "contact_url": reverse("contact_list", args=[assignment.pk]),
        "opinions": opinions_of(assignment) if assignment.role == AssignmentRole.LEAD else [],
        "before": before(reply),
        "proposal_url": assignment.proposal.get_absolute_url(),
        "suggestions": assignment.proposal.suggestions,
        "aside": OPINION_HELP if reply.is_opinion else WRITE_HELP,
    }
