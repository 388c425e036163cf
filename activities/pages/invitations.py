"""What a member sees of an invitation, and what the office sees of the answers. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse

from activities import permissions, reach, selectors
from activities.enums import ATTENDANCE_TONES, REPLY_TONES, ActivityState, AttendanceState, Joining, LeaveState, Reply
from activities.models import Activity, Attendance, LeaveRequest, Material
from activities.panels import Sight
from core.pages import Link
from core.permissions import Permission
from core.templatetags.ui import cn_datetime


# --- the member's own box ----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Standing:
    """How the member stands with this activity, in one line, and what can be done about it."""

    title: str
    text: str = ""
    tone: str = "info"
    buttons: Sequence[Link] = ()


def standing(sight: Sight) -> Standing | None:
    """None for those who are not on the list and may not sign up."""
    activity, row = sight.activity, sight.own
    to_come = reach.still_to_come(activity)
    if row is None:
        invited = reach.own_member(sight.user, activity) if to_come and not sight.works else None
        return offer(activity) if invited else None
    if not to_come or row.state not in {AttendanceState.INVITED, AttendanceState.LEAVE}:
        return registered(row)
    shown = on_leave(row) if away(row) else BY_REPLY[Reply(row.reply)](activity, row)
    extra = () if away(row) or row.reply == Reply.DECLINED else (calendar_link(activity),)
    return Standing(shown.title, shown.text, shown.tone, [*shown.buttons, *extra])


def registered(row: Attendance) -> Standing:
    """After the activity, or when it was cancelled: what was registered."""
    if row.state == AttendanceState.INVITED and row.activity.state != ActivityState.CANCELLED:
        return Standing("您的出席情况", "办公室还没有登记。如有疑问，请联系办公室。")
    text = f"（{row.reason}）" if row.reason else ""
    tone = ATTENDANCE_TONES[AttendanceState(row.state)]
    return Standing("您的出席情况", f"{row.get_state_display()}{text}", "info" if tone == "neutral" else tone)


def away(row: Attendance) -> bool:
    return row.reply == Reply.LEAVE_ASKED or row.state == AttendanceState.LEAVE


def on_leave(row: Attendance) -> Standing:
    leave = LeaveRequest.objects.filter(activity_id=row.activity_id, member_id=row.member_id).first()
    buttons = []
    if leave is not None and leave.state in {LeaveState.ASKED, LeaveState.GRANTED}:
        back = reverse("leave_act", args=[leave.pk, "withdraw"])
        buttons.append(Link("撤回请假，我能参加", back, icon="arrow-counterclockwise", post=True))
    if row.state == AttendanceState.LEAVE:
        return Standing("您已请假", row.reason, "success", buttons)
    return Standing("您的请假申请正在等待审批", leave.reason if leave else "", "warning", buttons)


def accepted(activity: Activity, row: Attendance) -> Standing:
    title = "您已报名" if signs_up(activity) else "您已登记参加"
    return Standing(title, "请准时到场。", "success", [way_out(activity)])


def in_line(activity: Activity, row: Attendance) -> Standing:
    text = "有人退出时按顺序递补，并通知您。"
    return Standing(f"您已报名，现为第{reach.position(row)}候补", text, "warning", [way_out(activity)])


def refused(activity: Activity, row: Attendance) -> Standing:
    if not signs_up(activity):
        yes = Link("我能参加", reply_url(activity, "accept"), "primary", "check-lg", post=True)
        return Standing("办公室登记您不参加", when(activity), "warning", [yes])
    return offer(activity, "您已登记为不参加", refuse=False)


def unanswered(activity: Activity, row: Attendance) -> Standing:
    if row.asked_again_at is not None:
        again = Link("仍然参加", reply_url(activity, "accept"), "primary", "check-lg", post=True)
        return Standing("时间或地点有变，请重新确认", when(activity), "warning", [again, way_out(activity)])
    if signs_up(activity):
        return offer(activity, refuse=True)
    yes = Link("我参加", reply_url(activity, "accept"), "primary", "check-lg", post=True)
    return Standing("邀请您参加这次活动，请答复", when(activity), "info", [yes, way_out(activity)])


BY_REPLY: dict[Reply, Callable[[Activity, Attendance], Standing]] = {
    Reply.NONE: unanswered,
    Reply.ACCEPTED: accepted,
    Reply.DECLINED: refused,
    Reply.WAITING: in_line,
}


def offer(activity: Activity, title: str = "这次活动可以报名", *, refuse: bool = False) -> Standing:
    """Signing up, with what is left and until when; after the closing day only the refusal and its reason."""
    answer = reach.sign_up_open(activity)
    if not answer:
        return Standing("报名已经截止", answer.reason, "warning")
    label = "报名候补" if reach.free(activity) == 0 else "我要报名"
    buttons = [Link(label, reply_url(activity, "accept"), "primary", "check-lg", post=True)]
    if refuse:
        buttons.append(Link("不参加", reply_url(activity, "decline"), "secondary", post=True))
    return Standing(title, "；".join([when(activity), *places(activity)]), "info", buttons)


def places(activity: Activity) -> list[str]:
    """Words about places and the closing day."""
    words = []
    if activity.capacity is not None:
        left = reach.free(activity)
        words.append(f"名额 {activity.capacity} 人，{f'还剩 {left} 人' if left else '已满，可以候补'}")
    if activity.sign_up_until:
        words.append(f"报名截止 {cn_datetime(activity.sign_up_until)}")
    return words


def way_out(activity: Activity) -> Link:
    """Not coming: sign-up is taken back at a press, a duty to attend asks for leave."""
    if signs_up(activity):
        return Link("取消报名", reply_url(activity, "decline"), "secondary", "x-lg", post=True)
    return Link("申请请假", reverse("activity_leave", args=[activity.pk]), "secondary", "calendar-x")


def signs_up(activity: Activity) -> bool:
    return activity.joining == Joining.SIGN_UP


def reply_url(activity: Activity, answer: str) -> str:
    return reverse("activity_reply", args=[activity.pk, answer])


def calendar_link(activity: Activity) -> Link:
    return Link("加入日历", reverse("activity_ics", args=[activity.pk]), "secondary", "calendar-plus")


def when(activity: Activity) -> str:
    return f"{cn_datetime(activity.starts_at)}{f'，{activity.place}' if activity.place else ''}"


# --- the office's list -------------------------------------------------------------------------------------------
def handed_out(activity: Activity) -> QuerySet[Material]:
    """Materials everybody who sees the activity may open."""
    return activity.materials.filter(shared=True).select_related("file")


@dataclass(frozen=True)
class Show:
    """One way to look at the list: a figure, and the rows behind it."""

    key: str
    label: str
    holds: Callable[[Attendance], bool]


def is_invited(row: Attendance) -> bool:
    return row.state == AttendanceState.INVITED


SHOWS = (
    Show("", "名单", lambda row: True),
    Show("unread", "未读", lambda row: row.read_at is None and is_invited(row)),
    Show("unanswered", "未答复", lambda row: row.reply == Reply.NONE and is_invited(row)),
    Show("accepted", "参加", lambda row: row.reply == Reply.ACCEPTED and row.state != AttendanceState.LEAVE),
    Show("waiting", "候补", lambda row: row.reply == Reply.WAITING),
    Show("declined", "不参加", lambda row: row.reply == Reply.DECLINED),
    Show("leave", "请假", lambda row: away(row)),
    Show("again", "待重新确认", lambda row: row.asked_again_at is not None and row.reply == Reply.NONE),
)
ALWAYS = {"", "unread", "unanswered", "accepted"}


@dataclass(frozen=True)
class Figure:
    label: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True)
class Line:
    """One member on the office's list. `mine`: this user may answer for them."""

    row: Attendance
    read: str
    reply: str
    tone: str
    note: str
    leave: LeaveRequest | None
    mine: bool


