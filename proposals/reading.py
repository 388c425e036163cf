"""A proposal written in Word, taken apart: 案由, 情况, 分析, 建议, and what is none of them.

Pure text work. Nothing is thrown away: every line ends up in one of the parts or among the leftovers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from core.errors import DomainError
from core.files import MEGABYTE, Policy, check
from core.prose import tidy
from plans.reading.documents import text_in

DOCUMENT = Policy(("docx", "txt"), 5 * MEGABYTE, "Word 文档（docx）和文本文件（txt）")
LONGEST = 30_000  # characters; ten times a long proposal
SUBJECT_LONGEST = 80

ORDER = ("leftover", "background", "analysis", "suggestions")
#: Words that stand in a heading → the part that begins there. The first one that fits decides.
HEADINGS = (
    ("suggestions", ("建议", "对策", "措施", "意见")),
    ("analysis", ("分析", "原因", "成因", "根源", "理由")),
    ("background", ("情况", "背景", "现状", "问题", "事由", "案据")),
)
#: What headings are made of besides.
FILLING = re.compile(
    "建议|对策|措施|意见|分析|原因|成因|根源|理由|情况|背景|现状|问题|事由|案据|基本|主要|具体|目前|当前"
    "|存在|工作|有关|相关|提案|的|及其|及|和|与|、|解决|改进|办法"
)
NUMBER = r"(?P<number>[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?\d{1,2}[）)、.．])?"
SUBJECT = re.compile(r"^(?:案\s*由|提案名称|标\s*题|题\s*目)\s*[:：]\s*(?P<text>.+)$")
TITLE = re.compile(r"^关于.{2,70}的?(?:提案|建议|意见)$")
#: 情况：写在同一行的正文
INLINE = re.compile(rf"^\s*{NUMBER}\s*(?P<head>[\u4e00-\u9fff、]{{2,12}})\s*[:：]\s*(?P<text>.*)$")
HEAD = re.compile(rf"^\s*{NUMBER}\s*【?(?P<head>[\u4e00-\u9fff、]{{2,16}})】?\s*$")
#: 提案人、电话 and the like: never part of the text.
ABOUT = re.compile(
    r"^\s*(?:第一)?(?:提案(?:人|者|号|编号)|联\s*名\s*人|附议人|姓\s*名|联系(?:电话|方式|人)|界\s*别|党\s*派"
    r"|单位(?:及职务)?|工作单位|通讯地址|邮\s*编|日\s*期|类\s*别|分\s*类)\s*[:：]"
)


@dataclass(frozen=True)
class Found:
    """What was recognised; `leftover` are all lines that belong nowhere, in their order."""

    subject: str = ""
    background: str = ""
    analysis: str = ""
    suggestions: str = ""
    leftover: str = ""


def read_upload(upload: Any) -> Found:
    """The parts of an uploaded document. Raises DomainError for a file that cannot be read, with what to do."""
    try:
        extension = check(upload, DOCUMENT)
        upload.seek(0)
        text = text_in(upload.read(), upload.name, extension)
    except DomainError as error:
        error.field = "file"
        raise
    if len(text) > LONGEST:
        raise DomainError(f"文字超过 {LONGEST // 10_000} 万字，不像一件提案。请只保留提案部分再试。", field="file")
    return read(text)


def read(text: str) -> Found:
    parts: dict[str, list[str]] = {"subject": [], "background": [], "analysis": [], "suggestions": [], "leftover": []}
    here = "leftover"
    for line in tidy(text).split("\n"):
        here = placed(line, here, parts)
    found = {name: tidy("\n".join(lines)) for name, lines in parts.items()}
    return Found(**found)


def placed(line: str, here: str, parts: dict[str, list[str]]) -> str:
    """Puts the line where it belongs; the part the next line continues."""
    if title := subject_of(line, parts):
        parts["subject"].append(title)
        return here
    if ABOUT.match(line):
        parts["leftover"].append(line)
        return here
    part, rest = heading(line, here)
    if not part:
        parts[here].append(line)
        return here
    parts[part] += [rest] if rest else []
    return part


def subject_of(line: str, parts: dict[str, list[str]]) -> str:
    """The subject stands once, on a line of its own; anything longer is no subject."""
    if parts["subject"]:
        return ""
    bare = line.strip()
    named = SUBJECT.match(bare)
    title = named["text"].strip() if named else bare if TITLE.match(bare) else ""
    return title if len(title) <= SUBJECT_LONGEST else ""


def heading(line: str, here: str) -> tuple[str, str]:
    """(part that begins, text of the line that belongs to it), or two empty strings.

    A heading of the part's bare name is the form's own label and goes; one that says more stays as a line.
    """
    if (found := INLINE.match(line)) and is_bare(found["head"]) and (part := part_of(found["head"])):
        return part, found["text"].strip()
    if not (found := HEAD.match(line)) or not (part := part_of(found["head"])):
        return "", ""
    if is_bare(found["head"]):
        return part, ""
    forward = ORDER.index(part) > ORDER.index(here)
    return (part, line) if found["number"] and forward else ("", "")


def part_of(head: str) -> str:
    """By its last words: 存在的问题及原因分析 is an analysis."""
    return next((part for part, words in HEADINGS if head.endswith(words)), "")


def is_bare(head: str) -> bool:
    """Made of nothing but the words headings are made of."""
    return not FILLING.sub("", head)
