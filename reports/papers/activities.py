"""Papers of one activity: 通知 and 纪要, and what all of them share."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from activities import permissions
from activities.enums import CAME, COUNTED, ActivityState, AttendanceState
from activities.models import Activity, ActivityNotice, Attendance
from activities.panels.basics import from_to
from activities.selectors import roll
from core import qr
from core.errors import DomainError
from core.pdf.blocks import (
    Annex,
    Attachments,
    Block,
    Code,
    Colophon,
    Letterhead,
    MinutesHead,
    Paragraph,
    Present,
    Signature,
)
from core.workflow import history
from reports.documents import Composition
from reports.papers import Making, PaperKind, register
from reports.papers.wording import asking, day_of, typed

#: Types whose minutes are those of a meeting.
MEETINGS = frozenset({"meeting", "consultation", "forum", "briefing", "chair_talk", "group_leader_meeting"})


# --- what all of them share ------------------------------------------------------------------------------------------
def load(pk: int, part: int = 0) -> Activity | None:
    return Activity.objects.select_related("office", "type").filter(pk=pk).first()


def sees(user: Any, activity: Activity) -> bool:
    """Offices that look into the activity: these papers name people."""
    return bool(permissions.sees_people(user, activity))


def took_place(activity: Activity) -> bool:
    return activity.state in COUNTED


def sees_after(user: Any, activity: Activity) -> bool:
    """Papers of an event that took place; what is only written down (心得体会) has none."""
    return took_place(activity) and not activity.type.is_record and sees(user, activity)


def newest_of(**conditions: Any) -> tuple[int, int] | None:
    rows = Activity.objects.events().filter(**conditions).order_by("-starts_at", "-pk")
    pk = rows.values_list("pk", flat=True).first()
    return (pk, 0) if pk else None


def expected(activity: Activity) -> list[Attendance]:
    """Everybody who was to come, by pinyin."""
    return [row for row in roll(activity) if row.is_expected]


def came(rows: list[Attendance]) -> list[Attendance]:
    return [row for row in rows if row.state in CAME]


def names(rows: list[Attendance], *states: str) -> str:
    return "　".join(row.member.name for row in rows if row.state in states)


def written_on(activity: Activity) -> date:
    """The day it was summarised, else its last day: the same record gives the same paper whenever it is printed."""
    ends = [event.at for event in history(activity) if event.to_state == ActivityState.SUMMARISED]
    return day_of(ends[-1] if ends else activity.ends_at or activity.starts_at)


def subject(activity: Activity) -> str:
    """The title without 关于 in front: what 关于…的通知 is about."""
    return activity.title.removeprefix("关于")


# --- 通知 ------------------------------------------------------------------------------------------------------------
def latest_notice(activity: Activity) -> ActivityNotice | None:
    return activity.notices.first()


def sees_notice(user: Any, activity: Activity) -> bool:
    """Everybody who sees the activity, once a notice is out."""
    return activity.notices.exists() and Activity.objects.visible_to(user).filter(pk=activity.pk).exists()


def compose_notice(activity: Activity, making: Making) -> Composition:
    notice = latest_notice(activity)
    if notice is None:
        raise DomainError("这次活动还没有发布通知。")
    found = Composition(f"关于{subject(activity)}的通知", "", head=Letterhead(activity.office.name))
    if notice.is_outdated(activity):
        found.date = "时间、地点已有变动，以重新发布的通知为准"
    found.add(Paragraph(f"{addressees(activity)}：", indent=False), *typed(notice.body), *arranged(activity, notice))
    if notice.agenda:
        found.add(Attachments(["议程安排"]))
    found.add(Signature(activity.office.name, day_of(notice.published_at), sealed=True), *asking(activity.office))
    found.add(*code(activity, making))
    if notice.agenda:
        found.add(Annex("议程安排"), *typed(notice.agenda))
    return found


def addressees(activity: Activity) -> str:
    """Groups, never names: who is invited is known to the office."""
    groups = [group.name for group in activity.groups.all()]
    return f"{'、'.join(groups)}各位委员" if groups else "有关委员"


def arranged(activity: Activity, notice: ActivityNotice) -> list[Block]:
    """When and where, unless the notice says it itself."""
    place = notice.place or activity.place
    told = [Present("时间", from_to(activity)), Present("地点", place)]
    missing = [line for line, known in zip(told, (says_when(notice, activity), place in notice.body), strict=True)
               if line.names and not known]  # fmt: skip
    until = activity.sign_up_until
    return [*missing, *([Present("报名截止", f"{timezone.localtime(until):%Y年%-m月%-d日 %H:%M}")] if until else [])]


def says_when(notice: ActivityNotice, activity: Activity) -> bool:
    day = timezone.localdate(activity.starts_at)
    return f"{day.month}月{day.day}日" in notice.body


def code(activity: Activity, making: Making) -> list[Block]:
    """Leads to the page on which the member answers; needs the portal's address."""
    url = making.address(activity.get_absolute_url())
    if not url:
        return []
    drawing = qr.drawn(url)
    return [Code(url, "请用手机扫码查看通知并答复是否参加。", drawing.size, drawing.path)]


def newest_notice() -> tuple[int, int] | None:
    notice = ActivityNotice.objects.order_by("-published_at", "-pk").first()
    return (notice.activity_id, 0) if notice else None


register(PaperKind("activity_notice", "活动通知", load, sees_notice, compose_notice, newest_notice))


# --- 纪要 ------------------------------------------------------------------------------------------------------------
def sees_minutes(user: Any, activity: Activity) -> bool:
    return bool(activity.minutes.strip()) and sees_after(user, activity)


def compose_minutes(activity: Activity, making: Making) -> Composition:
    """纪要格式 (GB/T 9704-2012 10.3): who was there after the text, no seal. Raises DomainError without minutes."""
    if not activity.minutes.strip():
        raise DomainError("还没有活动记录，不能生成纪要。")
    day, rows = written_on(activity), expected(activity)
    kind = "会议" if activity.type.code in MEETINGS else "活动"
    head = MinutesHead(f"{activity.office.short_name}{kind}纪要", issuer=activity.office.name, date=day)
    found = Composition(f"{activity.title}纪要", "", head=head)
    if activity.state != ActivityState.SUMMARISED:
        found.date = "活动尚未总结"
    found.add(Present("时间", from_to(activity)))
    found.add(
        *(Present(word, text) for word, text in (("地点", activity.place), ("主持", activity.responsible)) if text)
    )
    found.add(*typed(activity.minutes), *present(activity, rows))
    found.add(Colophon(receivers(activity), activity.office.name, day))
    return found


def present(activity: Activity, rows: list[Attendance]) -> list[Block]:
    lines = [
        ("出席", names(rows, *CAME)),
        ("请假", names(rows, AttendanceState.LEAVE)),
        ("缺席", names(rows, AttendanceState.ABSENT)),
        ("列席", activity.guests),
    ]
    told = [(word, text) for word, text in lines if text]
    return [Present(word, text, apart=not number) for number, (word, text) in enumerate(told)]


def receivers(activity: Activity) -> list[str]:
    """To whom it goes: those it is reported to, and the offices that held it too."""
    partners = [office.name for office in activity.partner_offices.order_by("code")]
    return list(dict.fromkeys([*(duty.addressee for duty in activity.duties.all()), *partners]))


def newest_minutes() -> tuple[int, int] | None:
    return newest_of(state__in=COUNTED, minutes__gt="", type__code__in=MEETINGS) or newest_of(
        state__in=COUNTED, minutes__gt=""
    )


register(PaperKind("activity_minutes", "纪要", load, sees_minutes, compose_minutes, newest_minutes))
