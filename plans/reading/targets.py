"""Targets: every quantity that names something countable becomes one, with its rhythm and the people it asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from plans.enums import Metric, Operator, Period, Scope
from plans.reading import phrases
from plans.reading.lines import Paragraph
from plans.reading.quantities import SPREADS, Quantity, quantities
from plans.reading.results import TargetReading
from plans.reading.sentences import Piece, clauses, sentences
from plans.reading.subjects import Found, hits, of_topic, subject_for
from plans.reading.vocabulary import activity, subject_json

LONGEST_TEXT = 200  # as plans.models.Target has it
N_ONES = re.compile(r"[“”‘’\"]*[一二两三四五六七八九十\d]{1,3}个一[“”‘’\"]*")
EDGES = '-·、，。；：,;:()“”‘’"（） 并且和及与'
OR = re.compile(r"(?:或者?|或是|（)[^，。；]{0,4}$")


@dataclass
class Carried:
    """What earlier clauses and paragraphs leave to later ones."""

    scope: str | None = None
    period: str | None = None
    at_least: bool = False
    subject: Found | None = None
    list_scope: str | None = None
    topic: Found | None = None
    ones: bool = False
    list_ones: bool = False
    list_period: str | None = None
    last: TargetReading | None = None


@dataclass
class Context:
    """Where a paragraph stands. `dated`: stretches that speak of a month; what happens there once is an item."""

    carried: Carried = field(default_factory=Carried)
    dated: tuple[tuple[int, int, bool], ...] = ()

    def is_dated(self, place: int) -> bool:
        return any(start <= place < end for start, end, _ in self.dated)

    def asks_each(self, quantity: Quantity, clause: Piece) -> bool:
        """“7月……，每组形成1篇报告” asks something of everybody, in whatever month."""
        before = clause.text[: quantity.start - clause.start]
        return quantity.unit in {"篇", "件", "条", "份"} and phrases.scope_of(before) is not None

    def is_one_date(self, quantity: Quantity, clause: Piece) -> bool:
        """Whether the number is that of an item: once in a quarter, or any plain number in a month."""
        wide = any(start <= quantity.start < end and wide for start, end, wide in self.dated)
        rhythm = wide and RHYTHM.search(clause.text[: quantity.start - clause.start])
        if rhythm or self.asks_each(quantity, clause):
            return False
        return self.is_dated(quantity.start) and quantity.operator == Operator.EXACTLY and not (
            wide and quantity.low != 1
        )  # fmt: skip


def targets(paragraph: Paragraph, context: Context) -> list[TargetReading]:
    """The targets of one paragraph in their order."""
    if phrases.is_report(paragraph.norm):
        return []
    found: list[TargetReading] = []
    for sentence in sentences(paragraph.norm):
        if not phrases.is_past(sentence.text) and not phrases.SCORED.search(sentence.text):
            found += of_sentence(paragraph, sentence, context)
    remember_list(paragraph.norm, context)
    return found


def remember_list(norm: str, context: Context) -> None:
    """“每名委员要做到以下五点：” speaks for the list below it."""
    if N_ONES.search(norm) or norm.endswith("：") or phrases.EACH_MEMBER.match(norm):
        scope = phrases.scope_of(norm) or (Scope.EACH_MEMBER if N_ONES.search(norm) else None)
        if norm.endswith("："):
            context.carried.list_scope = scope


def of_sentence(paragraph: Paragraph, sentence: Piece, context: Context) -> list[TargetReading]:
    carried = context.carried
    carried.scope, carried.period, carried.at_least, carried.subject = (
        carried.list_scope, carried.list_period, False, None,
    )  # fmt: skip
    carried.ones = carried.list_ones or bool(N_ONES.search(sentence.text))
    if N_ONES.search(sentence.text):
        carried.scope = phrases.scope_of(sentence.text) or Scope.EACH_MEMBER
    everything = quantities(sentence)
    found: list[TargetReading] = []
    past = False
    for clause in clauses(sentence):
        past = (past or bool(phrases.PAST_CLAUSE.search(clause.text))) and not phrases.FUTURE.search(clause.text)
        if past:
            continue
        inside = [each for each in everything if clause.start <= each.start < clause.end]
        carry_scope(clause, carried)
        found += of_clause(paragraph, sentence, clause, inside, context)
        carry_on(clause, inside, carried)
    return doubt_repeats(found)


#: “每名委员……，全组采用信息10条”: the whole of us, not each one.
WE_ALL = re.compile(r"(?:力争|确保)?全(?:组|站|联组|室|处|镇|乡|街道|县|区|市)(?!委员)")


def carry_scope(clause: Piece, carried: Carried) -> None:
    """“每名委员” holds until the office itself acts."""
    own = phrases.scope_of(clause.text)
    if own:
        carried.scope = own
    elif phrases.ORGANISING.match(clause.text) or WE_ALL.match(clause.text):
        carried.scope, carried.at_least = carried.list_scope, False


#: A new occasion without a number takes the place of what was counted before: “……，举办接待日活动，每两个月一次”.
OCCASION = re.compile(r"举办|召开|举行|坚持|实行|设立|落实")


def carry_on(clause: Piece, inside: list[Quantity], carried: Carried) -> None:
    """A rhythm without a number of its own speaks for the next clause: “每季度，召开一次……”."""
    carried.period = None if inside else phrases.period_of(clause.text)
    if (
        not inside
        and OCCASION.match(clause.text)
        and any(hit.subject.type and not hit.weak for hit in hits(clause.text))
    ):
        carried.subject = None
    if carried.scope and SPREADS.search(clause.text):
        carried.at_least = True


def of_clause(paragraph: Paragraph, sentence: Piece, clause: Piece, inside: list[Quantity],
              context: Context) -> Iterator[TargetReading]:  # fmt: skip
    if not inside:
        yield from implied(paragraph, clause, context)
        return
    made: TargetReading | None = None
    for number, quantity in enumerate(inside):
        if is_report_blank(quantity, paragraph.norm, sentence, context.carried):
            continue
        found = subject_for(quantity, sentence, clause, inside, context.carried.subject)
        if found is None or found.subject.type == "other":
            found = of_topic(quantity, context.carried.topic) or found
        if found is None and context.carried.ones and quantity.low == 1:
            found = Found(activity("other"))
        if found is None or per_occasion(sentence, clause, quantity) or phrases.PAST_CLAUSE.search(clause.text):
            continue
        context.carried.subject = found
        if made is not None and is_alternative(sentence, inside[number - 1], quantity):
            made.alternatives.append(subject_json(found.subject, metric_of(quantity, found)))
            continue
        if context.is_one_date(quantity, clause):
            continue
        made = context.carried.last = build(paragraph, clause, inside, number, found, context.carried)
        if per_head(paragraph.norm, quantity):
            made.scope = Scope.EACH_MEMBER
        yield from apart(made, paragraph.norm[clause.start : quantity.start])


def apart(made: TargetReading, before: str) -> list[TargetReading]:
    """“视察、调研各2次” asks for two of each."""
    types = str(made.filters.get("type", "")).split(",")
    if len(types) < 2 or not re.search(r"各(?:不[少低]于|至少)?$", before):
        return [made]
    return [replace(made, filters={**made.filters, "type": kind}) for kind in types]


RHYTHM = re.compile(
    r"每(?:个)?(?:月|季度?|半年|[两二2三3]个月)|双月(?!协商)|隔月|逐月|一月一|一季度?一|(?<![上下])半年(?=开展|召开|组织)"
)
DOING = re.compile(
    r"组织|召开|开展|举办|开好|安排|固定|拟定|坚持|实行|进行|举行|走访|编发|汇报|定期|通报|接待|学习|落实|确定|设立|轮流|编印|[进]社区|集中"
)
DAYS = {"study_day", "meetup_day", "activity_day", "reception_day"}


def implied(paragraph: Paragraph, clause: Piece, context: Context) -> Iterator[TargetReading]:
    """“每季度召开座谈会” without a number means once each time; two fixed days joined by 、 are two targets."""
    rhythm = RHYTHM.search(clause.text)
    given = context.carried.list_period if rhythm is None else phrases.period_of(rhythm.group())
    if given in (None, Period.YEAR) or context.is_dated(clause.start):
        return
    start = rhythm.end() if rhythm else 0
    named = [
        hit
        for hit in hits(clause.text)
        if (not hit.weak or (rhythm and rhythm.group()[0] == "一")) and hit.end > start and hit.subject.type
    ]
    days = [hit for hit in named if hit.subject.type in DAYS]
    if not days and not DOING.search(clause.text):
        return
    for hit in days or named[-1:]:
        yield TargetReading(
            text=words_of(paragraph.text[clause.start : clause.end]),
            measure="activities", filters=hit.subject.as_dict(), amount=Decimal(1),
            period=given, scope=context.carried.scope or Scope.OFFICE,
            span=paragraph.place(clause.start, clause.end), unsure="原文没有写次数，按每期一次填写，请核对。",
        )  # fmt: skip


NUMBERED = re.compile(r"^(?:[（(]\d{1,2}[)）]|\d{1,2}[.、．](?!\d)|[①-⑳])")


def words_of(text: str) -> str:
    """The target in its own words, brackets in pairs."""
    text = NUMBERED.sub("", text.strip(" ，。；：,;:")).strip(EDGES)
    for opening, closing in ("（）", "()", "“”"):
        if text.count(opening) > text.count(closing):
            text += closing
        elif text.count(opening) < text.count(closing):
            text = text.replace(closing, "")
    return text[:LONGEST_TEXT]


def is_report_blank(quantity: Quantity, norm: str, sentence: Piece, carried: Carried) -> bool:
    """“举办讲堂x期” is how a report leaves a figure out; a plan says of whom or at least how many."""
    if quantity.low is not None or norm[quantity.start] not in "xX×":
        return False
    return quantity.operator == Operator.EXACTLY and not carried.scope and not phrases.FUTURE.search(sentence.text)


def per_occasion(sentence: Piece, clause: Piece, quantity: Quantity) -> bool:
    """“每项议题至少一次调研”, “不足三次的不得评优”: a rule about each occasion or about the exception."""
    before = sentence.text[clause.start - sentence.start : quantity.start - sentence.start]
    return bool(EXCEPTION.search(before))


EXCEPTION = re.compile(
    r"每(?:个(?:课题|议题|项目)|项|件|期|场|篇|次(?!全会))[^，]*$|每(?:周|天|日|星期)[^，]*$|(?:不足|未达到?|未满|连续|提前|(?<![不得])少于|(?<![不得])低于|缺席|累计缺)$|(?:无故|缺席|缺勤|请假|旷会)[^，]{0,8}$"
)


def is_alternative(sentence: Piece, before: Quantity, after: Quantity) -> bool:
    between = sentence.text[before.end - sentence.start : after.start - sentence.start]
    return bool(re.search(r"或者?[^，、；]{0,10}$|（[^，、；]{0,2}$", between))


def build(paragraph: Paragraph, clause: Piece, inside: list[Quantity], number: int, found: Found,
          carried: Carried) -> TargetReading:  # fmt: skip
    quantity = inside[number]
    start, end = stretch(clause, inside, number)
    near = paragraph.norm[clause.start : max(end, quantity.end)]
    operator = quantity.operator
    if operator == Operator.EXACTLY and carried.at_least:
        operator = Operator.AT_LEAST
    period = phrases.period_of(near[: quantity.end - clause.start]) or phrases.period_of(near) or carried.period
    return TargetReading(
        text=words_of(paragraph.text[start:end]),
        measure=found.subject.measure, filters=found.subject.as_dict(), metric=metric_of(quantity, found),
        operator=operator, amount=quantity.low, amount_max=quantity.high, period=period or Period.YEAR,
        scope=scope_of(quantity, found, near, carried), span=paragraph.place(clause.start, clause.end),
        unsure=doubt(quantity, found),
        alternatives=[subject_json(other, metric_of(quantity, found)) for other in found.others],
    )  # fmt: skip


def per_head(norm: str, quantity: Quantity) -> bool:
    """2篇/人."""
    return bool(re.match("/(?:人|每人|委员|名|位)", norm[quantity.end : quantity.end + 3]))


def is_total(quantity: Quantity, found: Found, near: str, carried: Carried) -> bool:
    """“每人每季度1条，全年不少于80条”: the second number is far more than the first asks of one person."""
    if not found.inherited or carried.last is None or phrases.scope_of(near) or quantity.low is None:
        return False
    before = per_year(carried.last)
    return bool(before) and carried.last.filters == found.subject.as_dict() and quantity.low >= 5 * before


def scope_of(quantity: Quantity, found: Found, near: str, carried: Carried) -> str:
    """A rate is the office's, however often it speaks of members."""
    if quantity.metric == Metric.PERCENT:
        own = phrases.scope_of(near)
        return own if own == Scope.EACH_GROUP else Scope.OFFICE
    if is_total(quantity, found, near, carried):
        return Scope.OFFICE
    return carried.scope or Scope.OFFICE


