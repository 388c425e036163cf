"""What the pages on satisfaction show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from core.components import Task
from core.pages import Page
from core.permissions import ALLOWED, Permission, denied
from core.templatetags.ui import cn_date
from handling import replying
from handling.answering import Standing, answered_one, current_replies, of_whole_replies
from handling.defaults import REPLY_CATEGORY
from handling.enums import ANSWERING, ReplyState, Satisfaction
from handling.feedback_links import Asked, url_for
from handling.forms.feedback import FeedbackForm
from handling.letters import letter_of
from handling.models import Feedback, Reply
from handling.reply_rules import UNIT_SEES_WORDS
from handling.selectors import reads
from organisation.selectors import code_labels, contact, grants, rule
from proposals.models import Proposer

TONES = {
    Satisfaction.SATISFIED: "success",
    Satisfaction.MOSTLY: "info",
    Satisfaction.UNSATISFIED: "danger",
    Satisfaction.NO_OPINION: "neutral",
}
#: The big buttons of the link page; each answers both questions.
BUTTONS = [
    (each.value, "暂不表态" if each == Satisfaction.NO_OPINION else each.label, TONES[each]) for each in Satisfaction
]
MINE = ("答复和评价", "/feedback/mine/")


def is_member(user: Any) -> Permission:
    if "member" in grants(user).roles:
        return ALLOWED
    return denied("这一页供委员使用。办公室请从“提案答复”进入。")


# --- answers as lines ---
@dataclass(frozen=True)
class Line:
    """One proposer to be answered. `earlier` are the answers before the newest one. Urls are empty without the
    right to use them."""

    name: str
    proposal: str
    answer: Feedback | None
    earlier: Sequence[Feedback]
    words: str
    paper_url: str = ""
    link_url: str = ""
    sheet_url: str = ""

    @property
    def tags(self) -> list[tuple[str, str]]:
        return tags(self.answer)


def tags(answer: Feedback | None) -> list[tuple[str, str]]:
    """(办理工作：满意, tone) for both questions."""
    if answer is None:
        return []
    return [
        (f"办理工作：{answer.get_handling_display()}", TONES[Satisfaction(answer.handling)]),
        (f"办理结果：{answer.get_result_display()}", TONES[Satisfaction(answer.result)]),
    ]


def sees_words(user: Any, reply: Reply) -> bool:
    """What proposers wrote is for the office, and for the unit where the rule says so."""
    proposal = reply.assignment.proposal
    return reads(user, proposal) or bool(rule(UNIT_SEES_WORDS, proposal.office))


def lines(reply: Reply, stand: Standing, *, words: bool, staff: bool, site: str = "") -> list[Line]:
    """Every proposer to be answered with what he thinks; one query for all earlier answers. `site`: the address of the
    portal, for links that staff pass on to those who have not answered.
    """
    given: dict[int, list[Feedback]] = {}
    for row in reply.feedback.filter(item__isnull=True).order_by("-pk"):
        given.setdefault(row.proposer_id, []).append(row)
    own = reply.assignment.proposal_id
    return [
        Line(
            name=who.member.name,
            proposal="" if who.proposal_id == own else str(who.proposal),
            answer=answer,
            earlier=given.get(who.pk, [])[1:],
            words=answer.text if answer and words else "",
            paper_url=reverse("feedback_paper", args=[reply.pk, who.pk]) if staff else "",
            link_url=site + url_for(reply, who) if staff and site and answer is None else "",
            sheet_url=reverse("feedback_sheet", args=[answer.pk]) if staff and answer and answer.sheet_id else "",
        )
        for who, answer in stand.answers
    ]


# --- the proposer's own ---
def own_rows(user: Any) -> QuerySet[Proposer]:
    return Proposer.objects.filter(member__user_id=user.pk).select_related("member", "proposal__merged_into")


def own_proposer(user: Any, reply: Reply) -> Proposer | None:
    """As whom the user judges the reply; of several proposals merged together the one not judged yet."""
    answered = reply.assignment.proposal_id
    mine = [row for row in own_rows(user) if answered_one(row.proposal).pk == answered]
    waiting = [row for row in mine if newest(reply, row) is None]
    return next(iter([*waiting, *mine]), None) if reply.state == ReplyState.PASSED and not reply.is_opinion else None


def newest(reply: Reply, proposer: Proposer, item: Any = None) -> Feedback | None:
    return Feedback.objects.filter(reply=reply, proposer=proposer, item=item).order_by("-pk").first()


def own_answers(user: Any) -> OwnAnswers:
    return OwnAnswers(user)


@dataclass(frozen=True)
class OwnAnswer:
    """A delivered reply beside the answer the user gave to it; `open` while an answer still counts."""

    reply: Reply
    proposer: Proposer
    answer: Feedback | None
    open: bool


class OwnAnswers(Sequence):
    """The replies to the user's proposals, the newest first, as a page of them is asked for."""

    def __init__(self, user: Any) -> None:
        self.people = list(own_rows(user))
        self.roots = {row.pk: answered_one(row.proposal).pk for row in self.people}
        rows = Reply.objects.filter(
            assignment__proposal__in=set(self.roots.values()), state=ReplyState.PASSED, assignment__role__in=ANSWERING
        )
        self.rows = replying.with_parts(rows).order_by("-passed_at", "-pk")

    def __len__(self) -> int:
        return self.rows.count()

    def __getitem__(self, at: Any) -> list[OwnAnswer]:
        shown = list(self.rows[at])
        given = of_whole_replies().filter(reply__in=[each.pk for each in shown], proposer__in=self.roots)
        said = {(row.reply_id, row.proposer_id): row for row in given}
        current = set(current_replies().filter(pk__in=[each.pk for each in shown]).values_list("pk", flat=True))
        return [
            OwnAnswer(reply, who, said.get((reply.pk, who.pk)), reply.pk in current)
            for reply in shown
            for who in self.people
            if self.roots[who.pk] == reply.assignment.proposal_id
        ]


