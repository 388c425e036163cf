"""Minutes, what came of it, and photos."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from activities import evidence
from activities.defaults import QUANTITY
from activities.enums import ActivityState
from activities.models import Activity, Photo
from activities.panels import Check, Panel, Part, Sight, register
from activities.permissions import followup as record_rights
from core import components
from core.pages import Link
from organisation.selectors import code_labels


def given(sight: Sight) -> dict[str, bool]:
    """Code of each piece of evidence the type asks for → whether it is there. Read once for all parts."""
    if not hasattr(sight, "evidence"):
        sight.evidence = {each.code: there for each, there in evidence.of_activity(sight.activity)}
    return sight.evidence


def supplement_url(sight: Sight, name: str) -> str:
    """The address of a page that a summarised activity still takes; empty for those who may not write."""
    may = record_rights.can_supplement(sight.user, sight.activity)
    return reverse(name, args=[sight.activity.pk]) if may else ""


# --- minutes -----------------------------------------------------------------------------------------------------
def minutes_links(sight: Sight) -> list[Link]:
    return [Link("活动记录", sight.edit_url("activity_minutes"), icon="journal-text")]


def minutes_checks(sight: Sight) -> list[Check]:
    written = sight.activity.minutes
    if not (written or "minutes" in given(sight)):
        return []
    text = f"{len(written)} 字" if written else "还没有填写"
    return [Check("活动记录", bool(written), text, sight.edit_url("activity_minutes"))]


def minutes_panels(sight: Sight) -> list[Panel]:
    activity, amounts = sight.activity, quantities(sight.activity)
    if not (activity.minutes or activity.outcome or amounts):
        return []
    versions = reverse("minutes_versions", args=[activity.pk]) if sight.staff and activity.minutes else ""
    context = {"activity": activity, "quantities": amounts, "versions_url": versions}
    return [Panel("activities/_minutes.html", context)]


def quantities(activity: Activity) -> list[tuple[str, Any]]:
    """Only those that were given; the further ones with the unit their name ends with (结成帮扶对子（对）)."""
    known = [("时长", activity.hours, "小时"), ("走访", activity.households, "户"), ("资料", activity.copies, "份"),
             ("金额", activity.amount, "元")]  # fmt: skip
    shown = [(label, f"{value:,} {unit}".replace(".0 ", " ")) for label, value, unit in known if value is not None]
    further = list(activity.quantities.all())
    labels = code_labels(QUANTITY) if further else {}
    return shown + [(labels.get(row.kind, row.kind), f"{row.value:,.2f}".removesuffix(".00")) for row in further]


# --- photos ------------------------------------------------------------------------------------------------------
def photo_links(sight: Sight) -> list[Link]:
    return [Link("照片", sight.edit_url("activity_photos"), icon="images")]


def photo_checks(sight: Sight) -> list[Check]:
    count = len(photos_of(sight))
    if not sight.staff or not (count or "photos" in given(sight)):
        return []
    text = f"{count} 张" if count else "还没有照片"
    return [Check("照片", bool(count), text, supplement_url(sight, "activity_photos"))]


def photo_panels(sight: Sight) -> list[Panel]:
    photos = [shown_photo(each) for each in photos_of(sight)]
    later = supplement_url(sight, "activity_photos") if sight.activity.state == ActivityState.SUMMARISED else ""
    return [Panel("activities/_photos.html", {"photos": photos, "url": later})] if photos else []


def photos_of(sight: Sight) -> list[Photo]:
    """Read once for the checklist and the panel."""
    rows = sight.activity.photos
    if not hasattr(sight, "photos"):
        sight.photos = list(rows.select_related("thumbnail"))
    return sight.photos


def shown_photo(photo: Photo) -> components.Photo:
    return components.Photo(
        thumb_url=reverse("photo_thumbnail", args=[photo.pk]),
        url=reverse("photo", args=[photo.pk]),
        alt=photo.caption or "活动照片",
        caption=photo.caption,
    )


def install() -> None:
    register(Part("minutes", 40, links=minutes_links, checks=minutes_checks, panels=minutes_panels))
    register(Part("photos", 50, links=photo_links, checks=photo_checks, panels=photo_panels))
