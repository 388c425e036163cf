"""A file of answers as plain values. Whatever is wrong with the file as a whole is one sentence (DomainError).

Files come from outside: size, depth, the number of rows and the length of every text are limited, entities and
document types are refused, a key that stands twice is refused.
"""

from __future__ import annotations

import json
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from core.errors import DomainError
from supervision.exchange import FORMAT

MEGABYTE = 1024 * 1024
MOST_BYTES, MOST_DEPTH, MOST_ROWS = 5 * MEGABYTE, 8, 2000
LISTS = {"items": "item"}


def read(data: bytes, form: str) -> list[Any]:
    """The rows of the file, not judged yet. Raises DomainError."""
    if len(data) > MOST_BYTES:
        raise DomainError(f"文件超过 {MOST_BYTES // MEGABYTE} MB，请分成几个文件。", field="upload")
    whole = from_json(data) if form == "json" else from_xml(data)
    if not isinstance(whole, dict):
        raise DomainError("文件的最外层应是一个对象，包括 format 和 answers。", field="upload")
    if whole.get("format") != FORMAT:
        raise DomainError(f"文件格式不是 {FORMAT}，请核对 format。", field="upload")
    if unknown := sorted(set(map(str, whole)) - {"format", "answers", "batch"}):
        raise DomainError(f"文件里有不认识的内容：{'、'.join(unknown)[:80]}。", field="upload")
    rows = whole.get("answers")
    if not isinstance(rows, list) or not rows:
        raise DomainError("文件里没有 answers，或者一条也没有。", field="upload")
    if len(rows) > MOST_ROWS:
        raise DomainError(f"一个文件最多 {MOST_ROWS} 条，这里有 {len(rows)} 条。", field="upload")
    return rows


# --- JSON --------------------------------------------------------------------------------------------------------
def from_json(data: bytes) -> Any:
    try:
        text = data.decode("utf-8-sig")
        if depth_of(text) > MOST_DEPTH:
            raise DomainError("文件的层次太深，已拒绝。", field="upload")
        return json.loads(text, object_pairs_hook=once, parse_constant=refuse)
    except UnicodeDecodeError:
        raise DomainError("文件不是 UTF-8 编码，请另存后再上传。", field="upload") from None
    except (ValueError, RecursionError) as error:
        raise DomainError(f"不是有效的 JSON 文件（{str(error)[:80]}）。", field="upload") from None


def depth_of(text: str) -> int:
    """How deep brackets nest outside of strings, counted before anything is built."""
    depth = deepest = 0
    inside = escaped = False
    for char in text:
        if inside:
            inside, escaped = (True, False) if escaped else (char != '"', char == "\\")
        elif char == '"':
            inside = True
        elif char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("同一个名称出现了两次")
    return found


def refuse(name: str) -> Any:
    raise ValueError(f"不能用 {name}")


# --- XML ---------------------------------------------------------------------------------------------------------
def from_xml(data: bytes) -> Any:
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise DomainError("文件里有文档类型或实体声明，已拒绝。", field="upload") from None
    except (ParseError, ValueError, LookupError) as error:
        raise DomainError(f"不是有效的 XML 文件（{str(error)[:80]}）。", field="upload") from None
    if root.tag != "exchange":
        raise DomainError("XML 的最外层应是 exchange。", field="upload")
    if too_deep(root):
        raise DomainError("文件的层次太深，已拒绝。", field="upload")
    return {**root.attrib, "answers": [value_of(each) for each in root]}


def too_deep(root: Element) -> bool:
    waiting = [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        if depth > MOST_DEPTH:
            return True
        waiting += [(child, depth + 1) for child in node]
    return False


def value_of(node: Element) -> Any:
    """An element as the same values JSON would give: attributes and children by name, lists where the format has them.
    An element that stands twice, or has another name than the format says, becomes a mistake of its row.
    """
    found: dict[str, Any] = dict(node.attrib)
    if node.tag not in ("answer", "item"):
        found[f"<{node.tag}>"] = ""
    for child in node:
        name = child.tag if child.tag not in found else f"{child.tag}（重复）"
        if child.tag in LISTS:
            found[name] = [value_of(each) for each in child]
        elif len(child) or child.attrib:
            found[f"{name}/…"] = ""
        else:
            found[name] = (child.text or "").strip("\n")
    return found
