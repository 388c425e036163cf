"""Proposals and social opinions of the year, in every state an office meets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from dashboard.demo import past, texts
from dashboard.demo.setting import OFFICES, Setting
from members.models import Member
from opinions import services as opinions
from proposals import services as proposals
from proposals.enums import ProposalKind
from proposals.models import Proposal

#: How many of the proposals are still on their way; all others are filed.
WAITING, RETURNED, WITHDRAWN, UNFILED, DRAFTS = 3, 2, 1, 1, 2
UNREAD, UNSENT, DECLINED_EVERY = 7, 2, 5
FRIDAY = 4
IN_PLENARY, PLENARY_DAYS = 0.42, (12, 15)  # share of the proposals handed in then
SOURCES = (
    "以上情况是提案人走访群众、查阅资料后整理的。", "提案人为此先后到三个点实地察看，并与有关单位核对了数字。",
    "这一情况在委员联络室接待群众时也多次有人提起。", "联络组为此专门讨论过一次，委员普遍认为应当引起重视。",
    "近一年来群众对这件事的反映比较集中。", "提案人结合本职工作观察了较长时间，认为问题带有普遍性。",
)  # fmt: skip
HEARD = (
    "委员走访时多名居民谈到此事，盼望尽快解决。", "联络组讨论后认为有代表性，特此反映。",
    "委员已到现场核实，情况属实。", "这一情况已经持续了一段时间，群众比较关心。",
)  # fmt: skip
RETURN_REASON = "情况写得不够清楚，请补充时间、地点、数字等事实；建议部分请写明由谁来做。"
UNFILED_WORDS = "建议部分还比较笼统，所反映的情况有价值，转为社情民意研究处理。"
JOINT_EVERY = 6
WITHDRAW_REASON = "了解到有关部门已经列入今年计划，撤回后另选题目。"
DECLINE_REASONS = (
    "同类情况已经有人反映，留存参考。",
    "有关部门已经在办理，暂不报送。",
    "内容比较空泛，缺少具体情况，欢迎补充后再报。",
)  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """One text with its author, the moment it is sent and what becomes of it."""

    text: dict[str, Any]
    member: Member
    at: datetime
    fate: str
    place: int

    def decided_at(self, days: int) -> datetime:
        """Some days later in the morning of a working day; what came in later is decided later."""
        day = self.at + timedelta(days=days)
        day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > FRIDAY else 0)
        return day.replace(hour=10, minute=0) + timedelta(minutes=2 * self.place)


def build(setting: Setting) -> None:
    """Last year is decided; of this year's the latest are still open."""
    finished, current = texts.read("last_year"), {**texts.read("proposals"), **texts.read("opinions")}
    for year, words, of_proposals, of_opinions in (
        (setting.last_year, finished, all_filed, most_accepted),
        (setting.year, current, proposal_fates, opinion_fates),
    ):
        for piece in planned(setting, year, words["proposals"], "proposals", of_proposals):
            propose(setting, piece)
        for piece in planned(setting, year, named(words["opinions"]), "opinions", of_opinions):
            report(setting, piece)


def named(rows: list[list[str]]) -> list[dict[str, str]]:
    return [dict(zip(("title", "category", "situation", "suggestions"), row, strict=True)) for row in rows]


def planned(setting: Setting, year: int, rows: list[dict[str, Any]], what: str, fates: Any) -> list[Piece]:
    """Every text with an author of its own as far as there are members, in the order of time."""
    chance = setting.chance(f"{what} of {year}")
    authors = spread(setting, len(rows), chance)
    moments = sorted(a_moment(setting, year, place / len(rows), what, chance) for place in range(len(rows)))
    return [Piece(*each) for each in zip(rows, authors, moments, fates(len(rows)), range(len(rows)), strict=True)]


