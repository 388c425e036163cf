"""答复函, one for each proposer; 会办意见, to the leading unit; 征求意见表, the paper sheet that goes with a reply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from core import qr
from core.pdf.blocks import (
    Attachments,
    Block,
    Code,
    Column,
    Copies,
    Grid,
    Letterhead,
    Paragraph,
    Remark,
    Signature,
    Table,
)  # fmt: skip
from handling.answering import is_answered, proposers_of
from handling.defaults import CONTACT_WAY, REPLY_CATEGORY
from handling.enums import ANSWERING, AssignmentRole, AssignmentState, ItemKind, ReplyState
from handling.letters import title_of
from handling.models import Assignment, Reply, ReplyItem
from organisation.selectors import code_labels
from proposals.models import Proposal, Proposer
from reports.documents import Composition
from reports.papers import Making, PaperKind, reading, register
from reports.papers.wording import addressee, day_of, named, on, typed

SHEET = "提案办理情况征求意见表"
CHOICES = "□ 满意　　□ 基本满意　　□ 不满意"


@dataclass(frozen=True)
class LetterOf:
    """A reply and the proposer it goes to; None: an opinion to the leading unit."""

    reply: Reply
    proposer: Proposer | None

    @property
    def assignment(self) -> Assignment:
        return self.reply.assignment

    @property
    def proposal(self) -> Proposal:
        return self.assignment.proposal

    @property
    def delivered(self) -> bool:
        return self.reply.state == ReplyState.PASSED

    @property
    def day(self) -> date | None:
        """成文日期: the day it was signed, or sent; None while it is a draft."""
        return self.reply.signed_on or day_of(self.reply.sent_at)


def load_reply(pk: int) -> Reply | None:
    rows = Reply.objects.select_related(
        "assignment__unit", "assignment__proposal__office", "assignment__proposal__home_office",
        "assignment__proposal__session__term",
    )  # fmt: skip
    people = ("assignment__proposal__proposers__member__user", "assignment__proposal__invitations")
    return rows.prefetch_related("items", "files__file", *people).filter(pk=pk).first()


def load(pk: int, part: int) -> LetterOf | None:
    """The letter to one proposer: `part` is the row of the proposer, own or of a merged proposal; 0: the first."""
    reply = load_reply(pk)
    if reply is None or reply.assignment.role not in ANSWERING:
        return None
    people = Proposer.objects.select_related("member__user", "proposal__session__term")
    proposer = people.filter(pk=part).first() if part else proposers_of(reply.assignment.proposal).first()
    if proposer is None or not is_answered(proposer, reply):
        return None
    return LetterOf(reply, proposer)


def sees(user: Any, letter: LetterOf) -> bool:
    """The unit and the offices; once it is delivered, the proposer it goes to and those who signed with him."""
    if reading.of_unit(user, letter.assignment) or reading.reads_all(user, letter.proposal):
        return True
    if not letter.delivered or letter.proposer is None:
        return False
    return reading.is_person(user, letter.proposer) or reading.Sight(user, letter.proposal).own


def newest() -> tuple[int, int] | None:
    rows = Reply.objects.filter(assignment__role__in=ANSWERING).order_by("-passed_at", "-pk")
    reply = rows.filter(state=ReplyState.PASSED).first() or rows.first()
    return (reply.pk, 0) if reply else None


# --- the letter ------------------------------------------------------------------------------------------------------
def compose(letter: LetterOf, making: Making) -> Composition:
    reply, unit = letter.reply, letter.assignment.unit
    found = Composition(title_of(reply), "", head=head(letter, mark(reply)))
    found.date = "" if letter.day else "未签发的稿"
    found.add(Paragraph(f"{addressee(letter.proposer)}：", indent=False), *opening(letter), *typed(reply.body))
    found.add(*item_table(list(reply.items.all())), *closing(reply))
    found.add(Attachments([SHEET, *(file_name(each.file.original_name) for each in reply.files.all())]))
    found.add(Signature(unit.name, letter.day or making.day, sealed=True), *remark(letter))
    found.add(Copies([letter.proposal.office.name]))
    return found


def head(letter: LetterOf, letter_mark: str = "") -> Letterhead:
    return Letterhead(letter.assignment.unit.name, letter.reply.doc_no, letter_mark)


def mark(reply: Reply) -> str:
    """The letter at the corner: the code where that is one, else the first word of its label (“A 已解决”)."""
    label = code_labels(REPLY_CATEGORY).get(reply.category, reply.category)
    return reply.category if len(reply.category) <= 2 else label.split(" ")[0][:4]


def opening(letter: LetterOf) -> list[Block]:
    """What is answered, unless the unit has said so itself."""
    if "收悉" in letter.reply.body[:120]:
        return []
    own = letter.proposer.proposal
    merged = f"（与{named(letter.proposal)}并案办理）" if own.pk != letter.proposal.pk else ""
    return [Paragraph(f"您提出的{named(own)}{merged}收悉，现答复如下：")]


def item_table(items: list[ReplyItem]) -> list[Block]:
    """逐条清单: what is done, what is promised by when, what is not adopted and why."""
    columns = [Column("序号", 9, "center"), Column("事项", 47), Column("情况", 15, "center"),
               Column("落实时间或理由", 29)]  # fmt: skip
    rows = [(number, item.text, item.get_kind_display(), detail(item)) for number, item in enumerate(items, 1)]
    return [Table(columns, rows, "办理事项清单")] if rows else []


def detail(item: ReplyItem) -> str:
    if item.kind == ItemKind.PROMISED:
        return f"{on(item.promised_on)}前"
    return item.reason if item.kind == ItemKind.NOT_ADOPTED else on(item.settled_on)


def closing(reply: Reply) -> list[Block]:
    if "感谢" in reply.body[-200:]:
        return []
    return [Paragraph("感谢您对我们工作的关心和支持。请填写所附征求意见表，或在平台上评价。")]


def file_name(name: str) -> str:
    """Without the ending: 附件说明 names documents, not files."""
    return name.rsplit(".", 1)[0]


def remark(letter: LetterOf) -> list[Block]:
    reply = letter.reply
    parts = [("联系人：", reply.contact_name), ("联系电话：", reply.contact_phone)]
    said = "，".join(f"{label}{value}" for label, value in parts if value)
    return [Remark(said)] if said else []


register(PaperKind("reply_letter", "答复函", load, sees, compose, newest))


# --- the opinion to the leading unit ---------------------------------------------------------------------------------
def load_opinion(pk: int, part: int) -> LetterOf | None:
    reply = load_reply(pk)
    return LetterOf(reply, None) if reply and reply.assignment.role == AssignmentRole.COOP else None


def sees_opinion(user: Any, letter: LetterOf) -> bool:
    """The unit itself, the offices, and once it is out the leading unit."""
    if reading.of_unit(user, letter.assignment) or reading.reads_all(user, letter.proposal):
        return True
    leads = letter.proposal.assignments.filter(role=AssignmentRole.LEAD).exclude(state=AssignmentState.REVOKED)
    return bool(letter.day) and any(reading.of_unit(user, each) for each in leads)


def compose_opinion(letter: LetterOf, making: Making) -> Composition:
    found = Composition(title_of(letter.reply), "", head=head(letter))
    found.date = "" if letter.day else "未签发的稿"
    lead = letter.proposal.assignments.live().filter(role=AssignmentRole.LEAD).select_related("unit").first()
    to = lead.unit.name if lead else letter.proposal.office.name
    found.add(Paragraph(f"{to}：", indent=False))
    if "会办意见" not in letter.reply.body[:120]:
        found.add(Paragraph(f"现就{named(letter.proposal)}提出会办意见如下："))
    found.add(*typed(letter.reply.body), *item_table(list(letter.reply.items.all())))
    found.add(Signature(letter.assignment.unit.name, letter.day or making.day, sealed=True), *remark(letter))
    found.add(Copies([letter.proposal.office.name]))
    return found


def newest_opinion() -> tuple[int, int] | None:
    pk = Reply.objects.filter(assignment__role=AssignmentRole.COOP).order_by("-pk").values_list("pk", flat=True).first()
    return (pk, 0) if pk else None


register(PaperKind("coop_letter", "会办意见", load_opinion, sees_opinion, compose_opinion, newest_opinion))


# --- the sheet ------------------------------------------------------------------------------------------------------
def compose_sheet(letter: LetterOf, making: Making) -> Composition:
    """Filled in by hand and sent back; the code leads to the same questions on the platform."""
    found = Composition(SHEET, "")
    found.add(
        Grid([18, 32, 18, 32], sheet_facts(letter)),
        Grid([18, 82], [["办理工作", CHOICES], ["办理结果", CHOICES]], lines=2),
        Grid([18, 82], [["具体意见\n和建议", ""]], lines=4),
        Grid([18, 32, 18, 32], [["提案者\n签名", "", "日期", "　　年　月　日"]], lines=2),
        *code(letter, making),
        Paragraph(f"填好后请交{letter.proposal.office.name}。"),
    )  # fmt: skip
    return found


def sheet_facts(letter: LetterOf) -> list[list[str]]:
    own = letter.proposer.proposal
    number = own.full_case_label or f"与{letter.proposal.full_case_label}并案"
    return [
        ["提案号", number, "提案者", addressee(letter.proposer).removesuffix("委员")],
        ["案由", own.subject],
        ["承办单位", letter.assignment.unit.name, "答复日期", on(letter.day)],
        ["答复前沟通", contacted(letter.assignment)],
    ]


def contacted(assignment: Assignment) -> str:
    ways = code_labels(CONTACT_WAY)
    rows = [f"{on(each.day)}{ways.get(each.way, each.way)}" for each in assignment.contacts.all()]
    return "；".join(rows) or "□ 面商　□ 电话　□ 其他　□ 没有沟通"


def code(letter: LetterOf, making: Making) -> list[Block]:
    address = making.address(feedback_path(letter))
    if not address:
        return []
    drawing = qr.drawn(address)
    words = "也可以用手机扫码，登录平台后直接评价，不必再交纸质表。"
    return [Code(address, words, drawing.size, drawing.path)]


def feedback_path(letter: LetterOf) -> str:
    """Asks to sign in: a sheet goes through many hands, a link that answers for its proposer must not."""
    return reverse("feedback_give", args=[letter.reply.pk])


register(PaperKind("opinion_sheet", "征求意见表", load, sees, compose_sheet, newest))