def stretch(clause: Piece, inside: list[Quantity], number: int) -> tuple[int, int]:
    """The words of one quantity among several of a clause: they are parted by 、 or 和."""
    start, end = clause.start, clause.end
    if number:
        start = border(clause, inside[number - 1].end, inside[number].start)
    if number + 1 < len(inside):
        end = border(clause, inside[number].end, inside[number + 1].start)
    return start, end


def border(clause: Piece, left: int, right: int) -> int:
    """Where the words of one quantity end and those of the next begin."""
    between = clause.text[left - clause.start : right - clause.start]
    marks = [between.find(sign) for sign in ("、", "和", "及", "或", "，", "；") if sign in between]
    return left + min(marks) if marks else left


def metric_of(quantity: Quantity, found: Found) -> str:
    """The metric of the measure word, as far as the subject has it."""
    metric = quantity.metric
    kind = found.subject.type
    if metric == "people":
        return Metric.MEMBERS if kind in {"training", "study", "commendation"} else Metric.RECORDS
    if quantity.unit in {"份", "期"} and metric == Metric.RECORDS:
        return Metric.COPIES if quantity.unit == "份" and kind in {"materials", "publication"} else Metric.RECORDS
    if metric == Metric.COPIES and kind not in {"materials", "publication", "donation"}:
        return Metric.RECORDS
    return metric


