from tests.access.table import EVERYBODY, SEES_TOWN, STAFF_OF_TOWN, Row

OFFICE = "staff head other_staff county_staff county_head leader"
MEMBERS = "owner colleague stranger"
ONLY_READS = "owner county_staff county_head leader"
TEXT = {"title": "农贸市场积水", "intent": "save"}
DECLINED = {"words": "已经有人反映。"}


def act(name, state):
    return lambda world: [world[f"opinion.{state}"].pk, name]


ROWS = [
    Row("opinion_list", ok=f"{OFFICE} {MEMBERS}", rest=403),
    Row("opinion_list", query="?export=xlsx", download=True, ok=f"{OFFICE} {MEMBERS}", rest=403),
    Row("opinion_list", query="?state=submitted&is_urgent=true&q=市场", ok=f"{OFFICE} {MEMBERS}", rest=403),
    Row("opinion_mine", ok=MEMBERS, rest=403),
    Row("opinion_new", ok=MEMBERS, rest=403),
    Row("opinion_new", method="POST", data=TEXT, moved=MEMBERS, rest=403),
    Row("opinion_new", method="POST", data={"intent": "submit"}, bad=MEMBERS, rest=403),
    Row("opinion_detail", obj="opinion.draft", ok="owner"),
    Row("opinion_detail", obj="opinion.submitted", ok=f"owner {SEES_TOWN}"),
    Row("opinion_detail", obj="opinion.accepted", ok=f"owner {SEES_TOWN}"),
    Row("opinion_edit", obj="opinion.draft", ok="owner"),
    Row("opinion_edit", obj="opinion.submitted", no=f"owner {SEES_TOWN}"),
    Row("opinion_edit", obj="opinion.draft", method="POST", data=TEXT, moved="owner"),
    Row("opinion_receipt", obj="opinion.draft", gone=EVERYBODY),
    Row("opinion_receipt", obj="opinion.submitted", ok=f"owner {SEES_TOWN}"),
    Row("opinion_discard", obj="opinion.draft", method="POST", moved="owner"),
    Row("opinion_discard", obj="opinion.accepted", method="POST", no=f"owner {SEES_TOWN}"),
    Row("opinion_act", args=act("accept", "submitted"), method="POST", moved=STAFF_OF_TOWN, no=ONLY_READS),
    Row("opinion_act", args=act("accept", "submitted"), moved=STAFF_OF_TOWN, no=ONLY_READS),
    Row("opinion_act", args=act("decline", "submitted"), ok=STAFF_OF_TOWN, no=ONLY_READS),
    Row("opinion_act", args=act("decline", "submitted"), method="POST", data=DECLINED,
        moved=STAFF_OF_TOWN, no=ONLY_READS),
    Row("opinion_act", args=act("decline", "submitted"), method="POST", bad=STAFF_OF_TOWN, no=ONLY_READS),
    Row("opinion_act", args=act("decline", "accepted"), moved=STAFF_OF_TOWN, no=ONLY_READS),
    Row("opinion_act", args=act("nonsense", "submitted"), gone=EVERYBODY),
]  # fmt: skip
