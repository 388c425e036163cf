"""The notice, who holds the activity together, how one joins, and what the office still waits for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from activities import permissions, reach
from activities.enums import ActivityState, AttendanceState, Joining, Reply
from activities.models import ActivityNotice
from activities.pages.invitations import handed_out, places, type_warnings
from activities.panels import Check, Panel, Part, Sight, register
from core.clock import chinese_date
from core.pages import Link


def newest(sight: Sight) -> ActivityNotice | None:
    """Read once for the checklist and the panel."""
    if not hasattr(sight, "notice"):
        sight.notice = sight.activity.notices.select_related("published_by").first()
    return sight.notice


def answers_url(sight: Sight) -> str:
    """Empty for those who may not see names."""
    return reverse("activity_invitations", args=[sight.activity.pk]) if sight.staff else ""


def links(sight: Sight) -> list[Link]:
    return [Link("通知与答复", answers_url(sight), icon="envelope-check")]


def checks(sight: Sight) -> list[Check]:
    """Only while it matters: nobody writes a notice for what is over."""
    notice, rows = newest(sight), sight.rows
    if sight.activity.state != ActivityState.PREPARING and notice is None:
        return []
    read = sum(row.read_at is not None for row in rows)
    text = f"第{notice.number}版，{read}/{len(rows)} 人已读" if notice else "还没有发布"
    moved = notice is not None and notice.is_outdated(sight.activity)
    text = f"第{notice.number}版写的是变动前的时间地点，请重新发布" if moved else text
    found = [Check("通知", notice is not None and not moved, text, answers_url(sight))]
    must = sight.activity.joining == Joining.MUST_ATTEND
    if rows and must and sight.activity.state == ActivityState.PREPARING:
        open_rows = sum(row.reply == Reply.NONE and row.state == AttendanceState.INVITED for row in rows)
        text = f"还有 {open_rows} 人未答复" if open_rows else "已全部答复"
        found.append(Check("答复", not open_rows, text, answers_url(sight)))
    warned = type_warnings(sight.activity, len(rows)) if rows else []
    if sight.activity.type.notice_days:
        found.append(in_time(sight))
    return found + [Check("邀请人数", False, text, answers_url(sight)) for text in warned]


def in_time(sight: Sight) -> Check:
    """Whether the first notice came out as many days before as the type asks (主席约谈: 提前两周)."""
    activity, days = sight.activity, sight.activity.type.notice_days
    first = activity.notices.order_by("number").first()
    latest = timezone.localdate(activity.starts_at) - timedelta(days=days)
    if first is None:
        return Check("提前通知", False, f"应在{chinese_date(latest)}以前发出（提前 {days} 天）", answers_url(sight))
    sent = timezone.localdate(first.published_at)
    return Check("提前通知", sent <= latest, f"{chinese_date(sent)}发出，要求提前 {days} 天", answers_url(sight))


def panels(sight: Sight) -> list[Panel]:
    notice, materials = newest(sight), list(handed_out(sight.activity))
    found = []
    if notice or materials:
        moved = notice is not None and notice.is_outdated(sight.activity)
        found.append(Panel("activities/_notice.html", {"notice": notice, "materials": materials, "moved": moved}))
    if pairs := facts(sight):
        found.append(Panel("activities/_joining.html", {"facts": pairs}, side=True))
    return found


def facts(sight: Sight) -> list[tuple[str, Any]]:
    activity = sight.activity
    pairs: list[tuple[str, Any]] = []
    if activity.joining == Joining.SIGN_UP:
        who = "全体委员" if activity.open_to_all else "邀请的委员"
        pairs += [("参加方式", f"报名参加（{who}）"), ("已报名", f"{reach.taken(activity)} 人")]
        pairs += [("名额和时间", "；".join(places(activity)))] if places(activity) else []
    together = [office.short_name for office in reach.holders(activity)]
    return pairs + ([("共同举办", "、".join(together))] if len(together) > 1 else [])


def partner_links(sight: Sight) -> list[Link]:
    """For staff of a partner office, who cannot change the activity itself."""
    if not permissions.can_invite(sight.user, sight.activity):
        return []
    pk = sight.activity.pk
    return [
        Link("参加人员", reverse("activity_participants", args=[pk]), icon="people"),
        Link("登记出席", reverse("activity_attendance", args=[pk]), icon="check2-square"),
        Link("通知与答复", reverse("activity_invitations", args=[pk]), icon="envelope-check"),
    ]


def install() -> None:
    register(Part("invitations", 20, links=links, checks=checks, panels=panels))
