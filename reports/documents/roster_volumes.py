"""All dossiers, or all duty cards, of an office in one volume: cover, contents, one member after the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from core.clock import chinese_date
from core.pdf.blocks import Block, Contents, Cover, Heading, PageBreak
from members.models import Member
from organisation.models import Office
from reports.documents import Composition, Document, register
from reports.documents.roster import day_of, grouped, members_of
from reports.papers import Making
from reports.papers.members import MemberYear, card, chapters, eyes, person


def volume(office: Office, year: int, as_of: datetime, title: str, pages: Callable[[MemberYear, Making], list[Block]]
           ) -> Composition:  # fmt: skip
    """Raises DomainError when there are no members."""
    members, making = members_of(office, year, as_of), Making(as_of)
    found = Composition(f"{office.name}\n{year}年{title}", office.name, has_workbook=False)
    count = found.figure("members", len(members), "人", "委员")
    groups = grouped(members, office)
    found.add(
        Cover(f"{year}年{title}", [office.name, f"共{count}", f"截至{chinese_date(day_of(year, as_of))}"]),
        Contents([(f"{each.name}（{group}）", anchor(each)) for group, rows in groups for each in rows]),
    )
    for number, member in enumerate(members):
        if number:
            found.add(PageBreak())
        found.add(Heading(1, f"{member.name}委员", number="", anchor=anchor(member)))
        found.add(*pages(MemberYear(member, year), making))
    return found


def anchor(member: Member) -> str:
    return f"member-{member.pk}"


def dossier_pages(about: MemberYear, making: Making) -> list[Block]:
    return [person(about.member), *chapters(about, eyes(about, making), level=2)]


def card_pages(about: MemberYear, making: Making) -> list[Block]:
    return card(about, eyes(about, making), making)


def compose_dossiers(office: Office, year: int, as_of: datetime) -> Composition:
    return volume(office, year, as_of, "委员履职档案", dossier_pages)


def compose_cards(office: Office, year: int, as_of: datetime) -> Composition:
    return volume(office, year, as_of, "委员履职卡", card_pages)


register(Document("dossier_volume", "委员履职档案汇编", "每位在任委员全年的履职档案，汇成一册", compose_dossiers))
register(Document("duty_cards", "委员履职卡汇编", "每位在任委员一页，本年与上年对照", compose_cards))
