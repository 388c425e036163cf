"""Planning, dispatching, signing for, deadlines, reminders."""

from tests.access.table import EVERYBODY, SEES_TOWN, Row

LISTS = "staff head other_staff county_staff county_head leader unit"
WORKS = "staff head other_staff county_staff county_head"
RECEIVERS = "county_staff county_head"
READERS = "owner staff head leader"
HANDLERS = {"leader": "孙副局长", "handler": "周科长", "handler_phone": "0800-7654321"}


def act(key, name):
    return lambda world: [world[f"assignment.{key}"].pk, name]


ROWS = [
    Row("assignment_list", ok=LISTS, rest=403),
    Row("assignment_list", query="?light=yellow&year=2026&state=handling&q=公交", ok=LISTS, rest=403),
    Row("assignment_list", query="?light=blue&year=x&unit=x&asked=extension", ok=LISTS, rest=403),
    Row("assignment_list", query="?export=xlsx", download=True, ok=LISTS, rest=403),
    Row("assignment_board", ok=WORKS, rest=403),
    Row("assignment_board", method="POST", bad=WORKS, rest=403),
    Row("assignment_sign_all", ok="unit", rest=403),
    Row("assignment_sign_all", method="POST", data=HANDLERS, bad="unit", rest=403),
    Row("assignment_detail", obj="assignment.dispatched", moved=f"owner unit {SEES_TOWN}"),
    Row("assignment_detail", obj="assignment.planned", moved=SEES_TOWN),
    Row("assignment_phones", obj="assignment.handling", method="POST", ok="unit", no=f"{READERS} {RECEIVERS}"),
    Row("proposal_detail", obj="proposal.dispatched", ok=f"owner unit {SEES_TOWN}"),
    Row("proposal_detail", obj="proposal.handling", ok=f"owner unit {SEES_TOWN}"),
    Row("proposal_detail", obj="proposal.reassign", ok=f"owner unit {SEES_TOWN}"),
    Row("proposal_detail", obj="proposal.planned", ok=f"owner {SEES_TOWN}"),
    Row("assignment_plan", obj="proposal.planned", ok=RECEIVERS, no=READERS),
    Row("assignment_plan", obj="proposal.handling", ok=RECEIVERS, no=f"{READERS} unit"),
    Row("assignment_plan", obj="proposal.planned", method="POST", bad=RECEIVERS, no=READERS,
        data={"unit_1": "99999999", "role_1": "single"}),
    Row("assignment_dispatch", obj="proposal.planned", method="POST", moved=RECEIVERS, no=READERS),
    Row("assignment_act", args=act("dispatched", "sign"), ok="unit", no=f"{READERS} {RECEIVERS}"),
    Row("assignment_act", args=act("dispatched", "sign"), method="POST", data={**HANDLERS, "checked": "on"},
        moved="unit", no=f"{READERS} {RECEIVERS}"),
    Row("assignment_act", args=act("dispatched", "sign"), method="POST", bad="unit", no=f"{READERS} {RECEIVERS}"),
    Row("assignment_act", args=act("handling", "request_reassignment"), ok="unit", no=f"{READERS} {RECEIVERS}"),
    Row("assignment_act", args=act("other", "sign"), no=f"{READERS} {RECEIVERS} unit"),
    Row("assignment_act", args=act("reassign", "grant_reassignment"), ok=RECEIVERS, no=f"{READERS} unit"),
    Row("assignment_act", args=act("reassign", "refuse_reassignment"), method="POST", data={"reason": "属于职责"},
        moved=RECEIVERS, no=f"{READERS} unit"),
    Row("assignment_act", args=act("handling", "revoke"), method="POST", data={"reason": "交办有误"},
        moved=RECEIVERS, no=f"{READERS} unit"),
    Row("assignment_act", args=act("dispatched", "dispatch"), gone=EVERYBODY),
    Row("clock_extension", obj="clock.contact", ok="unit", no=f"{READERS} {RECEIVERS}"),
    Row("clock_extension", obj="clock.contact", method="POST", data={"amount": "1", "unit": "months", "reason": "勘测"},
        moved="unit", no=f"{READERS} {RECEIVERS}"),
    Row("extension_decide", obj="extension", ok=RECEIVERS, no=f"{READERS} unit"),
    Row("extension_decide", obj="extension", method="POST", data={"granted": "no"}, bad=RECEIVERS,
        no=f"{READERS} unit"),
    Row("clock_pause", obj="clock.reply", ok=RECEIVERS, no=f"{READERS} unit"),
    Row("clock_pause", obj="clock.reply", method="POST", data={"reason": "proposer"}, moved=RECEIVERS,
        no=f"{READERS} unit"),
    Row("clock_resume", obj="clock.paused", method="POST", moved=RECEIVERS, no=f"{READERS} unit"),
    Row("clock_remind", obj="clock.reply", ok=RECEIVERS, no=f"{READERS} unit"),
    Row("clock_remind", obj="clock.reply", method="POST", bad=RECEIVERS, no=f"{READERS} unit"),
]  # fmt: skip
