"""Accounts and roles are seen by the system and the security administrator, basic data by office staff too."""

from tests.access.table import EVERYBODY, Row

ADMINS = "sysadmin secadmin"
OFFICES = "staff head other_staff county_staff county_head sysadmin"
COUNTY = "county_staff county_head sysadmin"
OF_TOWN = f"staff head {COUNTY}"
NOT_COUNTY = "staff head other_staff"
NEVER = {"rest": 403}

ACCOUNT = {"name": "张三", "username": "zhangsan", "phone": ""}
POSTING = {"role": "auditadmin", "starts": "2026-01-01", "ends": ""}
OFFICE = {"name": "新镇联络处", "short_name": "新镇", "kind": "township", "phone": "", "address": ""}
TERM = {"number": "12", "name": "", "starts": "2032-01-01", "ends": ""}
SESSION = {"number": "6", "starts": "2027-01-01", "plenary_starts": "2027-01-11", "plenary_ends": "2027-01-14"}


def only(names: str, everybody: str = EVERYBODY) -> str:
    return " ".join(name for name in everybody.split() if name not in names.split())


ROWS = [
    Row("first_run", args=lambda world: ["wrong-token"], public=404),
    Row("first_run", args=lambda world: ["wrong-token"], method="POST", public=404),
    Row("getting_started", ok=ADMINS, **NEVER),
    # accounts
    Row("account_list", ok=ADMINS, **NEVER),
    Row("account_list", query="?export=xlsx", download=True, ok=ADMINS, **NEVER),
    Row("account_new", ok="sysadmin", **NEVER),
    Row("account_new", method="POST", data=ACCOUNT, moved="sysadmin", **NEVER),
    Row("account_detail", obj="account.staff", ok=ADMINS),
    Row("account_detail", obj="account.new", ok=ADMINS),
    Row("account_edit", obj="account.staff", ok="sysadmin", no="secadmin"),
    Row("account_edit", obj="account.staff", method="POST", data=ACCOUNT, moved="sysadmin", no="secadmin"),
    Row("account_issued", obj="account.staff", ok="sysadmin", no="secadmin"),
    Row("account_act", args=lambda world: [world["account.staff"].pk, "reset-password"], method="POST",
        data={"reason": "本人忘记"}, moved="sysadmin", no="secadmin"),
    Row("account_act", args=lambda world: [world["account.staff"].pk, "disable"], method="POST",
        data={"reason": "调离"}, moved="sysadmin", no="secadmin"),
    Row("account_act", args=lambda world: [world["account.sysadmin"].pk, "disable"], method="POST",
        data={"reason": "误操作"}, no=ADMINS),
    Row("account_act", args=lambda world: [world["account.staff"].pk, "enable"], method="POST", gone=EVERYBODY),
    Row("account_act", args=lambda world: [world["account.staff"].pk, "promote"], method="POST", gone=EVERYBODY),
    # roles
    Row("posting_new", obj="account.staff", ok="secadmin", no="sysadmin"),
    Row("posting_new", obj="account.secadmin", no=ADMINS),
    Row("posting_new", obj="account.new", method="POST", data=POSTING, bad="secadmin", no="sysadmin"),
    Row("posting_end", obj="posting.staff", ok="secadmin", no="sysadmin"),
    Row("posting_end", obj="posting.staff", method="POST", data={"when": "now", "reason": "调离"},
        moved="secadmin", no="sysadmin"),
    Row("posting_end", obj="posting.secadmin", no=ADMINS),
    # basic data
    Row("basics", ok=OFFICES, **NEVER),
    Row("office_list", ok=OFFICES, **NEVER),
    Row("office_new", ok=OFFICES, **NEVER),
    Row("office_new", method="POST", data=OFFICE, bad=OFFICES, **NEVER),
    Row("office_edit", obj="office.town", ok=OF_TOWN, no=only(OF_TOWN)),
    Row("office_edit", obj="office.town", method="POST", data=OFFICE, moved=OF_TOWN, no=only(OF_TOWN)),
    Row("office_edit", obj="office.county", ok=COUNTY, no=only(COUNTY)),
    Row("office_toggle", obj="office.town", method="POST", moved=COUNTY, no=only(COUNTY)),
    Row("office_toggle", obj="office.county", method="POST", no=EVERYBODY),
    Row("term_list", ok=OFFICES, **NEVER),
    Row("term_new", ok=COUNTY, **NEVER),
    Row("term_new", method="POST", data=TERM, moved=COUNTY, **NEVER),
    Row("term_edit", obj="term", ok=COUNTY, **NEVER),
    Row("term_edit", obj="term", method="POST", data={"number": "x"}, bad=COUNTY, **NEVER),
    Row("session_new", obj="term", ok=COUNTY, **NEVER),
    Row("session_new", obj="term", method="POST", data=SESSION, moved=COUNTY, **NEVER),
    Row("session_edit", obj="session", ok=COUNTY, **NEVER),
    Row("session_edit", obj="session", method="POST", data={}, bad=COUNTY, **NEVER),
    Row("days_list", ok=OFFICES, **NEVER),
    Row("days_new", ok=OFFICES, **NEVER),
    Row("days_new", method="POST", data={"name": ""}, bad=OFFICES, **NEVER),
    Row("days_edit", obj="days.shipped", ok=COUNTY, no=only(COUNTY)),
    Row("days_edit", obj="days.town", ok="staff head", gone=f"other_staff {COUNTY}", rest=403),
    Row("days_edit", obj="days.town", method="POST", data={"name": ""}, bad="staff head", gone=f"other_staff {COUNTY}",
        rest=403),
    Row("days_remove", obj="days.shipped", method="POST", moved=COUNTY, no=only(COUNTY)),
    Row("days_remove", obj="days.town", method="POST", moved="staff head", gone=f"other_staff {COUNTY}", rest=403),
    Row("code_list", ok=OFFICES, **NEVER),
    Row("code_list", query="?export=xlsx", download=True, ok=OFFICES, **NEVER),
    Row("code_new", ok=OFFICES, **NEVER),
    Row("code_new", method="POST", data={"kind": "test_kind", "label": "新条目", "starts": "2026-01-01"},
        moved=OFFICES, **NEVER),
    Row("code_edit", obj="code.shipped", ok=COUNTY, no=only(COUNTY)),
    Row("code_edit", obj="code.shipped", method="POST", data={"label": "改", "order": "1"}, moved=COUNTY,
        no=only(COUNTY)),
    Row("code_edit", obj="code.own", ok=OF_TOWN, gone="other_staff", rest=403),
    Row("rule_list", ok=OFFICES, **NEVER),
    Row("rule_detail", args=lambda world: ["test.days"], ok=OFFICES, **NEVER),
    Row("rule_detail", args=lambda world: ["test.days"], method="POST", data={}, bad=OFFICES, **NEVER),
    Row("rule_detail", args=lambda world: ["no.such"], gone=OFFICES, **NEVER),
    # named lists
    *(
        row
        for kind in ("sector", "committee", "unit")
        for row in (
            Row(f"{kind}_list", ok=OFFICES, **NEVER),
            Row(f"{kind}_new", ok=COUNTY, **NEVER),
            Row(f"{kind}_new", method="POST", data={"name": "新的", "order": "9"}, moved=COUNTY, **NEVER),
            Row(f"{kind}_edit", obj=kind, ok=COUNTY, no=only(COUNTY)),
            Row(f"{kind}_edit", obj=kind, method="POST", data={"name": "", "order": "9"}, bad=COUNTY, no=only(COUNTY)),
            Row(f"{kind}_toggle", obj=kind, method="POST", moved=COUNTY, no=only(COUNTY)),
        )
    ),
    Row("group_list", ok=OFFICES, **NEVER),
    Row("group_new", ok=OFFICES, **NEVER),
    Row("group_new", method="POST", data={"name": "第九组", "order": "9"}, bad=OFFICES, **NEVER),
    Row("group_edit", obj="group", ok=OF_TOWN, no=only(OF_TOWN)),
    Row("group_edit", obj="group", method="POST", data={"name": "改名组", "order": "9"}, moved=OF_TOWN,
        no=only(OF_TOWN)),
    Row("group_toggle", obj="group", method="POST", moved=OF_TOWN, no=only(OF_TOWN)),
]  # fmt: skip
