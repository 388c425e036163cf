"""Approved plans of this year and last, made, submitted and approved as in real life."""

from __future__ import annotations

from typing import Any

from dashboard.demo import past, texts
from dashboard.demo.setting import HEAD, OFFICES, Setting
from plans import services
from plans.models import AnnualPlan
from plans.rows import Row


def build(setting: Setting) -> None:
    for office in OFFICES:
        content = texts.read(office)
        for year, key in ((setting.last_year, "last"), (setting.year, "this")):
            plan = make(setting, office, year, content[key])
            remember(setting, office, year, plan)
            decide(setting, office, plan, content[key]["items"])


def make(setting: Setting, office: str, year: int, content: dict[str, Any]) -> AnnualPlan:
    staff, head = setting.staff(office), setting.people[HEAD]
    with past.on(past.moment(year, 1, 6)):
        title = content["title"].format(year=year)
        plan = services.create_plan(office=setting.offices[office], year=year, by=staff, title=title)
        fill(plan, content, staff)
    with past.on(past.moment(year, 1, 8, 15)):
        services.submit(plan=plan, by=staff)
    with past.on(past.moment(year, 1, 10, 10)):
        services.approve(plan=plan, by=head)
    return plan


def fill(plan: AnnualPlan, content: dict[str, Any], by: Any) -> None:
    sections = [Row(section(each)) for each in content["sections"]]
    services.save_text(
        plan=plan, title=plan.title, foreword=texts.paragraphs(content["foreword"]), sections=sections, by=by
    )
    services.save_targets(plan=plan, targets=[Row(target(each)) for each in content["targets"]], by=by)
    services.save_items(plan=plan, items=[Row(item(each)) for each in content["items"]], by=by)


def section(each: dict[str, Any]) -> dict[str, Any]:
    return {"level": each.get("level", 1), "title": each["title"], "body": texts.paragraphs(each["body"])}


def target(each: dict[str, Any]) -> dict[str, Any]:
    given = {name: value for name, value in each.items() if name != "type"}
    usual = {"metric": "records", "operator": "at_least", "amount_max": None, "period": "year", "scope": "office"}
    return {**usual, **given, "filters": {"type": each["type"]} if "type" in each else each.get("filters", {})}


def item(each: dict[str, Any]) -> dict[str, Any]:
    same = ("month", "kind", "topic", "content", "participants", "organisers")
    usual = {"form": each.get("form", ""), "until_month": each.get("until"), "group_id": None}
    return {**{name: each[name] for name in same}, **usual, "part_of_month": each["part"]}


def remember(setting: Setting, office: str, year: int, plan: AnnualPlan) -> None:
    """Lets the activities find the item they belong to."""
    for each in plan.items.all():
        setting.lineages[office, year, each.topic] = each.lineage


def decide(setting: Setting, office: str, plan: AnnualPlan, items: list[dict[str, Any]]) -> None:
    """What came differently since the approval, as far as its month is over."""
    for each in items:
        decision = each.get("decision")
        if decision and setting.is_past(plan.year, decision["month"]):
            given = {"item": plan.items.get(topic=each["topic"]), "reason": decision["reason"],
                     "by": setting.staff(office)}  # fmt: skip
            with past.on(past.moment(plan.year, decision["month"], 8, 10)):
                if decision["act"] == "move":
                    services.move_item(**given, month=decision["to"])
                else:
                    services.cancel_item(**given)