@dataclass(frozen=True)
class Overview:
    """The page of answers."""

    figures: list[Figure]
    lines: list[Line]
    label: str
    remindable: dict[str, int] = field(default_factory=dict)


def overview(user: Any, activity: Activity, show: str) -> Overview:
    rows = selectors.roll(activity)
    wanted = next((each for each in SHOWS if each.key == show), SHOWS[0])
    figures = [figure(activity, each, rows, wanted) for each in SHOWS]
    lines = [each for each in lines_of(user, activity, rows) if wanted.holds(each.row)]
    shown = [each for each in figures if each.count or each.label == wanted.label or each.label in labels(ALWAYS)]
    counts = {each.key: sum(map(each.holds, rows)) for each in SHOWS if each.key in REMINDABLE}
    return Overview(shown, lines, wanted.label, counts)


REMINDABLE = ("unread", "unanswered")


def labels(keys: set[str]) -> set[str]:
    return {each.label for each in SHOWS if each.key in keys}


def figure(activity: Activity, each: Show, rows: list[Attendance], wanted: Show) -> Figure:
    here = reverse("activity_invitations", args=[activity.pk])
    url = f"{here}?{urlencode({'show': each.key})}" if each.key else here
    return Figure(each.label, sum(map(each.holds, rows)), url, each is wanted)


