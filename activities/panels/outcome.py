"""Minutes, what came of it, and photos."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from activities.models import Activity, Photo
from activities.panels import Check, Panel, Part, Sight, register
from core import components
from core.pages import Link


def minutes_links(sight: Sight) -> list[Link]:
    return [Link("活动记录", sight.edit_url("activity_minutes"), icon="journal-text")]


def minutes_checks(sight: Sight) -> list[Check]:
    written = sight.activity.minutes
    text = f"{len(written)} 字" if written else "还没有填写"
    return [Check("活动记录", bool(written), text, sight.edit_url("activity_minutes"))]


def minutes_panels(sight: Sight) -> list[Panel]:
    activity, given = sight.activity, quantities(sight.activity)
    if not (activity.minutes or activity.outcome or given):
        return []
    return [Panel("activities/_minutes.html", {"activity": activity, "quantities": given})]


def quantities(activity: Activity) -> list[tuple[str, Any]]:
    """Only those that were given."""
    known = [("时长", activity.hours, "小时"), ("走访", activity.households, "户"), ("资料", activity.copies, "份"),
             ("金额", activity.amount, "元")]  # fmt: skip
    return [(label, f"{value:,} {unit}".replace(".0 ", " ")) for label, value, unit in known if value is not None]


def photo_links(sight: Sight) -> list[Link]:
    return [Link("照片", sight.edit_url("activity_photos"), icon="images")]


def photo_checks(sight: Sight) -> list[Check]:
    count = len(photos_of(sight))
    text = f"{count} 张" if count else "还没有照片"
    return [Check("照片", bool(count), text, sight.edit_url("activity_photos"))] if sight.staff else []


def photo_panels(sight: Sight) -> list[Panel]:
    photos = [shown_photo(each) for each in photos_of(sight)]
    return [Panel("activities/_photos.html", {"photos": photos})] if photos else []


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
