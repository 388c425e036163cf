from tests.access.table import EVERYBODY, SEES_TOWN, STAFF_OF_TOWN, Row

OWN_MEMBERS = "owner colleague"
LOOK_ON = "county_staff county_head leader"
OTHER_STAFF = "other_staff county_staff county_head"
DECIDE = "head county_head"


def acting(action):
    return {"args": lambda world: [world[f"plan.{STATES[action]}"].pk, action]}


def deciding(item, action):
    return {"args": lambda world: [world[item].pk, action]}


STATES = {"submit": "draft", "approve": "submitted", "return": "submitted", "withdraw": "submitted"}


def refused_to(*allowed):
    """Everybody who sees the town's plans, without those who may."""
    return " ".join(key for key in SEES_TOWN.split() if key not in allowed)


ROWS = [
    Row("plan_list", ok=EVERYBODY),
    Row("plan_list", query="?state=approved", ok=EVERYBODY),
    Row("plan_create", ok=f"{STAFF_OF_TOWN} {OTHER_STAFF}", rest=403),
    Row("plan_create", method="POST", bad=f"{STAFF_OF_TOWN} {OTHER_STAFF}", rest=403),
    Row("plan_read", ok=f"{STAFF_OF_TOWN} {OTHER_STAFF}", rest=403),
    Row("plan_read", method="POST", bad=f"{STAFF_OF_TOWN} {OTHER_STAFF}", rest=403),
    Row("plan_read_review", moved=f"{STAFF_OF_TOWN} {OTHER_STAFF}", rest=403),
    Row("plan_read_review", method="POST", moved=f"{STAFF_OF_TOWN} {OTHER_STAFF}", rest=403),
    Row("plan_read_part", method="POST", args=lambda world: [1], gone=f"{STAFF_OF_TOWN} {OTHER_STAFF}", rest=403),
    Row("plan_year", ok=f"{SEES_TOWN} other_staff", rest=403),
    Row("plan_year", query="?year=2027&office=1", ok=f"{SEES_TOWN} other_staff", rest=403),
    *[Row("plan_changes", obj=f"plan.{state}", ok=SEES_TOWN) for state in ("approved", "draft")],
    Row("plan_adopt", obj="plan.approved", method="POST", no=f"{SEES_TOWN} {OWN_MEMBERS}"),
    Row("plan_series", obj="plan.draft", ok=STAFF_OF_TOWN, no=LOOK_ON),
    Row("plan_series", obj="plan.draft", method="POST", bad=STAFF_OF_TOWN, no=LOOK_ON),
    Row("plan_series", obj="plan.approved", no=f"{SEES_TOWN} {OWN_MEMBERS}"),
    Row("plan_item", obj="item.approved", ok=f"{SEES_TOWN} {OWN_MEMBERS}"),
    Row("plan_item", obj="item.draft", ok=SEES_TOWN),
    Row("plan_item_edit", obj="item.draft", ok=STAFF_OF_TOWN, no=LOOK_ON),
    Row("plan_item_edit", obj="item.draft", method="POST", bad=STAFF_OF_TOWN, no=LOOK_ON),
    Row("plan_item_edit", obj="item.approved", no=f"{SEES_TOWN} {OWN_MEMBERS}"),
    *[
        Row("plan_item_act", ok="other_staff", no=f"{LOOK_ON} stranger", **deciding("item.open", action))
        for action in ("move", "merge", "cancel")
    ],
    Row("plan_item_act", method="POST", bad="other_staff", no=f"{LOOK_ON} stranger", **deciding("item.open", "move")),
    Row("plan_item_act", no=f"other_staff {LOOK_ON} stranger", **deciding("item.open", "restore")),
    Row("plan_item_act", no=f"{SEES_TOWN} {OWN_MEMBERS}", **deciding("item.approved", "cancel")),
    Row("plan_item_act", no=SEES_TOWN, **deciding("item.draft", "cancel")),
    Row("plan_item_act", gone=EVERYBODY, **deciding("item.open", "destroy")),
    *[
        Row(url, obj="plan.approved", ok=f"{SEES_TOWN} {OWN_MEMBERS}")
        for url in ("plan_detail", "plan_months")
    ],
    *[
        Row(url, obj=f"plan.{state}", ok=SEES_TOWN)
        for url in ("plan_detail", "plan_months")
        for state in ("draft", "submitted")
    ],
    Row("plan_target", obj="target.approved", ok=f"{SEES_TOWN} {OWN_MEMBERS}"),
    Row("plan_target", obj="target.draft", ok=SEES_TOWN),
    *[
        row
        for url in ("plan_edit_text", "plan_edit_targets", "plan_edit_items")
        for row in (
            Row(url, obj="plan.draft", ok=STAFF_OF_TOWN, no=LOOK_ON),
            Row(url, obj="plan.draft", method="POST", bad=STAFF_OF_TOWN, no=LOOK_ON),
            Row(url, obj="plan.submitted", no=SEES_TOWN),
            Row(url, obj="plan.approved", no=f"{SEES_TOWN} {OWN_MEMBERS}"),
            Row(url, obj="plan.approved", method="POST", no=f"{SEES_TOWN} {OWN_MEMBERS}"),
        )
    ],
    Row("plan_amend", obj="plan.approved", method="POST", moved=STAFF_OF_TOWN, no=f"{LOOK_ON} {OWN_MEMBERS}"),
    Row("plan_amend", obj="plan.draft", method="POST", no=SEES_TOWN),
    Row("plan_act", method="POST", moved=STAFF_OF_TOWN, no=LOOK_ON, **acting("submit")),
    Row("plan_act", method="POST", moved=DECIDE, no=refused_to("head", "county_head"), **acting("approve")),
    Row("plan_act", method="POST", moved=DECIDE, no=refused_to("head", "county_head"), data={"reason": "请补充"},
        **acting("return")),
    Row("plan_act", method="POST", moved=STAFF_OF_TOWN, no=LOOK_ON, **acting("withdraw")),
    Row("plan_act", method="POST", gone=EVERYBODY, args=lambda world: [world["plan.draft"].pk, "destroy"]),
]  # fmt: skip
