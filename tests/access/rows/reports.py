from tests.access.table import SEES_TOWN, Row

MAKERS = "staff head other_staff county_staff county_head leader"


def asking(document):
    return {"args": lambda world: [document, world.offices["town"].pk, 2026]}


def paper(document, obj):
    return {"args": lambda world: [document, world[obj].pk, 0], "method": "POST"}


ROWS = [
    Row("paper_part_make", moved=f"owner {SEES_TOWN}", **paper("proposal_text", "proposal.filed")),
    Row("paper_part_make", moved=SEES_TOWN, **paper("handling_sheet", "proposal.filed")),
    Row("paper_part_make", moved="owner", **paper("proposal_text", "proposal.draft")),
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
    Row("report_detail", obj="report", ok=SEES_TOWN),
    Row("report_file", obj="report", ok=SEES_TOWN, download=True),
]