def doubt(quantity: Quantity, found: Found) -> str:
    if quantity.low is None:
        return "原文没有写数量，请补上或留空。"
    if found.subject.type == "other":
        return "没有认出统计什么，请选择。"
    if found.inherited or found.weak:
        return "统计内容是从上下文推断的，请核对。"
    return "原文是约数，请核对。" if quantity.vague else ""


PER_YEAR = {Period.MONTH: 12, Period.TWO_MONTHS: 6, Period.QUARTER: 4, Period.HALF_YEAR: 2, Period.YEAR: 1}


def doubt_repeats(found: list[TargetReading]) -> list[TargetReading]:
    """“每季度1次，全年不少于4次” may say one thing twice: the second is for the clerk to judge."""
    for number, each in enumerate(found):
        for other in found[:number]:
            same = (other.measure, other.filters, other.scope, other.metric) == (
                each.measure, each.filters, each.scope, each.metric,
            )  # fmt: skip
            if same and other.period != each.period and per_year(other) == per_year(each):
                each.unsure = each.unsure or f"与“{other.text}”可能是同一个目标，请核对。"
    return found


def per_year(target: TargetReading) -> Decimal | None:
    factor = PER_YEAR.get(target.period)
    return None if target.amount is None or factor is None else target.amount * factor
