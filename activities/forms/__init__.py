"""Forms of activities. Rules live in services; here only what was typed is read."""

from activities.forms.basics import ActivityForm, activity_initial, item_initial, item_time
from activities.forms.photos import PhotosForm, photo_notes
from activities.forms.results import ResultsForm, results_initial
from activities.forms.roll import RollForm

__all__ = [
    "ActivityForm", "PhotosForm", "ResultsForm", "RollForm", "activity_initial", "item_initial", "item_time",
    "photo_notes", "results_initial",
]  # fmt: skip