def task(each: OwnAnswer) -> Task:
    """A line of the own list; what waits to be judged opens for judging at once."""
    note = f"{each.reply.assignment.unit.name} · {each.reply} · {cn_date(each.reply.passed_at)}送达"
    title = str(each.proposer.proposal)
    if each.answer is None and each.open:
        return Task(title, reverse("feedback_give", args=[each.reply.pk]), note=note, due="请评价", tone="warning")
    due = f"办理结果：{each.answer.get_result_display()}" if each.answer else "没有评价"
    tone = TONES[Satisfaction(each.answer.result)] if each.answer else "neutral"
    return Task(title, each.proposer.proposal.get_absolute_url(), note=note, due=due, tone=tone)


# --- forms ---
def initial(before: Feedback | None) -> dict[str, Any]:
    if before is None:
        return {}
    return {"handling": before.handling, "result": before.result, "text": before.text}


def form_head(reply: Reply, proposer: Proposer) -> Page:
    steps = [MINE, (str(proposer.proposal), proposer.proposal.get_absolute_url()), ("评价", "")]
    lead = "请看过答复再评价。评价以后还可以改，以最后一次为准，以前的也会保留。"
    return Page(f"评价{reply.assignment.unit.name}的{reply}", lead=lead, breadcrumbs=steps)


def paper_head(reply: Reply, proposer: Proposer) -> Page:
    steps = [("首页", "/"), (str(reply.assignment.proposal), reply.assignment.proposal.get_absolute_url()),
             (str(reply), reply.get_absolute_url()), ("代录纸质评价表", "")]  # fmt: skip
    lead = "照纸质表填写，并上传扫描件。记录后会通知本人核对。"
    return Page(f"代录{proposer.member.name}的评价", lead=lead, breadcrumbs=steps)


def asked(reply: Reply, proposer: Proposer, *, folded: bool) -> dict[str, Any]:
    """What stands above the form: the reply (`folded` for staff, who copy a sheet), and what was answered before."""
    given = Feedback.objects.filter(reply=reply, proposer=proposer, item__isnull=True).order_by("-pk")
    return {"letter": letter_of(reply, code_labels(REPLY_CATEGORY)), "proposer": proposer, "given": list(given),
            "folded": folded}  # fmt: skip


def link_page(asked: Asked, form: FeedbackForm | None, done: str) -> dict[str, Any]:
    """The page behind a link: buttons first; the two questions and words after a press."""
    last = newest(asked.reply, asked.proposer, asked.item)
    open_for_words = form or (FeedbackForm(initial=initial(last)) if last else None)
    office = asked.reply.assignment.proposal.office
    return {
        "page": Page("评价提案答复"),
        "asked": asked,
        "letter": letter_of(asked.reply, code_labels(REPLY_CATEGORY)),
        "buttons": [] if open_for_words else BUTTONS,
        "last": last,
        "tags": tags(last),
        "form": open_for_words,
        "done": done if last else "",
        "has_errors": bool(form and form.errors),
        "contact": contact(office),
    }
