"""Scheduled items in running text: what stands behind a month, in front of one in brackets, or below one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from plans.reading import phrases
from plans.reading.dates import PARTS, Anchor, anchors
from plans.reading.lines import Paragraph
from plans.reading.marks import mark, without_bullet
from plans.reading.quantities import Quantity, quantities
from plans.reading.results import ItemReading
from plans.reading.sentences import Piece, sentences
from plans.reading.subjects import hits, visited
from plans.reading.vocabulary import Subject

LONGEST_TITLE, SHORTEST = 40, 3
OPENING = re.compile(r"(?:拟|计划|将|预计|定|安排|初步定|原则上)?(?:于|在)?$")
LEAD = re.compile(r"[，、：；。\s\-|）】”]*(?:份|左右|前后|前|以前|之前|间|期间|内)?[，、：；\s\-|】]*")
ORGANISE = re.compile(
    r"^(?:(?:拟|将|要|继续|适时|集中|认真|统一|计划|再次|分别|各)*(?:组织|安排|邀请|动员|发动)(?:召开|开展|举办|参加)?)?"
)
MEMBERS = re.compile(
    r"^(?:拟|将|计划|分别|集中|适时|继续)*组织(?P<who>(?:全体|部分|辖区|所有|各界别|市|区|县|镇|街道|联组|界别|女|青年|新任|新|住站|驻站|本组|相关|医卫界|教育界|经济界){0,4}(?:政协)?(?:常委、?)?委员(?:们)?)(?=[^，。；会之])(?P<for>对)?"
)
GOING = re.compile(
    r"(?P<verb>组织召开|组织开展|召开|开展|举办|举行|组织|参加|进行|视察|走访|调研|评议|协商|慰问|对|就|围绕|撰写|赴|到|听取|学习|做好|完成|筹备|协助|配合|征集|编印|编发|督办|总结|启动|制定|邀请|考察|接待|培训|利用|开好|收集|提交|上报|布置|部署|迎接|观摩|看望|表彰|评选|研究|督查|检查|联系|深入|捐|帮扶|推进|落实|汇总|整理|谋划|起草|印发|宣传)"
)
PURPOSE = re.compile(
    r"^(?:听取|为|以便|以|使|让|从而|推动|推进|助推|助力|促进|检验|确保|进一步|切实|并?提出|提升|增强|积极建言|建言献策|及时|做到|请|并形成|形成|达到|了解|提高|不断|共同|其中|包括|重点|主要|内容|期间|完善|帮助|营造|凝聚|服务)"
)
JOINTS = re.compile(r"[；。]|(?<!\d)[①-⑳]|（\d）|\d[.、](?!\d)|\u3000")
PARTICIPANTS = re.compile(r"(?:邀请|由|请)(?P<who>[^，。；]{2,40}?)(?:等)?(?:参加|列席|出席|参与)")
JOINING = re.compile(r"(?:^|[，；。])(?P<who>[^，。；]{2,40}?)(?:参加|列席)(?:[，。；]|$)")
BY = re.compile(
    r"由(?P<who>[^，。；、]{2,24}?(?:、[^，。；、]{2,16}?){0,4})(?:共同)?(?:负责|牵头|承办|组织|主办|具体实施)"
)
EACH_TIME = re.compile(
    r"(?:从|由|自)(?P<start>[^，。；]{1,6}月)份?(?:开始|起)[，]?.{0,8}每(?:个)?(?P<step>月|两个月|季度)(?P<rest>.*)"
)
COUNT = re.compile(r"(?:共|计|全年|召开|开展|举办|安排)[^，。；]{0,4}?(?P<n>[二两三四五六七八九十\d]{1,2})(?:次|场|期)")


@dataclass(frozen=True)
class Stretch:
    """Words of a paragraph that belong to the dates before (or behind) them."""

    anchors: tuple[Anchor, ...]
    start: int
    end: int


def items(paragraph: Paragraph, under: tuple[Anchor, ...] = ()) -> list[ItemReading]:
    """The items of one paragraph. `under`: the month of the heading above, when the paragraph names none itself."""
    if phrases.is_report(paragraph.norm):
        return []
    found: list[ItemReading] = []
    for stretch in stretches(paragraph.norm) or whole(paragraph, under):
        if not phrases.is_past(paragraph.norm[stretch.start : stretch.end]):
            found += of_stretch(paragraph, stretch)
    return found


def whole(paragraph: Paragraph, under: tuple[Anchor, ...]) -> list[Stretch]:
    if not under:
        return []
    number = mark(paragraph.norm)
    start = number.length if number else len(paragraph.norm) - len(without_bullet(paragraph.norm))
    return [Stretch(under, start, len(paragraph.norm))]


def dated(paragraph: Paragraph, under: tuple[Anchor, ...] = ()) -> tuple[tuple[int, int], ...]:
    """The stretches that speak of a date, for the reader of targets."""
    found = stretches(paragraph.norm) or whole(paragraph, under)
    return tuple((each.start, each.end) for each in found if speaks_of_month(each.anchors))


# --- which words belong to which date ---------------------------------------------------------------------------
def stretches(norm: str) -> list[Stretch]:
    """A date speaks for what follows up to the next date; at the end of a sentence it speaks for that sentence."""
    leading = begins_with_date(norm)
    found: list[Stretch] = []
    for sentence in sentences(norm):
        dates = [each for each in anchors(sentence.text) if usable(each, sentence.text)]
        if not dates:
            if found and leading and sentence.start == found[-1].end:
                found[-1] = replace(found[-1], end=sentence.end)
            continue
        found += of_sentence(sentence, groups(dates, sentence.text))
    return found


def begins_with_date(norm: str) -> bool:
    """A paragraph of one month: everything in it belongs to that month."""
    number = mark(norm)
    start = number.length if number else len(norm) - len(without_bullet(norm))
    first = next(iter(anchors(norm[start : start + 16])), None)
    return first is not None and not norm[start : start + first.start].strip("【（“")


def usable(anchor: Anchor, sentence: str) -> bool:
    """A date that plans something: not that of a document, a deadline of a rule, or of last year."""
    before, after = sentence[max(0, anchor.start - 6) : anchor.start], sentence[anchor.end : anchor.end + 3]
    if re.search(r"(?:去|上|每|历)年$|截[至止]|以来|自$", before) or after.startswith(
        ("以来", "召开的", "下发", "印发", "出台")
    ):
        return False
    wide = anchor.until is not None and anchor.until - (anchor.month or 0) > 1
    if wide and before.strip("-·") and before[-1] not in "，。；：、于在（到 .":
        return False
    if anchor.part == "plenary" and not PLENARY_ACT.match(sentence[anchor.end :]):
        return False
    return not (anchor.loose and (after.startswith("有") or not GOING.search(sentence[anchor.end :])))


PLENARY_ACT = re.compile(
    r"[，：、\s]*(?:组织|召开|开展|举办|听取|安排|围绕|就|开好|协商|协助|邀请|做好|对|认真|征集|收集)"
)


def groups(dates: list[Anchor], sentence: str) -> list[tuple[Anchor, ...]]:
    """Dates joined by 和 or 、 share what follows: 6月中旬和11月下旬."""
    joined: list[list[Anchor]] = []
    for date in dates:
        between = sentence[joined[-1][-1].end : date.start] if joined else None
        if between is not None and (
            re.fullmatch(r"份?[、和与及，]?(?:以及)?", between) or date.start < joined[-1][-1].end
        ):
            joined[-1].append(date)
        else:
            joined.append([date])
    return [tuple(each) for each in joined]


def of_sentence(sentence: Piece, grouped: list[tuple[Anchor, ...]]) -> list[Stretch]:
    found: list[Stretch] = []
    for number, group in enumerate(grouped):
        following = grouped[number + 1][0].start if number + 1 < len(grouped) else len(sentence.text)
        if number + 1 < len(grouped) and is_trailing(sentence.text, grouped[number + 1][-1]):
            following = trailing_start(sentence.text, grouped[number + 1][0].start)
        start = group[-1].end
        if in_brackets(sentence.text, group[0], grouped[number - 1][-1].end if number else 0):
            begin = found[-1].end - sentence.start if number and found else 0
            close = sentence.text.find("）", start) + 1
            end = close if number + 1 < len(grouped) and close else len(sentence.text)
            found.append(Stretch(group, sentence.start + begin, sentence.start + end))
        elif is_trailing(sentence.text, group[-1]):
            begin = grouped[number - 1][-1].end if number else 0
            found.append(Stretch(group, sentence.start + begin, sentence.start + group[0].start))
        else:
            found.append(
                Stretch(group, sentence.start + start, sentence.start + opening(sentence.text, start, following))
            )
    return found


AFTER_DATE = re.compile(r"份|前后?|左右|[\s）)。；，、】]|进行|召开|开展|举办|完成|举行")


def in_brackets(text: str, anchor: Anchor, begin: int) -> bool:
    """“视察非遗展馆（3月下旬），……”: the bracket dates what stands before it."""
    return (
        text[anchor.start - 1 : anchor.start] == "（"
        and len(text[begin : anchor.start].strip("，；、）")) > SHORTEST + 1
    )


def is_trailing(text: str, anchor: Anchor) -> bool:
    """“视察重点项目（6月）” and “……，时间为9月”: the date stands behind what it dates."""
    rest = AFTER_DATE.sub("", text[anchor.end :])
    before = text[: anchor.start]
    return len(rest) < SHORTEST and len(before.strip("（(，：-【 ")) > 3 and not OPENING_ONLY.fullmatch(before)


OPENING_ONLY = re.compile(r"[^\u4e00-\u9fff]*(?:拟|计划)?(?:于|在)?")


def trailing_start(text: str, start: int) -> int:
    return start


def opening(text: str, start: int, end: int) -> int:
    """Leaves “拟于” and the comma before the next date out of the stretch."""
    cut = text[start:end]
    return start + len(OPENING.sub("", cut)) if end < len(text) else end


# --- one item per thing to be done ------------------------------------------------------------------------------
def of_stretch(paragraph: Paragraph, stretch: Stretch) -> list[ItemReading]:
    found = []
    part = ""
    for start, end in steps(paragraph.norm, stretch.start, stretch.end):
        third = THIRD.match(paragraph.norm, start, end)
        part, start = (third["part"], third.end()) if third else (part, start)
        if is_half(stretch.anchors) and is_sum(paragraph.norm[start:end]):
            continue
        made = item(paragraph, start, end)
        if made is not None:
            found += [dated_item(made, within(anchor, part)) for anchor in stretch.anchors]
    return found


THIRD = re.compile(r"[，、：；。\s份\-·（]*(?P<part>[上中下]旬|全月)[）]?[，：\s]*")


def within(anchor: Anchor, part: str) -> Anchor:
    """The third of the month named inside the stretch: 3月：上旬……；中旬……"""
    return replace(anchor, part=PARTS[part[0]]) if part and part[0] in PARTS and anchor.month else anchor


def speaks_of_month(dates: tuple[Anchor, ...]) -> bool:
    return not is_half(dates) and not all(each.loose for each in dates)


def is_half(dates: tuple[Anchor, ...]) -> bool:
    return any(each.until is not None and each.until - (each.month or 0) == 5 for each in dates)


def is_sum(norm: str) -> bool:
    """“下半年报送信息不少于20条” sets a number; it is a target, nothing that takes place."""
    numbers = [each for each in quantities(Piece(norm, 0)) if each.metric != "people"]
    return any(each.low is None or each.low > 1 or each.operator != "exactly" for each in numbers)


def dated_item(made: ItemReading, anchor: Anchor) -> ItemReading:
    doubt = made.unsure or ("时间是按节日或“年底”推断的，请核对。" if anchor.loose else "")
    return replace(made, month=anchor.month, part_of_month=anchor.part, until_month=anchor.until, begins=anchor.begins, unsure=doubt,
                   organisers=list(made.organisers))  # fmt: skip


def steps(norm: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretch cut where another thing begins."""
    cuts = [start]
    for match in re.finditer(r"[；。，、\u3000]|(?<=[：；。，\u3000])(?:\d[.、](?!\d)|（\d）)|[①-⑳]", norm[start:end]):
        place = start + match.end()
        if place < end and starts_anew(norm, cuts[-1], place, end, match.group()):
            cuts.append(place)
    return list(zip(cuts, [*cuts[1:], end], strict=True))


