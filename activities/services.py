"""Every write about activities. Each is one transaction with its audit row; sentences in errors are for the user."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.roles import Can
from activities import permissions, selectors
from activities.enums import BEFOREHAND, ActivityState, AttendanceState
from activities.models import Activity, Attendance, Photo
from activities.workflow import FLOW
from audit.services import changes, record
from core import files
from core.clock import chinese_date
from core.errors import Conflict, DomainError
from core.models import StoredFile
from core.versions import editing
from members.models import Member
from notices.services import tell
from organisation.models import LiaisonGroup, Office
from organisation.selectors import can
from plans.models import ScheduledItem

#: What the form of basic data sets, and what the page of minutes sets.
BASICS = ("type", "title", "starts_at", "ends_at", "place", "content", "responsible", "guests", "item_lineage")
RESULTS = ("minutes", "outcome", "hours", "households", "copies", "amount")
MOST_PHOTOS = 200  # of one activity


# --- basic data --------------------------------------------------------------------------------------------------
def create(*, by: Any, office: Office, values: Mapping[str, Any], groups: Iterable[LiaisonGroup] = ()) -> Activity:
    """A new activity in preparation. `values` are BASICS. Raises Denied, DomainError."""
    can(by, Can.EDIT_ACTIVITIES, office).require()
    basics = {name: values[name] for name in BASICS}
    with transaction.atomic():
        activity = Activity(office=office, state=ActivityState.PREPARING, updated_by=by, **basics)
        check_basics(activity)
        activity.save()
        activity.groups.set(groups)
        record("activity.create", activity, by=by, detail={"planned": activity.is_planned})
    return activity


def update(
    *, by: Any, activity: Activity, version: int | None, values: Mapping[str, Any], groups: Iterable[LiaisonGroup] = ()
) -> Activity:
    """Saves BASICS; those invited are told of a new time or place. Raises Denied, Conflict, DomainError."""
    with editing(activity, version=version, by=by) as locked:
        permissions.can_edit(by, locked).require()
        before = {name: getattr(locked, name) for name in BASICS}
        for name in BASICS:
            setattr(locked, name, values[name])
        check_basics(locked)
        locked.groups.set(groups)
        after = {name: getattr(locked, name) for name in BASICS}
        record("activity.update", locked, by=by, detail=changes(before, after))
        moved = (before["starts_at"], before["place"]) != (locked.starts_at, locked.place)
        if moved and locked.state == ActivityState.PREPARING:
            tell_invited(locked, f"“{shortened(locked.title)}”的时间或地点有变动，现为{when_and_where(locked)}")
    return locked


def check_basics(activity: Activity) -> None:
    """Raises DomainError for what the database would refuse or a held activity must not lose."""
    if activity.ends_at and activity.ends_at < activity.starts_at:
        raise DomainError("结束时间不能早于开始时间。", field="ends_at")
    if activity.state == ActivityState.HELD:
        missing = permissions.unsettled(activity)
        if missing:
            raise DomainError(f"活动已登记为已开展，{'、'.join(missing)}不能为空。")
        if not activity.has_begun:
            raise DomainError("活动已登记为已开展，开始时间不能改到以后。", field="starts_at")
    if activity.item_lineage and not known_item(activity.office_id, activity.item_lineage):
        raise DomainError("这个计划项不属于本办公室的计划，请重新选择。", field="item")


def known_item(office_id: int, lineage: UUID) -> bool:
    return (
        ScheduledItem.objects.filter(plan__office_id=office_id, lineage=lineage).exclude(plan__state="draft").exists()
    )


def save_results(*, by: Any, activity: Activity, version: int | None, values: Mapping[str, Any]) -> Activity:
    """Minutes, outcome and quantities. Raises Denied, Conflict."""
    with editing(activity, version=version, by=by) as locked:
        permissions.can_edit(by, locked).require()
        before = {name: getattr(locked, name) for name in RESULTS}
        for name in RESULTS:
            setattr(locked, name, values[name])
        after = {name: getattr(locked, name) for name in RESULTS}
        record("activity.results", locked, by=by, detail=short_changes(before, after))
    return locked


def short_changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """As audit.changes, long texts only by their length."""
    found = changes(before, after)
    for name in {"minutes", "outcome"} & found.keys():
        found[name] = [f"{len(text)} 字" for text in found[name]]
    return found


def step(*, by: Any, activity: Activity, action: str, reason: str = "") -> str:
    """One transition; answers with the sentence to show. Raises StateChanged, Denied, DomainError."""
    with FLOW.step(activity, action, by=by, reason=reason) as locked:
        if action == "cancel":
            tell_invited(locked, f"活动取消：“{shortened(locked.title)}”（原定{when_and_where(locked)}）")
        if action == "restore":
            tell_invited(locked, f"活动恢复：“{shortened(locked.title)}”，{when_and_where(locked)}")
    return FLOW.transitions[action].done


@contextmanager
def open_for(activity: Activity, *, by: Any) -> Iterator[Activity]:
    """The activity's row, locked, for changes to what hangs on it. Raises Denied when it is closed by now."""
    with transaction.atomic():
        locked = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
        permissions.can_edit(by, locked).require()
        yield locked


