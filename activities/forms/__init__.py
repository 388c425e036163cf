"""Forms of activities. Rules live in services; here only what was typed is read."""

from activities.forms.basics import ActivityForm, activity_initial, item_initial, item_time
from activities.forms.invitations import LeaveForm, NoticeForm, notice_initial
from activities.forms.photos import Arrangement, PhotosForm, arrangement
from activities.forms.results import ResultsForm, results_initial
from activities.forms.roll import RollForm

__all__ = [
    "ActivityForm", "Arrangement", "LeaveForm", "NoticeForm", "PhotosForm", "ResultsForm", "RollForm",
    "activity_initial", "arrangement", "item_initial", "item_time", "notice_initial", "results_initial",
]  # fmt: skip
