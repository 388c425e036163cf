"""Shared reads: surveys as one user may see them, the seats, what counts in a year, figures of a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from accounts.roles import Can
from core.breakdown import Share, rate
from core.clock import Span
from core.errors import Denied
from organisation.models import Office
from organisation.selectors import code_labels, grants, rule
from surveys.defaults import GRADE, LEAST_RULE, PURPOSE, SATISFACTION
from surveys.enums import Audience, SurveyState
from surveys.models import Answer, Seat, Sheet, Survey, SurveyTemplate
from surveys.results import definition


def get_for(user: Any, pk: int) -> Survey:
    """The survey with its office. Raises Http404 for a stranger as for a missing one."""
    found = Survey.objects.visible_to(user).select_related("office", "updated_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def seat_for(user: Any, survey: Survey) -> Seat:
    """The user's own seat. Raises Denied for the office's side, which does not answer."""
    seat = survey.seats.filter(member__user_id=user.pk).first()
    if seat is None:
        raise Denied("这份问卷没有请您填写。")
    return seat


def by_token(token: str) -> Survey:
    """A survey of the public that has been opened. Raises Http404."""
    opened = Survey.objects.filter(state__in=[SurveyState.OPEN, SurveyState.CLOSED])
    found = opened.select_related("office").filter(token=token).first()
    if found is None:
        raise Http404
    return found


def listed(user: Any) -> QuerySet[Survey]:
    """Rows of the office's list, with how many were asked and how many answered."""
    rows = Survey.objects.filter(office_id__in=grants(user).where(Can.VIEW_SURVEYS)).select_related("office")
    return rows.annotate(asked=number_of(Seat), answered=number_of(Sheet))


def number_of(model: type[Seat] | type[Sheet]) -> Coalesce:
    """How many rows of the model a survey has, as a column; two joins would multiply each other."""
    rows = model.objects.filter(survey=OuterRef("pk")).order_by().values("survey")
    return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count")), 0)


def own(user: Any) -> QuerySet[Seat]:
    """The member's seats, the newest survey first."""
    seats = Seat.objects.filter(member__user_id=user.pk, survey__state__in=[SurveyState.OPEN, SurveyState.CLOSED])
    return seats.select_related("survey__office").order_by("answered", "-survey__opens_at", "-pk")


def waiting(user: Any) -> QuerySet[Seat]:
    """Seats of the member whose survey takes answers now."""
    return Seat.objects.filter(member__user_id=user.pk, answered=False, survey__in=Survey.objects.running())


def templates_for(office_ids: Collection[int]) -> QuerySet[SurveyTemplate]:
    """Shipped templates and the offices' own."""
    return SurveyTemplate.objects.filter(Q(office=None) | Q(office_id__in=office_ids), is_active=True)


def missing(survey: Survey) -> QuerySet[Seat]:
    """Who has not answered, by pinyin."""
    return survey.seats.filter(answered=False, member__isnull=False).select_related("member__group", "member__user")


# --- what counts -------------------------------------------------------------------------------------------------
def with_answers(surveys: QuerySet) -> QuerySet:
    """Those that were held: closed, with at least one sheet."""
    return surveys.filter(Exists(Sheet.objects.filter(survey=OuterRef("pk"))), state=SurveyState.CLOSED)


def counted_anywhere(span: Span) -> QuerySet[Survey]:
    """Surveys held on a day of the span."""
    return with_answers(Survey.objects.filter(held_on__gte=span.first, held_on__lte=span.last))


def counted(office_ids: Collection[int], span: Span, purpose: str = "") -> QuerySet[Survey]:
    """Surveys of these offices held on a day of the span, of one purpose or of all."""
    found = counted_anywhere(span).filter(office_id__in=office_ids)
    return found.filter(purpose=purpose) if purpose else found


@dataclass(frozen=True)
class Satisfaction:
    """One satisfaction survey of the year: when, how many sheets, its rate in per cent and how that is defined."""

    survey: Survey
    held_on: date
    sheets: int
    rate: float | None
    definition: str


@dataclass(frozen=True)
class YearFigures:
    """Surveys held in a span: how many, members asked and sheets of theirs (paper included), by purpose, and each
    satisfaction result.
    """

    surveys: int
    asked: int
    answered: int
    by_purpose: list[Share]
    satisfaction: list[Satisfaction]

    @property
    def response_rate(self) -> float | None:
        return rate(self.answered, self.asked)


def year_figures(office_ids: Collection[int], span: Span) -> YearFigures:
    """One function for lists, reports and plans; one query in a year without any, else a constant number apart from
    the rules of each office.
    """
    base = counted(office_ids, span)
    found = dict(base.order_by().values_list("purpose").annotate(count=Count("pk")))
    if not found:
        return YearFigures(0, 0, 0, [], [])
    of_members, labels = base.exclude(audience=Audience.PUBLIC).values("pk"), code_labels(PURPOSE)
    by_purpose = [Share(code, labels.get(code, "其他"), count, count) for code, count in found.items()]
    return YearFigures(
        surveys=sum(found.values()),
        asked=Seat.objects.filter(survey__in=of_members).count(),
        answered=Sheet.objects.filter(survey__in=of_members).count(),
        by_purpose=sorted(by_purpose, key=lambda each: (-each.total, each.label)),
        satisfaction=satisfaction(base) if SATISFACTION in found else [],
    )


def satisfaction(base: QuerySet[Survey]) -> list[Satisfaction]:
    """The results of the satisfaction surveys among `base` that may be shown, by day."""
    rows = base.filter(purpose=SATISFACTION).select_related("office").order_by("held_on", "pk")
    surveys = list(rows.annotate(sheet_count=Count("sheets", distinct=True)))
    grades, labels = grade_counts(base), code_labels(GRADE)
    ways = {each.office_id: (definition(each.office, labels), rule(LEAST_RULE, each.office)) for each in surveys}
    found = []
    for each in surveys:
        (meaning, least), given = ways[each.office_id], grades.get(each.pk, Counter())
        if not each.is_anonymous or each.sheet_count >= least:
            found.append(Satisfaction(each, each.held_on, each.sheet_count, meaning.of(given), meaning.words))
    return found


def graded(office_ids: Collection[int], span: Span, *, satisfied: bool) -> QuerySet[Answer]:
    """The grades behind the satisfaction rate of a span: all that count, or only the satisfied ones.

    Surveys whose results are hidden are left out. The rules are those of the topmost of the offices.
    """
    top = Office.objects.filter(pk__in=office_ids).order_by("code").first()
    meaning, least = definition(top, code_labels(GRADE)), rule(LEAST_RULE, top)
    surveys = counted(office_ids, span, SATISFACTION).annotate(sheet_count=Count("sheets", distinct=True))
    shown = surveys.filter(Q(is_anonymous=False) | Q(sheet_count__gte=least))
    answers = Answer.objects.filter(question__survey__in=shown.order_by().values("pk")).exclude(grade="")
    return answers.filter(grade__in=meaning.satisfied) if satisfied else answers.exclude(grade__in=meaning.left_out)


def grade_counts(base: QuerySet[Survey]) -> dict[int, Counter[str]]:
    """survey → grade → how often, over all its scale questions."""
    rows = Answer.objects.filter(sheet__survey__in=base.values("pk")).exclude(grade="").order_by()
    found: dict[int, Counter[str]] = {}
    for survey, grade, count in rows.values_list("sheet__survey_id", "grade").annotate(count=Count("pk")):
        found.setdefault(survey, Counter())[grade] = count
    return found
