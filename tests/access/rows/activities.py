"""Addresses of activities. Members of the office see its activities; only its own staff writes."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from activities import door, services
from tests.access.table import EVERYBODY, SEES_TOWN, STAFF_OF_TOWN, Row

SEES = f"{SEES_TOWN} owner colleague"
ONLY_SEES = "county_staff county_head leader owner colleague"
MAY_CREATE = "staff head other_staff county_staff county_head"
BASICS = {"title": "视察河道", "starts_at": "2026-05-08T09:00", "place": "河口", "item": ""}


def act(obj, name, **options):
    """One row of the workflow's address."""
    return Row("activity_act", obj=obj, method="POST", args=lambda world: [world[obj].pk, name], **options)


def photo(world):
    """A photo of the held activity, stored where this test keeps its files."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "seagreen").save(buffer, "JPEG")
    upload = SimpleUploadedFile("现场.jpg", buffer.getvalue())
    kept, _ = services.add_photos(by=world.people["staff"], activity=world["activity.held"], uploads=[upload])
    return [kept[0].pk]


def parts(url, obj):
    """GET of a page on which staff of the office writes."""
    return Row(url, obj=obj, ok=STAFF_OF_TOWN, no=ONLY_SEES)


def scanned(world):
    """The code on the wall of the held activity, now."""
    activity = world["activity.held"]
    return [activity.pk, door.token(activity, door.shown_since(timezone.now(), 30))]


#: Those to whom the town's activities do not exist.
SEE_NOTHING = "stranger other_staff unit sysadmin secadmin auditadmin"
AT_THE_DOOR = ["checkin_desk", "checkin_wall", "checkin_paper"]

WRITING = ["activity_edit", "activity_minutes", "activity_participants", "activity_attendance", "activity_photos"]

ROWS = [
    Row("activity_list", ok=EVERYBODY),
    Row("activity_list", query="?counted=1&office=1,2&type=inspection&from=2026-01-01&to=2026-12-31", ok=EVERYBODY),
    Row("activity_board", ok=EVERYBODY),
    Row("activity_from_plan", ok=MAY_CREATE, rest=403),
    Row("activity_create", ok=MAY_CREATE, rest=403),
    Row("activity_create", method="POST", data=BASICS, bad=MAY_CREATE, rest=403),
    Row("activity_create", query="?item=987654321", gone=MAY_CREATE, rest=403),
    *[Row("activity_detail", obj=f"activity.{state}", ok=SEES) for state in ("preparing", "held", "cancelled")],
    *[parts(url, f"activity.{state}") for url in WRITING for state in ("preparing", "held")],
    *[Row(url, obj="activity.cancelled", no=SEES) for url in WRITING],
    Row("activity_edit", obj="activity.held", method="POST", data={"title": ""}, bad=STAFF_OF_TOWN, no=ONLY_SEES),
    Row("activity_minutes", obj="activity.held", method="POST", data={"minutes": "记录"}, moved=STAFF_OF_TOWN,
        no=ONLY_SEES),
    Row("activity_participants", obj="activity.held", method="POST", data={"everybody": "1"}, moved=STAFF_OF_TOWN,
        no=ONLY_SEES),
    Row("activity_attendance", obj="activity.held", method="POST", moved=STAFF_OF_TOWN, no=ONLY_SEES),
    Row("activity_photos", obj="activity.held", method="POST", bad=STAFF_OF_TOWN, no=ONLY_SEES),
    Row("activity_photos_arrange", obj="activity.held", method="POST", moved=STAFF_OF_TOWN, no=ONLY_SEES),
    Row("activity_photos_arrange", obj="activity.cancelled", method="POST", no=SEES),
    act("activity.preparing", "hold", moved=STAFF_OF_TOWN, no=ONLY_SEES),
    act("activity.preparing", "no-such-action", gone=EVERYBODY),
    Row("photo", download=True, args=photo, ok=SEES),
    Row("photo_thumbnail", download=True, args=photo, ok=SEES),
    Row("checkin_scan", args=scanned, rest=302),
    Row("checkin_scan", args=lambda world: [world["activity.held"].pk, "0123456789abcdef"], rest=410, public=410),
    Row("checkin_next", rest=302),
    Row("checkin_self", obj="activity.held", ok="owner", no="staff head county_staff county_head leader colleague"),
    Row("checkin_self", obj="activity.held", method="POST", no="staff head county_staff county_head leader colleague",
        gone=SEE_NOTHING, rest=409),
    *[parts(url, f"activity.{state}") for url in AT_THE_DOOR for state in ("preparing", "held")],
    *[Row(url, obj="activity.cancelled", no=SEES) for url in AT_THE_DOOR],
    Row("checkin_wall_feed", obj="activity.held", download=True, ok=STAFF_OF_TOWN, no=ONLY_SEES),
    Row("checkin_desk", obj="activity.held", method="POST", no=ONLY_SEES, gone=SEE_NOTHING, rest=409),
    Row("checkin_sheet", args=lambda world: [world["activity.cancelled"].pk, "blank"], method="POST",
        moved=STAFF_OF_TOWN, no=ONLY_SEES),
    Row("checkin_sheet", args=lambda world: [world["activity.held"].pk, "filed"], method="POST", moved=STAFF_OF_TOWN,
        no=ONLY_SEES),
    Row("checkin_sheet", args=lambda world: [world["activity.held"].pk, "unknown"], method="POST"),
    Row("checkin_paper", obj="activity.held", method="POST", bad=STAFF_OF_TOWN, no=ONLY_SEES),
]  # fmt: skip
