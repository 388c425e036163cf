"""Structured plans: entries of labelled lines or table rows (议题, 时间, 承办单位) under forms with a count."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from plans.reading.data import DATA
from plans.reading.dates import Anchor, when
from plans.reading.items import steps
from plans.reading.labels import ALL, BARE_LABELS, FIELD_OF, INNER, LABEL, field_in, field_of
from plans.reading.lines import Paragraph, normal
from plans.reading.marks import bullet, mark
from plans.reading.occasions import kind_of, title_of
from plans.reading.quantities import quantities
from plans.reading.results import ItemReading, Span
from plans.reading.sentences import Piece
from plans.reading.subjects import hits

FORMS: dict[str, str] = DATA["forms"]
FORM_TITLE = re.compile(
    r"^(?P<name>[^（），。：\d]{2,24}?)[（]?(?:共|计)?(?P<count>[\d一二两三四五六七八九十]{1,3})[项个次场件]?(?:议题)?[）]?$"
)
LONGEST_FORM = 16
#: Without a count a form is a name; a heading that says what to do with it is none.
VERBAL = re.compile(
    r"加强|扎实|深入|积极|认真|切实|强化|推进|做好|抓好|突出|创新|提升|完善|落实|发挥|深化|精心|着力|组织|开展|搞好|参与|聚焦|注重|丰富"
    r"|规范|拓展|拓宽|办好|用好|严格|围绕|履行|广泛|坚持|大力|探索|健全|建立|全面|有效|持续|努力|服务|助力|召开|举办|进行|在|对(?!口)"
)
FORM_END = re.compile(r"(?:协商|协商会|座谈会|议政|会议|监督|评议|调研|视察|议政会|协商会议)$")
FORM_WORD = re.compile(r"协商|议政|监督|评议|视察|调研|座谈|会议|远程")
SPLIT = re.compile(r"[、，,；;/\u3000 ]|(?<=[委办局会处])和(?=[县市区镇])")
LEADING = re.compile(r"^(?:\d{1,3}[.、）]?|（\d{1,2}）)[\s.、]*")


@dataclass
class Entry:
    """What one entry says, by field, and the paragraphs it was read from. `open`: a label still without text."""

    values: dict[str, str] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    open: str = ""

    def add(self, name: str, text: str) -> None:
        text = text.strip(" ，。；：\t|\u3000")
        text = text[:-1] if text[-1:] in ("）", ")") and not re.search("[（(]", text) else text
        joint = "、" if name in {"organisers", "participants", "leader"} else "；"
        self.values[name] = (
            f"{self.values[name]}{joint}{text}" if self.values.get(name) and text else text or self.values.get(name, "")
        )

    @property
    def says_enough(self) -> bool:
        return (
            bool(self.values.get("topic") or self.values.get("content"))
            and len([name for name, text in self.values.items() if text and name not in {"number", "note"}]) > 1
        )


def form_of(title: str) -> tuple[str, str]:
    """(code, name) of the form a heading or a cell names; empty when it names none."""
    name = re.sub(r"[（(].*|[\d一二两三四五六七八九十]+[项个次场件].*$", "", title).strip("：。 ")
    if len(name) > 24 or not FORM_WORD.search(name):
        return "", ""
    counted = FORM_TITLE.match(title.strip("：。 "))
    if not counted and (len(name) > LONGEST_FORM or VERBAL.match(name) or not FORM_END.search(name)):
        return "", ""
    code = next((code for word, code in FORMS.items() if word in name), "")
    return (code, name) if code else ("", "")


#: A labelled line whose label is none of ours stays with its entry.
UNKNOWN = re.compile(r"(?!说明|备注|注|要求|附)[\u4e00-\u9fff]{2,8}：.")
DITTO = frozenset({"同上", "同前"})


# --- labelled lines ------------------------------------------------------------------------------------------------
@dataclass
class Labelled:
    """The entries of a run of paragraphs; paragraphs that belong to none are given back for running text."""

    entries: list[Entry] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


def labelled(paragraphs: list[Paragraph]) -> Labelled:
    """Entries of labelled lines among these paragraphs."""
    result = Labelled()
    current: Entry | None = None
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        pieces = fields(paragraph)
        if current is not None and current.open and not pieces:
            extend(current, paragraph, result, number)
            continue
        if not pieces and not heads_entry(paragraph, following):
            if current is not None and UNKNOWN.match(paragraph.norm, bullet(paragraph.norm)):
                current.add("note", paragraph.text[bullet(paragraph.norm) :])
                current.spans.append(paragraph.span)
                result.used.add(number)
            elif current is not None and continues(paragraph, current):
                extend(current, paragraph, result, number)
            else:
                current = None
            continue
        current = take(result, current, paragraph, pieces, following)
        result.used.add(number)
    result.entries = [entry for entry in result.entries if entry.says_enough]
    for above, entry in pairwise(result.entries):
        entry.values.update({name: above.values.get(name, "") for name, text in entry.values.items() if text in DITTO})
    return result


def fields(paragraph: Paragraph) -> list[tuple[str, str]]:
    """(field, text) of every label in the paragraph; what stands before the first label is its topic."""
    if paragraph.norm in BARE_LABELS:
        return [(FIELD_OF[paragraph.norm], "")]
    start = label_start(paragraph.norm)
    matches = list(INNER.finditer(paragraph.norm, start))
    at_start = LABEL.match(paragraph.norm, start)
    if at_start and (not matches or matches[0].start() > at_start.start()):
        matches.insert(0, at_start)
    if not matches or (len(matches) == 1 and field_in(matches[0]) == "note" and sets_something(paragraph.norm)):
        return []
    found = []
    head = paragraph.text[start : matches[0].start()].rstrip("（(")
    if len(head.strip()) > 2:
        if len(matches) < 2 and not re.search(r"[。；]$", head.strip()):
            return []
        found.append(("head", head))
    for match, after in zip(matches, [*matches[1:], None], strict=True):
        end = after.start() if after else len(paragraph.text)
        found.append((field_in(match), paragraph.text[match.end() : end]))
    return found


def sets_something(norm: str) -> bool:
    """“备注：每名委员参加活动不少于4次” asks for something; the words of a table's note do not."""
    return any(each.metric != "people" for each in quantities(Piece(norm, 0)))