def spread(setting: Setting, count: int, chance: Random) -> list[Member]:
    """Some members write nothing, some twice, and the visitor's own member among the last, whose case is open."""
    pool = setting.everybody()
    chance.shuffle(pool)
    writers = pool[: len(pool) * 5 // 6]
    authors = [writers[place % len(writers)] for place in range(count)]
    mine = setting.people["member"].member
    for place in {count * 2 // 3, max(0, count - DRAFTS - WAITING - 1), count - 1}:
        authors[place] = mine
    return authors


def a_moment(setting: Setting, year: int, share: float, what: str, chance: Random) -> datetime:
    """The first of the proposals in January's plenary, the rest evenly over the months that have passed; early in
    this month at the latest. `share` is how far along the text is, 0 to 1."""
    clock = (chance.randint(8, 20), chance.randint(0, 59))
    if what == "proposals" and share < IN_PLENARY:
        return past.moment(year, 1, chance.randint(*PLENARY_DAYS), *clock)
    months = setting.month if year == setting.year else 12
    month = min(months, 1 + int(share * months))
    day = chance.randint(1, 27) if setting.is_past(year, month) else 1
    return past.moment(year, month, day, *clock)


def proposal_fates(count: int) -> list[str]:
    """In the order of time: the latest are still open."""
    late = (
        ["unfiled"] * UNFILED
        + ["withdrawn"] * WITHDRAWN
        + ["returned"] * RETURNED
        + ["waiting"] * WAITING
        + ["draft"] * DRAFTS
    )
    return ["filed"] * (count - len(late)) + late


def all_filed(count: int) -> list[str]:
    return ["filed"] * count


def opinion_fates(count: int) -> list[str]:
    decided = most_accepted(count - UNREAD - UNSENT)
    return decided + ["waiting"] * UNREAD + ["draft"] * UNSENT


def most_accepted(count: int) -> list[str]:
    return ["declined" if place % DECLINED_EVERY == 1 else "accepted" for place in range(count)]


# --- proposals ---------------------------------------------------------------------------------------------------
def propose(setting: Setting, piece: Piece) -> None:
    author, county = piece.member.user, setting.staff("county")
    with past.on(piece.at):
        text = proposal_text(piece, setting.chance(f"words {piece.text['subject']}"))
        joint = text.kind == ProposalKind.JOINT
        proposal = proposals.write(text=text, by=author, and_submit=piece.fate != "draft" and not joint)
    if joint:
        gather(setting, piece, proposal)
    with past.on(piece.decided_at(6)):
        if piece.fate == "filed":
            proposals.file_case(proposal=proposal, category=text.category, by=county)
        elif piece.fate == "unfiled":
            proposals.not_file(proposal=proposal, ground="empty", words=UNFILED_WORDS, as_opinion=True, by=county)
        elif piece.fate == "returned":
            proposals.return_for_changes(proposal=proposal, reason=RETURN_REASON, by=county)
        elif piece.fate == "withdrawn":
            proposals.withdraw(proposal=proposal, reason=WITHDRAW_REASON, by=author)


def gather(setting: Setting, piece: Piece, proposal: Proposal) -> None:
    """Two colleagues are asked to sign, and do; then it is handed in."""
    author, until = piece.member.user, timezone.localdate(piece.at) + timedelta(days=5)
    chance = setting.chance(f"signatures of {piece.text['subject']}")
    asked = chance.sample([each for each in setting.everybody() if each.pk != piece.member.pk and each.user_id], 2)
    with past.on(piece.at):
        proposals.choose(proposal=proposal, members=[each.pk for each in asked], by=author)
        proposals.invite(proposal=proposal, until=until, by=author)
    with past.on(piece.at + timedelta(hours=20)):
        for each in asked:
            proposals.accept(proposal=proposal, remark="同意联名。", by=each.user)
    with past.on(piece.at + timedelta(hours=26)):
        proposals.submit(proposal=proposal, by=author)


def proposal_text(piece: Piece, chance: Random) -> proposals.Text:
    joint = piece.fate == "filed" and piece.place % JOINT_EVERY == JOINT_EVERY - 1
    row, open_to_all = piece.text, chance.random() < 0.9
    return proposals.Text(
        subject=row["subject"], category=row["category"], wished_units=row["units"], may_publish=open_to_all,
        unpublish_reason="" if open_to_all else "涉及单位内部情况",
        kind=ProposalKind.JOINT if joint else ProposalKind.INDIVIDUAL,
        background=f"{row['background']}\n{chance.choice(SOURCES)}", analysis=row["analysis"],
        suggestions=numbered(row["suggestions"]),
    )  # fmt: skip


def numbered(points: Sequence[str]) -> str:
    return "\n".join(f"{number}. {point}" for number, point in enumerate(points, 1))


# --- social opinions ---------------------------------------------------------------------------------------------
def report(setting: Setting, piece: Piece) -> None:
    author, row = piece.member.user, piece.text
    office = next(key for key in OFFICES if setting.offices[key].pk == piece.member.office_id)
    with past.on(piece.at):
        told = row["situation"] + setting.chance(f"heard {row['title']}").choice(HEARD)
        text = opinions.Text(
            **{**row, "situation": told}, is_urgent="安全" in row["situation"] and piece.fate == "waiting"
        )
        opinion = opinions.write(text=text, by=author, and_submit=piece.fate != "draft")
    with past.on(piece.decided_at(3)):
        if piece.fate == "accepted":
            opinions.accept(opinion=opinion, by=setting.staff(office))
        elif piece.fate == "declined":
            reason = setting.chance(f"why {row['title']}").choice(DECLINE_REASONS)
            opinions.decline(opinion=opinion, reason=reason, by=setting.staff(office))
