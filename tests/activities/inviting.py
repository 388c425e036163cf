"""What the tests of invitations share: members with accounts, and short words for common calls."""

from __future__ import annotations

from activities import services
from activities.services import BASICS
from notices.models import Notice
from tests.factories import MemberFactory, PostingFactory


def account(office, **values):
    """A member of the office with an account."""
    member = MemberFactory(office=office, **values)
    member.user = PostingFactory(office=office, role="member", user__name=member.name).user
    member.save()
    return member


def replies(activity):
    return list(activity.attendances.order_by("pk").values_list("reply", flat=True))


def told(member):
    return [notice.text for notice in Notice.objects.filter(recipient=member.user).order_by("pk")]


def publish(clerk, activity, body="请准时参加。", version=0, agenda=""):
    return services.publish_notice(by=clerk, activity=activity, version=version, body=body, agenda=agenda)


def values_of(activity, **changes):
    return {name: getattr(activity, name) for name in BASICS} | changes


def edit(clerk, activity, **changes):
    activity.refresh_from_db()
    services.update(by=clerk, activity=activity, version=None, values=values_of(activity, **changes))
