"""视察报告, 调研报告, 协商报告 …: what an activity was, what was found there, and what became of it."""

from __future__ import annotations

from activities.enums import CAME, COUNTED, ActivityState, Adoption, FindingState
from activities.models import Activity, Attendance, Finding
from activities.panels.basics import from_to
from activities.panels.outcome import quantities
from activities.type_needs import FINDING_KIND
from core.pdf.blocks import (
    Annex,
    Attachments,
    Block,
    Column,
    Heading,
    Paragraph,
    Picture,
    Run,
    Signature,
    Table,
    number_headings,
)
from organisation.selectors import code_labels
from reports.documents import Composition
from reports.papers import Making, PaperKind, register
from reports.papers.activities import expected, load, newest_of, sees_after, subject, written_on
from reports.papers.wording import asking, on, typed

#: Type of activity → what its report is called.
REPORTS = {"inspection": "视察", "research": "调研", "consultation": "协商", "study_tour": "考察", "appraisal": "评议"}
PEOPLE = "参加人员名单"
PHOTOS = 6
#: A typed heading is one level below the sections of the report.
BELOW = 2


def title_of(activity: Activity) -> str:
    """关于…的视察报告; the word is not said twice."""
    about, kind = subject(activity), REPORTS.get(activity.type.code, "")
    return f"关于{about}情况的报告" if not kind or kind in about else f"关于{about}的{kind}报告"


def compose(activity: Activity, making: Making) -> Composition:
    rows, findings = expected(activity), list(activity.findings.select_related("unit").order_by("order", "pk"))
    found = Composition(title_of(activity), "")
    if activity.state != ActivityState.SUMMARISED:
        found.date = "活动尚未总结"
    found.add(*number_headings(sections(found, activity, rows, findings)))
    if rows:
        found.add(Attachments([PEOPLE]))
    found.add(Signature(activity.office.name, written_on(activity), sealed=True), *asking(activity.office))
    if rows:
        found.add(Annex(PEOPLE), people_table(rows))
    return found


def sections(found: Composition, activity: Activity, rows: list[Attendance], findings: list[Finding]) -> list[Block]:
    """Only those that have something to say."""
    parts = [
        ("基本情况", [*basics(found, activity, rows), *typed(activity.content)]),
        ("活动过程", typed(activity.minutes, level=BELOW)),
        ("活动成效", [*typed(activity.outcome, level=BELOW), *amounts(activity)]),
        ("发现的问题和建议", problems(found, findings)),
        ("办理情况", progress(findings)),
        ("活动照片", photos(activity)),
    ]
    return [block for title, blocks in parts if blocks for block in (Heading(1, title), *blocks)]


# --- what it was -----------------------------------------------------------------------------------------------------
def basics(found: Composition, activity: Activity, rows: list[Attendance]) -> list[Block]:
    partners = [office.short_name for office in activity.partner_offices.order_by("code")]
    who = activity.office.name + (f"会同{'、'.join(partners)}" if partners else "")
    where = f"，在{activity.place}" if activity.place else ""
    runs: list[Run] = [f"{from_to(activity)}，{who}{where}开展“{activity.title}”。"]
    if activity.responsible:
        runs.append(f"活动由{activity.responsible}负责。")
    runs += attendance(found, activity, rows)
    item = activity.scheduled_item()
    if item:
        runs.append(f"本次活动列入{item.plan.year}年度工作计划。")
    return [Paragraph(runs)]


def attendance(found: Composition, activity: Activity, rows: list[Attendance]) -> list[Run]:
    guests = f"{activity.guests}一同参加。" if activity.guests else ""
    if not rows:
        return [guests] if guests else []
    url = activity.get_absolute_url()
    due = found.figure("due", len(rows), "人", "应到委员", url)
    there = found.figure("came", sum(row.state in CAME for row in rows), "人", "实到委员", url)
    return ["应到委员", due, "，实到", there, f"。{guests}"]


def amounts(activity: Activity) -> list[Block]:
    told = [f"{label}{value}".replace(" ", "") for label, value in quantities(activity)]
    return [Paragraph(f"活动数据：{'，'.join(told)}。")] if told else []


# --- what was found --------------------------------------------------------------------------------------------------
def problems(found: Composition, findings: list[Finding]) -> list[Block]:
    if not findings:
        return []
    labels = code_labels(FINDING_KIND)
    count = found.figure("findings", len(findings), "条", "问题和建议")
    made: list[Block] = [Paragraph(["活动中共提出问题和建议", count, "："])]
    for number, each in enumerate(findings, 1):
        text = each.text.strip().rstrip("。")
        target = f"（涉及单位：{each.target}）" if each.target else ""
        made.append(Paragraph(f"{number}.{labels.get(each.kind, each.kind)}：{text}{target}。"))
        if each.proposed:
            made.append(Paragraph(f"建议：{each.proposed.strip()}"))
    return made


def progress(findings: list[Finding]) -> list[Block]:
    """What became of those that went further than being noted."""
    moved = [(number, each) for number, each in enumerate(findings, 1) if each.state != FindingState.NOTED]
    columns = [Column("序号", 9, "center"), Column("报送和批示", 33), Column("办理单位", 18),
               Column("情况", 15, "center"), Column("办理结果", 25)]  # fmt: skip
    rows = [(number, stages(each), each.target, FindingState(each.state).label, result(each)) for number, each in moved]
    return [Table(columns, rows)] if rows else []


def stages(finding: Finding) -> str:
    """The days of each stage; what a leader wrote is not copied into a report."""
    sent = f"{on(finding.sent_on)}报送{finding.sent_to}" if finding.sent_on else ""
    told = f"{on(finding.instructed_on)}获批示" if finding.instructed_on else ""
    due = f"{on(finding.due_on)}前办结" if finding.due_on else ""
    return "\n".join(part for part in (sent, told, due) if part)


def result(finding: Finding) -> str:
    taken = finding.get_adoption_display() if finding.adoption != Adoption.OPEN else ""
    return "\n".join(part for part in (taken, finding.result) if part)


# --- photos and people -----------------------------------------------------------------------------------------------
def photos(activity: Activity) -> list[Block]:
    """Those chosen for reports."""
    chosen = activity.photos.filter(use_in_report=True)[:PHOTOS]
    return [Picture(str(photo.pk), photo.caption, 80) for photo in chosen]


def people_table(rows: list[Attendance]) -> Table:
    columns = [Column("序号", 10, "center"), Column("姓名", 18, "center"), Column("单位及职务", 46),
               Column("出席情况", 26, "center")]  # fmt: skip
    lines = [
        (number, row.member.name, row.member.employer, row.get_state_display()) for number, row in enumerate(rows, 1)
    ]
    return Table(columns, lines)


def newest() -> tuple[int, int] | None:
    """One with findings if there is any: it shows what the report can say."""
    return newest_of(state__in=COUNTED, findings__isnull=False) or newest_of(state__in=COUNTED)


register(PaperKind("activity_report", "活动报告", load, sees_after, compose, newest))
