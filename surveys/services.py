"""Every write to surveys. `by` is the acting user; None where the clock acts."""

from __future__ import annotations

import random
import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.services import changes, record
from core import drafts
from core.errors import DomainError
from core.versions import editing
from members.models import Member
from notices.services import tell
from organisation.models import Office
from surveys import audience, sheets
from surveys.enums import LISTED
from surveys.models import Answer, Choice, Question, Seat, Sheet, Survey, SurveyTemplate
from surveys.permissions import can_create, can_edit, can_enter_paper, can_manage, can_remind
from surveys.workflow import FLOW

BATCH = 500
HEAD = ("title", "intro", "purpose", "is_anonymous", "audience", "opens_at", "closes_at", "held_on")


@dataclass(frozen=True)
class Asked:
    """One question as the form or a template gives it."""

    kind: str
    text: str
    required: bool = True
    choices: Sequence[str] = ()
    lineage: uuid.UUID | None = None


# --- making ------------------------------------------------------------------------------------------------------
@transaction.atomic
def create(*, office: Office, title: str, by: Any, copy_of: Survey | None = None,
           template: SurveyTemplate | None = None, chosen: Sequence[Member] = ()) -> Survey:  # fmt: skip
    """A draft, empty or with the questions of a template or of an earlier survey. `chosen`: whom to ask, if given."""
    can_create(by).require()
    survey = Survey(state="draft", office=office, title=title, updated_by=by)
    can_manage(by, survey).require()
    source = copy_of or template
    for name in ("intro", "purpose", "is_anonymous"):
        setattr(survey, name, getattr(source, name, getattr(survey, name)))
    survey.audience = "chosen" if chosen else copy_of.audience if copy_of else survey.audience
    survey.save()
    survey.chosen.set(chosen)
    write_questions(survey, asked_by(copy_of) if copy_of else from_template(template))
    record("survey.create", survey, by=by, detail={"source": str(source or "")})
    return survey


def asked_by(survey: Survey) -> list[Asked]:
    """The questions of a survey without their identity."""
    rows = survey.questions.prefetch_related("choices")
    return [Asked(each.kind, each.text, each.is_required, [one.text for one in each.choices.all()]) for each in rows]


def from_template(template: SurveyTemplate | None) -> list[Asked]:
    return [Asked(**each) for each in template.questions] if template else []


@transaction.atomic
def update(*, survey: Survey, values: Mapping[str, Any], groups: Sequence[Any], questions: Sequence[Asked], by: Any,
           version: int | None = None) -> Survey:  # fmt: skip
    """Head, audience and questions of a draft. Raises Denied, Conflict, or DomainError naming a field."""
    with editing(survey, version=version, by=by) as locked:
        can_edit(by, locked).require()
        check_times(values["opens_at"], values["closes_at"])
        check_audience(locked, values, groups)
        difference = changes({name: getattr(locked, name) for name in HEAD}, dict(values))
        for name, value in values.items():
            setattr(locked, name, value)
        locked.groups.set(groups)
        write_questions(locked, questions)
        record("survey.update", locked, by=by, detail={**difference, "questions": len(questions)})
    return locked


def check_times(opens_at: datetime | None, closes_at: datetime | None) -> None:
    if opens_at and closes_at and closes_at <= opens_at:
        raise DomainError("截止时间要在开始时间之后。", field="closes_at")


def check_audience(survey: Survey, values: Mapping[str, Any], groups: Sequence[Any]) -> None:
    if values["audience"] == "groups" and not groups:
        raise DomainError("请勾选联络组。", field="groups")
    if values["audience"] == "chosen" and not survey.chosen.exists():
        raise DomainError("这份问卷没有指定委员，请改选其他填写人。", field="audience")
    if values["audience"] == "public" and not values["is_anonymous"]:
        raise DomainError("群众问卷只能匿名填写。", field="is_anonymous")


def write_questions(survey: Survey, questions: Sequence[Asked]) -> None:
    """Replaces the questions of a draft; nothing refers to them yet."""
    survey.questions.all().delete()
    for order, asked in enumerate(questions, 1):
        question = Question.objects.create(
            survey=survey, order=order, kind=asked.kind, text=asked.text, is_required=asked.required,
            lineage=asked.lineage or uuid.uuid4(),
        )  # fmt: skip
        texts = asked.choices if asked.kind in LISTED else ()
        Choice.objects.bulk_create(Choice(question=question, order=n, text=text) for n, text in enumerate(texts, 1))


