"""Tables of activities."""

from activities.models.activity import (
    Activity,
    ActivityQuantity,
    ActivityQuerySet,
    ActivityType,
    Attendance,
    offices_in_sight,
)
from activities.models.invitations import ActivityNotice, FeedLink, LeaveRequest, NoticeReceipt
from activities.models.photo import Photo
from activities.models.records import Material

__all__ = [
    "Activity", "ActivityNotice", "ActivityQuantity", "ActivityQuerySet", "ActivityType", "Attendance", "FeedLink",
    "LeaveRequest", "Material", "NoticeReceipt", "Photo", "offices_in_sight",
]  # fmt: skip