# --- participants ------------------------------------------------------------------------------------------------
def invite(*, by: Any, activity: Activity, members: Collection[Member]) -> int:
    """Puts members on the list and tells them; those already there stay as they are. How many are new."""
    with open_for(activity, by=by) as locked:
        known = set(locked.attendances.values_list("member_id", flat=True))
        new = [member for member in members if member.pk not in known]
        Attendance.objects.bulk_create(Attendance(activity=locked, member=member) for member in new)
        if new:
            record("activity.invite", locked, by=by, detail={"members": [member.pk for member in new]})
            announce(locked, new)
    return len(new)


def announce(activity: Activity, members: Collection[Member]) -> None:
    """Only what is still to come: registering a past activity bothers nobody."""
    if activity.state == ActivityState.PREPARING and not activity.has_begun:
        people = [member.user for member in members if member.user_id]
        text = f"邀请您参加“{shortened(activity.title)}”：{when_and_where(activity)}"
        tell(people, text, url=activity.get_absolute_url())


def withdraw(*, by: Any, activity: Activity, attendances: Collection[int]) -> int:
    """Takes members off the list. Raises DomainError when one of them is already registered; then nobody is."""
    with open_for(activity, by=by) as locked:
        rows = list(locked.attendances.filter(pk__in=attendances).select_related("member__user"))
        registered = [row.member.name for row in rows if row.state != AttendanceState.INVITED]
        if registered:
            names = "、".join(registered[:5]) + ("等" if len(registered) > 5 else "")
            raise DomainError(f"{names}已有出席登记，不能移出。请先在“登记出席”中改为“未登记”。")
        locked.attendances.filter(pk__in=[row.pk for row in rows]).delete()
        if rows:
            record("activity.withdraw", locked, by=by, detail={"members": [row.member_id for row in rows]})
    return len(rows)


def tell_invited(activity: Activity, text: str) -> None:
    tell(selectors.accounts_of(activity), text, url=activity.get_absolute_url())


def shortened(title: str) -> str:
    return title if len(title) <= 40 else f"{title[:39]}…"


def when_and_where(activity: Activity) -> str:
    local = timezone.localtime(activity.starts_at)
    place = f"，{activity.place}" if activity.place else ""
    return f"{chinese_date(local.date())} {local:%H:%M}{place}"


# --- attendance --------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Mark:
    """What the sheet says about one member."""

    state: str
    reason: str = ""


def save_roll(*, by: Any, activity: Activity, opened: Mapping[int, Mark], marks: Mapping[int, Mark]) -> int:
    """Saves the rows of the sheet that this user changed since it was opened; how many.

    `opened` and `marks` are by attendance id. Rows others changed meanwhile stay as they are, so that two people
    (and check-ins) can work on one sheet. Raises Conflict when both changed the same row, Denied, DomainError.
    """
    with open_for(activity, by=by) as locked:
        rows = {row.pk: row for row in selectors.roll(locked)}
        touched = {pk: mark for pk, mark in marks.items() if pk in rows and mark != opened.get(pk)}
        refuse_early_marks(locked, touched.values())
        refuse_collisions(locked, rows, opened, touched)
        changed = [rows[pk] for pk, mark in touched.items() if mark != stored_mark(rows[pk])]
        record_marks(locked, changed, touched, by=by)
    return len(changed)


def stored_mark(row: Attendance) -> Mark:
    return Mark(row.state, row.reason)


