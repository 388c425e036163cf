"""Addresses of invitations, leave and calendars. A calendar link works without signing in while it is good."""

from activities import services
from activities.models import LeaveRequest
from activities.services import calendar
from tests import factories as make
from tests.access.table import EVERYBODY, SEES_TOWN, STAFF_OF_TOWN, Row

SEES = f"{SEES_TOWN} owner colleague"
MEMBERS_OF_TOWN = "owner colleague"


def coming(world):
    """An activity still to come; only “owner” is invited."""
    activity = make.ActivityFactory(
        office=world.offices["town"], state="preparing", starts_at=make.moment(12, 1, 9, 2099)
    )
    make.AttendanceFactory(activity=activity, member=world["member.owner"], state="invited")
    return activity


def leave(world):
    """The request of “owner” for leave."""
    activity = coming(world)
    asked = services.ask_leave(by=world.people["owner"], activity=activity, reason="外出")
    return [LeaveRequest.objects.get(pk=asked.pk).pk]


def joint(world):
    """Held by the town together with the street."""
    activity = coming(world)
    activity.partner_offices.add(world.offices["street"])
    return [activity.pk]


def to_come(*more):
    return lambda world: [coming(world).pk, *more]


def with_leave(action):
    return lambda world: [*leave(world), action]


def good_link(world):
    return [calendar.make_link(by=world.people["owner"])]


def revoked_link(world):
    token = calendar.make_link(by=world.people["owner"])
    calendar.revoke_link(by=world.people["owner"], link=calendar.link_of(token))
    return [token]


def link_of_owner(world):
    return [calendar.link_of(*good_link(world)).pk]


NOTICE = {"body": "请准时参加。", "agenda": "一、通报情况"}
PARTNERS = "other_staff"
DECIDES, ONLY_READS = STAFF_OF_TOWN, "county_staff county_head leader"

ROWS = [
    Row("activity_invitations", args=to_come(), ok=SEES_TOWN, no=MEMBERS_OF_TOWN),
    Row("activity_invitations", args=joint, ok=f"{SEES_TOWN} {PARTNERS}", no=f"{MEMBERS_OF_TOWN} stranger"),
    Row("activity_invitations", args=to_come(), method="POST", data={"remind": "unread"}, moved=STAFF_OF_TOWN,
        no=f"{MEMBERS_OF_TOWN} {ONLY_READS}"),
    Row("activity_participants", args=joint, ok=f"{STAFF_OF_TOWN} {PARTNERS}",
        no=f"{MEMBERS_OF_TOWN} stranger {ONLY_READS}"),
    Row("activity_detail", args=joint, ok=f"{SEES} {PARTNERS} stranger"),
    Row("activity_notice", args=to_come(), ok=STAFF_OF_TOWN, no=f"{MEMBERS_OF_TOWN} {ONLY_READS}"),
    Row("activity_notice", args=joint, ok=STAFF_OF_TOWN, no=f"{MEMBERS_OF_TOWN} stranger {PARTNERS} {ONLY_READS}"),
    Row("activity_notice", args=to_come(), method="POST", data=NOTICE, moved=STAFF_OF_TOWN,
        no=f"{MEMBERS_OF_TOWN} {ONLY_READS}"),
    Row("activity_reply", args=to_come("accept"), method="POST", moved="owner", no=f"colleague {SEES_TOWN}"),
    Row("activity_leave", args=to_come(), ok="owner", no=f"colleague {SEES_TOWN}"),
    Row("activity_leave", args=to_come(), method="POST", data={"reason": "外出"}, moved="owner",
        no=f"colleague {SEES_TOWN}"),
    Row("leave_list", ok=EVERYBODY),
    Row("leave_detail", args=leave, ok=f"{SEES_TOWN} owner"),
    Row("leave_act", args=with_leave("grant"), method="POST", moved=DECIDES, no=f"owner {ONLY_READS}"),
    Row("leave_act", args=with_leave("withdraw"), method="POST", moved="owner", no=SEES_TOWN),
    Row("leave_act", args=with_leave("no-such-action"), method="POST", gone=EVERYBODY),
    Row("calendar", ok=EVERYBODY),
    Row("calendar", query="?month=2026-05&office=1&type=inspection&mine=1", ok=EVERYBODY),
    Row("calendar_links", ok=EVERYBODY),
    Row("calendar_link_make", method="POST", data={"office": ""}, moved=EVERYBODY),
    Row("calendar_link_make", method="POST", data={"office": "987654321"}, gone=EVERYBODY),
    Row("calendar_link_revoke", args=link_of_owner, method="POST", moved="owner"),
    Row("calendar_feed", args=good_link, ok=EVERYBODY, public=200, download=True),
    Row("calendar_feed", args=revoked_link, gone=EVERYBODY, public=404, download=True),
    Row("calendar_feed", args=lambda world: ["nonsense"], gone=EVERYBODY, public=404, download=True),
    Row("activity_ics", obj="activity.preparing", ok=SEES, download=True),
]  # fmt: skip
