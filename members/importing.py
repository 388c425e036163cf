"""The register of members as an Excel import: its columns, and what each row would do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core.importing import Column, Definition, Fault, Reading, Row, day, identifier, one_of, text, yes_no
from members import rules, selectors
from members.enums import CommitteeLevel, Fate, Gender
from members.models import Member
from members.names import tidy
from organisation.models import Office, Term

YES_NO = ("是", "否")
NOTES = (
    "一行一位委员。带 * 的列必填，其余列可以留空。",
    "灰色的示例行不会导入，可以保留或删除。",
    "按“委员编号”识别：编号已有的更新资料，编号没有的新增；更新时留空的格子保持原来的内容。",
    "各列都已设为文本格式，请直接输入或“粘贴为数值”，不要使用公式。",
    "上传后先检查，确认后才保存。",
)


def definition_for(office: Office) -> Definition:
    """The columns with the lists of this office."""
    return Definition(
        "members", "1", "委员名册", (*person_columns(office), *place_columns(office), *contact_columns()), NOTES
    )


def person_columns(office: Office) -> tuple[Column, ...]:
    parties = {label: label for label in selectors.parties(office)}
    genders = {label: value for value, label in Gender.choices}
    aliases = {wrote: label for wrote, label in rules.PARTY_ALIASES.items() if label in parties}
    return (
        Column("member_no", "委员编号", identifier(rules.MEMBER_NO.pattern, "编号的写法不对。", rules.NUMBER_SENTENCE),
               required=True, sample="A001", hint="本届内不重复，用来识别委员。"),
        Column("name", "姓名", name, required=True, sample="张青山", hint="2 至 40 个字，中间的空格会去掉。"),
        Column("gender", "性别", one_of(genders, what="性别"), required=True, sample="男", hint="男或女。",
               choices=tuple(genders), width=8),
        Column("birth_date", "出生日期", day, sample="1975-03-01", hint="如 1975-3-1、1975.3.1、1975年3月1日。"),
        Column("ethnicity", "民族", text(20), sample="汉族", width=10),
        Column("party_affiliation", "党派", one_of(parties | aliases, what="党派"), sample=next(iter(parties), ""),
               hint="从下拉列表中选择。", choices=tuple(parties)),
    )  # fmt: skip


def place_columns(office: Office) -> tuple[Column, ...]:
    levels = {label: value for value, label in CommitteeLevel.choices}
    return (
        list_column("sector_id", "界别", selectors.sectors_of(office), 18),
        list_column("committee_id", "专门委员会", selectors.committees_of(office), 22),
        list_column("group_id", "联络组", selectors.groups_of(office), 18),
        Column("level", "委员级别", one_of(levels, what="级别"), sample=CommitteeLevel.COUNTY.label,
               hint="留空为县（市、区）政协。", choices=tuple(levels), width=20),
        Column("is_standing_member", "常委", yes_no, sample="否", hint="填“是”或“否”。", choices=YES_NO, width=8),
        Column("employer", "工作单位及职务", text(100), sample="清溪镇中心小学校长", width=30),
    )  # fmt: skip


def list_column(key: str, label: str, rows: Iterable[Any], width: int) -> Column:
    choices = {each.name: each.pk for each in rows}
    return Column(key, label, one_of(choices, what=label), sample=next(iter(choices), ""), hint="从下拉列表中选择。",
                  choices=tuple(choices), width=width)  # fmt: skip


def contact_columns() -> tuple[Column, ...]:
    mail = identifier(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}", "不是有效的邮箱地址。", "请写成 name@example.cn 的样子。")
    return (
        Column("phone", "手机", identifier(rules.PHONE.pattern, "不是有效的手机号。", rules.PHONE_SENTENCE),
               sample="13800000000", hint="11 位数字，单元格须为文本格式。"),
        Column("email", "邮箱", mail, width=22),
        Column("address", "通讯地址", text(120), sample="清溪镇文化路 1 号", width=30),
        Column("joined_on", "任职日期", day, sample="2022-01-10", hint="写法同出生日期。"),
        Column("note", "备注", text(500), width=30),
    )  # fmt: skip


def name(value: Any) -> str:
    return tidy(text(40)(value))


# --- what each row would do ----------------------------------------------------------------------------------------
def planned(reading: Reading, definition: Definition, office: Office, term: Term) -> list[dict[str, Any]]:
    """The rows as they are kept until the user decides: fate, values, what an update changes, faults."""
    columns = {column.key: column for column in definition.columns}
    known = existing(term, (row.values.get("member_no") for row in reading.rows))
    first_use: dict[str, int] = {}
    return [
        kept(row, judged(row, reading, columns, known, first_use, office), reading, columns) for row in reading.rows
    ]


def existing(term: Term, numbers: Iterable[str | None]) -> dict[str, Member]:
    found = Member.objects.filter(term=term, member_no__in={number for number in numbers if number})
    return {member.member_no: member for member in found.select_related("office", "sector", "committee", "group")}


def judged(row: Row, reading: Reading, columns: dict[str, Column], known: dict[str, Member],
           first_use: dict[str, int], office: Office) -> Member | None:  # fmt: skip
    """Adds the faults that only show beside other rows and records; returns the member the row is about."""
    number = row.values.get("member_no", "")
    if first_use.setdefault(number, row.number) != row.number and number:
        wrong = f"与第 {first_use[number]} 行的编号相同。"
        reading.fault(row, columns["member_no"], wrong, "一个编号只能用一次，请改正或删去一行。")
    member = known.get(number)
    if member is not None and member.office_id != office.pk:
        fix = f"这个编号由{member.office.short_name}使用，请核对编号。"
        reading.fault(row, columns["member_no"], "编号属于其他联络处的委员。", fix)
    whole = ({"joined_on": member.joined_on, "birth_date": member.birth_date} if member else {}) | row.values
    for key, sentence in rules.problems(whole):
        reading.fault(row, columns[key], sentence, "请核对后改正。")
    return member


def kept(row: Row, member: Member | None, reading: Reading, columns: dict[str, Column]) -> dict[str, Any]:
    changed = changed_values(member, row.values) if member is not None else {}
    fate = Fate.FAULTY if row.faults else Fate.NEW if member is None else Fate.UPDATE if changed else Fate.SAME
    faults = [[each.column, each.label, each.value, each.wrong, each.fix] for each in row.faults]
    shown = [[columns[key].label, shown_value(member, key), str(row.cells[reading.places[key]])] for key in changed]
    return {
        "row": row.number, "cells": row.cells, "values": row.values, "faults": faults, "fate": fate.value,
        "changed": shown if fate == Fate.UPDATE else [],
    }  # fmt: skip


def changed_values(member: Member, values: dict[str, Any]) -> dict[str, Any]:
    """The given values that differ from the member's."""
    return {key: value for key, value in values.items() if getattr(member, key) != value}


def shown_value(member: Member, key: str) -> str:
    """The member's present value as it would stand in the workbook."""
    if key == "is_standing_member":
        return YES_NO[0] if member.is_standing_member else YES_NO[1]
    display = getattr(member, f"get_{key}_display", None)
    value = display() if display else getattr(member, key.removesuffix("_id"))
    return str(value) if value is not None else ""


def faults_of(kept_row: dict[str, Any]) -> list[Fault]:
    return [Fault(kept_row["row"], *parts) for parts in kept_row["faults"]]


def restored(kept_row: dict[str, Any]) -> dict[str, Any]:
    """The row's values as the model wants them, after their stay in JSON."""
    return {key: Member._meta.get_field(key).to_python(value) for key, value in kept_row["values"].items()}
