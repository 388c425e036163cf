"""Activities as calendar files (RFC 5545) that open right in the calendars of phones, Outlook and WPS.

A calendar link needs no sign-in, so a file says as little as possible: what, when, where, which office; no names of
people. The same activities always give the same bytes, so that “has it changed?” can be answered by comparing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from activities.enums import ActivityState
from activities.models import Activity

ZONE = ZoneInfo("Asia/Shanghai")
CONTENT_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class Entry:
    """One activity in a calendar. `note` is what the owner of the calendar should know, e.g. the own answer."""

    activity: Activity
    note: str = ""
    is_open: bool = False


def calendar(name: str, entries: Iterable[Entry], *, minutes: int, link: Callable[[str], str]) -> bytes:
    """`minutes`: how long an activity without an end takes; `link` makes a full address of a path."""
    file = Calendar()
    file.add("prodid", "-//Liaison//Activities//ZH")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", name)
    file.add("x-wr-timezone", ZONE.key)
    # How often to look again: one name for the standard (RFC 7986), one for Outlook.
    file.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    file.add("x-published-ttl", "PT1H")
    file.add_component(china_time())
    for entry in entries:
        file.add_component(event(entry, minutes=minutes, link=link))
    return file.to_ical()


def china_time() -> Timezone:
    """China has had one zone without summer time since 1991; nothing older is in the portal."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1991, 9, 15, 0, 0))
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=8))
    standard.add("tzname", "CST")
    zone = Timezone()
    zone.add("tzid", ZONE.key)
    zone.add_component(standard)
    return zone


def event(entry: Entry, *, minutes: int, link: Callable[[str], str]) -> Event:
    activity = entry.activity
    starts = activity.starts_at.astimezone(ZONE)
    ends = (activity.ends_at or activity.starts_at + timedelta(minutes=minutes)).astimezone(ZONE)
    changed = activity.updated_at.astimezone(UTC).replace(microsecond=0)
    url = link(activity.get_absolute_url())
    found = Event()
    found.add("uid", uid(activity))
    found.add("dtstamp", changed)
    found.add("last-modified", changed)
    found.add("sequence", activity.version)
    found.add("dtstart", starts)
    found.add("dtend", ends)
    found.add("summary", summary(activity))
    if activity.place:
        found.add("location", activity.place)
    found.add("description", "\n".join(description(entry, url)))
    found.add("url", url)
    found.add("status", status(entry))
    found.add("transp", "TRANSPARENT" if activity.state == ActivityState.CANCELLED else "OPAQUE")
    return found


def status(entry: Entry) -> str:
    """A place on the waiting list, a question still open: not yet certain."""
    if entry.activity.state == ActivityState.CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if entry.is_open else "CONFIRMED"


def uid(activity: Activity) -> str:
    """The same for ever and different from that of any other portal's activity: the moment it was made tells."""
    return f"activity-{activity.pk}-{int(activity.created_at.timestamp() * 1000)}@liaison"


def summary(activity: Activity) -> str:
    """Some calendars do not show that an event is cancelled, so the title says it too."""
    return f"（已取消）{activity.title}" if activity.state == ActivityState.CANCELLED else activity.title


def description(entry: Entry, url: str) -> list[str]:
    activity = entry.activity
    lines = [f"{activity.type.label} · {activity.office.short_name}", entry.note]
    if activity.ends_at is None:
        lines.append("结束时间未定")
    return [line for line in [*lines, url] if line]
