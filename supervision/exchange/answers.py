"""One row of an answer file, judged: known fields only, each of its kind and length. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.printable import sentence, unprintable
from handling.enums import ItemKind

SIGN, REPLY = "sign", "reply"
KINDS = {SIGN: "签收", REPLY: "答复"}
MOST_ITEMS = 50


@dataclass(frozen=True)
class Field:
    """`kind` is text or date; `most` characters; `needed`: may not be empty."""

    most: int = 200
    needed: bool = False
    kind: str = "text"


HEAD = {"key": Field(80, True), "assignment": Field(40, True), "kind": Field(10, True)}
FIELDS: Mapping[str, Mapping[str, Field]] = {
    SIGN: {"leader": Field(40), "handler": Field(40, True), "phone": Field(30)},
    REPLY: {
        "category": Field(40), "body": Field(20_000, True), "doc_no": Field(60), "signatory": Field(40, True),
        "signed_on": Field(10, True, "date"), "checked_by": Field(40), "contact_name": Field(40),
        "contact_phone": Field(30), "items": Field(),
    },
}  # fmt: skip
ITEM = {"kind": Field(12, True), "text": Field(2000, True), "date": Field(10, kind="date"), "reason": Field(2000)}


@dataclass(frozen=True)
class Answer:
    """One row. `values` holds texts and dates by name, `items` those of a reply; usable only without `errors`."""

    number: int
    key: str
    assignment: str
    kind: str
    values: Mapping[str, Any]
    items: Sequence[Mapping[str, Any]] = ()
    errors: list[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """The same for the same content, whatever the file was."""
        said = [self.assignment, self.kind, sorted(self.values.items()), [sorted(item.items()) for item in self.items]]
        return hashlib.sha256(json.dumps(said, default=str, ensure_ascii=False).encode()).hexdigest()


def judged(rows: Sequence[Any]) -> list[Answer]:
    """Every row with what is wrong with it; a key that stands twice is refused the second time."""
    found, seen = [], set()
    for number, row in enumerate(rows, 1):
        answer = judge(number, row)
        if answer.key and answer.key in seen:
            answer.errors.append("key 在文件里重复")
        seen.add(answer.key)
        found.append(answer)
    return found


def judge(number: int, row: Any) -> Answer:
    if not isinstance(row, dict):
        return Answer(number, "", "", "", {}, errors=["不是一个对象"])
    errors: list[str] = []
    kind = str(row.get("kind", ""))[:10]
    if kind not in FIELDS:
        errors.append("kind 应是 sign 或 reply")
    spec = {**HEAD, **FIELDS.get(kind, {})}
    values = checked({name: value for name, value in row.items() if name != "items"}, spec, errors, "")
    items = items_of(row.get("items"), errors) if kind == REPLY else []
    if kind != REPLY and "items" in row:
        errors.append("不认识的内容：items")
    head = {name: str(values.pop(name, "")) for name in HEAD}
    return Answer(number, head["key"], head["assignment"], kind, values, items, errors)


def checked(given: Mapping[str, Any], spec: Mapping[str, Field], errors: list[str], where: str) -> dict[str, Any]:
    """The values that are fine; what is not goes to `errors`."""
    for name in given:
        if name not in spec:
            errors.append(f"{where}不认识的内容：{str(name)[:40]}")
    found = {}
    for name, each in spec.items():
        if name != "items":
            found[name] = value_of(name, given.get(name), each, errors, where)
    return {name: value for name, value in found.items() if value not in ("", None)}


def value_of(name: str, value: Any, spec: Field, errors: list[str], where: str) -> Any:
    if value is None or value == "":
        if spec.needed:
            errors.append(f"{where}缺少 {name}")
        return ""
    if isinstance(value, int) and not isinstance(value, bool) and name == "assignment":
        value = str(value)[:41]
    if not isinstance(value, str):
        errors.append(f"{where}{name} 应是文字")
        return ""
    if len(value) > spec.most:
        errors.append(f"{where}{name} 最多 {spec.most} 字")
        return ""
    if wrong := unprintable(value):
        errors.append(f"{where}{name} {sentence(wrong)}")
        return ""
    return day_of(name, value, errors, where) if spec.kind == "date" else value


def day_of(name: str, value: str, errors: list[str], where: str) -> Any:
    try:
        return date.fromisoformat(value)
    except ValueError:
        errors.append(f"{where}{name} 应是 2026-05-08 这样的日期")
        return ""


def items_of(given: Any, errors: list[str]) -> list[dict[str, Any]]:
    if given is None:
        return []
    if not isinstance(given, list) or len(given) > MOST_ITEMS:
        errors.append(f"items 应是列表，最多 {MOST_ITEMS} 项")
        return []
    return [item_of(number, each, errors) for number, each in enumerate(given, 1)]


#: What an item of each kind must say besides its text.
ASKS: Mapping[str, tuple[str, Callable[[Mapping[str, Any]], Any]]] = {
    ItemKind.PROMISED: ("计划落实的事项缺少 date", lambda item: item.get("date")),
    ItemKind.NOT_ADOPTED: ("未采纳的事项缺少 reason", lambda item: item.get("reason")),
}


def item_of(number: int, given: Any, errors: list[str]) -> dict[str, Any]:
    where = f"items 第 {number} 项："
    if not isinstance(given, dict):
        errors.append(f"{where}不是一个对象")
        return {}
    item = checked(given, ITEM, errors, where)
    kind = item.get("kind", "")
    if kind and kind not in ItemKind.values:
        errors.append(f"{where}kind 应是 {'、'.join(ItemKind.values)}")
    missing, says = ASKS.get(kind, ("", lambda item: True))
    if not says(item):
        errors.append(f"{where}{missing}")
    return item
