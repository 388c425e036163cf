"""Where apps that do not know each other meet: what one page offers of another app."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from activities import panels
from activities.enums import ActivityState
from core.pages import Link
from surveys.permissions import can_create


def survey_links(sight: panels.Sight) -> list[Link]:
    """After an activity: ask those who were on its list. Members travel as plain ids."""
    if sight.activity.state != ActivityState.HELD or not sight.rows or not can_create(sight.user):
        return []
    query = {"members": ",".join(str(row.member_id) for row in sight.rows), "title": f"{sight.activity}反馈问卷"}
    return [Link("做反馈问卷", f"{reverse('survey_new')}?{urlencode(query)}", icon="ui-checks")]


def install() -> None:
    panels.register(panels.Part("survey", 95, links=survey_links))
