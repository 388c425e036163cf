"""Who may do what with a survey. Visibility itself is `SurveyQuerySet.visible_to`."""

from __future__ import annotations

from typing import Any

from accounts.roles import Can
from core.permissions import ALLOWED, Permission, denied, first_denial
from organisation.selectors import can, grants
from surveys.enums import SurveyState
from surveys.models import Survey


def can_create(user: Any) -> Permission:
    return can(user, Can.EDIT_SURVEYS)


def can_view(user: Any, survey: Survey) -> Permission:
    """The office's side: who is asked, how many answered, the results."""
    if survey.office_id in grants(user).where(Can.VIEW_SURVEYS):
        return ALLOWED
    return denied("问卷的组织和结果由办公室掌握。您可以在“我的问卷”里填写。")


def can_manage(user: Any, survey: Survey) -> Permission:
    return can(user, Can.EDIT_SURVEYS, survey.office_id)


def can_edit(user: Any, survey: Survey) -> Permission:
    """Title, questions, audience: until it is opened, so that everybody answers the same questions."""
    return first_denial(can_manage(user, survey), is_draft(survey))


def is_draft(survey: Survey) -> Permission:
    if survey.state == SurveyState.DRAFT:
        return ALLOWED
    return denied("问卷已经发出，题目不能再改。还没有人填写时可以“撤回修改”；要用新题目请复制一份。")


def can_open(user: Any, survey: Survey) -> Permission:
    return first_denial(can_manage(user, survey), is_ready(survey))


def is_ready(survey: Survey) -> Permission:
    if not survey.questions.exists():
        return denied("还没有题目，请先填写题目。")
    if survey.closes_at is None:
        return denied("还没有截止时间，请先填写。")
    return denied("截止时间已经过了，请先改成以后的时间。") if survey.is_over else ALLOWED


def can_recall(user: Any, survey: Survey) -> Permission:
    untouched = ALLOWED if not survey.sheets.exists() else denied("已经有人填写，不能撤回。")
    return first_denial(can_manage(user, survey), untouched)


def can_close(user: Any, survey: Survey) -> Permission:
    """Staff at any time; the clock itself (`user` None) once the closing time has passed."""
    if user is None:
        return ALLOWED if survey.is_over else denied("还没有到截止时间。")
    return can_manage(user, survey)


def can_remind(user: Any, survey: Survey) -> Permission:
    running = ALLOWED if survey.takes_answers else denied("现在不在填写时间内。")
    return first_denial(can_manage(user, survey), running)


def can_enter_paper(user: Any, survey: Survey) -> Permission:
    """Type in sheets filled in on paper: until the survey is closed, also after its closing time."""
    collecting = survey.state == SurveyState.OPEN and survey.has_begun
    return first_denial(can_manage(user, survey), ALLOWED if collecting else denied("填写已经结束或者还没有开始。"))
