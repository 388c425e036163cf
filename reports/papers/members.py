"""Papers of one member and year: 履职档案, and 履职卡 on one page.

They say what the member's page says (`members.dossier`), as far as the person who asks may see it. A card sets the
year beside the member's own last one; nobody is compared with anybody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts.roles import Can
from core import breakdown, qr
from core.clock import today
from core.pdf.blocks import Block, Code, Column, Heading, Paragraph, Person, Remark, Run, Table, number_headings
from members import dossier
from members.dossier import LATEST, Chapter
from members.models import Member
from members.selectors import RELATED
from organisation.selectors import users_with
from reports.documents import Composition
from reports.papers import Making, PaperKind, register
from reports.papers.wording import on

#: Records of each kind that a card has room for, and all of them together; lines of figures, in two halves.
OF_EACH, ON_CARD, LINES = 2, 6, 9
SHORT = 23  # characters of a record's title on a card
OLDEST = 2000
DAY, OTHER = 24, 17  # percent of a table: a full date, anything else beside the title
CAME, DUE = "到场", "应到"


@dataclass(frozen=True)
class MemberYear:
    member: Member
    year: int


def load(pk: int, part: int) -> MemberYear | None:
    """`part` is the year; 0: this one."""
    if part and not OLDEST <= part <= today().year:
        return None
    member = Member.objects.select_related(*RELATED).filter(pk=pk).first()
    return MemberYear(member, part or today().year) if member else None


def sees(user: Any, about: MemberYear) -> bool:
    return Member.objects.visible_to(user).filter(pk=about.member.pk).exists()


def newest() -> tuple[int, int] | None:
    """The member who was at most activities: the paper shows what it can say."""
    rows = (
        Member.objects.serving().filter(attendances__isnull=False).order_by("-attendances__activity__starts_at", "pk")
    )
    pk = rows.values_list("pk", flat=True).first()
    return (pk, 0) if pk else None


def eyes(about: MemberYear, making: Making) -> Any:
    """Whose view of the records is printed: who asked; from the shell and in volumes that of the keeping office."""
    if making.user is not None:
        return making.user
    staff = users_with(Can.EDIT_MEMBERS, about.member.office)
    return staff[0] if staff else about.member.user or AnonymousUser()


# --- who it is -------------------------------------------------------------------------------------------------------
def person(member: Member) -> Person:
    """What everybody who opens the file may read: no number, no address, no day of birth."""
    rows = [
        ["姓名", member.name, "性别", member.get_gender_display()],
        ["民族", member.ethnicity, "党派", member.party_affiliation],
        ["界别", said(member.sector), "届别", said(member.term)],
        ["联络组", said(member.group), "专委会", said(member.committee)],
        ["委员编号", member.member_no, "任职日期", on(member.joined_on)],
        ["工作单位\n及职务", member.employer],
        ["委员职务", f"{member.get_level_display()}{'常委' if member.is_standing_member else '委员'}"],
    ]
    if member.left_on:
        rows.append(["离任", f"{on(member.left_on)}　{member.left_reason}"])
    return Person(rows)


def said(value: Any) -> str:
    return str(value) if value else ""


# --- 履职档案 --------------------------------------------------------------------------------------------------------
def compose_dossier(about: MemberYear, making: Making) -> Composition:
    found = Composition(f"{about.member.name}委员履职档案", about.member.office.name, f"{about.year}年")
    found.add(person(about.member), *number_headings(chapters(about, eyes(about, making), found)))
    return found


def chapters(about: MemberYear, user: Any, found: Composition | None = None, level: int = 1) -> list[Block]:
    """Each section: its figures in a sentence, its records in a table. `found` remembers the figures."""
    made: list[Block] = []
    for chapter in dossier.chapters(about.member, user, about.year):
        made.append(Heading(level, chapter.section.label))
        made += figures_of(chapter, found)
        made += records_of(chapter)
    return made


def figures_of(chapter: Chapter, found: Composition | None) -> list[Block]:
    runs: list[Run] = []
    for each in chapter.content.figures:
        key = f"{chapter.section.key}.{each.label}"
        figure = found.figure(key, each.value, each.unit, each.label, each.url) if found else f"{each.value}{each.unit}"
        runs += ["，" if runs else "", each.label, figure]
    return [Paragraph([*runs, "。"])] if runs else []


def records_of(chapter: Chapter) -> list[Block]:
    records = chapter.content.records
    if not records:
        return [] if chapter.content.figures else [Paragraph(chapter.section.empty)]
    heads = chapter.section.columns
    widths = [DAY if head.endswith(("日期", "时间")) else OTHER for head in heads[1:]]
    columns = [Column(heads[0], 100 - sum(widths))]
    columns += [Column(head, width, "center") for head, width in zip(heads[1:], widths, strict=True)]
    note = [Remark(f"只列最近{LATEST}项")] if len(records) == LATEST else []
    return [Table(columns, [each.cells for each in records]), *note]


register(PaperKind("member_dossier", "履职档案", load, sees, compose_dossier, newest))


# --- 履职卡 ----------------------------------------------------------------------------------------------------------
def compose_card(about: MemberYear, making: Making) -> Composition:
    found = Composition(f"{about.member.name}委员履职卡（{about.year}年）", "")
    found.add(*card(about, eyes(about, making), making, found))
    return found


def card(about: MemberYear, user: Any, making: Making, found: Composition | None = None) -> list[Block]:
    """Everything on one page."""
    now = dossier.chapters(about.member, user, about.year)
    before = dossier.chapters(about.member, user, about.year - 1)
    shown = [person(about.member), years_table(about, now, before), *latest(now)]
    if found:
        remember(found, now)
    return [*shown, *code(about, making)]


def remember(found: Composition, chapters: Sequence[Chapter]) -> None:
    for chapter in chapters:
        for each in chapter.content.figures:
            found.figure(f"{chapter.section.key}.{each.label}", each.value, each.unit, each.label, each.url)


def years_table(about: MemberYear, now: Sequence[Chapter], before: Sequence[Chapter]) -> Table:
    """The year beside the member's own last one, in two halves; what there is in neither year is left out."""
    this, last = values(now), values(before)
    half = [
        Column("履职情况", 22),
        Column(f"{about.year}年", 14, "center"),
        Column(f"{about.year - 1}年", 14, "center"),
    ]
    cells = [(label, *pair(this.get(label), last.get(label))) for label in dict.fromkeys([*this, *last])]
    cells = [*rate(this, last), *cells][: 2 * LINES]
    lines = (len(cells) + 1) // 2
    empty = [("", "", "")] * (2 * lines - len(cells))
    rows = [(*left, *right) for left, right in zip(cells[:lines], [*cells[lines:], *empty], strict=True)]
    return Table([*half, *half], rows, wide=True)


