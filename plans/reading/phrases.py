"""Phrases around a quantity: how often (每季度), of whom (每名委员), and whether it is past."""

from __future__ import annotations

import re

from plans.enums import Period, Scope

#: (period, pattern), the finest first. 双月协商 is a name, no rhythm.
PERIODS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (Period.TEN_DAYS, re.compile(r"每旬|每十天")),
    (
        Period.MONTH,
        re.compile(r"每(?:一)?个?月(?!份)|按月|逐月|月均|每月|一月一|一个月(?=开展|召开|组织|举办|一)|每30天"),
    ),
    (Period.TWO_MONTHS, re.compile(r"双月(?!协商)|每(?:两|二|2|隔一)个?月|隔月|逢双月")),
    (
        Period.QUARTER,
        re.compile(
            r"每(?:一)?个?季度?|按季度?|逐季|一季度?一|一个季度(?=开展|召开|组织|举办|一)|每(?:三|3)个月|季均|季度(?=至少|不少于|要|召开|开展)"
        ),
    ),
    (
        Period.HALF_YEAR,
        re.compile(
            r"每(?:个)?半年|上、?下半年(?:至少)?(?:要)?各|上半年(?:和|、|与|及)下半年.{0,6}各|半年一|(?<![上下])半年(?=开展|召开|组织|举办|进行)|每(?:六|6)个月|上下半年"
        ),
    ),
    (Period.PLENARY, re.compile(r"(?:全会|全体会议|大会|会议)期间|每次全会")),
    (Period.TERM, re.compile(r"届内|任期内|本届(?:任期)?|一届")),
    (Period.YEAR, re.compile(r"全年|年内|每年|一年|年均|年度|年(?=走访|组织|开展|召开|举办|视察)")),
)
PEOPLE = (
    r"(?:市|区|县|镇|乡|省|州|旗|街道|自治区|本|新任|新|辖区|基层|界别|住|驻|政协|站|党员|联络组|各级|在任|本级){0,6}"
)
EACH_MEMBER = re.compile(
    rf"每(?:一)?[名位个]?{PEOPLE}(?:委员|成员|代表)(?!会|之家|工作)|委员(?:们)?(?:每人|人均|个人(?!提案)|均(?!衡))|人均|每人|人人|各位{PEOPLE}委员"
    rf"|(?<![织排请访系为给对])(?:全体|广大)?(?:政协)?委员(?:们)?(?:要)?(?:全年|年内|每年|一年|每季度|每月)?(?:要)?(?:至少|不少于|需|应当?|须|确保)"
    r"|全体(?:政协)?委员(?:要|每年|全年|年内|都要|均)|组员每人|每名(?:同志|组员)|各委员"
)
EACH_GROUP = re.compile(
    r"每(?:一)?个?(?:政协)?(?:委员)?(?:联络|活动|委员|界别|履职|专题|学习)?(?:活动|工作)?(?:小)?组(?!成员|织|长|员)|每个?(?:联组|界别|片区|联络站|委员工作室|工作室|工作站|委员工作站|专委会)"
    r"|各(?:政协)?(?:委员)?(?:联络|活动|委员|界别|履职|专题|学习)?(?:活动|工作)?(?:小)?组(?!成员|织|长|员)|各(?:联组|片区|联络站|工作室|委员工作站|界别(?!群众|人士|委员))"
    r"|每个?(?:委员)?(?:联络)?小组|(?:每个|每一个|各)(?:[\u4e00-\u9fff]{0,4})(?:议事室|驿站|联络点|履职阵地|之家)"
)
ORGANISING = re.compile(
    r"^(?:并|同时|另外?|还|再|联络处|工委|本室|办公室|街道|镇|统一|联络[组室]|联组|小组|界别组|全组)?(?:要|将|计划|拟)?(?:组织|举办|召开|牵头|统一|集体提案|力争被|争取被|其中被|被)"
)
PAST = re.compile(
    r"(?:召开|举办|开展|组织|进行|完成|提交|撰写|收到|征集|走访|评选|评选出|形成|编发|参加|发放|接待|反映|报送|化解|帮扶|提出|实现|取得|解决|通报|学习|发表|制定|建立)了"
    r"|(?<![为除到完])了(?![解望结却然如])|共(?:收到|征集|提交|走访|组织|开展|举办|召开|接待|报送|反映|捐|形成|编发|发放)|去年|上年(?!度计划)|过去(?:一年|的)|以来[，,]?|截至|截止|累计|顺利(?:交办|完成)"
    r"|已(?:经)?(?:完成|开展|形成|组织|召开|有|提交|走访|举办)|年来|受到.{0,6}好评|荣获|先后"
)
PAST_CLAUSE = re.compile(r"去年|上年|过去|(?<!今)年以来|截至")
FUTURE = re.compile(
    r"计划|拟|今年(?!以来)|将(?=组织|召开|开展|举办|围绕|继续|于|邀请|视察|分别|适时|着力|重点|着重|集中|安排|参加|进行)|力争|争取|确保|不少于|至少|每名|每位|每季度|每月|(?<![重主必需只首次概摘])要(?![点求素闻么])|不低于|明年|下半年|继续"
)


def period_of(text: str) -> str | None:
    """The finest rhythm the text names."""
    return next((period for period, pattern in PERIODS if pattern.search(text)), None)


def scope_of(text: str) -> str | None:
    """Of whom it is asked; the phrase nearest to the number, that is the last one, counts."""
    member = [match.start() for match in EACH_MEMBER.finditer(text)]
    group = [match.start() for match in EACH_GROUP.finditer(text)]
    if not member and not group:
        return None
    return Scope.EACH_MEMBER if max(member, default=-1) > max(group, default=-1) else Scope.EACH_GROUP


#: Rules of points: 每提交一件加2分.
SCORED = re.compile(r"[加扣得记计减]\d+(?:\.\d)?分|\d分[，。；]")


#: “2025年，工委共组织活动11次，……”, whatever it says of this year afterwards.
OF_A_YEAR = re.compile(
    r"(?:20\d\d|二[〇零]..)年度?[，、]?[^，。；]{0,16}?(?:(?<!总)共|累计|先后)(?=[开组召提报收征走完举参反采化帮形编发接])"
)


def is_past(sentence: str) -> bool:
    """A sentence about what was done."""
    return bool(OF_A_YEAR.match(sentence)) or (bool(PAST.search(sentence)) and not FUTURE.search(sentence))


def is_report(paragraph: str) -> bool:
    """A paragraph that mostly tells what was done."""
    sentences = [each for each in re.split("[。！？]", paragraph) if each.strip()]
    done = sum(1 for each in sentences if is_past(each))
    return done >= 2 and done * 3 >= len(sentences)
