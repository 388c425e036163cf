"""What is typed about an invitation: the notice, a request for leave."""

from __future__ import annotations

from typing import Any

from django import forms

from activities.enums import Joining
from activities.models import Activity, ActivityNotice
from core.prose import ProseField
from core.templatetags.ui import cn_datetime


class NoticeForm(forms.Form):
    """One version of the notice."""

    body = ProseField(label="通知正文", rows=8, error_messages={"required": "请填写通知正文。"})
    agenda = ProseField(label="议程", rows=6, required=False, help_text="一行一项。没有议程可以不填。")


def notice_initial(activity: Activity, newest: ActivityNotice | None) -> dict[str, Any]:
    """The version in force to work on; else a first text from the activity's own data."""
    if newest is not None:
        return {"body": newest.body, "agenda": newest.agenda}
    joins = activity.joining == Joining.SIGN_UP
    until = f"请于{cn_datetime(activity.sign_up_until)}前报名" if activity.sign_up_until else "请在平台报名"
    room = f"，名额 {activity.capacity} 人，报满后自动候补" if activity.capacity else ""
    lines = [
        f"定于{cn_datetime(activity.starts_at)}开展“{activity.title}”，{f'{until}{room}' if joins else '请准时参加'}。",
        f"地点：{activity.place}" if activity.place else "",
        f"内容：{activity.content}" if activity.content else "",
        f"联系人：{activity.responsible}" if activity.responsible else "",
    ]
    return {"body": "\n".join(line for line in lines if line)}


class LeaveForm(forms.Form):
    """Why a member cannot come."""

    reason = forms.CharField(
        label="请假事由", max_length=120, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请填写请假事由。"},
    )  # fmt: skip
