"""A closed satisfaction survey with its result, an open questionnaire, an essay contest that takes texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from calls import services as calls
from dashboard.demo import past, texts
from dashboard.demo.setting import Setting
from surveys import services as surveys
from surveys.models import Survey, SurveyTemplate
from surveys.services import Asked

#: How the members see the office, in per cent of those who answer.
GRADES = ("satisfied",) * 78 + ("mostly",) * 14 + ("unsatisfied",) * 3 + ("unknown",) * 5
ANSWERED, WORDY = 0.86, 4  # share of the members who answer; every fourth of them writes something
JUDGES = ("leader", "county-head")


def build(setting: Setting) -> None:
    content = texts.read("contest")
    satisfaction(setting, content["survey"])
    needs(setting, content["open_survey"])
    contest(setting, content["call"])


# --- surveys -------------------------------------------------------------------------------------------------------
def satisfaction(setting: Setting, content: dict[str, Any]) -> None:
    """Held in the month before this one, from the shipped template."""
    staff, town = setting.staff("town"), setting.offices["town"]
    month, year = (setting.month - 1, setting.year) if setting.month > 1 else (12, setting.last_year)
    start = past.moment(year, month, 6)
    with past.on(start):
        survey = surveys.create(office=town, title=content["title"], by=staff, template=SurveyTemplate.objects.get())
        survey = send(survey, staff, start + timedelta(days=9))
    chance, members = setting.chance("satisfaction"), setting.members["town"]
    with past.on(start + timedelta(days=3)):
        for place, member in enumerate(members[: int(len(members) * ANSWERED)]):
            wish = content["wishes"][place // WORDY % len(content["wishes"])] if place % WORDY == 0 else ""
            given = {each.pk: chance.choice(GRADES) if each.kind == "scale" else wish for each in questions(survey)}
            surveys.answer(survey=survey, given=given, by=member.user)
    with past.on(start + timedelta(days=9)):
        surveys.close(survey=survey, by=staff)


def needs(setting: Setting, content: dict[str, Any]) -> None:
    """Sent out this month, half answered; the visitor's own member has not yet."""
    staff, town = setting.staff("town"), setting.offices["town"]
    start = past.moment(setting.year, setting.month, 1)
    with past.on(start) as now:
        survey = surveys.create(office=town, title=content["title"], by=staff)
        asked = [Asked(**each) for each in content["questions"]]
        survey = send(survey, staff, now + timedelta(days=60), intro=content["intro"], questions=asked)
    chance, mine = setting.chance("needs"), setting.people["member"]
    with past.on(start + timedelta(hours=2)):
        for member in setting.members["town"][::2]:
            if member.user != mine:
                surveys.answer(survey=survey, given=picked(survey, chance), by=member.user)


def send(survey: Survey, staff: Any, closes_at: Any, *, intro: str = "",
         questions: Sequence[Asked] = ()) -> Survey:  # fmt: skip
    values = {
        "title": survey.title, "intro": intro or survey.intro, "purpose": survey.purpose or "consultation",
        "is_anonymous": True, "audience": "members", "opens_at": None, "closes_at": closes_at, "held_on": None,
    }  # fmt: skip
    surveys.update(survey=survey, values=values, groups=[], by=staff, version=None,
                   questions=questions or surveys.asked_by(survey))  # fmt: skip
    return surveys.open_survey(survey=Survey.objects.get(pk=survey.pk), by=staff)


def questions(survey: Survey) -> list[Any]:
    return list(survey.questions.prefetch_related("choices"))


def picked(survey: Survey, chance: Any) -> dict[int, Any]:
    given: dict[int, Any] = {}
    for each in questions(survey):
        offered = [choice.pk for choice in each.choices.all()]
        if each.kind == "multiple":
            given[each.pk] = chance.sample(offered, chance.randint(1, 3))
        elif offered:
            given[each.pk] = chance.choice(offered)
    return given


# --- the contest ------------------------------------------------------------------------------------------------------
def contest(setting: Setting, content: dict[str, Any]) -> None:
    """Sent out by the county, with entries from all its offices; the visitor's own member has not written yet."""
    staff, start = setting.staff("county"), past.moment(setting.year, setting.month, 1)
    with past.on(start) as now:
        values = {
            "kind": "essay_contest", "title": content["title"], "brief": content["brief"].strip(),
            "eligible": content["eligible"], "words_min": 800, "words_max": 3000, "opens_at": None,
            "closes_at": now + timedelta(days=75),
        }  # fmt: skip
        call = calls.create(office=setting.offices["county"], values=values, by=staff)
        calls.open_call(call=call, by=staff)
        calls.set_judges(call=call, judges=[setting.people[name] for name in JUDGES], by=staff)
    call.refresh_from_db()
    with past.on(start + timedelta(hours=3)):
        for text, member in zip(content["entries"], writers(setting), strict=False):
            written = calls.Text(title=text["title"], body=text["body"].strip("\n"))
            calls.write(call=call, text=written, by=member.user, and_submit=True)


def writers(setting: Setting) -> list[Any]:
    return [each for each in setting.everybody()[3::7] if each.user != setting.people["member"]]