@transaction.atomic
def discard(*, survey: Survey, by: Any) -> None:
    """Deletes a draft."""
    locked = Survey.objects.select_for_update().get(pk=survey.pk)
    can_edit(by, locked).require()
    record("survey.discard", locked, by=by)
    locked.delete()


# --- templates -----------------------------------------------------------------------------------------------------
@transaction.atomic
def keep_as_template(*, survey: Survey, by: Any) -> SurveyTemplate:
    """The survey's questions under its title, for later surveys of the office."""
    can_manage(by, survey).require()
    questions = [
        {"kind": each.kind, "text": each.text, "required": each.required, "choices": list(each.choices)}
        for each in asked_by(survey)
    ]
    if not questions:
        raise DomainError("还没有题目，不能存为模板。")
    template, _ = SurveyTemplate.objects.update_or_create(
        office=survey.office, title=survey.title,
        defaults={"intro": survey.intro, "purpose": survey.purpose, "is_anonymous": survey.is_anonymous,
                  "questions": questions, "is_active": True},
    )  # fmt: skip
    record("survey_template.save", template, by=by)
    return template


@transaction.atomic
def drop_template(*, template: SurveyTemplate, by: Any) -> None:
    """Takes an office's own template off the list."""
    can_manage(by, template).require()
    template.is_active = False
    template.save()
    record("survey_template.deactivate", template, by=by)


# --- the flow --------------------------------------------------------------------------------------------------------
@transaction.atomic
def open_survey(*, survey: Survey, by: Any, version: int | None = None) -> Survey:
    """Fixes who is asked, or makes the secret link, and tells everybody who can sign in."""
    with FLOW.step(survey, "open", by=by, version=version) as locked:
        locked.opens_at = locked.opens_at or timezone.now()
        if locked.is_public:
            locked.token = locked.token or secrets.token_urlsafe(24)
        else:
            give_seats(locked)
    announce(locked, f"请您填写问卷《{locked}》，{moment(locked.closes_at)}前交。")
    return locked


def give_seats(survey: Survey) -> None:
    people = list(audience.members(survey))
    if not people:
        raise DomainError("没有符合条件的在任委员，请检查填写人。")
    survey.seats.all().delete()
    Seat.objects.bulk_create(Seat(survey=survey, member=member) for member in people)


def announce(survey: Survey, sentence: str) -> int:
    """Tells those who have not answered yet; how many could be told."""
    waiting = User.objects.filter(member__survey_seats__survey=survey, member__survey_seats__answered=False)
    told = list(waiting)
    tell(told, sentence, url=reverse("survey_answer", args=[survey.pk]))
    return len(told)


def moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{local.month}月{local.day}日 {local:%H:%M} "


@transaction.atomic
def extend(*, survey: Survey, closes_at: datetime, by: Any) -> Survey:
    """Another closing time, later or earlier, but not in the past. Those who have not answered are told."""
    if closes_at <= timezone.now():
        raise DomainError("请填写以后的时间；要马上结束请用“结束填写”。", field="closes_at")
    with FLOW.step(survey, "extend", by=by, reason=f"截止时间改为{moment(closes_at)}") as locked:
        check_times(locked.opens_at, closes_at)
        locked.closes_at = closes_at
    announce(locked, f"问卷《{locked}》的截止时间改为{moment(closes_at)}，请您填写。")
    return locked


@transaction.atomic
def recall(*, survey: Survey, by: Any) -> Survey:
    """Back to a draft as long as nobody has answered; the seats and the link end."""
    with FLOW.step(survey, "recall", by=by) as locked:
        locked.seats.all().delete()
        locked.token = None
    drafts.discard_all(key=answer_key(locked))
    return locked


@transaction.atomic
def close(*, survey: Survey, by: Any) -> Survey:
    """Ends the answering; anonymous sheets are written anew in random order, unfinished drafts are deleted."""
    with FLOW.step(survey, "close", by=by) as locked:
        locked.held_on = locked.held_on or timezone.localtime(min(locked.closes_at, timezone.now())).date()
        if locked.is_anonymous:
            shuffle(locked)
    drafts.discard_all(key=answer_key(locked))
    return locked


def close_due() -> int:
    """Ends what has reached its closing time; how many. For the clock."""
    due = Survey.objects.filter(state="open", closes_at__lte=timezone.now())
    closed = 0
    for survey in due:
        with transaction.atomic():
            close(survey=survey, by=None)
            closed += 1
    return closed


