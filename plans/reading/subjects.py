"""Which word near a quantity says what is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from plans.reading.quantities import Quantity
from plans.reading.sentences import Piece
from plans.reading.vocabulary import (
    ANY_ACTIVITY,
    BLIND,
    OPINIONS,
    PIECES,
    PROPOSALS,
    SINGLE,
    UNITS,
    VERBS_OF_COUNT,
    VISITS,
    WEAK,
    WORD,
    WORDS,
    Subject,
    activity,
)

PREPOSITION = re.compile(r"^(?:的)?(?:为|对|向|关于|以|面向|赴|到|深入|围绕|就|由|与|和)")
JOINED = re.compile(r"^(?:、|和|与|及|或|或者|以及|暨)?$")
RATES: tuple[tuple[re.Pattern[str], Subject], ...] = (
    (re.compile(r"参学率|学习参与率"), activity("study")),
    (re.compile(r"参训率"), activity("training")),
    (re.compile(r"办复率|立案率|面商率|提案.{0,12}(?:率|面)"), PROPOSALS),
    (re.compile(r"采用率|采纳率"), OPINIONS),
    (re.compile(r"化解率|调处率"), activity("mediation")),
    (re.compile(r"应(?:参加|到|出席)"), ANY_ACTIVITY),
    (re.compile(r"满意[率度]"), Subject("surveys")),
    (re.compile(r"出[勤席]率|到会率|参会率|参与率|参加率|到[会场]率|覆盖[率面]|参与面|走访面|走访率"), ANY_ACTIVITY),
)  # fmt: skip
AID = re.compile(r"帮扶|资助|救助|助学|结对|帮助|捐助|关爱|帮带|扶持")
TAUGHT = re.compile(r"培训|轮训")
HOUSEHOLD = re.compile(r"户|群众|居民|老人|困难|家庭|职工|残疾|村民|农户")
MEMBER = re.compile(r"委员")


#: Measure words of occasions, and types that are none: 到委员之家参加活动3次.
TIMES = frozenset(["次", "场", "场次", "批次", "人次"])
PLACES = frozenset({"member_studio", "regulation", "investment_project", "investment_funds"})
#: Measure words that mean nothing without a word beside them.
LOOSE = frozenset(["册", "本", "个", "项", "家", "份", "对", "条", "部", "天", "起", "课", "节"])


@dataclass(frozen=True)
class Found:
    """`inherited`: taken from an earlier clause. `weak`: a general word such as 活动 beside a number.

    `others` count in place of the subject (一份调研报告或提案).
    """

    subject: Subject
    inherited: bool = False
    weak: bool = False
    others: tuple[Subject, ...] = ()


@dataclass(frozen=True)
class Hit:
    word: str
    start: int
    end: int

    @property
    def subject(self) -> Subject:
        return WORDS[self.word]

    @property
    def weak(self) -> bool:
        return self.word in WEAK


def hits(text: str) -> list[Hit]:
    """The subject words of a stretch of text, without those that are part of other words."""
    hidden = [match.span() for match in BLIND.finditer(text)]
    return [
        Hit(match.group(), match.start(), match.end())
        for match in WORD.finditer(text)
        if not any(start <= match.start() and match.end() <= end for start, end in hidden)
    ]


def subject_for(quantity: Quantity, sentence: Piece, clause: Piece, inside: list[Quantity],
                inherited: Found | None) -> Found | None:  # fmt: skip
    """What the quantity counts; None when it is no target."""
    before, after = sides(quantity, sentence, clause, inside)
    if quantity.metric == "percent":
        return rate(clause.text[: quantity.end - clause.start])
    if quantity.metric == "people":
        return of_people(before, after)
    if quantity.metric == "amount":
        return of_money(before + after)
    chosen = choose(quantity, before, after)
    if chosen is not None and chosen.subject == VISITS and not OBJECT.search(before + after):
        chosen = of_households(sentence, clause) or chosen
    visiting = inherited is not None and inherited.subject.family == "visit" and quantity.unit in {"家", "个"}
    if chosen is None and quantity.unit in LOOSE and not visiting:
        return of_earlier(quantity, sentence, clause)
    return chosen or from_context(quantity, sentence, clause, before + after, inherited)


def sides(quantity: Quantity, sentence: Piece, clause: Piece, inside: list[Quantity]) -> tuple[str, str]:
    """The words before the quantity and those behind it, as far as they belong to it."""
    ends = [other.end for other in inside if other.end <= quantity.start]
    starts = [other.start for other in inside if other.start >= quantity.end]
    text, base = sentence.text, sentence.start
    before = text[max([clause.start, *ends]) - base : quantity.start - base]
    after = text[quantity.end - base : min([clause.end, *starts]) - base]
    return re.sub(r"^.*、(?=[^、]*$)", "", before) if ends else before, nearest(after, alone=not starts)


def nearest(after: str, *, alone: bool) -> str:
    """What stands behind a quantity up to 、, or all of it when the words before 、 name nothing."""
    if alone and (PREPOSITION.match(after) or re.match("[“《]", after)):
        return after
    first = re.split("[、“”（）]", after, maxsplit=1)[0]
    return first if hits(first) or not alone or len(first) < 3 else after


def choose(quantity: Quantity, before: str, after: str) -> Found | None:
    behind, ahead = fitting(quantity, hits(after), after=True), fitting(quantity, hits(before), after=False)
    usual = set(quantity.prefers)
    sides_found = ((behind, after), (ahead, before))
    if not any(is_usual(hit, usual) for hit in behind) and any(is_usual(hit, usual) for hit in ahead):
        sides_found = ((ahead, before), (behind, after))
    for found, side in sides_found:
        strong = [hit for hit in found if not hit.weak]
        if strong:
            return decided(quantity, strong, side, before + after)
    if quantity.unit in {"堂", "课", "节"}:
        return Found(activity("study", "study"))
    for found in (behind, ahead):
        if found:
            return Found(
                special(quantity, found[-1].subject, before + after), weak=found[-1].subject.measure != "activities"
            )
    return None


def decided(quantity: Quantity, strong: list[Hit], side: str, near: str) -> Found:
    """One subject for the words found, or one with what counts in its place."""
    subject, pair = union(strong, side), either(strong, side)
    if pair is not None and "," not in subject.type:
        return Found(special(quantity, pair[0], near), others=pair[1])
    return Found(special(quantity, subject, near))


def is_usual(hit: Hit, usual: set[str]) -> bool:
    return bool({hit.subject.type, hit.subject.measure} & usual)


def fitting(quantity: Quantity, found: list[Hit], *, after: bool) -> list[Hit]:
    """Those that go with the measure word. 个 and 项 count few things, and what they count stands behind them."""
    if quantity.unit in TIMES:
        found = [hit for hit in found if hit.subject.type not in PLACES]
    if quantity.unit in {"个", "项"}:
        return [
            hit
            for hit in found
            if hit.subject.type in SINGLE or (hit.subject in (PROPOSALS, ANY_ACTIVITY) and quantity.unit == "项")
        ]
    preferred = [hit for hit in found if is_usual(hit, set(quantity.prefers))]
    if quantity.unit == "件" and any(hit.subject.type == "proposal_supervision" for hit in found):
        return [hit for hit in found if hit.subject.type == "proposal_supervision"]
    if preferred and quantity.unit in {"件", "条", "篇", "份", "册", "本", "户", "则", "笔", "期"}:
        return preferred
    if quantity.unit in {"件", "条", "篇"}:
        return [hit for hit in found if not hit.weak and not is_occasion(hit.subject)]
    return found


def is_occasion(subject: Subject) -> bool:
    """Something people come together for; nobody counts it with 件, 条 or 篇."""
    return subject.measure == "activities" and subject.type not in PIECES


def union(found: list[Hit], text: str) -> Subject:
    """The last word heads the phrase; words joined to it by 、 or 和 count as well: 视察、调研活动."""
    chosen = [found[-1]]
    for hit in reversed(found[:-1]):
        if not JOINED.match(text[hit.end : chosen[0].start]):
            break
        if chosen[0].start == hit.end and not {hit.subject.type, chosen[0].subject.type} <= COMBINED:
            break
        chosen.insert(0, hit)
    types = list(dict.fromkeys(hit.subject.type for hit in chosen if hit.subject.type))
    last = found[-1].subject
    adjacent = len(types) > 1 and all(is_occasion(hit.subject) for hit in chosen)
    return Subject("activities", (("type", ",".join(types)),), last.family) if adjacent else last


#: Occasions that stand side by side without a joint: 视察调研, 学习考察.
COMBINED = {"inspection", "research", "study_tour", "appraisal", "consultation", "study", "training", "exchange"}


def either(found: list[Hit], text: str) -> tuple[Subject, tuple[Subject, ...]] | None:
    """“一份调研报告或提案”: the first is counted, the others count as well."""
    for one, other in pairwise(found):
        if re.fullmatch("或者?|或是", text[one.end : other.start]) and one.subject.type != other.subject.type:
            return one.subject, (other.subject,)
    return None


def special(quantity: Quantity, subject: Subject, near: str) -> Subject:
    """What the measure word or the object decides: 期 of 社情民意 is an issue; visits are told apart by whom."""
    supervised = subject.type == "proposal_supervision" and quantity.unit == "件"
    if supervised or (subject == PROPOSALS and re.search("督办|回头看", near)):
        return Subject("results", (("kind", "proposals_supervised"),), "proposals")
    if quantity.unit == "期" and subject == OPINIONS:
        return activity("opinion_issue")
    if quantity.unit == "户" and re.search("联系|结对|帮扶|包联", near):
        return activity("pairing_aid", "aid")
    if subject.type in {"visit_unit", "visit_member", "visit_household"}:
        return visited(quantity, subject, near)
    if subject.type == "research" and quantity.unit in {"篇", "份"}:
        return activity("research_report", "research")
    if subject.type == "inspection" and quantity.unit in {"篇", "份"}:
        return activity("inspection_report", "inspection")
    return subject


def visited(quantity: Quantity, subject: Subject, near: str) -> Subject:
    if re.search("委员(?:企业|单位|所在)", near):
        return VISITS
    if quantity.metric == "households" or (HOUSEHOLD.search(near) and not MEMBER.search(near)):
        return activity("visit_household", "visit")
    walking = re.search(r"组织(?:政协)?委员|委员(?:深入|开展)?走访(?:企业|群众|社区|单位|村)", near)
    if MEMBER.search(near) and not walking:
        return activity("visit_member", "visit")
    if walking and subject.type == "visit_member":
        return VISITS
    return subject if subject.type != "visit_member" or MEMBER.search(near) else VISITS


def rate(before: str) -> Found | None:
    for pattern, subject in RATES:
        if pattern.search(before):
            named = [hit for hit in hits(before) if not hit.weak and hit.subject.measure == "activities"]
            return Found(named[-1].subject if subject == ANY_ACTIVITY and named else subject)
    named = [hit for hit in hits(before) if not hit.weak]
    return Found(named[-1].subject) if named and re.search(r"[\u4e00-\u9fff]率[^，]{0,8}$", before) else None


OBJECT = re.compile(r"企业|单位|部门|党派|社区|村|商会|委员|机关|科室|团体")


def of_households(sentence: Piece, clause: Piece) -> Found | None:
    """“结对2户困难户，年内走访不少于4次”: those who are visited were named before."""
    before = sentence.text[: clause.start - sentence.start]
    if re.search(r"(?:联系|结对|联络|挂钩)[^，。；]{0,8}委员[，：]?$", before):
        return Found(activity("visit_member", "visit"), inherited=True)
    return Found(activity("visit_household", "visit"), inherited=True) if HOUSEHOLD.search(before) else None


def of_money(near: str) -> Found | None:
    """Money is given or brought in; what it is spent on is no target."""
    if re.search("捐|募|善款|爱心|资助|助学|慈善|筹集|慰问金|奖学金|款物", near):
        return Found(activity("donation", "aid"))
    if re.search("引[进资]|招商|投资|争取|到位", near):
        return Found(activity("investment_funds"))
    return None


def of_people(before: str, after: str) -> Found | None:
    """People are counted when they are helped or taught, not when they take part."""
    if AID.search(before):
        return Found(activity("pairing_aid", "aid"))
    if TAUGHT.search(before) and re.search("委员|骨干|干部", after + before):
        return Found(activity("training", "study"))
    return None


def from_context(
    quantity: Quantity, sentence: Piece, clause: Piece, near: str, inherited: Found | None
) -> Found | None:
    """A number without a word of its own: what the clauses before spoke of, or simply something to be done."""
    if inherited is not None:
        return Found(special(quantity, again(inherited.subject), near), inherited=True)
    text = sentence.text[: clause.start - sentence.start]
    earlier = [hit for hit in hits(text) if not hit.weak or hit.word in {"走访", "监督", "会议", "活动"}]
    named = [hit for hit in earlier if hit.subject.type and not hit.weak]
    if named and earlier[-1].subject == ANY_ACTIVITY and named[-1].end >= earlier[-1].start - 2:
        earlier = named
    if earlier and (quantity.operator != "exactly" or re.fullmatch(r".{0,6}", near.strip("，。；：、"))):
        return Found(special(quantity, earlier[-1].subject, text + near), inherited=True)
    said = near + text[-20:] if quantity.unit == "期" else near
    if quantity.unit in {"次", "场", "场次", "期", "批次"} and VERBS_OF_COUNT.search(said):
        return Found(activity("other"))
    if UNITS[quantity.unit][1] and quantity.operator != "exactly" and quantity.unit in {"学时", "课时", "小时", "户"}:
        return Found(activity(UNITS[quantity.unit][1][0]), inherited=True)
    return None


def of_topic(quantity: Quantity, topic: Found | None) -> Found | None:
    """The heading's subject for a number that names nothing, if the measure word goes with it."""
    if topic is None or quantity.metric in {"people", "amount", "percent"}:
        return None
    usual = {topic.subject.type, topic.subject.measure} & set(quantity.prefers)
    return topic if usual or (quantity.unit in {"次", "场", "场次", "期"} and is_occasion(topic.subject)) else None


def of_earlier(quantity: Quantity, sentence: Piece, clause: Piece) -> Found | None:
    """“撰写社情民意信息，每人不少于两条”: the last word before that goes with the measure word."""
    if quantity.unit in {"个", "项", "部", "份"}:
        return None
    usual = set(quantity.prefers)
    before = hits(sentence.text[: clause.start - sentence.start])
    earlier = [hit for hit in before if is_usual(hit, usual) or (hit.word.endswith("线索") and quantity.unit == "条")]
    return Found(special(quantity, earlier[-1].subject, ""), inherited=True) if earlier else None


def again(subject: Subject) -> Subject:
    """In a list of visits the next one is to somebody else."""
    return VISITS if subject.family == "visit" else subject
