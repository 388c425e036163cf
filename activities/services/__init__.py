"""Every write about activities. Each is one transaction with its audit row; sentences in errors are for the user."""

from activities.services import duties, findings, materials, photos, projects, scores, types
from activities.services.basics import ARRANGED, BASICS, create, step, update
from activities.services.invitations import note_opened, publish_notice, remind
from activities.services.leave import ask_leave, decide
from activities.services.minutes import RESULTS, TEXTS, restore_texts, save_results
from activities.services.participants import invite, open_list, withdraw
from activities.services.photos import PhotoNote, add_photo, add_photos, arrange_photos
from activities.services.replies import accept, decline, register_replies
from activities.services.roll import Mark, save_roll

__all__ = [
    "ARRANGED", "BASICS", "RESULTS", "TEXTS", "Mark", "PhotoNote", "accept", "add_photo",
    "add_photos", "arrange_photos", "ask_leave", 
    "create", "decide", "decline", "duties", "findings", "invite",
    "materials", "note_opened", "open_list", "photos", "projects", "publish_notice", "register_replies", "remind",
    "restore_texts", "save_results", "save_roll", "scores", "step", "types", "update", "withdraw",
]  # fmt: skip
