"""Two years of activities: what was planned and what came up, with attendance, minutes and photos."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from activities import services
from activities.defaults import RECORDS
from activities.enums import AttendanceState
from activities.models import Activity, ActivityType
from activities.services import Mark, PhotoNote
from dashboard.demo import past, photos, texts
from dashboard.demo.setting import OFFICES, Setting
from members.models import Member

LATEST, EARLIEST = timedelta(hours=3), timedelta(days=12)
LEAVE = ("外出开会", "单位有紧急任务", "身体不适", "家中有事", "外出学习", "照顾老人")
#: Of a hundred invited: present, late, left early, on leave, absent.
TURNOUT = (84, 4, 2, 7, 3)
SEEN = (AttendanceState.PRESENT, AttendanceState.LATE, AttendanceState.LEFT_EARLY, AttendanceState.LEAVE,
        AttendanceState.ABSENT)  # fmt: skip
#: Whoever is on the list was visited, or has written or given it.
CREDITED = frozenset({"visit_member", *(code for code, _, _ in RECORDS)})


@dataclass(frozen=True)
class Happening:
    """One activity of the content files."""

    office: str
    year: int
    month: int
    kind: str
    values: dict[str, Any]
    topic: str = ""
    content: str = ""

    @property
    def starts_at(self) -> datetime:
        return past.moment(self.year, self.month, self.values["day"], self.values.get("hour", 9))


def happenings(setting: Setting) -> Iterator[Happening]:
    """Planned and unplanned, except those that were left undone on purpose."""
    for office in OFFICES:
        content = texts.read(office)
        for year, key in ((setting.last_year, "last"), (setting.year, "this")):
            for each in [*content[key]["items"], *content[key]["extra"]]:
                if not each["activity"].get("never"):
                    told = {name: each.get(name, "") for name in ("topic", "content")}
                    yield Happening(office, year, each["month"], each["kind"], each["activity"], **told)


def build(setting: Setting) -> None:
    """Past months are over, this month and the next are being prepared, the rest is still only planned."""
    chance, types = setting.chance("activities"), {each.code: each for each in ActivityType.objects.all()}
    for each in sorted(happenings(setting), key=lambda each: each.starts_at):
        is_near = each.year == setting.year and each.month in (setting.month, setting.month + 1)
        if setting.is_past(each.year, each.month):
            hold(setting, each, prepare(setting, each, types, chance), chance)
        elif is_near:
            prepare(setting, each, types, chance)


def prepare(setting: Setting, each: Happening, types: dict[str, ActivityType], chance: Random) -> Activity:
    """Registered and announced some days before."""
    by, values = setting.staff(each.office), each.values
    first_of_month = past.moment(each.year, each.month, 1, 8)
    with past.on(max(each.starts_at - EARLIEST, first_of_month - EARLIEST)):
        basics = {
            "type": types[each.kind], "title": values["title"], "place": values["place"],
            "starts_at": each.starts_at, "ends_at": each.starts_at + length(values), "content": content_of(each),
            "responsible": values["responsible"], "guests": values.get("guests", ""),
            "item_lineage": setting.lineages.get((each.office, each.year, each.topic)),
        }  # fmt: skip
        activity = services.create(by=by, office=setting.offices[each.office], values=basics)
        services.invite(by=by, activity=activity, members=invited(setting, each, chance))
    return activity


def length(values: dict[str, Any]) -> timedelta:
    """Days of more than ten hours are nights in between: those end on the first day's evening on paper."""
    return timedelta(hours=min(float(values.get("hours", 3)), 9))


def content_of(each: Happening) -> str:
    return each.content or f"{each.values['title']}，听取意见，交流情况。"


def invited(setting: Setting, each: Happening, chance: Random) -> list[Member]:
    """As many as the content says, else everybody of the office (of all offices for the county)."""
    pool = setting.everybody() if each.office == "county" else setting.members[each.office]
    share = each.values.get("share")
    return sorted(chance.sample(pool, share), key=lambda member: member.member_no) if share else pool


# --- what became of it -------------------------------------------------------------------------------------------
def hold(setting: Setting, each: Happening, activity: Activity, chance: Random) -> None:
    by = setting.staff(each.office)
    if reason := each.values.get("cancel"):
        with past.on(each.starts_at - timedelta(days=1)):
            services.step(by=by, activity=activity, action="cancel", reason=reason)
        return
    with past.on(activity.ends_at + LATEST):
        services.step(by=by, activity=activity, action="hold")
        call_roll(each, activity, by, chance)
    if is_unfinished(setting, each):
        return
    with past.on(activity.ends_at + timedelta(days=2)):
        write_up(each, activity, by, chance)
        services.step(by=by, activity=activity, action="summarise")


def is_unfinished(setting: Setting, each: Happening) -> bool:
    """What was held late last month still waits for its minutes: something for the clerk to do."""
    before = (setting.year, setting.month - 1)
    return (each.year, each.month) == before and each.values["day"] > 20 and each.office != "county"


def call_roll(each: Happening, activity: Activity, by: Any, chance: Random) -> None:
    rows = list(activity.attendances.order_by("member__member_no"))
    marks = {row.pk: mark(each, chance) for row in rows}
    services.save_roll(by=by, activity=activity, opened={row.pk: Mark(row.state) for row in rows}, marks=marks)


def mark(each: Happening, chance: Random) -> Mark:
    if each.kind in CREDITED:
        return Mark(AttendanceState.PRESENT)
    state = chance.choices(SEEN, TURNOUT)[0]
    return Mark(state, chance.choice(LEAVE) if state == AttendanceState.LEAVE else "")


def write_up(each: Happening, activity: Activity, by: Any, chance: Random) -> None:
    values = {name: each.values.get(name) for name in ("households", "copies")}
    for name in ("hours", "amount"):
        given = each.values.get(name)
        values[name] = None if given is None else Decimal(str(given))
    texts_of = {name: each.values[name].strip() for name in ("minutes", "outcome")}
    came_to = {kind: Decimal(value) for kind, value in each.values.get("results", {}).items()} or None
    services.save_results(by=by, activity=activity, version=None, values={**values, **texts_of}, quantities=came_to)
    add_photos(each, activity, by, chance)


def add_photos(each: Happening, activity: Activity, by: Any, chance: Random) -> None:
    count = each.values.get("photos", 0)
    if not count:
        return
    uploads = [
        SimpleUploadedFile(f"现场{number}.jpg", photos.draw(each.kind, chance), "image/jpeg")
        for number in range(1, count + 1)
    ]
    kept, _ = services.add_photos(by=by, activity=activity, uploads=uploads)
    captions = photos.captions(each.kind, each.values["title"])
    notes = {photo.pk: PhotoNote(captions[place % len(captions)], place == 0) for place, photo in enumerate(kept)}
    services.arrange_photos(by=by, activity=activity, notes=notes)
