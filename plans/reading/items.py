"""Scheduled items in running text: what stands behind a month, in front of one in brackets, or below one."""

from __future__ import annotations

import re
from dataclasses import replace

from plans.reading import phrases
from plans.reading.dates import PARTS, Anchor
from plans.reading.lines import Paragraph
from plans.reading.marks import mark, without_bullet
from plans.reading.occasions import PREPARING, kind_of, organisers_of, participants_of, title_of
from plans.reading.quantities import quantities
from plans.reading.results import ItemReading
from plans.reading.sentences import Piece, sentences
from plans.reading.stretches import SHORTEST, Stretch, stretches
from plans.reading.subjects import hits
from plans.reading.verbs import GOING
from plans.reading.vocabulary import Subject

LEAD = re.compile(r"[，、：；。\s\-|）】”]*(?:份|左右|前后|前|以前|之前|间|期间|内)?[，、：；\s\-|】]*")


PURPOSE = re.compile(
    r"^(?:听取|为|以便|以|使|让|从而|推动|推进|助推|助力|促进|检验|确保|进一步|切实|并?提出|提升|增强|积极建言|建言献策|及时|做到|请|并形成|形成|达到|了解|提高|不断|共同|其中|包括|重点|主要|内容|期间|完善|帮助|营造|凝聚|服务|制[定订](?:[全年度工作活动]*)(?:计划|方案))"
)


#: “下半年计划如下：” announces what is planned.
LEADS_ON = re.compile(r"(?:主要|重点|具体)?(?:工作|活动)?(?:计划|安排|打算|要点|任务|重点)+(?:如下|是)?")


#: What comes in a rhythm is asked for by a target, whatever date stands before it.
EACH = re.compile(r"每(?:个)?(?:季度?|月|半年|[两二2]个月)(?!末月)")


def items(paragraph: Paragraph, under: tuple[Anchor, ...] = ()) -> list[ItemReading]:
    """The items of one paragraph. `under`: the month of the heading above, when the paragraph names none itself."""
    if phrases.is_report(paragraph.norm):
        return []
    found: list[ItemReading] = []
    for stretch in [*ahead(paragraph, under), *stretches(paragraph.norm)] or whole(paragraph, under):
        if not phrases.is_past(paragraph.norm[stretch.start : stretch.end]):
            found += of_stretch(paragraph, stretch)
    return found


def ahead(paragraph: Paragraph, under: tuple[Anchor, ...]) -> list[Stretch]:
    """Below a month, the sentences before the first date of their own belong to that month."""
    first = next(iter(stretches(paragraph.norm)), None) if under else None
    end = max((each.end for each in sentences(paragraph.norm) if first and each.end <= first.start), default=0)
    return [replace(each, end=end) for each in whole(paragraph, under)] if end else []


def whole(paragraph: Paragraph, under: tuple[Anchor, ...]) -> list[Stretch]:
    if not under:
        return []
    number = mark(paragraph.norm)
    start = number.length if number else len(paragraph.norm) - len(without_bullet(paragraph.norm))
    return [Stretch(under, start, len(paragraph.norm))]


def dated(paragraph: Paragraph, under: tuple[Anchor, ...] = ()) -> tuple[tuple[int, int, bool], ...]:
    """The stretches that speak of a date, for the reader of targets: begin, end, and whether it is a whole quarter."""
    found = stretches(paragraph.norm) or whole(paragraph, under)
    return tuple((each.start, each.end, is_wide(each.anchors)) for each in found if not is_half(each.anchors))


def of_stretch(paragraph: Paragraph, stretch: Stretch) -> list[ItemReading]:
    found = []
    part = ""
    for start, end in steps(paragraph.norm, stretch.start, stretch.end):
        third = THIRD.match(paragraph.norm, start, end)
        part, start = (third["part"], third.end()) if third else (part, start)
        words = paragraph.norm[start:end]
        if is_sum(words) and (
            is_half(stretch.anchors) or (BRACKET.search(paragraph.norm, stretch.start, start) and sets_least(words))
        ):
            continue
        shared = shares(paragraph.norm, start, end, len(stretch.anchors))
        made = item(paragraph, start, end)
        if shared:
            found += distributed(paragraph, shared, stretch.anchors)
        elif made is not None:
            found += [dated_item(made, within(anchor, part)) for anchor in stretch.anchors]
    return found


RESPECTIVELY = re.compile(r"[，、：]?(?:拟|将)?分别(?P<verb>组织|召开|开展|举办|举行|进行)?")


