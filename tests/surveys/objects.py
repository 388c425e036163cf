"""Surveys for tests: one per state and kind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from surveys.models import Answer, Choice, Question, Seat, Sheet, Survey, SurveyTemplate


def survey(office: Any, members: Any = (), **values: Any) -> Survey:
    """An open, anonymous survey of these members with a question of every kind."""
    now = timezone.now()
    values = {"title": "联络处工作测评", "purpose": "satisfaction", "state": "open",
              "opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=7), **values}  # fmt: skip
    made = Survey.objects.create(office=office, **values)
    for order, kind in enumerate(("scale", "single", "multiple", "number", "text"), 1):
        required = kind in {"scale", "single"}
        question = Question.objects.create(survey=made, order=order, kind=kind, text=f"{kind}题", is_required=required)
        if kind in {"single", "multiple"}:
            Choice.objects.bulk_create(Choice(question=question, order=n, text=text) for n, text in enumerate("甲乙丙"))
    Seat.objects.bulk_create(Seat(survey=made, member=member) for member in members)
    return made


def question(made: Survey, kind: str) -> Question:
    return made.questions.get(kind=kind)


def choice(made: Survey, kind: str, text: str = "甲") -> Choice:
    return Choice.objects.get(question=question(made, kind), text=text)


def given(made: Survey, grade: str = "satisfied", text: str = "") -> dict[int, Any]:
    """What the service takes: the questions that must be answered, and perhaps some words."""
    return {
        question(made, "scale").pk: grade,
        question(made, "single").pk: str(choice(made, "single").pk),
        question(made, "text").pk: text,
    }


def posted(made: Survey, **more: Any) -> dict[str, Any]:
    """The same as a browser sends it."""
    return {**{f"q{pk}": value for pk, value in given(made).items()}, **more}


def sheet(made: Survey, grade: str = "satisfied", member: Any = None) -> Sheet:
    """A sheet as it lies in the database, with its seat when a member is given."""
    named = {} if made.is_anonymous else {"member": member, "answered_at": timezone.now()}
    kept = Sheet.objects.create(survey=made, **named)
    Answer.objects.create(sheet=kept, question=question(made, "scale"), grade=grade)
    Answer.objects.create(sheet=kept, question=question(made, "single"), choice=choice(made, "single"))
    if member:
        Seat.objects.filter(survey=made, member=member).update(answered=True)
    return kept


def add_surveys(world: Any) -> None:
    town = world.offices["town"]
    asked = [world["member.owner"], world["member.colleague"]]
    world.objects["survey.draft"] = survey(town, state="draft")
    world.objects["survey.open"] = survey(town, asked, title="征求意见问卷")
    world.objects["survey.named"] = survey(town, asked, title="学习需求问卷", is_anonymous=False)
    world.objects["survey.public"] = survey(town, title="群众评议", audience="public", token="public-token-of-the-town")
    sheet(world["survey.named"], member=world["member.owner"])
    world.objects["survey.template"] = SurveyTemplate.objects.create(
        office=town,
        title="本处模板",
        questions=[{"kind": "text", "text": "有什么建议？", "required": False, "choices": []}],
    )
