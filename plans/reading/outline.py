"""Headings and what stands below them: the paragraphs of a text become sections and passages left over."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from plans.reading import noise
from plans.reading.dates import anchors
from plans.reading.labels import BROKEN_HEAD, INNER, LABEL
from plans.reading.lines import Paragraph
from plans.reading.marks import LONGEST_HEADING, MONTH_START, NESTED, QUARTER_START, Mark, bullet, mark
from plans.reading.results import Section

LONGEST_TITLE = 120  # as plans.models.PlanSection has it
LONGEST_BARE = 20
#: The rank of titles without numbers where no 一、 and no （一） stand.
BARE = 0.5
FIRST_SENTENCE = {0: 60, 1: 60, 2: 50, 3: 36, 4: 30, 5: 30, 6: 36}
QUANTITY = re.compile(r"[\d一二两三四五六七八九十百_×]+(?:次|件|篇|条|份|期|人次|户|名|场|小时|学时|万元|%)")
FORM_COUNT = re.compile(r"（?共?[\d一二两三四五六七八九十]+[项个场次件]）?$")
PERIOD_TITLE = re.compile(
    r"^(?:\d{4}年)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:份)?(?:[上中下]旬)?(?:工作|活动)?(?:安排|计划|重点)?$|^第?[一二三四1-4]季度"
)


@dataclass
class Node:
    """One section with its paragraphs as they stood. `lead` is what followed the title in the heading's own line."""

    section: Section
    title: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)
    heading: Paragraph | None = None
    part: int = 0
    rank: float = 0
    above: tuple[str, ...] = ()

    def take(self, paragraph: Paragraph) -> None:
        self.paragraphs.append(paragraph)
        self.section.spans.append(paragraph.span)


@dataclass
class Outline:
    """The text taken apart: nodes in their order, the title line, and paragraphs that belong nowhere."""

    title: Paragraph | None = None
    nodes: list[Node] = field(default_factory=list)
    left: list[Paragraph] = field(default_factory=list)
    parts: list[Paragraph] = field(default_factory=list)
    stack: list[tuple[float, Node]] = field(default_factory=list)
    lowest: float = 1

    @property
    def open(self) -> Node | None:
        return self.nodes[-1] if self.nodes else None


def outline(found: list[Paragraph]) -> Outline:
    """Every paragraph goes to exactly one place."""
    tree = Outline()
    separators = set(noise.part_headings([each.norm for each in found]))
    starts = sorted(separators)
    tree.lowest = lowest_rank(found)
    for number, paragraph in enumerate(found):
        after = found[number + 1] if number + 1 < len(found) else None
        if number in separators:
            end = next((each for each in starts if each > number), len(found))
            tree.lowest = lowest_rank(found[number:end])
            begin_part(tree, paragraph)
        else:
            place(tree, paragraph, after, first=number == 0 and not tree.title)
    finish(tree)
    return tree


def lowest_rank(found: list[Paragraph]) -> float:
    """The rank of the highest headings of a plan: they are its first level."""
    ranks: list[float] = []
    bare = False
    for paragraph, after in zip(found, [*found[1:], None], strict=True):
        number = mark(paragraph.norm)
        if number and split_heading(paragraph, number, after):
            ranks.append(number.rank)
        bare = bare or bool(not number and bare_heading(paragraph, after))
    if bare and min(ranks, default=NESTED) > 2:
        return BARE
    return min(ranks, default=NESTED)


def place(tree: Outline, paragraph: Paragraph, after: Paragraph | None, *, first: bool) -> None:
    norm = paragraph.norm
    if tree.title is None and not tree.nodes and noise.is_title(norm):
        tree.title = paragraph
        if tree.left and noise.is_signature(tree.left[-1].norm):
            tree.title = tree.left.pop() + paragraph
    elif noise.is_noise(norm) or (noise.is_signature(norm) and not_labelled(norm)) or broken_table(norm):
        tree.left.append(paragraph)
    else:
        place_text(tree, paragraph, after)


