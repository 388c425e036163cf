"""The reader itself: one pass over the outline, each section read as what it is (entries, a table, running text)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from plans.reading import entries, items, noise, targets
from plans.reading.dates import Anchor, anchors, when
from plans.reading.lines import Paragraph, normal, paragraphs
from plans.reading.marks import PERIOD_ALONE, mark
from plans.reading.numbers import value
from plans.reading.outline import Node, outline
from plans.reading.recurring import repeated
from plans.reading.results import ItemReading, Reading, TargetReading
from plans.reading.subjects import Found, hits
from plans.reading.targets import Carried, Context

LONGEST_TOPIC = 14


@dataclass
class Place:
    """What the reader knows where it stands: the month above, the form of consultation, what a list leaves behind."""

    under: tuple[Anchor, ...] = ()
    form: tuple[str, str] = ("", "")
    expected: int | None = None
    carried: Carried = field(default_factory=Carried)
    title: str = ""


@dataclass
class Counted:
    """A form of consultation with its number in brackets, to be checked against the entries found."""

    title: str
    expected: int
    found: int = 0


@dataclass
class Reader:
    reading: Reading
    counted: list[Counted] = field(default_factory=list)
    form: tuple[str, str] = ("", "")
    form_level: int = 0
    review_level: int = 0
    year: int = 0

    def node(self, node: Node) -> None:
        """One section; below a section about last year nothing is planned."""
        if self.review_level and node.section.level > self.review_level:
            return
        self.review_level = node.section.level if noise.is_review(node.title) or self.is_last_year(node.title) else 0
        place = Place(carried=Carried(list_scope=scope_above(node)), title=node.title)
        self.heading(node, place)
        if not self.review_level:
            self.body(node, place)

    def is_last_year(self, title: str) -> bool:
        """“2024年主要工作” in a plan for 2025."""
        years = years_in(title)
        return bool(years) and max(years) < self.year

    # --- headings ------------------------------------------------------------------------------------------------
    def heading(self, node: Node, place: Place) -> None:
        if self.form_level and node.section.level <= self.form_level:
            self.form, self.form_level = ("", ""), 0
        if node.heading is None or self.review_level:
            return
        number = mark(node.heading.norm)
        head = node.heading.cut(number.length if number else 0, len(node.heading.text))
        norm = head.norm[: len(node.title) + 1]
        place.under = month_above(norm)
        self.form_heading(norm, node.section.level)
        place.form = self.form
        place.carried.topic, place.carried.list_ones = topic_of(norm), bool(targets.N_ONES.search(norm))
        if node.joined:
            node.paragraphs[0] = head
        elif head.norm == norm or not place.under:
            short = head.cut(0, len(norm))
            found = targets.targets(short, Context(replace(place.carried), items.dated(short)))
            self.reading.targets += [of_form(each, self.form[0]) for each in found]

    def form_heading(self, norm: str, level: int) -> None:
        form = entries.form_of(norm)
        if form[0]:
            self.form, self.form_level = form, level
            match = entries.FORM_TITLE.match(norm.rstrip("：。"))
            if match:
                self.counted.append(Counted(norm.rstrip("：。"), int(value(match["count"]) or 0)))

    # --- bodies --------------------------------------------------------------------------------------------------
    def body(self, node: Node, place: Place) -> None:
        rows = self.tables(node, place)
        rest = [paragraph for number, paragraph in enumerate(node.paragraphs) if number not in rows]
        found = entries.labelled(rest)
        self.entries(found.entries, place)
        before = len(self.reading.items)
        for number, paragraph in enumerate(rest):
            if number not in found.used:
                self.paragraph(paragraph, place)
        if self.form[0] and len(self.reading.items) == before and not found.entries and not rows:
            self.bare_topics(rest, place)

    def tables(self, node: Node, place: Place) -> set[int]:
        """Reads the rows of tables; gives their numbers."""
        used: set[int] = set()
        table: entries.Table | None = None
        for number, paragraph in enumerate(node.paragraphs):
            row = entries.cells(paragraph)
            if table and PERIOD_ALONE.match(paragraph.norm):
                used.add(number)
                continue
            if not row:
                table = None
                continue
            used.add(number)
            if not noise.READABLE.search(paragraph.norm):
                continue
            columns = entries.head_of(row)
            if columns:
                table = entries.Table(columns)
                continue
            if table and table.sets_goals(row) and not table.happens_once(row):
                self.goals(entries.as_sentence(paragraph, table), place)
                continue
            self.form_cell(table, row, paragraph, place)
            entry = entries.row_entry(table, row, paragraph.span) if table else entries.headless(row, paragraph.span)
            if entry is not None and self.rhythmic(entry, table, row, paragraph, place):
                continue
            if entry is not None and entry.says_enough:
                self.entries([entry], place)
        return used

    def rhythmic(self, entry: entries.Entry, table: entries.Table | None, row: list[str], paragraph: Paragraph,
                 place: Place) -> bool:  # fmt: skip
        """A row whose time is 每季度 or 全年 asks for something instead of planning it; whether it was one."""
        said = normal(entry.values.get("time", ""))
        period = targets.phrases.period_of(said) if said and not when(said) else None
        if table is None or period is None:
            return False
        before = len(self.reading.targets)
        for name, cell in zip(table.columns, row, strict=False):
            if name in {"topic", "content"} and cell:
                start = paragraph.text.find(cell)
                context = Context(replace(place.carried, list_period=period))
                self.reading.targets += targets.targets(paragraph.cut(start, start + len(cell)), context)
        return len(self.reading.targets) > before

    def form_cell(self, table: entries.Table | None, row: list[str], paragraph: Paragraph, place: Place) -> None:
        """A form with its count in a cell of its own: 界别协商（3项）."""
        for name, cell in zip(table.columns if table else (), row, strict=False):
            bare = normal(cell)
            if name == "form" and entries.FORM_TITLE.match(bare):
                start = paragraph.text.find(cell)
                self.form_heading(bare, 3)
                found = targets.targets(paragraph.cut(start, start + len(cell)), Context(place.carried))
                self.reading.targets += [of_form(each, self.form[0]) for each in found]

    def goals(self, paragraph: Paragraph, place: Place) -> None:
        """A row that says what is to be reached: 集中学习 | 不少于6次."""
        self.reading.targets += targets.targets(paragraph, Context(place.carried))

    def entries(self, found: list[entries.Entry], place: Place) -> None:
        for entry in found:
            made = entries.to_items(entry, place.form or self.form, place.under)
            self.count(made[:1])
            self.reading.items += made

    def count(self, made: list[ItemReading]) -> None:
        for each in made:
            for counted in reversed(self.counted):
                if not each.form_name or each.form_name in counted.title or counted is self.counted[-1]:
                    counted.found += 1
                    break

    def paragraph(self, paragraph: Paragraph, place: Place) -> None:
        if PERIOD_ALONE.match(paragraph.norm.strip()):
            place.under = month_above(paragraph.norm)
            return
        number = mark(paragraph.norm)
        plain = paragraph.cut(number.length if number else 0)
        self.form_line(plain.norm, place)
        dated = items.dated(plain, place.under)
        self.reading.targets += targets.targets(plain, Context(place.carried, dated))
        made = repeated(paragraph, self.reading.targets) or items.items(plain, place.under)
        for each in made:
            of_heading(each, place)
            if place.form[0] and each.kind == "other":
                each.kind = "consultation"
            each.form, each.form_name = place.form if place.form[0] else ("", "")
        if place.form[0]:
            self.count(made)
        self.reading.items += made

    def form_line(self, norm: str, place: Place) -> None:
        """A form with its count deeper in the text than headings go."""
        if len(norm) <= 26 and entries.FORM_TITLE.match(norm.rstrip("：。")) and entries.form_of(norm)[0]:
            self.form_heading(norm, 3)
            place.form = self.form

    def bare_topics(self, rest: list[Paragraph], place: Place) -> None:
        """Topics below a form with a count, without times: as many as the count says."""
        numbered = [each for each in rest if mark(each.norm)]
        if not self.counted or len(numbered) < 1 or len(numbered) != self.counted[-1].expected:
            return
        for paragraph in numbered:
            entry = entries.Entry({"topic": paragraph.text[mark(paragraph.norm).length :]}, [paragraph.span])
            made = entries.to_items(entry, self.form)
            self.count(made)
            self.reading.items += made

    def check_counts(self) -> None:
        for each in self.counted:
            if each.found and each.found != each.expected:
                self.reading.notes.append(f"“{each.title}”写明{each.expected}项，读出{each.found}项，请核对。")


def read(source: str) -> Reading:
    """Sections, targets, items and what is left over. Never raises for any text; time grows with its length."""
    source = source.replace("\x00", " ")
    tree = outline(paragraphs(source), source)
    reading = Reading(source, sections=[node.section for node in tree.nodes])
    if tree.title is not None:
        reading.title, reading.title_span = tree.named or tree.title.text, tree.title.span
        if tree.title not in tree.left:
            tree.left.append(tree.title)
    titles = [reading.title, *(node.title for node in tree.nodes)]
    reader = Reader(reading, year=max((year for title in titles for year in years_in(title)), default=0))
    for node in tree.nodes:
        reader.node(node)
    reader.check_counts()
    reading.left_over = sorted((each.span for each in tree.left), key=lambda span: span.start)
    reading.parts = [(each.text, each.span) for each in tree.parts]
    reading.targets = tidy_targets(reading.targets)
    reading.items = tidy_items(reading.items)
    return reading


def years_in(text: str) -> list[int]:
    return [int(year) for year in re.findall(r"(?<!\d)20\d\d(?=年)", normal(text))]


def of_form(target: TargetReading, form: str) -> TargetReading:
    """“专题协商（4项）” counts the consultations of this form only."""
    if form and target.measure == "activities":
        target.filters = {**target.filters, "form": form}
    return target


def of_heading(item: ItemReading, place: Place) -> None:
    """“视察：3月、9月各一次” says in its heading what takes place."""
    topic = place.carried.topic
    if topic and topic.subject.type and item.kind == "other" and SAYS_NOTHING.fullmatch(item.content):
        item.kind, item.title = topic.subject.type, place.title or item.title


SAYS_NOTHING = re.compile("各?(?:搞|组织|开展|安排|进行)?[一1]?[次场期]?")


def topic_of(title: str) -> Found | None:
    """What a short heading is about; it speaks for the numbers below it that name nothing themselves."""
    title = title.strip("：。 ")
    strong = [hit for hit in hits(title) if not hit.weak or hit.word == title] if len(title) <= LONGEST_TOPIC else []
    return Found(strong[-1].subject, inherited=True) if strong else None


def scope_above(node: Node) -> str | None:
    """“委员‘五个一’” in the heading speaks for the whole section."""
    norm = node.heading.norm[: len(node.title) + 4] if node.heading else ""
    if targets.N_ONES.search(norm):
        return targets.phrases.scope_of(norm) or targets.Scope.EACH_MEMBER
    return targets.phrases.scope_of(norm)


#: “部署阶段（1—2月）”.
PERIOD_BRACKET = re.compile(
    r"(?:阶段|季)（((?:\d{1,2}|[一二三四五六七八九十]{1,2})月?(?:[上中下]旬)?(?:-(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:[上中下]旬|底)?)?)）$"
)


def month_above(norm: str) -> tuple[Anchor, ...]:
    """The month a heading consists of."""
    bracket = PERIOD_BRACKET.search(norm.rstrip("：。 "))
    if not PERIOD_ALONE.match(norm.strip("。 ")) and not bracket:
        return ()
    return tuple(anchors(bracket[1] if bracket else norm))


# --- tidying -----------------------------------------------------------------------------------------------------
def tidy_targets(found: list[TargetReading]) -> list[TargetReading]:
    """The same words asking the same thing twice are one target."""
    kept: dict[tuple, TargetReading] = {}
    for each in found:
        key = (re.sub(r"\W", "", each.text), each.measure, str(each.filters), each.amount, each.period, each.scope)
        kept.setdefault(key, each)
    return list(kept.values())


def tidy_items(found: list[ItemReading]) -> list[ItemReading]:
    kept: dict[tuple, ItemReading] = {}
    for each in found:
        kept.setdefault((each.title, each.month, each.part_of_month, each.until_month, each.span.start), each)
    return sorted(kept.values(), key=lambda each: each.span.start)