def lines_of(user: Any, activity: Activity, rows: list[Attendance]) -> list[Line]:
    mine = set(reach.lines(user, activity).values_list("pk", flat=True))
    asked = {leave.member_id: leave for leave in activity.leave_requests.order_by("pk")}
    order = {pk: place for place, pk in enumerate(reach.waiting(activity).values_list("pk", flat=True), 1)}
    return [line(row, asked.get(row.member_id), order.get(row.pk), row.pk in mine) for row in rows]


def line(row: Attendance, leave: LeaveRequest | None, place: int | None, mine: bool) -> Line:
    reply, tone = said(row, place)
    read = cn_datetime(row.read_at) if row.read_at else "未读"
    return Line(row, read, reply, tone, remark(row), leave, mine)


def said(row: Attendance, place: int | None) -> tuple[str, str]:
    """The answer in words with its colour."""
    if row.state == AttendanceState.LEAVE:
        return "已准假", "info"
    if row.reply == Reply.WAITING:
        return f"第{place}候补", "info"
    if row.asked_again_at is not None and row.reply in {Reply.NONE, Reply.ACCEPTED}:
        return ("待重新确认", "warning") if row.reply == Reply.NONE else ("已重新确认", "success")
    return Reply(row.reply).label, REPLY_TONES[Reply(row.reply)]


def remark(row: Attendance) -> str:
    parts = [] if row.member.user_id else ["没有账号，请电话通知"]
    if row.answered_at and row.reply != Reply.NONE:
        parts.append(f"{cn_datetime(row.answered_at)} 答复")
    if row.reminded_at:
        parts.append(f"{cn_datetime(row.reminded_at)} 提醒过")
    return "；".join(parts)


def type_warnings(activity: Activity, invited: int) -> list[str]:
    """What the type of the activity asks of an invitation and this one does not do (主席约谈: 4—6 人)."""
    kind = activity.type
    found = []
    if kind.invitees_min and invited < kind.invitees_min:
        found.append(f"“{kind.label}”每次至少邀请 {kind.invitees_min} 名委员，现有 {invited} 名。")
    if kind.invitees_max and invited > kind.invitees_max:
        found.append(f"“{kind.label}”每次至多邀请 {kind.invitees_max} 名委员，现有 {invited} 名。")
    return found


def sheet(overview: Overview) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the workbook: what the page shows."""
    rows = [
        [each.row.member.name, str(each.row.member.group or ""), each.read, each.reply, each.row.reason, each.note]
        for each in overview.lines
    ]
    return ["姓名", "联络组", "阅读", "答复", "事由", "备注"], rows


def readers(activity: Activity) -> list[tuple[int, int]]:
    """(version, how many opened it) of every notice."""
    counted = activity.notices.annotate(count=Count("receipts")).order_by("-number")
    return list(counted.values_list("number", "count"))


def head_links(user: Any, activity: Activity) -> list[Link]:
    links = [Link("参加人员", reverse("activity_participants", args=[activity.pk]), icon="people")]
    if not permissions.can_invite(user, activity):
        return []
    if permissions.can_edit(user, activity):
        links.append(Link("材料", reverse("activity_materials", args=[activity.pk]), icon="paperclip"))
    if permissions.can_edit(user, activity) and reach.still_to_come(activity):
        label = "更新通知" if activity.notices.exists() else "编写通知"
        links.insert(0, Link(label, reverse("activity_notice", args=[activity.pk]), "primary", "envelope-plus"))
    return links


def may_remind(user: Any, activity: Activity, editable: Permission) -> bool:
    return bool(editable) and bool(reach.still_to_come(activity))
