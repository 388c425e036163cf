"""Addresses of surveys: the office's side, those who answer, the public by link."""

from tests.access.table import EVERYBODY, SEES_TOWN, STAFF_OF_TOWN, Row

OFFICE = "staff head other_staff county_staff county_head leader"
MAKES = "staff head other_staff county_staff county_head"
ONLY_READS = "county_staff county_head leader"
ASKED = "owner colleague"
LATER = {"closes_at": "2999-01-01T09:00"}


def act(name, state):
    return lambda world: [world[f"survey.{state}"].pk, name]


def token(world):
    return [world["survey.public"].token]


ROWS = [
    Row("survey_list", ok=OFFICE, rest=403),
    Row("survey_list", query="?export=xlsx", download=True, ok=OFFICE, rest=403),
    Row("survey_list", query="?counted=1&purpose=satisfaction&since=2026-01-01&until=2026-12-31", ok=OFFICE, rest=403),
    Row("survey_mine", ok="owner colleague stranger", rest=403),
    Row("survey_new", ok=MAKES, rest=403),
    Row("survey_new", method="POST", bad=MAKES, rest=403),
    *[Row("survey_detail", obj=f"survey.{state}", ok=SEES_TOWN) for state in ("draft", "public")],
    *[Row("survey_detail", obj=f"survey.{state}", ok=SEES_TOWN, no=ASKED) for state in ("open", "named")],
    Row("survey_edit", obj="survey.draft", ok=STAFF_OF_TOWN, no=ONLY_READS),
    Row("survey_edit", obj="survey.open", no=f"{SEES_TOWN} {ASKED}"),
    Row("survey_edit", obj="survey.draft", method="POST", bad=STAFF_OF_TOWN, no=ONLY_READS),
    Row("survey_preview", obj="survey.draft", ok=SEES_TOWN),
    Row("survey_discard", obj="survey.draft", method="POST", moved=STAFF_OF_TOWN, no=ONLY_READS),
    Row("survey_discard", obj="survey.open", method="POST", no=f"{SEES_TOWN} {ASKED}"),
    Row("survey_remind", obj="survey.open", method="POST", moved=STAFF_OF_TOWN, no=f"{ONLY_READS} {ASKED}"),
    Row("survey_paper", obj="survey.named", ok=STAFF_OF_TOWN, no=f"{ONLY_READS} {ASKED}"),
    Row("survey_paper", obj="survey.open", method="POST", bad=STAFF_OF_TOWN, no=f"{ONLY_READS} {ASKED}"),
    Row("survey_keep", obj="survey.open", method="POST", moved=STAFF_OF_TOWN, no=f"{ONLY_READS} {ASKED}"),
    Row("survey_act", args=act("open", "draft"), method="POST", moved=STAFF_OF_TOWN, no=ONLY_READS),
    Row("survey_act", args=act("close", "open"), method="POST", moved=STAFF_OF_TOWN, no=f"{ONLY_READS} {ASKED}"),
    Row("survey_act", args=act("extend", "open"), ok=STAFF_OF_TOWN, no=f"{ONLY_READS} {ASKED}"),
    Row("survey_act", args=act("extend", "open"), method="POST", data=LATER, moved=STAFF_OF_TOWN,
        no=f"{ONLY_READS} {ASKED}"),
    Row("survey_act", args=act("nonsense", "public"), gone=EVERYBODY),
    Row("survey_results", obj="survey.open", ok=SEES_TOWN, no=ASKED),
    Row("survey_results", obj="survey.named", ok=SEES_TOWN, no=ASKED),
    Row("survey_results", obj="survey.named", query="?export=xlsx", download=True, ok=SEES_TOWN, no=ASKED),
    Row("survey_sheets", obj="survey.named", ok=SEES_TOWN, no=ASKED),
    Row("survey_sheets", obj="survey.named", query="?export=xlsx", download=True, ok=SEES_TOWN, no=ASKED),
    Row("survey_sheets", obj="survey.public", gone=EVERYBODY),
    Row("survey_answer", obj="survey.open", ok=ASKED, no=SEES_TOWN),
    Row("survey_answer", obj="survey.open", method="POST", bad=ASKED, no=SEES_TOWN),
    Row("survey_answer", obj="survey.named", moved="owner", ok="colleague", no=SEES_TOWN),
    Row("survey_answer", obj="survey.draft", no=SEES_TOWN),
    Row("survey_thanks", obj="survey.named", ok="owner", moved="colleague", no=SEES_TOWN),
    Row("survey_template_drop", obj="survey.template", method="POST", moved=STAFF_OF_TOWN),
    Row("survey_public", args=token, ok=EVERYBODY, public=200),
    Row("survey_public", args=token, method="POST", bad=EVERYBODY, public=422),
    Row("survey_public", args=lambda world: ["no-such-token"], gone=EVERYBODY, public=404),
    Row("survey_public_thanks", args=token, ok=EVERYBODY, public=200),
]  # fmt: skip
