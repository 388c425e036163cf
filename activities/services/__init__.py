"""Every write about activities. Each is one transaction with its audit row; sentences in errors are for the user."""

from activities.services.basics import BASICS, RESULTS, create, save_results, step, update
from activities.services.participants import invite, withdraw
from activities.services.photos import PhotoNote, add_photos, arrange_photos
from activities.services.roll import Mark, save_roll

__all__ = [
    "BASICS", "RESULTS", "Mark", "PhotoNote", "add_photos", "arrange_photos", "create", "invite", "save_results",
    "save_roll", "step", "update", "withdraw",
]  # fmt: skip