def shares(norm: str, start: int, end: int, dates: int) -> list[tuple[int, int]]:
    """“5月和9月，分别视察……、走访……”: as many things as dates, one for each; else nothing."""
    lead = RESPECTIVELY.match(norm, start, end)
    if lead is None or dates < 2:
        return []
    parts = [(each.start(), each.end()) for each in re.finditer(r"[^、，和；。]+", norm[:end])]
    parts = [(max(first, lead.end()), last) for first, last in parts if last > lead.end()]
    named = [each for each in parts if hits(norm[slice(*each)]) or GOING.match(norm, each[0])]
    parts = [each for each in parts if norm[each[0]] not in "向对就为由"]
    return parts if len(parts) == dates == len(named) else []


def distributed(paragraph: Paragraph, shared: list[tuple[int, int]], dates: tuple[Anchor, ...]) -> list[ItemReading]:
    made = [(item(paragraph, *place), date) for place, date in zip(shared, dates, strict=True)]
    return [dated_item(each, date) for each, date in made if each is not None]


THIRD = re.compile(r"[，、：；。\s份\-·（]*(?P<part>[上中下]旬|全月)[）]?[，：\s]*")


def within(anchor: Anchor, part: str) -> Anchor:
    """The third of the month named inside the stretch: 3月：上旬……；中旬……"""
    return replace(anchor, part=PARTS[part[0]]) if part and part[0] in PARTS and anchor.month else anchor


def is_wide(dates: tuple[Anchor, ...]) -> bool:
    """Two months and more, or a time not said exactly, in which several of a kind can take place."""
    return any(each.loose or (each.until is not None and each.until - (each.month or 0) >= 2) for each in dates)


def is_half(dates: tuple[Anchor, ...]) -> bool:
    return any(each.until is not None and each.until - (each.month or 0) == 5 for each in dates)


def is_sum(norm: str) -> bool:
    """“下半年报送信息不少于20条” sets a number; it is a target, nothing that takes place."""
    numbers = [each for each in quantities(Piece(norm, 0)) if each.metric != "people"]
    return any(each.low is None or each.low > 1 or each.operator != "exactly" for each in numbers)


def dated_item(made: ItemReading, anchor: Anchor) -> ItemReading:
    doubt = made.unsure or ("时间是按节日或“年底”推断的，请核对。" if anchor.loose else "")
    return replace(
        made, month=anchor.month, part_of_month=anchor.part, until_month=anchor.until, begins=anchor.begins,
        unsure=doubt, organisers=list(made.organisers),
    )  # fmt: skip


BRACKET = re.compile("（[^（）]*月[^（）]*）")


def sets_least(norm: str) -> bool:
    """“……，走访委员40人次以上” beside a dated thing."""
    return any(each.operator == "at_least" for each in quantities(Piece(norm, 0)))


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
    verb = GOING.match(clause.removeprefix("并"))
    if THIRD.match(after):
        return True
    if sign == "，" and verb and verb["verb"] in AT_MEETINGS and is_meeting(norm[begin:place]):
        return False
    if sign in "；\u3000":
        return bool(verb or hits(clause))
    if sign in "，、" and in_purpose(norm[begin:place]):
        return False
    if sign == "、":
        return bool(verb) and verb["verb"] in STRONG_VERBS and differs(norm[begin:place], clause)
    return bool(verb) and (differs(norm[begin:place], clause) or (verb["verb"] in OFFICE_WORK and not hits(clause)))


#: What is done at a meeting: “召开常委会会议，协商……” is one thing.
AT_MEETINGS = {"协商", "听取", "学习", "总结", "布置", "部署", "研究"}


def is_meeting(before: str) -> bool:
    kinds = [each.type for each in kinds_in(before)]
    return bool(kinds) and kinds[-1] in {"meeting", "group_leader_meeting", "briefing"}


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
    if (
        len(re.sub(r"[^\u4e00-\u9fff]", "", norm)) < SHORTEST
        or LEADS_ON.fullmatch(norm.strip("，。；：、"))
        or EACH.match(norm)
    ):
        return None
    text = paragraph.text[start:end]
    subject = kind_of(norm)
    return ItemReading(
        title=title_of(norm, text), kind=subject, content=text.strip("，。；：、,;: \t|"),
        participants=participants_of(norm), organisers=organisers_of(norm), span=paragraph.place(start, end),
        unsure="" if subject != "other" else "没有认出活动类型，请选择。",
    )  # fmt: skip
