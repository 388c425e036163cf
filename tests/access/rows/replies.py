"""Addresses of replies, contacts and satisfaction."""

from handling.feedback_links import token_for
from tests.access.table import EVERYBODY, SEES_TOWN, Row

OFFICE = "staff head other_staff county_staff county_head leader"
MEMBERS = "owner colleague stranger"
RECEIVERS = "county_staff county_head"
#: See the delivered reply and do not decide about it.
READERS = "owner staff head leader unit"
AROUND = f"{SEES_TOWN} owner"


def act(name, state):
    return lambda world: [world[f"reply.{state}"].pk, name]


def row_of(state):
    return lambda world: [world[f"reply.{state}"].assignment_id]


def proposer(world):
    return world["reply.passed"].assignment.proposal.proposers.get()


def paper(world):
    return [world["reply.passed"].pk, proposer(world).pk]


def token(world):
    return [token_for(world["reply.passed"], proposer(world))]


ROWS = [
    Row("reply_list", ok=f"{OFFICE} unit", rest=403),
    Row("reply_list", query="?standing=unhappy&q=公交&category=B&since=2026-01-01", ok=f"{OFFICE} unit", rest=403),
    Row("reply_list", query="?export=xlsx&standing=awaiting", download=True, ok=f"{OFFICE} unit", rest=403),
    Row("reply_detail", obj="reply.draft", ok="unit"),
    Row("reply_detail", obj="reply.sent", ok=f"{SEES_TOWN} unit"),
    Row("reply_detail", obj="reply.judged", ok=f"{SEES_TOWN} unit owner"),
    Row("reply_write", args=row_of("draft"), ok="unit", no=AROUND),
    Row("reply_write", args=row_of("draft"), method="POST", bad="unit", no=AROUND),
    Row("reply_write", args=row_of("sent"), moved="unit", no=AROUND),
    Row("reply_write", args=row_of("passed"), no=f"{AROUND} unit"),
    Row("reply_act", args=act("to_check", "draft"), method="POST", moved="unit"),
    Row("reply_act", args=act("sign", "signing"), ok="unit"),
    Row("reply_act", args=act("sign", "signing"), method="POST", bad="unit"),
    Row("reply_act", args=act("pass", "sent"), method="POST", moved=RECEIVERS, no="staff head leader unit"),
    Row("reply_act", args=act("send_back", "sent"), method="POST", data={"reason": "请逐条答复。"}, moved=RECEIVERS,
        no="staff head leader unit"),
    Row("reply_act", args=act("nonsense", "passed"), gone=EVERYBODY),
    Row("reply_decide", args=act("again", "judged"), method="POST", moved=RECEIVERS, no=READERS),
    Row("reply_decide", args=act("accept", "judged"), method="POST", data={"reason": "已当面说明。"}, moved=RECEIVERS,
        no=READERS),
    Row("reply_decide", args=act("nonsense", "judged"), method="POST", gone=EVERYBODY),
    Row("reply_versions", obj="reply.draft", ok="unit"),
    Row("reply_versions", obj="reply.passed", ok=f"{SEES_TOWN} unit"),
    Row("reply_restore", obj="reply.draft", method="POST", data={"number": "1"}, moved="unit"),
    Row("reply_file", obj="reply_file", download=True, ok=f"{AROUND} unit"),
    Row("contact_list", args=row_of("draft"), ok="unit", no=AROUND),
    Row("contact_list", args=row_of("draft"), method="POST", bad="unit", no=AROUND),
    Row("contact_photo", obj="contact", download=True, ok=f"{SEES_TOWN} unit"),
    Row("contact_drop", obj="contact", method="POST", moved="unit", no=SEES_TOWN),
    Row("feedback_mine", ok=MEMBERS, rest=403),
    Row("feedback_give", obj="reply.passed", ok="owner"),
    Row("feedback_give", obj="reply.passed", method="POST", bad="owner"),
    Row("feedback_give", obj="reply.sent"),
    Row("feedback_paper", args=paper, ok=RECEIVERS, no=READERS),
    Row("feedback_paper", args=paper, method="POST", bad=RECEIVERS, no=READERS),
    Row("feedback_sheet", obj="feedback", download=True, ok=AROUND),
    Row("feedback_link", args=token, moved="owner", rest=200, public=200),
    Row("feedback_link", args=token, method="POST", bad=EVERYBODY, public=422),
    Row("feedback_link", args=lambda world: ["1-1.wrong.link"], gone=EVERYBODY, public=404),
]  # fmt: skip
