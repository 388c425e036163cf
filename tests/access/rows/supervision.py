from tests.access.table import EVERYBODY, MEMBERS, SEES_TOWN, Row

COUNTY = "county_staff county_head"
LOOKING = "county_staff county_head leader"
OFFICE = "staff head other_staff county_staff county_head leader"
RECEIVING = "staff head other_staff county_staff county_head"
CONCERNED = f"owner unit {SEES_TOWN}"
REPORT = {"outcome": "kept", "text": "已建成。", "day": "2026-01-05"}
RECORD = {"day": "2026-01-05", "way": "visit", "text": "走访了提案人。"}
TASK = {"what": "座谈", "who": "提案委"}
FINDING = {"finding": "kept", "day": "2026-01-05", "text": "仍然有效。"}


def act(key, name):
    return lambda world: [world[key].pk, name]


PROMISES = [
    Row("promise_list", ok=f"unit {OFFICE} {MEMBERS}", rest=403),
    Row("promise_list", query="?standing=overdue&year=2026&q=站点&unit=x", ok=f"unit {OFFICE} {MEMBERS}", rest=403),
    Row("promise_list", query="?export=xlsx", download=True, ok=f"unit {OFFICE} {MEMBERS}", rest=403),
    Row("promise_detail", obj="promise.open", ok=CONCERNED),
    Row("promise_detail", obj="promise.reported", ok=CONCERNED),
    Row("promise_report", obj="promise.open", ok="unit", no=f"owner {SEES_TOWN}"),
    Row("promise_report", obj="promise.open", method="POST", data=REPORT, moved="unit", no=f"owner {SEES_TOWN}"),
    Row("promise_report", obj="promise.reported", no=CONCERNED),
    Row("promise_file", obj="follow_up", download=True, ok=CONCERNED),
    Row("promise_decide", args=act("follow_up", "accept"), method="POST", moved=COUNTY,
        no="owner unit staff head leader"),
    Row("promise_decide", args=act("follow_up", "send-back"), method="POST", data={"reason": "请附照片。"},
        moved=COUNTY, no="owner unit staff head leader"),
    Row("promise_decide", args=act("follow_up", "nonsense"), method="POST", gone=EVERYBODY),
]  # fmt: skip
KEY_CASES = [
    Row("key_case_list", ok=OFFICE, rest=403),
    Row("key_case_list", query="?state=supervised&year=2026&since=soon&offices=x", ok=OFFICE, rest=403),
    Row("key_case_list", query="?export=xlsx", download=True, ok=OFFICE, rest=403),
    Row("key_case_new", obj="proposal.plain", ok=COUNTY, no="owner staff head leader"),
    Row("key_case_new", obj="proposal.plain", method="POST", data={"year": "2026"}, moved=COUNTY,
        no="owner staff head leader"),
    Row("key_case", obj="key_case.candidate", ok=SEES_TOWN),
    Row("key_case", obj="key_case.confirmed", ok=SEES_TOWN),
    Row("key_case_edit", obj="key_case.confirmed", ok=COUNTY, no="staff head leader"),
    Row("key_record_new", obj="key_case.confirmed", ok=LOOKING, no="staff head"),
    Row("key_record_new", obj="key_case.confirmed", method="POST", data=RECORD, moved=LOOKING, no="staff head"),
    Row("key_record_new", obj="key_case.candidate", no=SEES_TOWN),
    Row("key_task_new", obj="key_case.confirmed", method="POST", data=TASK, moved=COUNTY, no="staff head leader"),
    Row("key_task_act", args=act("key_task", "done"), method="POST", moved=COUNTY, no="staff head leader"),
    Row("key_task_act", args=act("key_task", "drop"), method="POST", moved=COUNTY, no="staff head leader"),
    Row("key_file", obj="key_file", download=True, ok=SEES_TOWN),
    Row("key_case_act", args=act("key_case.candidate", "confirm"), method="POST", moved=COUNTY, no="staff head leader"),
    Row("key_case_act", args=act("key_case.confirmed", "finish"), ok=COUNTY, no="staff head leader"),
    Row("key_case_act", args=act("key_case.candidate", "nonsense"), gone=EVERYBODY),
]  # fmt: skip
LOOK_BACK = [
    Row("look_back_list", ok=OFFICE, rest=403),
    Row("look_back_cases", ok=OFFICE, rest=403),
    Row("look_back_cases", query="?kind=joint&finding=kept&since=2026-01-01&offices=1", ok=OFFICE, rest=403),
    Row("look_back_new", ok=RECEIVING, rest=403),
    Row("look_back", obj="look_back", ok=LOOKING),
    Row("look_back_edit", obj="look_back", ok=COUNTY, no="leader"),
    Row("look_back_add", obj="look_back", ok=COUNTY, no="leader"),
    Row("look_back_add", obj="look_back", method="POST", data={"kind": "individual"}, moved=COUNTY, no="leader"),
    Row("look_back_finding", obj="look_back_case", ok=COUNTY, no="leader"),
    Row("look_back_finding", obj="look_back_case", method="POST", data=FINDING, moved=COUNTY, no="leader"),
    Row("look_back_remove", obj="look_back_case", method="POST", moved=COUNTY, no="leader"),
    Row("look_back_file", obj="look_back_case", download=True, ok=LOOKING),
    Row("look_back_act", args=act("look_back", "close"), ok=COUNTY, no="leader"),
]
ELECTIONS = [
    Row("election_list", ok=OFFICE, rest=403),
    Row("election_list", query="?year=2026&kind=units", ok=OFFICE, rest=403),
    Row("election_new", ok=RECEIVING, rest=403),
    Row("election", obj="election.collecting", ok=LOOKING),
    Row("election", obj="election.deliberating", ok=LOOKING),
    Row("election_edit", obj="election.judging", ok=COUNTY, no="leader"),
    Row("election_nominate", obj="election.collecting", ok=COUNTY, no="leader"),
    Row("election_nominate", obj="election.judging", no=LOOKING),
    Row("election_retract", obj="nomination.collecting", method="POST", moved=COUNTY, no="leader"),
    Row("election_vote", obj="election.judging", ok="leader", no=COUNTY),
    Row("election_vote", obj="election.judging", method="POST", moved="leader", no=COUNTY),
    Row("election_count", obj="election.judging", ok=COUNTY, no="leader"),
    Row("election_act", args=act("election.deliberating", "publish"), method="POST", moved="county_head leader",
        no="county_staff"),
    Row("election_act", args=act("election.judging", "deliberate"), method="POST", moved=COUNTY, no="leader"),
    Row("election_act", args=act("election.judging", "nonsense"), gone=EVERYBODY),
]  # fmt: skip
PUBLIC = [
    Row("public_proposals", ok=EVERYBODY, public=200),
    Row("public_proposals", query="?q=公交&year=2026&category=x&page=99", ok=EVERYBODY, public=200),
    Row("public_proposal", obj="proposal.public", ok=EVERYBODY, public=200),
    Row("public_proposal", obj="proposal.plain", gone=EVERYBODY, public=404),
    Row("publication_list", ok=RECEIVING, rest=403),
    Row("publication_list", query="?standing=not_agreed&q=公交", ok=RECEIVING, rest=403),
    Row("publication_clear", method="POST", moved=RECEIVING, rest=403),
    Row("publication_edit", obj="proposal.public", ok=COUNTY, no="owner staff head leader"),
    Row("publication_edit", obj="proposal.public", method="POST", data={"decision": "withheld", "reason": "有误"},
        moved=COUNTY, no="owner staff head leader"),
]  # fmt: skip
EXCHANGE = [
    Row("exchange_list", ok=RECEIVING, rest=403),
    Row("exchange_export", ok=RECEIVING, rest=403),
    Row("exchange_export", method="POST", data={"year": "2026", "form": "json"}, moved=RECEIVING, rest=403),
    Row("exchange_import", ok=RECEIVING, rest=403),
    Row("exchange_import", method="POST", bad=RECEIVING, rest=403),
    Row("exchange_detail", obj="exchange", ok=COUNTY),
    Row("exchange_apply", obj="exchange", method="POST", moved=COUNTY),
    Row("exchange_file", obj="exchange", download=True, ok=COUNTY),
]
ROWS = [*PROMISES, *KEY_CASES, *LOOK_BACK, *ELECTIONS, *PUBLIC, *EXCHANGE]
