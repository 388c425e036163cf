"""When something is planned: 5月中旬, 三月, 4—5月, 第二季度, 上半年, 全会期间."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plans.enums import PartOfMonth
from plans.reading import numbers

MONTH_NUMBER = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
PART_WORD = r"(?:上中下旬|[上中下]旬|初|底|末|中|月初|月底|月末)"
MONTH = re.compile(
    rf"(?<![\d第每一二三四五六七八九十个])(?<!\.(?=\d))(?:(?:20\d\d|20[xX×_]{{2}}|今|当|同)年)?(?P<month>{MONTH_NUMBER})"
    rf"(?:(?:-|至|到|、|和|及|或)(?P<until>{MONTH_NUMBER}))?(?:月份?(?!(?<=一月)一)"
    rf"(?:[：]?（?(?P<also>[上中下])?、?(?P<part>[上中下]旬)）?|(?P<edge>初|底|末|中(?!心|国|央|学|小|共)))?"
    rf"(?:(?P<day>\d{{1,2}})日)?)"
)
MONTH_SPAN = re.compile(
    rf"(?<![\d第每])(?P<month>{MONTH_NUMBER})月份?(?P<early>[上中下]旬|初|底)?(?:-|至|到)(?P<until>{MONTH_NUMBER})月份?(?P<part>[上中下]旬|初|底|末)?"
)
QUARTER = re.compile(r"(?<![每按一])第?(?P<quarter>[一二三四1-4])季度(?!一)(?P<edge>初|末|底)?")
HALF = re.compile(r"(?P<half>[上下])半年(?!各|和|与|、|及)")
PLENARY = re.compile(
    r"(?:政协)?(?:全会|全体会议|大会|两会|全委会)(?:召开)?期间|会议期间|全会(?:上|前)?$|(?:全会|全委会|全体会议)召开时"
)
LOOSE = re.compile(r"年(?P<edge>初|底|末|中)(?!有|计划|的|安排|确定)")
PARTS = {"上": PartOfMonth.EARLY, "中": PartOfMonth.MIDDLE, "下": PartOfMonth.LATE, "初": PartOfMonth.EARLY,
         "底": PartOfMonth.LATE, "末": PartOfMonth.LATE}  # fmt: skip
ORDER = list(PartOfMonth.values)
#: Days of the year plans are made around: word → (month, part).
FESTIVALS: dict[str, tuple[int, str]] = {
    "三八": (3, PartOfMonth.EARLY), "植树节": (3, PartOfMonth.MIDDLE), "清明": (4, PartOfMonth.EARLY),
    "五四": (5, PartOfMonth.EARLY), "六一": (6, PartOfMonth.EARLY), "七一": (7, PartOfMonth.EARLY),
    "八一": (8, PartOfMonth.EARLY), "教师节": (9, PartOfMonth.EARLY), "国庆": (10, PartOfMonth.EARLY),
    "重阳": (10, PartOfMonth.WHOLE), "端午": (6, PartOfMonth.WHOLE), "中秋": (9, PartOfMonth.WHOLE),
    "春节": (1, PartOfMonth.WHOLE), "元旦": (1, PartOfMonth.EARLY),
}  # fmt: skip
FESTIVAL = re.compile(
    rf"(?P<word>{'|'.join(FESTIVALS)})[”’\"]?(?:节|妇女节|劳动节|青年节|儿童节|建党节|建军节)?[”’\"]?"
    rf"(?:前后|前夕|期间|前|(?:过|假期)?后|当天|(?=走访|慰问|看望)|(?=[、和](?:{'|'.join(FESTIVALS)}))|来临之际|(?<=节)(?=组织|开展|举办|慰问|召开|走访|看望))"
)


@dataclass(frozen=True)
class Anchor:
    """A date in a text and where it stands there."""

    month: int | None
    part: str
    until: int | None
    start: int
    end: int
    loose: bool = False
    begins: str = PartOfMonth.WHOLE

    @property
    def when(self) -> tuple[int | None, str, int | None]:
        return self.month, self.part, self.until


def anchors(norm: str) -> list[Anchor]:
    """Every date in the text, in order; the longest reading of each place counts."""
    found: list[Anchor] = []
    for reading in (spans, months, quarters, halves, plenaries, edges, festivals):
        taken = [(other.start, other.end) for other in found]
        found += [
            anchor
            for anchor in reading(norm)
            if not any(anchor.start < end and start < anchor.end for start, end in taken)
        ]
    return sorted(found, key=lambda each: each.start)


def spans(norm: str) -> list[Anchor]:
    return [of_span(match) for match in MONTH_SPAN.finditer(norm)]


def of_span(match: re.Match[str]) -> Anchor:
    first, last = month_of(match["month"]), month_of(match["until"])
    part = PARTS.get((match["part"] or "")[:1], PartOfMonth.WHOLE)
    begins = PARTS.get((match["early"] or "")[:1], PartOfMonth.WHOLE)
    if last <= first:
        return Anchor(first, begins, None, *match.span())
    return Anchor(first, part, last, *match.span(), begins=begins)


def months(norm: str) -> list[Anchor]:
    """3月; 4-5月 is a span, 3、6月 are two months."""
    found: list[Anchor] = []
    for match in MONTH.finditer(norm):
        part = part_of(match)
        first, second = month_of(match["month"]), month_of(match["until"] or "")
        joint = norm[match.end("month") : match.start("until")] if second else ""
        if second and joint in "-至到":
            found.append(Anchor(first, part, second if second > first else None, *match.span()))
        else:
            parts = [PARTS[match["also"]], part] if match["also"] else [part]
            found += [Anchor(each, third, None, *match.span()) for each in (first, second) if each for third in parts]
    return several(found, norm)


def several(found: list[Anchor], norm: str) -> list[Anchor]:
    """“3、6、9月”: the numbers before the last are months too."""
    more: list[Anchor] = []
    for anchor in found:
        before = re.search(rf"(?:{MONTH_NUMBER}、)+$", norm[: anchor.start])
        if before and not re.search(r"[月日年]$", norm[: before.start()]):
            numbers_before = [month_of(each) for each in before.group().split("、") if each]
            if before.start() > 0 or len(numbers_before) > 1 or "、" in norm[anchor.start : anchor.end]:
                more += [Anchor(each, anchor.part, None, anchor.start, anchor.end) for each in numbers_before]
    return sorted({*more, *found}, key=lambda each: (each.start, each.month or 0, ORDER.index(each.part)))


def part_of(match: re.Match[str]) -> str:
    if match["day"]:
        day = int(match["day"])
        return PartOfMonth.EARLY if day <= 10 else PartOfMonth.MIDDLE if day <= 20 else PartOfMonth.LATE
    return PARTS.get((match["part"] or match["edge"] or "")[:1], PartOfMonth.WHOLE)


def month_of(text: str) -> int:
    number = numbers.value(text) if text else None
    return int(number) if number is not None else 0


def quarters(norm: str) -> list[Anchor]:
    found = []
    for match in QUARTER.finditer(norm):
        first = 3 * month_of(match["quarter"]) - 2
        if match["edge"]:
            at = first if match["edge"] == "初" else first + 2
            found.append(Anchor(at, PARTS[match["edge"]], None, *match.span()))
        else:
            found.append(Anchor(first, PartOfMonth.WHOLE, first + 2, *match.span()))
    return found


def halves(norm: str) -> list[Anchor]:
    bounds = {"上": (1, 6), "下": (7, 12)}
    return [
        Anchor(bounds[m["half"]][0], PartOfMonth.WHOLE, bounds[m["half"]][1], *m.span()) for m in HALF.finditer(norm)
    ]


def plenaries(norm: str) -> list[Anchor]:
    return [Anchor(None, PartOfMonth.PLENARY, None, *match.span()) for match in PLENARY.finditer(norm)]


def edges(norm: str) -> list[Anchor]:
    where = {"初": 1, "中": 6, "底": 12, "末": 12}
    return [Anchor(where[m["edge"]], PartOfMonth.WHOLE, None, *m.span(), loose=True) for m in LOOSE.finditer(norm)]


def festivals(norm: str) -> list[Anchor]:
    return [Anchor(*feast(m), None, *m.span(), loose=True) for m in FESTIVAL.finditer(norm)]


def feast(match: re.Match[str]) -> tuple[int, str]:
    """Its month; behind 春节 the year's work begins in February."""
    after = match["word"] == "春节" and match.group().endswith("后") and not match.group().endswith("前后")
    return (2, PartOfMonth.WHOLE) if after else FESTIVALS[match["word"]]


def when(text: str) -> list[Anchor]:
    """The dates of a cell or a labelled line, where a bare number is a month as well."""
    bare = text.strip().strip("（）。，；")
    alone = re.fullmatch(rf"(?:{MONTH_NUMBER})", bare)
    if alone:
        return [Anchor(month_of(bare), PartOfMonth.WHOLE, None, 0, len(bare))]
    span = re.fullmatch(rf"({MONTH_NUMBER})[-至到]({MONTH_NUMBER})", bare)
    if span:
        return [Anchor(month_of(span[1]), PartOfMonth.WHOLE, month_of(span[2]), 0, len(bare))]
    if re.fullmatch(r"(?:政协)?(?:全会|会议|大会|全委会|全体会议|两会|例会)(?:期间|上|召开期间)?", bare):
        return [Anchor(None, PartOfMonth.PLENARY, None, 0, len(bare))]
    return anchors(text)