def shuffle(survey: Survey) -> None:
    """Every sheet and answer becomes a new row in random order: neither keys, storage order nor row versions of the
    database then say which sheet came when.
    """
    kept = [list(sheet.answers.all()) for sheet in survey.sheets.prefetch_related("answers")]
    random.SystemRandom().shuffle(kept)
    survey.sheets.all().delete()
    fresh = Sheet.objects.bulk_create((Sheet(survey=survey) for _ in kept), batch_size=BATCH)
    for sheet, answers in zip(fresh, kept, strict=True):
        for each in answers:
            each.pk, each.sheet, each._state.adding = uuid.uuid4(), sheet, True
    Answer.objects.bulk_create((each for answers in kept for each in answers), batch_size=BATCH)
    survey.seats.update(answered=F("answered"))


def answer_key(survey: Survey) -> str:
    """Under which a half-filled sheet is kept for its writer."""
    return f"surveys.answer:{survey.pk}"


@transaction.atomic
def remind(*, survey: Survey, by: Any) -> int:
    """Tells those who have not answered; how many were told. Members who joined since are asked, too."""
    can_remind(by, survey).require()
    seated = survey.seats.values("member_id")
    newcomers = [] if survey.is_public else audience.members(survey).exclude(pk__in=seated)
    Seat.objects.bulk_create((Seat(survey=survey, member=each) for each in newcomers), ignore_conflicts=True)
    told = announce(survey, f"提醒：问卷《{survey}》还等您填写，{moment(survey.closes_at)}截止。")
    record("survey.remind", survey, by=by, detail={"told": told})
    return told


# --- answering -------------------------------------------------------------------------------------------------------
@transaction.atomic
def answer(*, survey: Survey, given: Mapping[int, Any], by: Any) -> None:
    """The member's sheet, once. Raises DomainError outside the time, for gaps, or when it was answered before."""
    current = locked_survey(survey)
    seat = Seat.objects.select_for_update().filter(survey=survey, member__user_id=by.pk).first()
    if seat is None:
        raise DomainError("这份问卷没有请您填写。")
    fill(current, seat, given)
    if not survey.is_anonymous:
        record("survey.answer", survey, by=by)


@transaction.atomic
def answer_publicly(*, survey: Survey, given: Mapping[int, Any], browser: str) -> None:
    """A sheet of the public, once per browser; `browser` is the digest of its cookie."""
    current = locked_survey(survey)
    seat, _ = Seat.objects.get_or_create(survey=survey, browser=browser)
    fill(current, seat, given)


@transaction.atomic
def enter_paper(*, survey: Survey, given: Mapping[int, Any], by: Any, seat: Seat | None = None) -> None:
    """A sheet filled in on paper, typed in by the office. `seat`: whose it is, in named surveys only.

    Raises DomainError when more sheets than people asked would come together.
    """
    current = locked_survey(survey)
    can_enter_paper(by, current).require()
    if not current.is_anonymous:
        if seat is None:
            raise DomainError("记名问卷请选择是谁填的。", field="seat")
        take(current, Seat.objects.select_for_update().get(pk=seat.pk, survey=current), given)
    elif not current.is_public and current.sheets.count() >= current.seats.count():
        raise DomainError("答卷份数已经和应填人数一样多，不能再录入。")
    else:
        keep(current, given)
    record("survey.paper", current, by=by)


def locked_survey(survey: Survey) -> Survey:
    """The row everybody who adds a sheet locks first, so that nothing is added while it is being closed."""
    return Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)


def fill(current: Survey, seat: Seat, given: Mapping[int, Any]) -> None:
    if seat.answered:
        raise DomainError("您已经交过这份问卷了，谢谢。")
    if not current.takes_answers:
        raise DomainError("现在不在填写时间内，没有收下。")
    take(current, seat, given)


def take(survey: Survey, seat: Seat, given: Mapping[int, Any]) -> None:
    """Keeps the sheet and marks the seat; only a named sheet knows whose it is."""
    if seat.answered:
        raise DomainError("这位委员已经交过了。")
    keep(survey, given, **({} if survey.is_anonymous else {"member": seat.member, "answered_at": timezone.now()}))
    seat.answered = True
    seat.save(update_fields=["answered"])


def keep(survey: Survey, given: Mapping[int, Any], **named: Any) -> None:
    sheet = Sheet.objects.create(survey=survey, **named)
    Answer.objects.bulk_create(sheets.rows(survey, sheet, given))
