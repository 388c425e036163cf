"""Addresses of calls for submissions: the office's side, authors, judges."""

from core import files
from tests.access.table import EVERYBODY, SEES_TOWN, STAFF_OF_TOWN, Row

OFFICE = "staff head other_staff county_staff county_head leader"
MEMBERS = "owner colleague stranger"
TOWNS = "owner colleague"
SEES = f"{SEES_TOWN} {TOWNS}"
MAKES = "staff head other_staff county_staff county_head"
ONLY_READS = "county_staff county_head leader"
LATER = {"closes_at": "2999-01-01T09:00"}
TEXT = {"title": "办好文化站", "intent": "save"}


def act(kind, name, state):
    return lambda world: [world[f"{kind}.{state}"].pk, name]


def attached(world):
    entry = world["entry.submitted"]
    entry.attachment = files.store(b"%PDF-1.7 test", name="稿件.pdf", extension="pdf", by=None)
    entry.save()
    return [entry.pk]


ROWS = [
    Row("call_list", ok=f"{OFFICE} {MEMBERS}", rest=403),
    Row("call_list", query="?export=xlsx", download=True, ok=f"{OFFICE} {MEMBERS}", rest=403),
    Row("call_new", ok=MAKES, rest=403),
    Row("call_new", method="POST", bad=MAKES, rest=403),
    Row("call_detail", obj="call.draft", ok=SEES_TOWN),
    *[Row("call_detail", obj=f"call.{state}", ok=SEES) for state in ("open", "judging", "published")],
    Row("call_edit", obj="call.open", ok=STAFF_OF_TOWN, no=f"{ONLY_READS} {TOWNS}"),
    Row("call_edit", obj="call.published", no=SEES),
    Row("call_edit", obj="call.draft", method="POST", bad=STAFF_OF_TOWN, no=ONLY_READS),
    Row("call_discard", obj="call.draft", method="POST", moved=STAFF_OF_TOWN, no=ONLY_READS),
    Row("call_discard", obj="call.open", method="POST", no=SEES),
    Row("call_act", args=act("call", "open", "draft"), method="POST", no=ONLY_READS, moved=STAFF_OF_TOWN),
    Row("call_act", args=act("call", "extend", "open"), ok=STAFF_OF_TOWN, no=f"{ONLY_READS} {TOWNS}"),
    Row("call_act", args=act("call", "extend", "open"), method="POST", data=LATER, moved=STAFF_OF_TOWN,
        no=f"{ONLY_READS} {TOWNS}"),
    Row("call_act", args=act("call", "judge", "open"), method="POST", moved=STAFF_OF_TOWN,
        no=f"{ONLY_READS} {TOWNS}"),
    Row("call_act", args=act("call", "publish", "judging"), ok=STAFF_OF_TOWN, no=f"{ONLY_READS} {TOWNS}"),
    Row("call_act", args=act("call", "nonsense", "open"), gone=EVERYBODY),
    Row("call_results", obj="call.judging", ok=SEES_TOWN, no=TOWNS),
    Row("call_results", obj="call.published", ok=SEES),
    Row("call_results", obj="call.published", query="?export=xlsx", download=True, ok=SEES),
    Row("call_book", obj="call.published", ok=SEES_TOWN, no=TOWNS),
    Row("call_judges", obj="call.judging", ok=STAFF_OF_TOWN, no=f"{ONLY_READS} {TOWNS}"),
    Row("call_judges", obj="call.judging", method="POST", moved=STAFF_OF_TOWN, no=f"{ONLY_READS} {TOWNS}"),
    Row("call_scores", obj="call.judging", ok="head", no=f"staff {ONLY_READS} {TOWNS}"),
    Row("call_scores", obj="call.judging", method="POST", moved="head", no=f"staff {ONLY_READS} {TOWNS}"),
    Row("call_awards", obj="call.judging", ok=STAFF_OF_TOWN, no=f"{ONLY_READS} {TOWNS}"),
    Row("call_awards", obj="call.published", no=SEES),
    Row("call_awards", obj="call.judging", method="POST", moved=STAFF_OF_TOWN, no=f"{ONLY_READS} {TOWNS}"),
    Row("entry_new", obj="call.open", ok=TOWNS, no=SEES_TOWN),
    Row("entry_new", obj="call.judging", no=SEES),
    Row("entry_new", obj="call.open", method="POST", data=TEXT, moved=TOWNS, no=SEES_TOWN),
    Row("entry_new", obj="call.open", method="POST", data={"intent": "submit"}, bad=TOWNS, no=SEES_TOWN),
    Row("entry_list", ok=f"{OFFICE} {MEMBERS}", rest=403),
    Row("entry_list", query="?export=xlsx", download=True, ok=f"{OFFICE} {MEMBERS}", rest=403),
    Row("entry_list", query="?stage=awarded&prize=first&presented=oral&q=文化", ok=f"{OFFICE} {MEMBERS}", rest=403),
    Row("entry_mine", ok=MEMBERS, rest=403),
    Row("entry_detail", obj="entry.draft", ok="owner"),
    *[Row("entry_detail", obj=f"entry.{state}", ok=f"owner {SEES_TOWN}") for state in ("submitted", "prized")],
    Row("entry_edit", obj="entry.draft", ok="owner"),
    Row("entry_edit", obj="entry.submitted", no=f"owner {SEES_TOWN}"),
    Row("entry_edit", obj="entry.draft", method="POST", data=TEXT, moved="owner"),
    Row("entry_receipt", obj="entry.draft", gone=EVERYBODY),
    Row("entry_receipt", obj="entry.submitted", ok=f"owner {SEES_TOWN}"),
    Row("entry_file", download=True, args=attached, ok=f"owner {SEES_TOWN}"),
    Row("entry_discard", obj="entry.draft", method="POST", moved="owner"),
    Row("entry_discard", obj="entry.submitted", method="POST", no=f"owner {SEES_TOWN}"),
    Row("entry_act", args=act("entry", "withdraw", "submitted"), method="POST", moved="owner", no=SEES_TOWN),
    Row("entry_act", args=act("entry", "accept", "submitted"), method="POST", moved=STAFF_OF_TOWN,
        no=f"owner {ONLY_READS}"),
    Row("entry_act", args=act("entry", "reject", "submitted"), ok=STAFF_OF_TOWN, no=f"owner {ONLY_READS}"),
    Row("entry_act", args=act("entry", "reject", "submitted"), method="POST", bad=STAFF_OF_TOWN,
        no=f"owner {ONLY_READS}"),
    Row("entry_act", args=act("entry", "nonsense", "submitted"), gone=EVERYBODY),
    Row("entry_hand_over", args=act("entry", "opinions", "rejected"), method="POST", moved="owner", no=SEES_TOWN),
    Row("entry_hand_over", args=act("entry", "nonsense", "rejected"), method="POST", gone=EVERYBODY),
]  # fmt: skip