def has_labels(norm: str, start: int) -> bool:
    """Whether labels follow inside the paragraph."""
    return bool(INNER.search(norm, start))


def label_start(norm: str) -> int:
    number = mark(norm)
    return number.length if number else bullet(norm)


def heads_entry(paragraph: Paragraph, after: Paragraph | None) -> bool:
    """An unlabelled line above a labelled one names the entry."""
    if after is None or len(paragraph.norm) > 90 or (paragraph.norm.endswith("：") and len(paragraph.norm) < 4):
        return False
    labelled_next = LABEL.match(after.norm, label_start(after.norm)) or after.norm in BARE_LABELS
    return bool(labelled_next) and not re.search("如下：?$", paragraph.norm)


def begins_again(current: Entry, names: list[str]) -> bool:
    """A label the entry has already; a second content only when the first was followed by time or people."""
    if any(name in current.values for name in names if name in {"topic", "time", "number", "form"}):
        return True
    complete = {"time", "participants", "organisers"} & set(current.values)
    return names[:1] == ["content"] and "content" in current.values and bool(complete)


def take(result: Labelled, current: Entry | None, paragraph: Paragraph, pieces: list[tuple[str, str]],
         after: Paragraph | None) -> Entry:  # fmt: skip
    names = [name for name, _ in pieces]
    heads = not pieces or names[0] == "head"
    again = current is not None and begins_again(current, names)
    if current is None or heads or again or ("topic" in names and current.values.get("content")):
        current = Entry()
        result.entries.append(current)
    if not pieces:
        number = label_start(paragraph.norm)
        current.add("topic", paragraph.text[number:])
    for name, text in pieces:
        current.add("topic" if name == "head" else name, text)
    current.open = pieces[-1][0] if pieces and not pieces[-1][1].strip() else ""
    current.spans.append(paragraph.span)
    return current


