"""Quantities in a sentence: 不少于2次, 2—3篇, 60人次, 10万元, 95%以上, __件."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from plans.enums import Operator
from plans.reading import numbers
from plans.reading.sentences import Piece
from plans.reading.vocabulary import UNITS

BLANK = r"_{1,12}|[×xX]{1,3}|（ ?）|\*{1,3}"
UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
QUANTITY = re.compile(
    rf"(?<![第每届某逐另首这那续{numbers.CHINESE}\d.十])(?:(?P<low>{numbers.NUMBER}|{BLANK})(?P<more>[余多])?"
    rf"(?:(?:-|至|到|或)(?P<high>{numbers.NUMBER}))?(?P<wan>万)?(?P<few>[余多])?(?P<unit>{UNIT})"
    rf"|百分之(?P<percent>{numbers.NUMBER}))(?P<after>(?:及)?以上|以内|之内|以下|左右|上下)?"
)
#: What only looks like a quantity: 一起, 一次性, 三个代表, 二次会议, 一对一, 一部分, 五个一.
NEVER = re.compile(
    r"一起(?!案|矛盾|纠纷)|[一二两三四五六七八九十\d]+次(?:性|全会|全体会议|党代会)|[一二三四五六七八九十\d]+个(?:一|代表|意识|自信|维护"
    r"|方面|环节|阶段|重点(?!课题|调研|协商|提案|议题|监督)|中心|结合|坚持|月|工作日|自然日|星期|小组|服务|确立|文明|率先|平台|体系|主题|专委|委员会|界别|层面|务必|转变|注重|好)|一对一|一部[分门]"
    r"|一批|一家(?:人|亲)|一个(?:个|都|重要|新|良好|细致)|一位|一人|一本(?!书)|一节|一课(?!制)|一部[的]|[一二三四五六七八九十]项(?:职能|制度|基本|工作|重点工作)|一项(?:重要|日常|基础)"
    r"|一天|一轮|一回|一期工程|一条龙|一条(?:主线|心)|一名(?!中学生|小学生|学生|困难|贫困|大学生|儿童|老人|留守|孤)|一封信"
)
AT_LEAST = re.compile(r"不(?:得)?[少低小]于|至少|最少|达到?|突破|超过|不少過|争取达|力争达|最低|保底")
AT_MOST = re.compile(r"不[超多高](?:过|于)|最多|控制在|不得超过")
SPREADS = re.compile(r"至少|最少|不少于以下")


@dataclass(frozen=True)
class Quantity:
    """`place` is where it stands in the paragraph; an empty `low` is a blank still to be filled."""

    low: Decimal | None
    high: Decimal | None
    unit: str
    operator: str
    place: tuple[int, int]
    vague: bool = False

    @property
    def start(self) -> int:
        return self.place[0]

    @property
    def end(self) -> int:
        return self.place[1]

    @property
    def metric(self) -> str:
        return UNITS[self.unit][0]

    @property
    def prefers(self) -> tuple[str, ...]:
        """Subjects this measure word usually goes with."""
        return UNITS[self.unit][1]


def quantities(sentence: Piece) -> list[Quantity]:
    found = []
    for match in QUANTITY.finditer(sentence.text):
        never = NEVER.match(sentence.text, match.start())
        if never and not match["high"]:
            continue
        quantity = read(match, sentence.start)
        if quantity is not None:
            found.append(quantity)
    return [with_operator(each, sentence, found) for each in found]


def read(match: re.Match[str], offset: int) -> Quantity | None:
    place = (match.start() + offset, match.end() + offset)
    after = match["after"] or ""
    vague = bool(match["more"] or match["few"])
    operator = {"以": Operator.AT_LEAST, "及": Operator.AT_LEAST}.get(after[:1], Operator.EXACTLY)
    if after in ("以内", "之内", "以下"):
        operator = Operator.AT_MOST
    if vague:
        operator = Operator.AT_LEAST
    if match["percent"]:
        return Quantity(numbers.value(match["percent"]), None, "%", operator, place)
    low, high = bounds(match["low"], match["high"], match["wan"] or "")
    if low is None and not re.fullmatch(BLANK, match["low"]):
        return None
    unit = match["unit"]
    if unit == "万元":
        unit, low, high = "元", times(low, 10_000), times(high, 10_000)
    if high is not None:
        operator = Operator.RANGE
    return Quantity(low, high, unit, operator, place, vague or after in ("左右", "上下"))


def bounds(low: str, high: str | None, wan: str) -> tuple[Decimal | None, Decimal | None]:
    """Lower and upper number; 三四 is 3 to 4."""
    factor = 10_000 if wan else 1
    both = numbers.pair(low) if not high else None
    if both:
        return times(both[0], factor), times(both[1], factor)
    first, second = numbers.value(low), numbers.value(high) if high else None
    if first is not None and second is not None and second <= first:
        second = None
    return times(first, factor), times(second, factor)


def times(number: Decimal | None, factor: int) -> Decimal | None:
    return None if number is None else number * factor


def with_operator(each: Quantity, sentence: Piece, found: list[Quantity]) -> Quantity:
    """“不少于” belongs to the number behind it, “至少” to every number of the clause behind it."""
    if each.operator != Operator.EXACTLY:
        return each
    place = each.start - sentence.start
    clause = sentence.text[sentence.text.rfind("，", 0, place) + 1 : place]
    ends = [other.end - sentence.start for other in found if other.end <= each.start]
    near = sentence.text[max([*ends, place - len(clause)]) : place]
    if AT_MOST.search(near):
        return replace(each, operator=Operator.AT_MOST)
    if AT_LEAST.search(near) or SPREADS.search(clause):
        return replace(each, operator=Operator.AT_LEAST)
    return each