def starts_anew(norm: str, begin: int, place: int, end: int, sign: str) -> bool:
    """Whether the words at `place` are a new thing: numbered, behind a semicolon, or another kind of occasion."""
    after = norm[place:end]
    clause = re.split("[，；。]", after, maxsplit=1)[0]
    if (
        len(norm[begin:place].strip("，。；：、 份")) < SHORTEST
        or len(clause.strip()) < SHORTEST
        or PURPOSE.match(after)
    ):
        return False
    if sign[0] in "①②③④⑤⑥⑦⑧⑨⑩（" or sign[0].isdigit():
        return True
    verb = GOING.match(clause)
    if THIRD.match(after):
        return True
    if sign in "；\u3000":
        return bool(verb or hits(clause))
    if sign in "，、" and in_purpose(norm[begin:place]):
        return False
    if sign == "、":
        return bool(verb) and verb["verb"] in STRONG_VERBS and differs(norm[begin:place], clause)
    return bool(verb) and (differs(norm[begin:place], clause) or (verb["verb"] in OFFICE_WORK and not hits(clause)))


#: What an office does besides occasions; its own item when it stands behind one.
OFFICE_WORK = {"完成", "印发", "评选", "启动", "制定", "筹备", "起草", "编印", "编发"}


def in_purpose(before: str) -> bool:
    """“……，为提升质量，做好……”: what follows a purpose belongs to it."""
    last = re.split("[。；]", before)[-1].strip("，、")
    return any(re.match("为(?!期)|以(?!.{0,8}为)|使|让", clause) for clause in re.split("[，]", last)[1:])