def continues(paragraph: Paragraph, current: Entry) -> bool:
    """A plain paragraph right below a content goes on with it."""
    return (
        bool(current.values)
        and mark(paragraph.norm) is None
        and list(current.values)[-1] == "content"
        and len(current.values) > 1
    )


def extend(current: Entry, paragraph: Paragraph, result: Labelled, number: int) -> None:
    """A label alone in its line takes the next paragraph; a content goes on."""
    current.add(current.open or "content", paragraph.text)
    current.open = ""
    current.spans.append(paragraph.span)
    result.used.add(number)


# --- tables ------------------------------------------------------------------------------------------------------
def cells(paragraph: Paragraph) -> list[str]:
    """The cells of a row; empty when the paragraph is none."""
    if ("\t" not in paragraph.norm and paragraph.norm.count("|") < 2) or INNER.search(paragraph.norm):
        return []
    bare = paragraph.norm.strip("|") if "|" in paragraph.norm else paragraph.norm
    source = paragraph.text.strip("|｜") if "|" in paragraph.norm else paragraph.text
    sign = "|" if "|" in bare else "\t"
    parts, start = [], 0
    for place, char in enumerate(bare + sign):
        if char == sign:
            parts.append(source[start:place].strip())
            start = place + 1
    return parts


def as_sentence(paragraph: Paragraph, table: Table) -> Paragraph:
    """The row as a sentence: its topic and its goal become “集中学习：不少于6次”, other cells clauses."""
    norm, column = [], 0
    for char in paragraph.norm:
        if char in "\t|":
            names = table.columns[column : column + 2]
            norm.append("：" if "goal" in names[1:] or names == ["topic", "content"] else "，")
            column += 1
        else:
            norm.append(char)
    return Paragraph(paragraph.text, "".join(norm), paragraph.offsets)


def head_of(row: list[str]) -> list[str]:
    """The fields of a table's columns, when this row is its head."""
    names = [field_of(cell) for cell in row]
    return names if sum(bool(name) for name in names) >= 2 else []


@dataclass
class Table:
    """A table being read: its columns and what merged cells leave to the rows below."""

    columns: list[str]
    last: dict[str, str] = field(default_factory=dict)

    def sets_goals(self, row: list[str]) -> bool:
        """A table of figures to be reached: it has a column for them, or no times but quantities."""
        if "goal" in self.columns:
            return True
        return "time" not in self.columns and bool(quantities(Piece(normal("，".join(row)), 0)))

    def happens_once(self, row: list[str]) -> bool:
        """A row with a month of its own and “1次”: something planned, no figure to be reached."""
        cells = dict(zip(self.columns, row, strict=False))
        found = quantities(Piece(normal(cells.get("goal", "")), 0))
        once = len(found) == 1 and found[0].low == 1 and found[0].operator == "exactly"
        said = normal(cells.get("time", ""))
        return once and bool(when(said)) and not re.search(r"每|全年", said + normal(cells.get("goal", "")))


def row_entry(table: Table, row: list[str], span: Span) -> Entry:
    entry = Entry(spans=[span])
    for name, text in zip(table.columns, row, strict=False):
        if name:
            entry.add(name, text)
    for name in ("time", "form"):
        if not entry.values.get(name) and table.last.get(name):
            entry.values[name] = table.last[name]
    table.last = {name: entry.values.get(name, "") for name in ("time", "form")}
    return entry


def headless(row: list[str], span: Span) -> Entry | None:
    """A row without a head above it: a month and what is planned."""
    filled = [cell for cell in row if cell]
    dates = when(normal(filled[0])) if filled else []
    if (len(filled) < 2 and filled) or not dates or len(filled[0]) > 12:
        return None
    entry = Entry(spans=[span])
    for name, text in zip(("time", "topic", "participants", "organisers"), filled, strict=False):
        entry.add(name, text)
    return entry


