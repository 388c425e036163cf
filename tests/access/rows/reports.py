from tests.access.table import SEES_TOWN, Row

MAKERS = "staff head other_staff county_staff county_head leader"


def asking(document):
    return {"args": lambda world: [document, world.offices["town"].pk, 2026]}


def paper(document, obj):
    return {"args": lambda world: [document, world[obj].pk, 0], "method": "POST"}


def step(action, obj):
    return {"args": lambda world: [world[f"manuscript.{obj}"].pk, action]}


TOWN = "staff head"
#: Who knows of manuscripts before they are approved: the office itself and those who approve down the tree.
KNOWS = "staff head county_head leader"
MANUSCRIPTS = [
    Row("manuscript_list", ok=MAKERS, rest=403),
    Row("manuscript_start", method="POST", moved="staff head other_staff county_staff county_head", rest=403),
    Row("manuscript_detail", obj="manuscript.draft", ok=KNOWS),
    Row("manuscript_detail", obj="manuscript.submitted", ok=KNOWS),
    Row("manuscript_detail", obj="manuscript.approved", ok=SEES_TOWN),
    Row("manuscript_edit", obj="manuscript.draft", ok=TOWN, no="county_head leader"),
    Row("manuscript_edit", obj="manuscript.approved", moved=TOWN, no="county_staff county_head leader"),
    Row("manuscript_edit", obj="manuscript.draft", method="POST", bad=TOWN, no="county_head leader"),
    Row("manuscript_photos", obj="manuscript.draft", ok=TOWN, no="county_head leader"),
    Row("manuscript_check", obj="manuscript.draft", ok=TOWN, no="county_head leader"),
    Row("manuscript_step", method="POST", moved=TOWN, no="county_head leader", **step("submit", "draft")),
    Row("manuscript_step", method="POST", moved="head county_head", no="staff leader",
        **step("review", "submitted")),
    Row("manuscript_step", ok="head county_head leader", no="staff", **step("approve", "reviewed")),
    Row("manuscript_step", gone="staff head", **step("publish", "draft")),
    Row("manuscript_print", obj="manuscript.draft", method="POST", moved=KNOWS),
    Row("manuscript_versions", obj="manuscript.correcting", ok=KNOWS),
    Row("manuscript_correct", obj="manuscript.final", ok=TOWN, no="county_staff county_head leader"),
    Row("manuscript_discard", obj="manuscript.draft", method="POST", moved=TOWN, no="county_head leader"),
]  # fmt: skip

ROWS = [
    *MANUSCRIPTS,
    Row("paper_part_make", moved=f"owner {SEES_TOWN}", **paper("proposal_text", "proposal.filed")),
    Row("paper_part_make", moved=SEES_TOWN, **paper("handling_sheet", "proposal.filed")),
    Row("paper_part_make", moved="owner", **paper("proposal_text", "proposal.draft")),
    Row("paper_part_make", moved=SEES_TOWN, **paper("activity_report", "activity.held")),
    Row("paper_part_make", moved="staff head", **paper("attendance_sheet", "activity.held")),
    Row("paper_part_make", moved=f"owner {SEES_TOWN}", **paper("duty_card", "member.owner")),
    Row("paper_file", obj="paper", ok=f"owner {SEES_TOWN}", download=True),
    Row("report_list", ok=MAKERS, rest=403),
    Row("report_list", method="POST", bad=MAKERS, rest=403),
    Row("approved_list", ok=MAKERS, rest=403),
    Row("archive_list", ok=MAKERS, rest=403),
    Row("archive_list", method="POST", bad=MAKERS, rest=403),
    Row("archive_file", obj="archive", ok=SEES_TOWN, download=True),
    Row("font_check", ok=MAKERS, rest=403),
    Row("report_make", method="POST", moved="staff head county_staff county_head leader", **asking("annual_plan")),
    Row("report_make", method="POST", gone="staff head", **asking("poster")),
    Row(
        "report_make", method="POST", moved="staff head", no="county_staff county_head leader", **asking("address_book")
    ),
    Row("report_detail", obj="report", ok=SEES_TOWN),
    Row("report_file", obj="report", ok=SEES_TOWN, download=True),
]
