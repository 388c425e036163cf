"""An activity on one page: its head, and what the parts of `activities.panels` add."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.roles import Can
from activities import panels, permissions
from activities.enums import ActivityState
from activities.models import Activity
from activities.pages.heads import HOME
from activities.pages.invitations import standing
from activities.panels import Sight, invitations
from activities.permissions import followup as record_rights
from activities.workflow import FLOW
from core.pages import Link, Page
from core.workflow import Action, WorkflowEvent, history
from organisation.selectors import grants


def detail(user: Any, activity: Activity) -> dict[str, Any]:
    """Everything on an activity's page, as far as this user may see it."""
    sight, events = Sight(user, activity), history(activity)
    shown = panels.gathered("panels", sight)
    return {
        "page": detail_page(sight),
        "activity": activity,
        "actions": actions(sight),
        "checks": panels.gathered("checks", sight) if sight.staff else [],
        "own": standing(sight),
        "main": [panel for panel in shown if not panel.side],
        "side": [panel for panel in shown if panel.side],
        "events": events if sight.staff else [],
        "why_cancelled": why_cancelled(activity, events),
    }


def actions(sight: Sight) -> list[Action]:
    """Denied ones are shown with the reason, except to a partner office: changing the activity is not its part."""
    if not sight.works or (not manages(sight) and permissions.can_invite(sight.user, sight.activity)):
        return []
    return FLOW.actions(sight.user, sight.activity, url=action_url(sight.activity))


def manages(sight: Sight) -> bool:
    return sight.activity.office_id in grants(sight.user).where(Can.EDIT_ACTIVITIES)


def action_url(activity: Activity) -> Any:
    return lambda name: reverse("activity_act", args=[activity.pk, name])


def detail_page(sight: Sight) -> Page:
    activity = sight.activity
    lead = f"{activity.type.label} · {activity.office.short_name}"
    links = tool_links(sight) if sight.works else []
    here = [HOME, ("活动", reverse("activity_list")), (activity.title, "")]
    return Page(activity.title, lead, here, links, badge=activity.state_text, badge_tone=activity.tone)


def tool_links(sight: Sight) -> list[Link]:
    """Where an activity is written to. One refusal for all of them is said once, at the first."""
    if not manages(sight) and (here := invitations.partner_links(sight)):
        return here
    answer = permissions.can_edit(sight.user, sight.activity)
    if not answer:
        return [Link("修改", "", icon="pencil", denied_reason=answer.reason), *supplement_links(sight)]
    return panels.gathered("links", sight)


def supplement_links(sight: Sight) -> list[Link]:
    """What a summarised activity still takes (补充材料)."""
    if not record_rights.can_supplement(sight.user, sight.activity):
        return []
    pk = sight.activity.pk
    return [
        Link("补充照片", reverse("activity_photos", args=[pk]), icon="images"),
        Link("补充材料", reverse("activity_materials", args=[pk]), icon="folder-plus"),
    ]


def why_cancelled(activity: Activity, events: list[WorkflowEvent]) -> str:
    if activity.state != ActivityState.CANCELLED:
        return ""
    return next((event.reason for event in reversed(events) if event.name == "cancel"), "")
