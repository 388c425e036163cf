"""What the pages of one survey say."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse

from core import qr
from core.components import Task
from core.listing import PER_PAGE
from core.pages import Link, Page
from core.templatetags.ui import cn_date, cn_datetime
from core.workflow import history
from organisation.selectors import code_labels
from surveys import permissions, selectors
from surveys.defaults import GRADE, PURPOSE
from surveys.enums import TONES, Audience, SurveyState
from surveys.models import Answer, Seat, Sheet, Survey
from surveys.sheets import grades, questions
from surveys.workflow import FLOW

HOME = ("问卷调查", "/surveys/")
MINE = ("我的问卷", "/surveys/mine/")


def crumbs(user: Any, survey: Survey, *more: str) -> list[tuple[str, str]]:
    steps = [HOME, (str(survey), survey.get_absolute_url() if more else "")]
    return steps + [(label, "") for label in more]


def head(user: Any, survey: Survey) -> Page:
    return Page(
        str(survey), breadcrumbs=crumbs(user, survey), actions=links(user, survey),
        badge=survey.state_text, badge_tone=TONES[SurveyState(survey.state)],
    )  # fmt: skip


def links(user: Any, survey: Survey) -> list[Link]:
    """The office's tools that are no transition."""

    def to(name: str) -> str:
        return reverse(name, args=[survey.pk])

    found = [Link("预览", to("survey_preview"), icon="eye")]
    if survey.state == SurveyState.DRAFT and permissions.can_edit(user, survey):
        found.insert(0, Link("修改问卷", to("survey_edit"), "primary", "pencil-square"))
    if survey.state != SurveyState.DRAFT:
        found.insert(0, Link("查看结果", to("survey_results"), "primary", "bar-chart"))
    if permissions.can_enter_paper(user, survey):
        found.append(Link("代录纸质答卷", to("survey_paper"), "quiet", "keyboard"))
    if permissions.can_manage(user, survey):
        found.append(Link("存为模板", to("survey_keep"), "quiet", "bookmark", post=True))
    if survey.state == SurveyState.DRAFT and permissions.can_edit(user, survey):
        found.append(Link("删除草稿", to("survey_discard"), "danger", "trash3", post=True))
    return found


def detail(user: Any, survey: Survey, link: str) -> dict[str, Any]:
    """Everything the office's page shows. `link` is the full address for the public, empty for members' surveys."""
    seats = list(survey.seats.values_list("answered", flat=True))
    asked, answered = len(seats), survey.sheets.count()
    return {
        "page": head(user, survey),
        "actions": FLOW.actions(user, survey, url=lambda name: reverse("survey_act", args=[survey.pk, name])),
        "survey": survey, "asked": asked, "answered": answered, "on_paper": answered - sum(seats), "link": link,
        "code": qr.drawn(link) if link else None,
        "facts": facts(survey),
        "questions": questions(survey),
        "missing": list(selectors.missing(survey)),
        "may_remind": permissions.can_remind(user, survey),
        "events": history(survey),
    }  # fmt: skip


def facts(survey: Survey) -> list[tuple[str, Any]]:
    return [
        ("办公室", survey.office.short_name),
        ("用途", code_labels(PURPOSE).get(survey.purpose, "")),
        ("方式", "匿名" if survey.is_anonymous else "记名"),
        ("填写人", who(survey)),
        ("开始填写", cn_datetime(survey.opens_at) or "发出时"),
        ("截止时间", cn_datetime(survey.closes_at)),
        ("测评日期", cn_date(survey.held_on) or "截止那天"),
    ]


def who(survey: Survey) -> str:
    if survey.audience == Audience.GROUPS:
        return "、".join(group.name for group in survey.groups.all())
    return Audience(survey.audience).label


def task(seat: Seat) -> Task:
    """One line of the member's own list."""
    survey = seat.survey
    note = f"{survey.office.short_name} · {'匿名' if survey.is_anonymous else '记名'}"
    if seat.answered:
        return Task(str(survey), reverse("survey_thanks", args=[survey.pk]), note=note, due="已填写", tone="success")
    if not survey.takes_answers:
        due = "还没开始" if survey.state == SurveyState.OPEN and not survey.has_begun else "已截止，未填写"
        return Task(str(survey), reverse("survey_answer", args=[survey.pk]), note=note, due=due)
    until = f"{cn_datetime(survey.closes_at)}前交"
    return Task(str(survey), reverse("survey_answer", args=[survey.pk]), note=note, due=until, tone="warning")


# --- named sheets --------------------------------------------------------------------------------------------------
def said(answers: list[Answer], labels: dict[str, str]) -> str:
    """The answers to one question in words."""
    words = []
    for each in answers:
        number = "" if each.number is None else f"{each.number.normalize():f}"
        words.append(each.choice.text if each.choice else labels.get(each.grade, each.grade) or each.text or number)
    return "；".join(words)


def sheet_rows(survey: Survey, sheets: list[Sheet], labels: dict[str, str]) -> list[list[str]]:
    """Name, moment and the answer to each question, one row per sheet."""
    asked, found = questions(survey), []
    for sheet in sheets:
        answers = list(sheet.answers.all())
        cells = [said([one for one in answers if one.question_id == each.pk], labels) for each in asked]
        found.append([sheet.member.name, cn_datetime(sheet.answered_at), *cells])
    return found


def sheet_head(survey: Survey) -> list[str]:
    return ["委员", "填写时间", *(f"{number}. {each.text}" for number, each in enumerate(questions(survey), 1))]


def named_sheets(survey: Survey) -> Any:
    rows = survey.sheets.select_related("member").prefetch_related("answers__choice")
    return rows.order_by("member__name_pinyin", "pk")


def who_said(sheets: Any, said: str) -> Any:
    """Sheets with this answer, as a line of the results names it; all of them for anything else."""
    kind, question, value = [*said.split(":"), "", ""][:3]
    if not question.isdecimal() or len(question) > 18:
        return sheets
    if kind == "c" and value.isdecimal() and len(value) < 19:
        return sheets.filter(answers__question_id=question, answers__choice_id=value)
    return sheets.filter(answers__question_id=question, answers__grade=value) if kind == "g" else sheets


def sheet_page(survey: Survey, number: str | None, labels: dict[str, str], said: str) -> dict[str, Any]:
    shown = Paginator(who_said(named_sheets(survey), said), PER_PAGE).get_page(number)
    head = sheet_head(survey)
    rows = sheet_rows(survey, list(shown), labels)
    return {"pages": shown, "head": head, "rows": [list(zip(head, row, strict=True)) for row in rows]}


def own_answers(survey: Survey, user: Any) -> list[tuple[str, str]]:
    """What the member said, in named surveys: anonymous sheets cannot be found again."""
    mine = list(named_sheets(survey).filter(member__user_id=user.pk))
    labels = {**code_labels(GRADE), **dict(grades(survey))}
    return list(zip(sheet_head(survey), sheet_rows(survey, mine, labels)[0], strict=True))[1:] if mine else []
