"""Whom a survey asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from accounts.roles import Can
from members.models import Member
from organisation.models import LiaisonGroup
from organisation.selectors import descend, grants
from surveys.enums import Audience
from surveys.models import Survey


def members(survey: Survey) -> QuerySet[Member]:
    """Serving members the survey asks, by pinyin; nobody for a survey of the public."""
    within = Member.objects.serving().filter(office_id__in=descend(survey.office_id))
    if survey.audience == Audience.MEMBERS:
        return within
    if survey.audience == Audience.GROUPS:
        return within.filter(group__in=survey.groups.all())
    if survey.audience == Audience.CHOSEN:
        return within.filter(pk__in=survey.chosen.values("pk"))
    return Member.objects.none()


def groups(office_id: int) -> QuerySet[LiaisonGroup]:
    """Groups on offer: those of the office and the offices below it."""
    rows = LiaisonGroup.objects.filter(office_id__in=descend(office_id), is_active=True)
    return rows.select_related("office").order_by("office__code", "order", "pk")


def named_by(user: Any, ids: Iterable[int]) -> list[Member]:
    """Those of the ids the user's offices look after: another page may hand over the participants of its activity."""
    where = grants(user).where(Can.VIEW_MEMBERS)
    return list(Member.objects.serving().filter(pk__in=list(ids), office_id__in=where))