def not_labelled(norm: str) -> bool:
    return not LABEL.match(norm)


def broken_table(norm: str) -> bool:
    """The head of a table that lost its columns: three labels and hardly anything else."""
    if "\t" in norm or "|" in norm or any(sign in norm for sign in "，。：；"):
        return False
    words = BROKEN_HEAD.findall(norm)
    return len(words) >= 3 and sum(map(len, words)) >= 0.6 * len(norm)


def place_text(tree: Outline, paragraph: Paragraph, after: Paragraph | None) -> None:
    number = mark(paragraph.norm)
    cut = split_heading(paragraph, number, after) if number else bare_heading(paragraph, after)
    if cut is None:
        add_body(tree, paragraph)
        return
    rank = number.rank if number else bare_rank(tree)
    depth = depth_of(tree, rank)
    if depth > 2:
        add_body(tree, paragraph)
        return
    begin(tree, paragraph, cut, rank, depth)


def bare_rank(tree: Outline) -> float:
    """A title without a number stands on the first level unless numbered headings are there."""
    return BARE if tree.lowest == BARE else 2


def depth_of(tree: Outline, rank: float) -> int:
    """The level of a heading: 1 for the highest rank of the plan, else one below what stands above it."""
    while tree.stack and tree.stack[-1][0] >= rank:
        tree.stack.pop()
    if rank <= tree.lowest:
        return 1
    return max(2, len(tree.stack) + 1)


def begin(tree: Outline, paragraph: Paragraph, cut: tuple[int, int, int], rank: float, depth: int) -> None:
    """A new section; `cut` says where its title begins and ends and where its body begins."""
    start, end, rest = cut
    title = paragraph.text[start:end].strip()[:LONGEST_TITLE]
    above = tuple(node.title for _, node in tree.stack)
    node = Node(Section(title, depth), title, heading=paragraph, part=len(tree.parts), rank=rank, above=above)
    node.section.spans.append(paragraph.span if rest >= len(paragraph.text) else paragraph.place(0, rest))
    tree.nodes.append(node)
    tree.stack.append((rank, node))
    if rest < len(paragraph.text):
        node.take(paragraph.cut(rest))


def begin_part(tree: Outline, paragraph: Paragraph) -> None:
    """A plan of its own inside a collection."""
    tree.parts.append(paragraph)
    tree.stack.clear()
    node = Node(Section(paragraph.text[:LONGEST_TITLE], 1), paragraph.text, heading=paragraph, part=len(tree.parts))
    node.section.spans.append(paragraph.span)
    tree.nodes.append(node)


def add_body(tree: Outline, paragraph: Paragraph) -> None:
    if tree.open is None:
        tree.nodes.append(Node(Section("", 1), part=len(tree.parts)))
    tree.nodes[-1].take(paragraph)


def finish(tree: Outline) -> None:
    """Bodies as text; dates and names below the last section are no part of the plan."""
    for node in tree.nodes:
        node.section.body = "\n".join(paragraph.text for paragraph in node.paragraphs)


# --- what is a heading -----------------------------------------------------------------------------------------------
def split_heading(paragraph: Paragraph, number: Mark, after: Paragraph | None) -> tuple[int, int, int] | None:
    """(begin of the title, its end, begin of the body), or None when the numbered paragraph is no heading."""
    norm, start = paragraph.norm, number.length
    if is_entry(norm, start, after) or starts_with_month(norm, start) or "\t" in norm:
        return None
    if number.rank == NESTED:
        return nested_heading(norm, start)
    stop = end_of_title(norm, start, number.rank)
    if stop is None:
        return None
    rest = stop + 1 if stop < len(norm) else stop
    if rest >= len(norm) and number.rank > 1 and is_dated(norm[start:]):
        return None
    if rest >= len(norm) and number.rank > 1 and not whole_line(norm, start, number, after):
        return None
    return start, stop, rest


