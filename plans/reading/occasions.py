"""What is to be done in a few words: its type, its title, who takes part and who leads."""

from __future__ import annotations

import re

from plans.reading.dates import anchors
from plans.reading.quantities import Quantity
from plans.reading.subjects import hits, visited
from plans.reading.vocabulary import WORD

LONGEST_TITLE, SHORTEST_TITLE = 40, 4
EDGES = "，。；：、,;: \t|“"


MEMBERS = re.compile(
    r"^(?:拟|将|计划|分别|集中|适时|继续)*组织(?P<who>(?:全体|部分|辖区|所有|各界别|市|区|县|镇|街道|联组|界别|女|青年|新任|新|住站|驻站|本组|相关|医卫界|教育界|经济界){0,4}(?:政协)?(?:常委、?)?委员(?:们)?)(?=[^，。；会之])(?P<for>对)?"
)


PARTICIPANTS = re.compile(r"(?:邀请|由|请)(?P<who>[^，。；]{2,40}?)(?:等)?(?:参加|列席|出席|参与)")


JOINING = re.compile(r"(?:^|[，；。])(?P<who>[^，。；]{2,40}?)(?:参加|列席)(?:[，。；]|$)")


BY = re.compile(
    r"由(?P<who>[^，。；、]{2,24}?(?:、[^，。；、]{2,16}?){0,4})(?:共同)?(?:负责|牵头|承办|组织|主办|具体实施)"
)


#: Words that lead up to what is done: who is invited, about what, where.
PREPARING = re.compile(
    r"邀请|组织|就|围绕|对|利用|结合|深入|赴|到|联合|会同|依托|通过|按照|根据|聚焦|为|以|由|与|抓住|在|针对|紧扣|配合|协助"
)


#: Types that are things to be made or got, not occasions.
THINGS = {
    "member_studio",
    "regulation",
    "investment_project",
    "investment_funds",
    "investment_lead",
    "suggestion",
    "model_story",
}


def kind_of(norm: str) -> str:
    """The type of the first occasion named; what comes of it (报告, 提案) only when no occasion is named."""
    named = [hit for hit in hits(norm) if hit.subject.measure == "activities" and hit.subject.type]
    found = [hit for hit in named if hit.subject.type not in THINGS]
    first = first_clauses(norm)
    strong = [hit for hit in found if not hit.weak]
    early = [hit for hit in strong if hit.start < len(first)]
    for group in (early, strong, found):
        if group:
            return refine(group, norm)
    return "study" if LEARNING.match(norm) else "other"


#: “组织委员学习贯彻……精神”: the verb itself when no occasion is named.
LEARNING = re.compile(r".{0,8}?(?:学习贯彻|传达学习|学习传达|学习宣传)")


#: Words that are verbs at the head of a title: what follows is their object.
ACTS = {"视察", "考察", "调研", "走访", "评议", "慰问", "督办", "参观", "观摩", "督查", "走访慰问", "看望慰问"}


def refine(group: list, norm: str) -> str:
    """A phrase is headed by its last word as long as nothing but the phrase stands between."""
    chosen = group[0]
    verb = chosen.start <= 2 + (MEMBERS.match(norm).end() if MEMBERS.match(norm) else 0) and chosen.word in ACTS
    for hit in group[1:]:
        between = norm[chosen.end : hit.start]
        if verb and between:
            break
        if len(between) <= 8 and not re.search("[，。；、]|并", between):
            chosen = hit
        else:
            break
    kind = chosen.subject.type
    if kind in {"visit_unit", "visit_member"}:
        kind = visited(Quantity(None, None, "次", "exactly", (0, 0)), chosen.subject, norm).type
    return kind


def first_clauses(norm: str) -> str:
    return re.split("[，；。]", norm, maxsplit=1)[0] if len(re.split("[，；。]", norm, maxsplit=1)[0]) >= 6 else norm


ACTOR = re.compile(
    r"^(?:[\u4e00-\u9fff]{1,12}?(?:联组|联络处|联络室|工委|政协|办公室|活动组|联络组|我们|委员会))?(?:将|拟|要|计划)(?:分别|各|集中|适时|继续)*(?=[\u4e00-\u9fff]{3})(?:组织(?=召开|开展|举办))?"
)


def title_of(norm: str, text: str) -> str:
    """The first clause that says something, without “组织委员”."""
    who = MEMBERS.match(norm)
    start = who.start("for") if who and who["for"] else (who.end() if who else 0)
    end = end_of_clause(norm, start)
    if PREPARING.match(norm, start) and not hits(norm[start:end]):
        start, end = with_occasion(norm, start, end)
    title = text[start:end].strip(EDGES)
    if len(title) < SHORTEST_TITLE:
        title = text[:end].strip(EDGES)
    title = ACTOR.sub("", title)
    title = re.sub(r"^(?:拟|将|计划|适时|分别|各)+(?=召开|组织|开展|举办|视察)", "", title)
    if title.count("“") != title.count("”"):
        title = title.replace("“", "").replace("”", "")
    return title[:LONGEST_TITLE]


def end_of_clause(norm: str, start: int) -> int:
    cut = re.compile("[，；。：（]").search(norm, start + 5)
    if cut and cut.group() == "：" and WORD.fullmatch(norm, start, cut.start()):
        cut = re.compile("[，；。：（]").search(norm, cut.end() + 2)
    return cut.start() if cut else len(norm)


def with_occasion(norm: str, start: int, end: int) -> tuple[int, int]:
    """A title that only leads up to the occasion takes it in; who is invited stays out."""
    following = end_of_clause(norm, end + 1) if end + 1 < len(norm) else end
    if not hits(norm[end:following]):
        return start, end
    return (end + 1 if norm.startswith("邀请", start) or following - start > LONGEST_TITLE else start), following


def participants_of(norm: str) -> str:
    who = MEMBERS.match(norm)
    if who:
        return who["who"]
    invited = PARTICIPANTS.search(norm) or JOINING.search(norm)
    return invited["who"].strip() if invited else ""


def organisers_of(norm: str) -> list[str]:
    """Who is said to lead (由……承办), or the offices in a bracket with the date (5月，经济委、县商务局)."""
    found = BY.search(norm)
    if found:
        return [each for each in re.split("[、和]", found["who"]) if each]
    bracket = re.search(r"（([^（）]{2,60})）[。；，]?$", norm)
    names = re.split("[，、；]", bracket[1]) if bracket and anchors(bracket[1]) else []
    return [each for each in names if OFFICE_NAME.search(each)]


OFFICE_NAME = re.compile(r"^[^\d]{2,16}(?:委|局|办|处|会|室|中心|界|院|组|部|办公室|街道|镇|乡|协会|联)$")
