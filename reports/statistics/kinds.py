"""The key figures: what each is called, means, counts, and which records it leads to.

Each reads what an app's own function counted (`counting.Basics`); its definition is printed beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from core.breakdown import rate
from handling.statistics import KEPT, ON_TIME, SATISFACTION
from opinions.selectors import RATE_DEFINITION as ADOPTION
from proposals.statistics import LABELS, RATE
from reports.statistics.counting import Basics

Value = int | float | None
PLAN, PROPOSALS, OPINIONS = "计划活动", "提案", "社情民意"


@dataclass(frozen=True)
class Kind:
    """`short` heads a column; `each` makes it a figure that may be divided by the serving members."""

    key: str
    label: str
    short: str
    unit: str
    section: str
    definition: str
    value: Callable[[Basics], Value]
    url: Callable[[Basics], str]
    each: bool = False

    @property
    def is_rate(self) -> bool:
        return self.unit == "%"


def measured(key: str) -> Callable[[Basics], Value]:
    """A figure of the measures; a rate of nothing is none."""

    def value(basics: Basics) -> Value:
        found = basics.found[key]
        return plain(found.value) if found.known else None

    return value


def came(basics: Basics) -> Value:
    """The part of the rate of attendance (实到) is the count of person-times: one pass over the records less."""
    return plain(sum(basics.found["attendance"].periods.values(), Decimal(0)))


def behind(key: str) -> Callable[[Basics], str]:
    return lambda basics: basics.found[key].url


def listed(figure: str) -> Callable[[Basics], str]:
    """The list of proposals a figure of theirs counts."""
    return lambda basics: basics.scope.url(figure)


def plain(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def met(basics: Basics) -> Value:
    return basics.summary.met if basics.summary else None


def plan_url(basics: Basics) -> str:
    return basics.targets[0].target.plan.get_absolute_url() if basics.targets else ""


def filing_rate(basics: Basics) -> Value:
    return rate(basics.decided["filed"], basics.decided["collected"])


ACTIVITIES = "期内已开展的活动（含联办），不含只作登记的材料；筹备中和取消的不计。"
TARGETS = "本办公室执行中的年度计划的目标，达到要求数量的算完成；计划按年度确定，下级办公室的计划另计。"
ATTENDANCE = "到会率＝到场人次÷应到人次；应到为名单上的委员，报名参加的活动只计已报上名的。"
IN_TIME = f"{ON_TIME}一件提案由几个单位答复的算几件；以今天的办理情况为准。"
OPINION = "期内报送的社情民意信息；草稿和由提案转来的不计。"

KINDS: tuple[Kind, ...] = (
    Kind("targets", "年度目标完成", "完成目标", "项", PLAN, TARGETS, met, plan_url),
    Kind("activities", "开展活动", "活动", "次", PLAN, ACTIVITIES, measured("activities"), behind("activities"), True),
    Kind("person_times", "参加人次", "人次", "人次", PLAN, "到场（含迟到、早退）的委员人次，同一委员参加几次算几次。",
         came, behind("attendance"), True),
    Kind("attendance", "到会率", "到会率", "%", PLAN, ATTENDANCE,
         measured("attendance"), behind("attendance")),
    Kind("members", "参加委员", "参加委员", "人", PLAN, "至少到场一次的不同委员人数，同一委员只算一人。",
         measured("members"), behind("members")),
    Kind("collected", "征集提案", "征集", "件", PROPOSALS, LABELS["collected"][1],
         lambda basics: basics.decided["collected"], listed("collected"), True),
    Kind("filed", "其中立案", "立案", "件", PROPOSALS, LABELS["filed"][1],
         lambda basics: basics.decided["filed"], listed("filed"), True),
    Kind("filing_rate", "立案率", "立案率", "%", PROPOSALS, RATE, filing_rate, listed("filed")),
    Kind("on_time", "按期率", "按期率", "%", PROPOSALS, IN_TIME,
         lambda basics: basics.tally.on_time_rate, listed("on_time")),
    Kind("satisfaction", "结果满意率", "满意率", "%", PROPOSALS, SATISFACTION,
         lambda basics: basics.tally.satisfaction("result"), lambda basics: basics.scope.url("result", "satisfied")),
    Kind("kept", "承诺兑现率", "兑现率", "%", PROPOSALS, KEPT, lambda basics: basics.tally.kept_rate, listed("kept")),
    Kind("opinions", "报送信息", "报送信息", "条", OPINIONS, OPINION, measured("opinions"), behind("opinions"), True),
    Kind("accepted", "采用信息", "采用", "条", OPINIONS, "期内决定采用的社情民意信息，不论何时报送。",
         measured("accepted"), behind("accepted"), True),
    Kind("adoption", "采用率", "采用率", "%", OPINIONS, ADOPTION, measured("adoption"), behind("adoption")),
)  # fmt: skip
BY_KEY = {kind.key: kind for kind in KINDS}


@dataclass(frozen=True)
class KeyFigure:
    """One figure with the same of the year before. `of`: what it is a part of (目标), else None."""

    kind: Kind
    value: Value
    last: Value
    url: str = ""
    of: int | None = None

    @property
    def text(self) -> str:
        return shown(self.value)

    @property
    def whole(self) -> str:
        """8/10 of ten targets."""
        return f"{self.text}/{self.of}" if self.of is not None else self.text

    @property
    def unit(self) -> str:
        return "" if self.value is None else self.kind.unit

    @property
    def last_text(self) -> str:
        return "没有数据" if self.last is None else f"{shown(self.last)}{self.kind.unit}"

    @property
    def difference(self) -> float | None:
        if self.value is None or self.last is None:
            return None
        return round(self.value - self.last, 1)

    @property
    def change(self) -> str:
        """增加3次, 下降2.5个百分点, 持平; empty without a figure to compare with."""
        if self.difference is None:
            return ""
        if not self.difference:
            return "持平"
        more, less, unit = ("上升", "下降", "个百分点") if self.kind.is_rate else ("增加", "减少", self.kind.unit)
        return f"{more if self.difference > 0 else less}{shown(abs(self.difference))}{unit}"

    @property
    def brief(self) -> str:
        """增3次, 降2.5个百分点: for narrow places."""
        for long, short in (("增加", "增"), ("减少", "减"), ("上升", "升"), ("下降", "降")):
            if self.change.startswith(long):
                return self.change.replace(long, short, 1)
        return self.change

    @property
    def sign(self) -> str:
        """▲ for more, ▼ for less; the words say the same."""
        return "" if not self.difference else ("▲" if self.difference > 0 else "▼")


def shown(value: Value) -> str:
    """1234567, 83.3; nothing to take a share of is a dash."""
    return "—" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def figures(now: Basics, last: Basics | None) -> list[KeyFigure]:
    return [
        KeyFigure(
            kind, kind.value(now), kind.value(last) if last else None, kind.url(now),
            now.summary.total if kind.key == "targets" and now.summary else None,
        )
        for kind in KINDS
    ]  # fmt: skip


def definitions() -> list[tuple[str, str]]:
    """(name, meaning) in the order of the page."""
    return [(kind.label, kind.definition) for kind in KINDS]
