"""What a submission must have before it is sent, and what is only pointed out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calls.models import Call
from core.errors import DomainError
from core.prose import length
from members.models import Member
from organisation.models import Office
from organisation.selectors import descend, root_of

LONGEST = 30_000


def gaps(text: Mapping[str, Any], has_file: bool = False) -> dict[str, str]:
    """{field: sentence} for what is missing; a text may come as a file alone."""
    found = {} if text.get("title") else {"title": "请填写“题目”。"}
    typed = length(text.get("body") or "")
    if not typed and not has_file:
        found["body"] = "请填写“正文”，或者上传附件。"
    if typed > LONGEST:
        found["body"] = f"正文现在是 {typed} 字，超过了 {LONGEST} 字，请改用附件。"
    return found


def words_note(call: Call, body: str) -> str:
    """How the length compares with what the call asks for; empty when it fits. It never stops anybody."""
    typed = length(body)
    if typed and call.words_min and typed < call.words_min:
        return f"正文 {typed} 字，少于要求的 {call.words_min} 字"
    if call.words_max and typed > call.words_max:
        return f"正文 {typed} 字，超过要求的 {call.words_max} 字"
    return ""


def words_wanted(call: Call) -> str:
    """“1500—3000 字”, “不超过 3000 字”, or empty."""
    low, top = call.words_min, call.words_max
    if low and top:
        return f"{low}—{top} 字"
    return f"不少于 {low} 字" if low else f"不超过 {top} 字" if top else ""


def split(names: str) -> list[str]:
    marks = str.maketrans("，,；;\n \u3000", "、、、、、、、")
    return list(dict.fromkeys(part for part in names.translate(marks).split("、") if part))


def joint_authors(names: str, office: Office) -> list[Member]:
    """Serving members of the committee by exact name. Raises DomainError for a name that fits nobody or several."""
    wanted, found = split(names), []
    within = Member.objects.serving().filter(office_id__in=descend(root_of(office).pk), name__in=wanted)
    by_name: dict[str, list[Member]] = {}
    for member in within:
        by_name.setdefault(member.name, []).append(member)
    for name in wanted:
        people = by_name.get(name, [])
        if len(people) != 1:
            why = "没有找到在任委员" if not people else "有同名的委员，请联系办公室登记"
            raise DomainError(f"{why}“{name}”。", field="with_members")
        found += people
    return found
