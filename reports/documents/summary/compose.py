"""One way to compose them all: what the plan asked for and what the records say, section by section, for any period.

Every number is counted by the function the dashboards use, kept under its key and leads to its records; a sentence
about something that did not occur is left out. Without a plan the passages stand under headings of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.utils import timezone

from activities.figures import YearFigures, year_figures
from core.clock import Span
from core.errors import DomainError
from core.pdf.blocks import Block, Figure, Heading, Paragraph, Run, Signature, Table, number_headings
from organisation.models import Office
from organisation.selectors import descend
from plans import kinds, progress
from plans.figures import Progress
from plans.models import AnnualPlan
from plans.schedule import Standing, standing
from plans.selectors import in_force
from reports.documents import Composition, annexes
from reports.documents.annexes import lists
from reports.documents.summary import activities, asking, items, opinions, outline, proposals, targets, telling, years
from reports.documents.summary.outline import Place
from reports.documents.summary.periods import Makes, Period
from reports.documents.summary.scope import Part, Scope, joined, sentence

#: The heading of what a plan has no section for.
OTHERS, RESULTS = "其他工作开展情况", "主要工作成果"
#: So many rows of all lists together stand in the text; more of them are annexes.
FEW = 15


@dataclass
class Making:
    """A summary under way: what was read, and what is made of it."""

    office: Office
    period: Period
    today: date
    scope: Scope
    found: Composition
    plan: AnnualPlan | None = None
    standings: list[Progress] = field(default_factory=list)
    items: list[Standing] = field(default_factory=list)
    year: YearFigures = field(default_factory=YearFigures)

    @classmethod
    def of(cls, office: Office, period: Period, as_of: datetime) -> Making:
        today = timezone.localtime(as_of).date()
        scope = Scope(frozenset(descend(office.pk)), period.span, period.lead(today), today)
        found = Composition(f"{office.name}\n{period.title}", "", period.until(today))
        return cls(office, period, today, scope, found)

    def read(self) -> None:
        """The plan in force with its targets and its schedule, and the figures of the activities."""
        self.year = year_figures(self.scope.office_ids, self.scope.span)
        self.plan = in_force(self.office, self.period.year) if not self.period.years else None
        if self.plan:
            self.standings = progress.of_plan(self.plan, as_of=self.period.as_of(self.today))
            rows = list(self.plan.items.select_related("plan"))
            self.items = standing(rows, as_of=self.period.as_of(self.today)) if rows else []

    @property
    def due(self) -> list[Standing]:
        """What the schedule wanted done by the end of the period: of several months the last one counts."""
        return [each for each in self.items if self.period.span.first <= each.span.last <= self.period.span.last]

    @property
    def named(self) -> str:
        """上半年计划安排事项; of a year it needs no name."""
        return "" if self.period.key == "year" else self.period.name

    def parts(self) -> list[Part]:
        """Everything the records say, chapter by chapter."""
        given = (self.found, self.scope)
        made = [*activities.part(*given, self.year), *telling.parts(*given, self.year), *proposals.part(*given),
                *opinions.part(*given), *asking.call_part(*given), *asking.survey_part(*given)]  # fmt: skip
        return [words_only(each) for each in made] if self.period.is_brief else made


def words_only(part: Part) -> Part:
    """A brief has neither drawings nor tables beside its lists."""
    return replace(part, blocks=[each for each in part.blocks if isinstance(each, Paragraph)])


def composer(period_of: Makes):
    """`compose` of a document: `period_of(office, year, part)` says which days it is about."""

    def compose(office: Office, year: int, as_of: datetime, part: str = "") -> Composition:
        return composed(Making.of(office, period_of(office, year, part), as_of))

    return compose


def composed(making: Making) -> Composition:
    """Raises DomainError for days to come, and when there is neither a plan nor a record."""
    if making.period.span.first > making.today and making.period.key not in ("year", "term"):
        raise DomainError(f"{making.period.name}还没有开始，没有可以总结的记录。")
    making.read()
    parts, found = making.parts(), making.found
    if not parts and making.plan is None:
        raise DomainError(f"{making.office.name}{making.period.year}年没有执行中的计划，也没有这一时期的记录。")
    listed = lists.of(making.scope, making.due)
    is_short = sum(len(each.table.rows) for each in listed) <= FEW
    behind = [] if is_short else listed
    found.add(*opening(making), *goals(making), *body(making, parts), *(in_text(listed) if is_short else []))
    found.add(*closing(making))
    found.blocks = number_headings(found.blocks)
    found.add(*annexes.named(behind), Signature(making.office.name, making.today), *annexes.attached(behind))
    return found


# --- before the sections ---------------------------------------------------------------------------------------------
def opening(making: Making) -> list[Block]:
    """One sentence with the figures a leader asks for first."""
    found, year = making.found, making.year
    told: list[Sequence[Run]] = []
    if year.total.count:
        told.append(["开展各类活动", activities.total_of(found, making.scope, year)])
    told += [[words, found.facts[key]] for key, words in (
        ("proposals", "征集提案"), ("proposals.filed", "立案"), ("opinions", "收到社情民意信息")) if key in found.facts
        and found.facts[key].value]  # fmt: skip
    if not told:
        return []
    name = making.office.short_name
    runs: list[Run] = [f"{making.period.lead(making.today)}，{name}", *aim(making), *joined(told, "，"),
                       "。现将有关情况总结如下。" if not making.period.is_brief else "。"]  # fmt: skip
    return [Paragraph(runs, key="opening")]


def aim(making: Making) -> list[Run]:
    return ["对照年度工作计划抓落实，"] if making.plan else []


def goals(making: Making) -> list[Block]:
    """How many of the targets and of the scheduled items, and the table."""
    if making.period.years:
        return years.part(making.found, making.office, making.scope, making.period.years)
    if not making.plan or not (making.standings or making.due):
        return []
    found, plan = making.found, making.plan
    if making.standings:
        targets.remember(found, making.standings)
    day = making.period.as_of(making.today)
    sentences = [targets.overview(found, plan, making.standings, day)] if making.standings else []
    if said := items.overview(found, plan, making.due, making.named, making.period.span.last):
        sentences.append(said)
    runs = [*joined(sentences, "。"), "。"] if sentences else []
    return [Heading(1, "年度目标和月度安排完成情况", key="goals"), *sentence("goals", runs), *items.changes(making.due),
            *targets.table(making.standings)]  # fmt: skip


# --- section by section ----------------------------------------------------------------------------------------------
def body(making: Making, parts: Sequence[Part]) -> list[Block]:
    sections = list(making.plan.sections.all()) if making.plan else []
    done = items.held(making.items, making.scope)
    *places, rest = outline.arranged(sections, asked(making), making.items, parts, kinds.labels() if sections else {})
    made: list[Block] = []
    for turn, (place, below) in enumerate(with_children(places)):
        made += section(making, place, below, done, turn)
    return [*made, *remaining(making, rest, done)]


def asked(making: Making) -> list[Progress]:
    """The targets told of in the sections; a brief leaves them to its table."""
    return [] if making.period.is_brief else making.standings


def with_children(places: Iterable[Place]) -> list[tuple[Place, list[Place]]]:
    """Sections of the first level with those of the second below them."""
    found: list[tuple[Place, list[Place]]] = []
    for place in places:
        if place.section.level == 1 or not found:
            found.append((place, []))
        else:
            found[-1][1].append(place)
    return found


def section(making: Making, place: Place, below: Sequence[Place], done: items.Held, turn: int) -> list[Block]:
    """A heading of the plan with what belongs to it; nothing when the records say nothing about any of it."""
    made = contents(making, place, done, turn, level=2, split=bool(below))
    for number, child in enumerate(below, 1):
        if inner := contents(making, child, done, turn + number, level=3):
            made += [Heading(2, child.section.title, key=f"section.{child.section.lineage}"), *inner]
    return (
        [Heading(1, place.section.title, key=f"section.{place.section.lineage}"), *unless_alone(made)] if made else []
    )


def unless_alone(blocks: list[Block]) -> list[Block]:
    """A single （一） has nothing to be told apart from."""
    heads = [each for each in blocks if isinstance(each, Heading) and each.level == 2]
    return [each for each in blocks if each is not heads[0]] if len(heads) == 1 else blocks


def contents(making: Making, place: Place, done: items.Held, turn: int, *, level: int, split: bool = False
             ) -> list[Block]:  # fmt: skip
    """What was carried out, what the targets say, the sentences of the topic, then its chapters.

    Chapters get headings of their own when there are several, or sections beside them (`split`).
    """
    key = place.section.lineage if place.section else "rest"
    made = [*sentence(f"items.{key}", items.told(making.found, place.items, done, turn)),
            *sentence(f"targets.{key}",
                      targets.told(making.found, place.targets, turn, f"targets.met.{key}"))]  # fmt: skip
    made += [block for part in place.parts if part.short for block in part.blocks if not already(made, block)]
    chapters = [part for part in place.parts if not part.short]
    for part in chapters:
        if len(chapters) > 1 or split:
            made.append(Heading(level, part.title, key=f"chapter.{part.title}"))
        made += part.blocks
    return made


def already(told: Sequence[Block], block: Block) -> bool:
    """Whether a sentence says nothing but what stands before it: the same numbers of the same records."""
    before = {(run.value, run.url) for each in told for run in figures_in(each)}
    mine = {(run.value, run.url) for run in figures_in(block)}
    return bool(mine) and mine <= before


def figures_in(block: Block) -> list[Figure]:
    runs = block.runs if isinstance(block, Paragraph) and not isinstance(block.runs, str) else ()
    return [run for run in runs if isinstance(run, Figure)]


def remaining(making: Making, rest: Place, done: items.Held) -> list[Block]:
    """What fits no section: chapters under headings of their own, everything else together."""
    short = Place(None, rest.targets, rest.items, [part for part in rest.parts if part.short])
    told = contents(making, short, done, 0, level=2)
    heading = [Heading(1, OTHERS if making.plan and making.plan.sections.all() else RESULTS, key="rest")]
    chapters = [part for part in rest.parts if not part.short]
    before = [part for part in chapters if part.topic == "activities"]
    made = [block for part in before for block in chapter(part)] + (heading + told if told else [])
    return made + [block for part in chapters if part not in before for block in chapter(part)]


def chapter(part: Part) -> list[Block]:
    return [Heading(1, part.title, key=f"chapter.{part.title}"), *part.blocks]


# --- after the sections ----------------------------------------------------------------------------------------------
def closing(making: Making) -> list[Block]:
    span = making.period.ahead or rest_of_year(making)
    ahead = items.ahead(making.found, making.items, span) if making.plan else []
    missing = targets.gaps if making.period.is_long else targets.behind
    return [*missing(making.found, making.standings), *ahead]


def rest_of_year(making: Making) -> Span | None:
    """What a summary of the year looks ahead to before it is over."""
    over = making.period.key != "year" or making.period.is_over(making.today) or making.today < making.period.span.first
    return None if over else Span(making.today, making.period.span.last)


def in_text(listed: Sequence[annexes.List]) -> list[Block]:
    """Short lists stand in the text, with their names above them."""
    return [Table(each.table.columns, each.table.rows, each.title) for each in listed]