def values(chapters: Sequence[Chapter]) -> dict[str, tuple[int | str, str]]:
    """Label → (value, unit); nought is as good as nothing."""
    return {each.label: (each.value, each.unit) for chapter in chapters for each in chapter.content.figures
            if each.value}  # fmt: skip


def pair(this: tuple[Any, str] | None, last: tuple[Any, str] | None) -> tuple[str, str]:
    unit = (this or last or ("", ""))[1]
    return tuple(f"{year[0] if year else 0}{unit}" for year in (this, last))


def rate(this: dict[str, Any], last: dict[str, Any]) -> list[tuple[str, str, str]]:
    """出席率: came out of those expected; a dash for a year in which the member was expected nowhere."""
    shares = [share(year) or "—" for year in (this, last)]
    return [("出席率", *shares)] if shares != ["—", "—"] else []


def share(year: dict[str, Any]) -> str:
    came, due = year.get(CAME, (0, ""))[0], year.get(DUE, (0, ""))[0]
    return f"{breakdown.rate(came, due):g}%" if due else ""


def latest(chapters: Sequence[Chapter]) -> list[Block]:
    """The newest records of each kind, as many as the page has room for."""
    rows = [
        (chapter.section.label, shortened(each.cells[0]), each.cells[-1])
        for chapter in chapters
        for each in chapter.content.records[:OF_EACH]
    ]
    columns = [Column("近期履职", 20, "center"), Column("内容", 58), Column("情况", 22, "center")]
    return [Table(columns, rows[:ON_CARD], wide=True)] if rows else []


def shortened(title: str) -> str:
    return title if len(title) <= SHORT else f"{title[: SHORT - 1]}…"


def code(about: MemberYear, making: Making) -> list[Block]:
    """Leads to the member's file, for those who may open it; needs the portal's address."""
    url = making.address(f"{about.member.get_absolute_url()}?year={about.year}")
    if not url:
        return []
    drawing = qr.drawn(url)
    return [Code(url, f"扫码查看履职记录（须登录）。数据截至{on(making.day)}。", drawing.size, drawing.path)]


register(PaperKind("duty_card", "履职卡", load, sees, compose_card, newest))