def refuse_early_marks(activity: Activity, marks: Iterable[Mark]) -> None:
    if not activity.has_begun and any(mark.state not in BEFOREHAND for mark in marks):
        raise DomainError("活动还没有开始，现在只能登记请假。")


def refuse_collisions(
    activity: Activity, rows: Mapping[int, Attendance], opened: Mapping[int, Mark], touched: Mapping[int, Mark]
) -> None:
    for pk, mark in touched.items():
        row = rows[pk]
        if stored_mark(row) not in (opened.get(pk, stored_mark(row)), mark):
            who = row.recorded_by.name if row.recorded_by else ""
            raise Conflict(current=row, version=activity.version, who=who, when=row.recorded_at)


def record_marks(activity: Activity, rows: list[Attendance], marks: Mapping[int, Mark], *, by: Any) -> None:
    if not rows:
        return
    before = {row.member_id: row.state for row in rows}
    for row in rows:
        row.state, row.reason = marks[row.pk].state, marks[row.pk].reason
        row.recorded_at, row.recorded_by = timezone.now(), by
    Attendance.objects.bulk_update(rows, ["state", "reason", "recorded_at", "recorded_by"], batch_size=500)
    detail = {str(row.member_id): [before[row.member_id], row.state] for row in rows}
    record("activity.attendance", activity, by=by, detail=detail)


# --- photos ------------------------------------------------------------------------------------------------------
def add_photos(*, by: Any, activity: Activity, uploads: Iterable[UploadedFile]) -> tuple[list[Photo], list[str]]:
    """(kept photos, one sentence per refused file). A bad file does not cost the good ones. Raises Denied."""
    permissions.can_edit(by, activity).require()
    kept: list[Photo] = []
    refused: list[str] = []
    with transaction.atomic():
        room = MOST_PHOTOS - activity.photos.count()
        for upload in uploads:
            try:
                if len(kept) >= room:
                    raise DomainError(f"一次活动最多 {MOST_PHOTOS} 张照片，“{files.clean_name(upload.name)}”没有保存。")
                kept.append(add_photo(activity, upload, by=by))
            except DomainError as error:
                refused.append(error.message)
        if kept:
            record("activity.photos", activity, by=by, detail={"photos": [photo.pk for photo in kept]})
    return kept, refused


def add_photo(activity: Activity, upload: UploadedFile, *, by: Any) -> Photo:
    with transaction.atomic():
        photo, thumbnail = files.accept_photo(upload, by=by)
        return Photo.objects.create(activity=activity, file=photo, thumbnail=thumbnail)


@dataclass(frozen=True)
class PhotoNote:
    caption: str = ""
    use_in_report: bool = False
    delete: bool = False


def arrange_photos(*, by: Any, activity: Activity, notes: Mapping[int, PhotoNote]) -> tuple[int, int]:
    """(changed, deleted): captions, which photos go into reports, which go away with their files. Raises Denied."""
    with open_for(activity, by=by):
        photos = list(activity.photos.select_for_update(of=("self",)).select_related("file").filter(pk__in=notes))
        gone = [photo for photo in photos if notes[photo.pk].delete]
        changed = [photo for photo in photos if photo not in gone and noted(photo, notes[photo.pk])]
        Photo.objects.bulk_update(changed, ["caption", "use_in_report"])
        if changed or gone:
            detail = {"changed": [photo.pk for photo in changed], "deleted": [photo.file.sha256 for photo in gone]}
            record("activity.photos", activity, by=by, detail=detail)
        remove(gone)
    return len(changed), len(gone)


def noted(photo: Photo, note: PhotoNote) -> bool:
    """Puts the note on the photo; whether it differs from what is stored."""
    before = (photo.caption, photo.use_in_report)
    photo.caption, photo.use_in_report = note.caption, note.use_in_report
    return before != (note.caption, note.use_in_report)


def remove(photos: list[Photo]) -> None:
    """Rows now, files after the commit: a rolled back deletion loses nothing."""
    stored = StoredFile.objects.filter(pk__in=[pk for photo in photos for pk in (photo.file_id, photo.thumbnail_id)])
    names = list(stored.values_list("storage_name", flat=True))
    Photo.objects.filter(pk__in=[photo.pk for photo in photos]).delete()
    stored.delete()
    transaction.on_commit(lambda: [default_storage.delete(name) for name in names])
