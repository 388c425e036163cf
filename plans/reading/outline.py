"""Headings and what stands below them: the paragraphs of a text become sections and passages left over."""

from __future__ import annotations

from dataclasses import dataclass, field

from plans.reading import noise
from plans.reading.headings import BARE, BARE_BELOW, Cut, cuts, lowest_rank
from plans.reading.labels import BARE_LABELS, BROKEN_HEAD, LABEL
from plans.reading.lines import Paragraph
from plans.reading.results import Section

LONGEST_TITLE = 120  # as plans.models.PlanSection has it


@dataclass
class Node:
    """One section with its paragraphs as they stood. `joined`: its title is the first clause of a longer sentence."""

    section: Section
    title: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)
    heading: Paragraph | None = None
    part: int = 0
    rank: float = 0
    above: tuple[str, ...] = ()
    joined: bool = False
    name: Paragraph | None = None

    def take(self, paragraph: Paragraph) -> None:
        self.paragraphs.append(paragraph)
        self.section.spans.append(paragraph.span)


@dataclass
class Outline:
    """The text taken apart: nodes in their order, the title line, and paragraphs that belong nowhere.

    `named` is the plan's name when its title line alone does not say it (a second line, a covering letter).
    """

    title: Paragraph | None = None
    named: str = ""
    nodes: list[Node] = field(default_factory=list)
    left: list[Paragraph] = field(default_factory=list)
    parts: list[Paragraph] = field(default_factory=list)
    stack: list[tuple[float, Node]] = field(default_factory=list)
    lowest: float = 1

    @property
    def open(self) -> Node | None:
        return self.nodes[-1] if self.nodes else None


def outline(found: list[Paragraph], source: str) -> Outline:
    """Every paragraph goes to exactly one place."""
    tree = Outline()
    separators = set(noise.part_headings([each.norm for each in found]))
    starts = sorted(separators)
    for first, last in zip([0, *starts], [*starts, len(found)], strict=True):
        headings = cuts(found[first:last])
        tree.lowest = lowest_rank(headings)
        for number, (paragraph, cut) in enumerate(zip(found[first:last], headings, strict=True), first):
            if number in separators:
                begin_part(tree, paragraph)
            else:
                place(tree, paragraph, cut)
    finish(tree, source)
    return tree


def place(tree: Outline, paragraph: Paragraph, cut: Cut | None) -> None:
    norm = paragraph.norm
    if tree.title is None and not tree.nodes and noise.is_title(norm):
        tree.title = paragraph
        if tree.left and noise.is_signature(tree.left[-1].norm):
            tree.title = tree.left.pop() + paragraph
    elif tree.title is not None and not tree.stack and not tree.parts and noise.is_inner_title(norm):
        tree.left.append(paragraph)
        sent = any(noise.LETTER.search(each.norm) for each in [tree.title, *tree.left])
        tree.named = paragraph.text if sent else tree.title.text + paragraph.text
    elif below_label(tree):
        add_body(tree, paragraph)
    elif noise.is_noise(norm) or (noise.is_signature(norm) and not_labelled(norm)) or broken_table(norm):
        tree.left.append(paragraph)
    else:
        place_text(tree, paragraph, cut)


def below_label(tree: Outline) -> bool:
    """Whether the last paragraph was a label alone in its line: this one is its text."""
    last = tree.open.paragraphs[-1] if tree.open and tree.open.paragraphs else None
    return last is not None and last.norm in BARE_LABELS


def not_labelled(norm: str) -> bool:
    return not LABEL.match(norm)


def broken_table(norm: str) -> bool:
    """The head of a table that lost its columns: three labels and hardly anything else."""
    if "\t" in norm or "|" in norm or any(sign in norm for sign in "，。：；"):
        return False
    words = BROKEN_HEAD.findall(norm)
    return len(words) >= 3 and sum(map(len, words)) >= 0.6 * len(norm)


def place_text(tree: Outline, paragraph: Paragraph, cut: Cut | None) -> None:
    """Headings of the first two levels begin a section; everything else is body."""
    depth = depth_of(tree, rank_of(tree, cut)) if cut else 3
    if cut is None or depth > 2:
        add_body(tree, paragraph)
    else:
        begin(tree, paragraph, cut, depth)


def rank_of(tree: Outline, cut: Cut) -> float:
    """A title without a number stands on the first level unless numbered headings are there."""
    return BARE_BELOW if cut.rank == BARE and tree.lowest != BARE else cut.rank


def depth_of(tree: Outline, rank: float) -> int:
    """The level of a heading: 1 for the highest rank of the plan, else one below what stands above it."""
    while tree.stack and tree.stack[-1][0] >= rank:
        tree.stack.pop()
    if rank <= tree.lowest:
        return 1
    return max(2, len(tree.stack) + 1)


def begin(tree: Outline, paragraph: Paragraph, cut: Cut, depth: int) -> None:
    """A new section; what follows the title in the same paragraph is the begin of its body."""
    rank, rest = rank_of(tree, cut), cut.rest
    title = paragraph.text[cut.start : cut.end].strip()[:LONGEST_TITLE]
    above = tuple(node.title for _, node in tree.stack)
    node = Node(Section(title, depth), title, heading=paragraph, part=len(tree.parts), rank=rank, above=above)
    node.name = paragraph.cut(cut.start, cut.end)
    node.joined = paragraph.norm[cut.end : cut.end + 1] == "，"
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


def finish(tree: Outline, source: str) -> None:
    """Titles and bodies as they are written, with their spaces."""
    for node in tree.nodes:
        if node.name is not None:
            node.section.title = " ".join(node.name.as_written(source).split())[:LONGEST_TITLE]
        node.section.body = "\n".join(paragraph.as_written(source) for paragraph in node.paragraphs)
