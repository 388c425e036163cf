"""Tables of activities."""

from activities.models.activity import (
    Activity,
    ActivityQuantity,
    ActivityQuerySet,
    ActivityType,
    Attendance,
    offices_in_sight,
)
from activities.models.photo import Photo
from activities.models.records import Material

__all__ = [
    "Activity", "ActivityQuantity", "ActivityQuerySet", "ActivityType", "Attendance", "Material", "Photo", "offices_in_sight",
]  # fmt: skip
