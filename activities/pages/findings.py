"""The page of one finding, and heads of the pages around it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from activities.enums import FINDING_OPEN, Adoption, FindingState
from activities.models import Finding, Instruction
from activities.pages.heads import HOME
from activities.permissions import followup as record_rights
from activities.type_needs import FINDING_KIND
from activities.workflow.findings import FLOW
from core.pages import Link, Page
from core.templatetags.ui import cn_date
from core.workflow import history
from organisation.selectors import code_labels

HELP = """问题与建议

一条写一件事，之后可以报送、登记批示、交办并跟踪到落实。

涉及单位可以直接写；名单里有的，输入时会提示。"""


def kind_labels() -> dict[str, str]:
    return code_labels(FINDING_KIND)


def list_page() -> Page:
    lead = "各次活动中发现的问题和提出的意见建议，以及报送、批示、办理的情况。"
    links = [Link("督查项目", reverse("project_list"), icon="kanban")]
    return Page("问题与建议", lead=lead, breadcrumbs=[HOME, ("问题与建议", "")], actions=links)


def crumbs(user: Any, finding: Finding, last: str = "") -> list[tuple[str, str]]:
    here = [HOME, ("问题与建议", reverse("finding_list"))]
    return [*here, (str(finding), finding.get_absolute_url()), (last, "")] if last else [*here, (str(finding), "")]


def form_head(finding: Finding, title: str) -> Page:
    return Page(title, lead=str(finding), breadcrumbs=crumbs(None, finding, title))


def detail(user: Any, finding: Finding) -> dict[str, Any]:
    works = bool(record_rights.can_work(user, finding))
    kind = kind_labels().get(finding.kind, finding.kind)
    lead = f"{finding.activity.title} · {finding.activity.office.short_name}"
    page = Page(
        kind, lead=lead, breadcrumbs=crumbs(user, finding),
        actions=links(user, finding) if works else [], badge=finding.state_text, badge_tone=finding.tone,
    )  # fmt: skip
    return {
        "page": page,
        "finding": finding,
        "facts": facts(finding),
        "actions": FLOW.actions(user, finding, url=action_url(finding)) if works else [],
        "instructions": [read(user, each) for each in finding.instructions.all()],
        "follow_ups": list(finding.follow_ups.select_related("recorded_by")),
        "events": history(finding),
        "may_delete": works and finding.state == FindingState.NOTED and bool(record_rights.can_reword(user, finding)),
    }


def action_url(finding: Finding) -> Any:
    return lambda name: reverse("finding_act", args=[finding.pk, name])


def links(user: Any, finding: Finding) -> list[Link]:
    found = []
    if record_rights.can_reword(user, finding):
        found.append(Link("修改", reverse("finding_edit", args=[finding.pk]), icon="pencil"))
    if finding.state in FINDING_OPEN:
        found.append(Link("登记进展", reverse("finding_follow_up", args=[finding.pk]), icon="journal-plus"))
    if record_rights.can_instruct(user, finding):
        found.append(Link("补登批示", reverse("finding_instruction", args=[finding.pk]), icon="pen"))
    found.append(Link("采纳情况", reverse("finding_adoption", args=[finding.pk]), icon="check2-circle"))
    return found


def facts(finding: Finding) -> list[tuple[str, Any]]:
    """Only what is known by now."""
    sent = "，".join(part for part in (finding.sent_to, cn_date(finding.sent_on), finding.document_no) if part)
    adopted = Adoption(finding.adoption).label + (f"（{cn_date(finding.adopted_on)}）" if finding.adopted_on else "")
    rows = [
        ("涉及单位", finding.target),
        ("提出日期", cn_date(finding.noted_on)),
        ("报送", sent),
        ("办结期限", cn_date(finding.due_on) if finding.due_on else ""),
        ("落实日期", cn_date(finding.resolved_on) if finding.resolved_on else ""),
        ("采纳情况", adopted),
    ]
    return [pair for pair in rows if pair[1]]


def read(user: Any, instruction: Instruction) -> dict[str, Any]:
    """An instruction as this user may read it."""
    answer = record_rights.sees_instruction(user, instruction)
    return {"row": instruction, "text": instruction.text if answer else "", "why_not": answer.reason}
