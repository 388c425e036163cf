"""Every write about activities. Each is one transaction with its audit row; sentences in errors are for the user."""

from activities.services.basics import ARRANGED, BASICS, RESULTS, create, save_results, step, update
from activities.services.invitations import note_opened, publish_notice, remind
from activities.services.leave import ask_leave, decide
from activities.services.checkin import Claim, Outcome, check_in_other, check_in_paper, check_in_self
from activities.services.participants import invite, open_list, withdraw
from activities.services.photos import PhotoNote, add_photos, arrange_photos
from activities.services.replies import accept, decline, register_replies
from activities.services.roll import Mark, save_roll

__all__ = [
    "ARRANGED", "BASICS", "RESULTS", "Claim", "Mark", "Outcome", "PhotoNote", "accept", "add_photos", "arrange_photos", "ask_leave",
    "create", "decide", "decline", "invite", "note_opened", "open_list", "publish_notice", "register_replies",
    "remind", "save_results", "save_roll", "step", "update", "withdraw",
]  # fmt: skip
