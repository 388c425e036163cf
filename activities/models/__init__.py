"""Tables of activities."""

from activities.models.activity import (
    Activity,
    ActivityQuantity,
    ActivityQuerySet,
    ActivityType,
    Attendance,
    offices_in_sight,
)
from activities.models.checkin import CheckIn
from activities.models.duties import ReportDuty
from activities.models.findings import Finding, FollowUp, Instruction
from activities.models.invitations import ActivityNotice, FeedLink, LeaveRequest, NoticeReceipt
from activities.models.needs import TypeNeeds
from activities.models.photo import Photo
from activities.models.projects import ProjectEntry, SupervisedProject
from activities.models.records import Material
from activities.models.scores import ScoreBallot, ScoreCriterion, ScoredUnit, UnitScore

__all__ = [
    "Activity", "ActivityNotice", "ActivityQuantity", "ActivityQuerySet", "ActivityType", "Attendance", "CheckIn",
    "FeedLink", "Finding", "FollowUp", "Instruction", "LeaveRequest", "Material", "NoticeReceipt", "Photo",
    "ProjectEntry", "ReportDuty", "ScoreBallot", "ScoreCriterion", "ScoredUnit", "SupervisedProject",
    "TypeNeeds", "UnitScore", "offices_in_sight",
]  # fmt: skip
