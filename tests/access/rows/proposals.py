from tests.access.table import EVERYBODY, SEES_TOWN, Row

OFFICE = "staff head other_staff county_staff county_head leader"
MEMBERS = "owner colleague stranger"
RECEIVERS = "county_staff county_head"
NOT_RECEIVERS = "owner staff head leader"
TEXT = {"subject": "关于夜间公交的提案", "intent": "save"}
RETURNED = {"words": "请补充数字。"}

WORD = {"do": "add"}
ASKED = {"do": "decline"}
BATCH = {"name": "征集", "opens_at": "2026-12-01T09:00", "closes_at": "2026-12-20T18:00", "grace_minutes": "0"}


def ask(kind, state):
    return lambda world: [world[f"proposal.{state}"].pk, kind]


def act(name, state):
    return lambda world: [world[f"proposal.{state}"].pk, name]


ROWS = [
    Row("proposal_list", ok=f"{OFFICE} {MEMBERS}", rest=403),
    Row("proposal_list", query="?export=xlsx", download=True, ok=f"{OFFICE} {MEMBERS}", rest=403),
    Row("proposal_list", query="?state=submitted&since=2026-01-01&q=公交", ok=f"{OFFICE} {MEMBERS}", rest=403),
    Row("proposal_list", query="?session=x&offices=x&since=soon", ok=f"{OFFICE} {MEMBERS}", rest=403),
    Row("proposal_mine", ok=MEMBERS, rest=403),
    Row("proposal_new", ok=MEMBERS, rest=403),
    Row("proposal_new", method="POST", data=TEXT, moved=MEMBERS, rest=403),
    Row("proposal_new", method="POST", data={"intent": "submit"}, bad=MEMBERS, rest=403),
    Row("proposal_detail", obj="proposal.draft", ok="owner"),
    Row("proposal_detail", obj="proposal.submitted", ok=f"owner {SEES_TOWN}"),
    Row("proposal_detail", obj="proposal.returned", ok=f"owner {SEES_TOWN}"),
    Row("proposal_detail", obj="proposal.filed", ok=f"owner {SEES_TOWN}"),
    Row("proposal_edit", obj="proposal.draft", ok="owner"),
    Row("proposal_edit", obj="proposal.returned", ok="owner", no=SEES_TOWN),
    Row("proposal_edit", obj="proposal.submitted", no=f"owner {SEES_TOWN}"),
    Row("proposal_edit", obj="proposal.draft", method="POST", data=TEXT, moved="owner"),
    Row("proposal_edit", obj="proposal.returned", method="POST", data=TEXT, moved="owner", no=SEES_TOWN),
    Row("proposal_receipt", obj="proposal.draft", gone=EVERYBODY),
    Row("proposal_receipt", obj="proposal.submitted", ok=f"owner {SEES_TOWN}"),
    Row("proposal_receipt", obj="proposal.filed", ok=f"owner {SEES_TOWN}"),
    Row("proposal_discard", obj="proposal.draft", method="POST", moved="owner"),
    Row("proposal_discard", obj="proposal.filed", method="POST", no=f"owner {SEES_TOWN}"),
    Row("proposal_act", args=act("file", "submitted"), ok=RECEIVERS, no=NOT_RECEIVERS),
    Row("proposal_act", args=act("file", "submitted"), method="POST", data={"category": "economy"},
        moved=RECEIVERS, no=NOT_RECEIVERS),
    Row("proposal_act", args=act("file", "filed"), moved=RECEIVERS, no=NOT_RECEIVERS),
    Row("proposal_act", args=act("return", "submitted"), ok=RECEIVERS, no=NOT_RECEIVERS),
    Row("proposal_act", args=act("return", "submitted"), method="POST", data=RETURNED,
        moved=RECEIVERS, no=NOT_RECEIVERS),
    Row("proposal_act", args=act("return", "submitted"), method="POST", bad=RECEIVERS, no=NOT_RECEIVERS),
    Row("proposal_act", args=act("withdraw", "submitted"), method="POST", data={"reason": "另写一件"},
        moved="owner", no=SEES_TOWN),
    Row("proposal_act", args=act("withdraw", "submitted"), moved="owner", no=SEES_TOWN),
    Row("proposal_act", args=act("file", "draft"), no="owner"),
    Row("proposal_act", args=act("nonsense", "submitted"), gone=EVERYBODY),
    Row("proposal_act", args=act("not_file", "submitted"), ok=RECEIVERS, no=NOT_RECEIVERS),
    Row("proposal_act", args=act("merge", "submitted"), ok=RECEIVERS, no=NOT_RECEIVERS),
    Row("proposal_act", args=act("take_up", "submitted"), method="POST", moved=RECEIVERS, no=NOT_RECEIVERS),
    Row("proposal_act", args=act("reconsider", "not_filed"), method="POST", data={"reason": "补来材料"},
        moved=RECEIVERS, no=NOT_RECEIVERS),
    Row("proposal_detail", obj="proposal.not_filed", ok=f"owner {SEES_TOWN}"),
    Row("proposal_check", obj="proposal.submitted", method="POST", data={"check-facts": "pass"},
        moved=RECEIVERS, no=NOT_RECEIVERS),
    Row("proposal_recommend", obj="proposal.submitted", ok=RECEIVERS, no=NOT_RECEIVERS),
    Row("proposal_recommend", obj="proposal.submitted", method="POST", data={"verdict": "file"},
        moved=RECEIVERS, no=NOT_RECEIVERS),
    Row("proposal_recommend", obj="proposal.submitted", method="POST", bad=RECEIVERS, no=NOT_RECEIVERS),
    Row("proposal_become", obj="proposal.not_filed", method="POST", moved=RECEIVERS, no=NOT_RECEIVERS),
    Row("proposal_bulk", rest=302),
    Row("proposal_bulk", query="?act=file&all=1&query=state%3Dsubmitted", ok=RECEIVERS, rest=403),
    Row("proposal_bulk", query="?act=recommend&all=1&query=state%3Dsubmitted", ok=RECEIVERS, rest=403),
    Row("proposal_bulk", method="POST", data={"act": "take_up"}, moved=RECEIVERS, rest=403),
    Row("proposal_bulk_run", obj="bulk_run", ok="county_staff"),
    Row("proposal_from_word", ok=MEMBERS, rest=403),
    Row("proposal_from_word", method="POST", bad=MEMBERS, rest=403),
    Row("proposal_detail", obj="proposal.joint", ok="owner colleague"),
    Row("proposal_detail", obj="proposal.collective", ok="owner stranger"),
    Row("proposal_people", obj="proposal.joint", query="?q=ou", ok="owner", no="colleague"),
    Row("proposal_people", obj="proposal.collective", query="?q=ou", ok="owner", no="stranger"),
    Row("proposal_people", obj="proposal.submitted", no=f"owner {SEES_TOWN}"),
    Row("proposal_people", obj="proposal.joint", method="POST", data=WORD, moved="owner", no="colleague"),
    Row("proposal_answer", obj="proposal.joint", method="POST", data=ASKED, moved="colleague", no="owner"),
    Row("proposal_versions", obj="proposal.joint", ok="owner colleague"),
    Row("proposal_versions", obj="proposal.submitted", ok=f"owner {SEES_TOWN}"),
    Row("proposal_restore", obj="proposal.submitted", method="POST", gone=EVERYBODY),
    Row("proposal_ask", args=ask("change", "filed"), ok="owner", no=SEES_TOWN),
    Row("proposal_ask", args=ask("withdraw", "filed"), ok="owner", no=SEES_TOWN),
    Row("proposal_ask", args=ask("withdraw", "filed"), method="POST", data={"reason": "已经解决"}, moved="owner",
        no=SEES_TOWN),
    Row("proposal_ask", args=ask("withdraw", "submitted"), no=f"owner {SEES_TOWN}"),
    Row("proposal_ask", args=ask("nonsense", "filed"), gone=EVERYBODY),
    Row("proposal_act", args=act("invite", "joint"), moved="owner", no="colleague"),
    Row("proposal_act", args=act("reopen", "joint"), method="POST", moved="owner", no="colleague"),
    Row("proposal_act", args=act("sign", "collective"), method="POST", moved="stranger", no="owner"),
    Row("proposal_attachment", obj="attachment", download=True, ok=f"owner {SEES_TOWN}"),
    Row("request_detail", obj="request", ok=RECEIVERS, no=NOT_RECEIVERS),
    Row("batch_list", ok=OFFICE, rest=403),
    Row("batch_new", ok=RECEIVERS, rest=403),
    Row("batch_new", method="POST", data=BATCH, moved=RECEIVERS, rest=403),
    Row("batch_detail", obj="batch", ok=EVERYBODY),
    Row("batch_edit", obj="batch", ok=RECEIVERS, rest=403),
    Row("batch_edit", obj="batch", method="POST", data=BATCH, moved=RECEIVERS, rest=403),
]  # fmt: skip
