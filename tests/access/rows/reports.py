from tests.access.table import SEES_TOWN, Row

MAKERS = "staff head other_staff county_staff county_head leader"


def asking(document):
    return {"args": lambda world: [document, world.offices["town"].pk, 2026]}


ROWS = [
    Row("report_list", ok=MAKERS, rest=403),
    Row("report_list", method="POST", bad=MAKERS, rest=403),
    Row("font_check", ok=MAKERS, rest=403),
    Row("report_make", method="POST", moved="staff head county_staff county_head leader", **asking("annual_plan")),
    Row("report_make", method="POST", gone="staff head", **asking("poster")),
    Row("report_detail", obj="report", ok=SEES_TOWN),
    Row("report_file", obj="report", ok=SEES_TOWN, download=True),
]
