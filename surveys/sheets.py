"""From what was ticked and typed to the rows of a sheet, checked against the survey's questions."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from core.errors import DomainError
from organisation.selectors import codes
from surveys.defaults import GRADE
from surveys.enums import Kind
from surveys.models import Answer, Question, Sheet, Survey


def grades(survey: Survey) -> list[tuple[str, str]]:
    """(code, label) of the satisfaction scale on the survey's day, in the office's order."""
    return list(codes(GRADE, survey.office, survey.day).values_list("code", "label"))


def questions(survey: Survey) -> list[Question]:
    """In their order, with choices; two queries."""
    return list(survey.questions.prefetch_related("choices"))


def rows(survey: Survey, sheet: Sheet, given: Mapping[int, Any]) -> list[Answer]:
    """The answers not yet saved. Raises DomainError for a gap or for what the question does not offer."""
    offered, found = dict(grades(survey)), []
    for number, question in enumerate(questions(survey), 1):
        value = given.get(question.pk)
        if value in (None, "", []):
            if question.is_required:
                raise DomainError(f"第 {number} 题还没有填写。")
            continue
        found += [Answer(sheet=sheet, question=question, **part) for part in parts(question, value, offered)]
    return found


def parts(question: Question, value: Any, offered: Mapping[str, str]) -> list[dict[str, Any]]:
    """The value as fields of one answer, of several for a multiple choice."""
    if question.kind in (Kind.SINGLE, Kind.MULTIPLE):
        wanted = {int(each) for each in (value if isinstance(value, list) else [value])}
        chosen = [each for each in question.choices.all() if each.pk in wanted]
        require(len(chosen) == len(wanted) and (len(chosen) == 1 or question.kind == Kind.MULTIPLE))
        return [{"choice": each} for each in chosen]
    if question.kind == Kind.SCALE:
        require(value in offered)
        return [{"grade": value}]
    return [{"number": Decimal(value)}] if question.kind == Kind.NUMBER else [{"text": str(value)}]


def require(fine: bool) -> None:
    if not fine:
        raise DomainError("有一题的选项不在问卷里，请刷新后重新填写。")