def is_dated(title: str) -> bool:
    """A whole line with a date is something planned, unless it is a month alone."""
    return any(not each.loose for each in anchors(title)) and not PERIOD_TITLE.match(title.rstrip("：。"))


def starts_with_month(norm: str, start: int) -> bool:
    """A numbered month with its work behind it is a line of a calendar; a month alone is a heading."""
    return bool(MONTH_START.match(norm, start)) and not PERIOD_TITLE.match(norm[start:].rstrip("：。"))


def end_of_title(norm: str, start: int, rank: int) -> int | None:
    """Where the first sentence ends if it is short enough for a title."""
    match = re.compile(r"[。：！？；]").search(norm, start)
    stop = match.start() if match else len(norm)
    if match and match.group() == "；":
        return None
    longest = LONGEST_HEADING[rank] if stop >= len(norm) - 1 else FIRST_SENTENCE[rank]
    return stop if 0 < stop - start <= longest else None


def whole_line(norm: str, start: int, number: Mark, after: Paragraph | None) -> bool:
    """A line that is all title: what follows has to be its body, and it is no list item with a figure."""
    below = after is not None and is_below(after, number)
    if FORM_COUNT.search(norm):
        return True
    if QUANTITY.search(norm, start):
        return below and norm[-1] not in "。；"
    return below or (number.rank == 2 and norm[-1] not in "。；")


def is_below(after: Paragraph, number: Mark) -> bool:
    """Whether the next paragraph can be the text of a heading: no number, or a deeper one."""
    following = mark(after.norm)
    if MONTH_START.match(after.norm) or QUARTER_START.match(after.norm):
        return False
    if following is None:
        return not noise.is_signature(after.norm)
    return following.rank > number.rank


def is_entry(norm: str, start: int, after: Paragraph | None) -> bool:
    """The topic of a consultation: labelled lines follow. A form of consultation with its number stays a heading."""
    if LABEL.match(norm, start) or INNER.search(norm, start):
        return True
    if after is None or FORM_COUNT.search(norm):
        return False
    return bool(LABEL.match(after.norm, label_start(after.norm)))


def label_start(norm: str) -> int:
    """Where a label would begin: behind a bullet and a number."""
    found = mark(norm)
    return found.length if found else bullet(norm)


def nested_heading(norm: str, start: int) -> tuple[int, int, int] | None:
    """“一是加强学习。…” at the beginning of a paragraph, when the others have paragraphs of their own."""
    stop = norm.find("。", start)
    if not 0 < stop - start <= FIRST_SENTENCE[NESTED] or stop >= len(norm) - 1:
        return None
    if re.search(r"[。；，：](?:二是|二要|第二|其次)", norm) or QUANTITY.search(norm[start:stop]):
        return None
    return start, stop, stop + 1


def bare_heading(paragraph: Paragraph, after: Paragraph | None) -> tuple[int, int, int] | None:
    """A short line without a number and without punctuation above a longer one."""
    norm = paragraph.norm.rstrip("：")
    if (
        not 2 <= len(norm) <= LONGEST_BARE
        or after is None
        or not re.fullmatch(r"[\u4e00-\u9fff“”、]+(?:（.{1,8}）)?", norm)
    ):
        return None
    if MONTH_START.match(norm) or LABEL.match(norm) or norm[-1] in "下人" or bullet(paragraph.norm):
        return None
    if paragraph.norm.endswith("：") and len(norm) > 8:
        return None
    longer = len(after.norm) > len(norm) or mark(after.norm)
    known = noise.COMMON_TITLES.search(norm)
    if not longer or (not known and not starts_text(after)):
        return None
    return 0, len(norm), len(paragraph.norm)


def starts_text(after: Paragraph) -> bool:
    """A whole paragraph or a numbered list, not one more short line."""
    return len(after.norm) > 1.5 * LONGEST_BARE or bool(mark(after.norm)) or bool(MONTH_START.match(after.norm))