STRONG_VERBS = {"组织召开", "组织开展", "召开", "开展", "举办", "举行", "组织", "参加"}


def differs(before: str, clause: str) -> bool:
    """Another kind of occasion than the words before: a report of the same research is no new item."""
    here = kinds_in(before)
    there = [hit.subject for hit in hits(clause) if not hit.weak]
    if not there:
        return False
    if not here:
        return not PREPARING.match(before.strip("，。；：、 份"))
    return not {each.family or each.measure for each in here} & {each.family or each.measure for each in there}


#: Words that lead up to what is done: who is invited, about what, where.
PREPARING = re.compile(
    r"邀请|组织|就|围绕|对|利用|结合|深入|赴|到|联合|会同|依托|通过|按照|根据|聚焦|为|以|由|与|抓住|在|针对|紧扣|配合|协助"
)


def kinds_in(text: str) -> list[Subject]:
    found = hits(text)
    return [hit.subject for hit in found if not hit.weak] or [hit.subject for hit in found if hit.subject.type]


def item(paragraph: Paragraph, start: int, end: int) -> ItemReading | None:
    """One item out of these words; None when they say nothing."""
    lead = LEAD.match(paragraph.norm, start, end)
    start = lead.end() if lead else start
    number = re.match(r"(?:\d[.、](?!\d)|（\d）|[①-⑳])", paragraph.norm[start:end])
    start += number.end() if number else 0
    norm = paragraph.norm[start:end]
    if len(re.sub(r"[^\u4e00-\u9fff]", "", norm)) < SHORTEST:
        return None
    text = paragraph.text[start:end]
    subject = kind_of(norm)
    return ItemReading(
        title=title_of(norm, text), kind=subject, content=text.strip("，。；：、 \t|"),
        participants=participants_of(norm), organisers=organisers_of(norm), span=paragraph.place(start, end),
        unsure="" if subject != "other" else "没有认出活动类型，请选择。",
    )  # fmt: skip


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
    if any(hit.subject.measure in {"proposals", "opinions"} for hit in hits(norm)):
        return "other"
    return "other"


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
    title = text[start:end].strip("，。；：、 \t|“")
    title = ACTOR.sub("", title)
    title = re.sub(r"^(?:拟|将|计划|适时|分别|各)+(?=召开|组织|开展|举办|视察)", "", title)
    if title.count("“") != title.count("”"):
        title = title.replace("“", "").replace("”", "")
    return title[:LONGEST_TITLE]


def end_of_clause(norm: str, start: int) -> int:
    cut = re.compile("[，；。：（]").search(norm, start + 5)
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
    found = BY.search(norm)
    return [each for each in re.split("[、和]", found["who"]) if each] if found else []