# --- entry → item ------------------------------------------------------------------------------------------------
def to_items(entry: Entry, form: tuple[str, str], under: tuple[Anchor, ...] = ()) -> list[ItemReading]:
    """One item per date, and per thing when a cell holds several."""
    values = entry.values
    dates = list(when(normal(values.get("time", "")))) or list(under) or [Anchor(None, "whole", None, 0, 0)]
    code, name = form_in(values, form)
    topic = LEADING.sub("", values.get("topic") or "")
    things = split_topics(topic or values.get("content", "")) if not code else [topic or values.get("content", "")]
    span = Span(entry.spans[0].start, entry.spans[-1].end)
    return [made(thing, values, date, code, name, span) for thing in things for date in distinct(dates)]


def form_in(values: dict[str, str], above: tuple[str, str]) -> tuple[str, str]:
    """The entry's own form, else that of the section; words that only say how it is done go to the note."""
    said = values.get("form", "")
    own = form_of(said) if said else ("", "")
    if own[1]:
        return own
    if above[1]:
        values["note"] = "；".join(each for each in (values.get("note"), said) if each)
        return above
    return "", said if len(said) <= LONGEST_FORM and "、" not in said else ""


def distinct(dates: list[Anchor]) -> list[Anchor]:
    return list({date.when: date for date in dates}.values())


def split_topics(text: str) -> list[str]:
    """Several things in one cell: numbered, or parted by semicolons."""
    cuts = steps(normal(text), 0, len(text))
    pieces = [LEADING.sub("", text[start:end].strip("；。 \u3000")) for start, end in cuts]
    return [piece for piece in pieces if len(piece) > 2] or [text]


#: A shorter topic beside a content is the name of a chapter (学习培训), no title.
SHORTEST_TOPIC = 6
#: A form of two characters (学习, 联谊) is a class of work; the thing itself says more.
SHORTEST_FORM = 2


def made(thing: str, values: dict[str, str], date: Anchor, code: str, name: str, span: Span) -> ItemReading:
    content = values.get("content", "") if values.get("topic") else thing
    if content and len(thing) <= SHORTEST_TOPIC and kind_of(normal(content)) != "other":
        thing = title_of(normal(content), content)
    if not values.get("topic"):
        thing = title_of(normal(thing), thing)
    extra = [values[each] for each in ("place", "note") if values.get(each)]
    told = (thing, name, content) if len(name) <= SHORTEST_FORM else (name, thing, content)
    kind = next((each for each in map(kind_of, map(normal, told)) if each != "other"), "other")
    untimed = date.month is None and date.part == "whole"
    note = (
        f"原文时间是“{values['time']}”，请选择月份。"
        if untimed and values.get("time")
        else "原文没有写时间，请选择月份。"
    )
    return ItemReading(
        title=shortened(thing), month=date.month, part_of_month=date.part, until_month=date.until, begins=date.begins,
        kind="consultation" if kind in {"other", "meeting"} and code else kind, form=code, form_name=name,
        content="；".join([content or thing, *extra]), participants=people(values), organisers=bodies(values),
        span=span, unsure=note if untimed else "",
    )  # fmt: skip


def shortened(text: str) -> str:
    text = text.strip("。；，：、 ")
    return text if len(text) <= 60 else re.split("[。；，]", text)[0][:60]


def people(values: dict[str, str]) -> str:
    return values.get("participants", "")


def bodies(values: dict[str, str]) -> list[str]:
    names = values.get("organisers", "")
    names = re.sub(rf"(?:{ALL})：?", "", names) if "：" in names else names
    return list(dict.fromkeys(each.strip("（）。 等") for each in SPLIT.split(names) if each.strip("（）。 等")))


def is_form_heading(title: str) -> bool:
    return bool(form_of(title)[0] and hits(title))
