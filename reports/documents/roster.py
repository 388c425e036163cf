"""委员名册, 通讯录 and 生日名册 of an office and those below it; the last two hold private data and say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils import timezone

from core.clock import chinese_date
from core.errors import DomainError
from core.pdf.blocks import Column, Paragraph, Table
from members.enums import MemberState
from members.models import Member
from organisation.models import Office
from organisation.selectors import descend
from reports.documents import Composition, Document, register

GROUPS = "联络组"
LANDSCAPE = "documents/landscape.html"


# --- who belongs to it -----------------------------------------------------------------------------------------------
def day_of(year: int, as_of: datetime) -> date:
    """The day a list of the year stands for: today, or the year's last day when it is over."""
    return min(timezone.localdate(as_of), date(year, 12, 31))


def serving_on(office: Office, day: date) -> QuerySet[Member]:
    """Members of the office and those below it who served on the day, by office, group and pinyin."""
    known = Member.objects.filter(office_id__in=descend(office.pk))
    begun = Q(joined_on__isnull=True) | Q(joined_on__lte=day)
    still = Q(state=MemberState.SERVING) | Q(left_on__gte=day)
    rows = known.filter(begun & still).select_related("office", "term", "sector", "committee", "group")
    return rows.order_by("office__code", "group__order", "group_id", "name_pinyin", "pk")


def members_of(office: Office, year: int, as_of: datetime) -> list[Member]:
    """Raises DomainError when there are none."""
    found = list(serving_on(office, day_of(year, as_of)))
    if not found:
        raise DomainError(f"{office.name}{year}年没有在任委员。")
    return found


def grouped(members: Iterable[Member], office: Office) -> list[tuple[str, list[Member]]]:
    """(liaison group, members); of other offices with the office in front."""
    return [(name, list(rows)) for name, rows in groupby(members, key=lambda each: group_of(each, office))]


def group_of(member: Member, office: Office) -> str:
    group = member.group.name if member.group else ""
    place = "" if member.office_id == office.pk else member.office.short_name
    return "　".join(part for part in (place, group) if part) or "未分组"


def standing(member: Member) -> str:
    """常委 and members of higher committees; nothing for everybody else."""
    level = member.get_level_display() if member.level != "county" else ""
    return f"{level}{'常委' if member.is_standing_member else '委员' if level else ''}"


def begun(office: Office, title: str, year: int, as_of: datetime, members: Sequence[Member]) -> Composition:
    found = Composition(f"{office.name}\n{title}", "", f"截至{chinese_date(day_of(year, as_of))}", template=LANDSCAPE)
    found.figure("members", len(members), "人", "委员")
    return found


def total(found: Composition) -> Paragraph:
    return Paragraph(["共", found.facts["members"], "。"])


# --- 委员名册 --------------------------------------------------------------------------------------------------------
ROSTER = [
    Column("序号", 5, "center"), Column("姓名", 9, "center"), Column("性别", 5, "center"), Column("民族", 7, "center"),
    Column("党派", 11, "center"), Column("界别", 12, "center"), Column("专门委员会", 14, "center"),
    Column("工作单位及职务", 27), Column("备注", 10, "center"),
]  # fmt: skip


def compose_roster(office: Office, year: int, as_of: datetime) -> Composition:
    """Without phone numbers: who may read reports may read it."""
    members = members_of(office, year, as_of)
    found = begun(office, "委员名册", year, as_of, members)
    found.parts_by = GROUPS
    numbers = {member.pk: number for number, member in enumerate(members, 1)}
    for name, rows in grouped(members, office):
        lines = [roster_line(numbers[each.pk], each) for each in rows]
        found.add(Table(ROSTER, lines, f"{name}（{len(rows)}人）", wide=True))
    found.add(total(found))
    return found


def roster_line(number: int, member: Member) -> tuple[object, ...]:
    return (
        number, member.name, member.get_gender_display(), member.ethnicity, member.party_affiliation,
        named(member.sector), named(member.committee), member.employer, standing(member),
    )  # fmt: skip


def named(what: object) -> str:
    return str(what) if what else ""


register(Document("member_roster", "委员名册", "在任委员按联络组排列，不含联系方式", compose_roster))


# --- 通讯录 ----------------------------------------------------------------------------------------------------------
BOOK = [
    Column("序号", 5, "center"), Column("姓名", 10, "center"), Column("工作单位及职务", 32),
    Column("手机", 15, "center"), Column("邮箱", 18), Column("通讯地址", 20),
]  # fmt: skip


def compose_book(office: Office, year: int, as_of: datetime) -> Composition:
    """Only the own office's members: numbers of others are masked wherever they are shown."""
    members = own_members(office, year, as_of)
    found = begun(office, "委员通讯录", year, as_of, members)
    found.parts_by = GROUPS
    numbers = {member.pk: number for number, member in enumerate(members, 1)}
    for name, rows in grouped(members, office):
        lines = [(numbers[each.pk], each.name, each.employer, each.phone, each.email, each.address) for each in rows]
        found.add(Table(BOOK, lines, f"{name}（{len(rows)}人）", wide=True))
    found.add(total(found))
    return found


def own_members(office: Office, year: int, as_of: datetime) -> list[Member]:
    """Raises DomainError when there are none."""
    found = list(serving_on(office, day_of(year, as_of)).filter(office=office, state=MemberState.SERVING))
    if not found:
        raise DomainError(f"{office.name}没有自己联系的在任委员。")
    return found


register(
    Document("address_book", "委员通讯录", "本办公室在任委员的完整联系方式，按联络组排列", compose_book, private=True)
)  # fmt: skip


# --- 生日名册 --------------------------------------------------------------------------------------------------------
BIRTHDAYS = [
    Column("日期", 14, "center"), Column("姓名", 14, "center"), Column("联络组", 20, "center"),
    Column("工作单位及职务", 34), Column("手机", 18, "center"),
]  # fmt: skip


def compose_birthdays(office: Office, year: int, as_of: datetime) -> Composition:
    """By month and day, without the year of birth. Raises DomainError when no day is known."""
    known = [each for each in own_members(office, year, as_of) if each.birth_date]
    if not known:
        raise DomainError("委员资料里还没有填写出生日期。")
    known.sort(key=lambda each: (each.birth_date.month, each.birth_date.day, each.name_pinyin))
    found = begun(office, "委员生日名册", year, as_of, known)
    found.add(Table(BIRTHDAYS, [birthday_line(each) for each in known], wide=True), total(found))
    return found


def birthday_line(member: Member) -> tuple[str, ...]:
    born, group = member.birth_date, member.group.name if member.group else ""
    return (f"{born.month}月{born.day}日", member.name, group, member.employer, member.phone)


register(Document("birthday_list", "委员生日名册", "按月份排列，用于寄送生日贺卡", compose_birthdays, private=True))
