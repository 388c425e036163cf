"""Social opinions as a source of similar texts. Others see none of them: not even a line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.roles import Can
from core.models import Stateful, WorkflowEvent
from core.permissions import ALLOWED, Permission, denied
from core.workflow import observers
from opinions.enums import RECEIVED, TONES, OpinionState
from opinions.models import OpinionReport
from opinions.permissions import can_write, is_author
from opinions.rules import PARTS
from opinions.selectors import with_people
from organisation.selectors import grants
from similar import services
from similar.sources import Face, Source, Written, sources

KIND = "opinions"


def received() -> QuerySet:
    return OpinionReport.objects.filter(state__in=RECEIVED)


def written(opinion: OpinionReport) -> Written:
    day = timezone.localdate(opinion.submitted_at) if opinion.submitted_at else None
    return Written(opinion.title, "\n".join(getattr(opinion, name) for name in PARTS), day)


def typed(data: Mapping[str, str]) -> Written:
    return Written(data.get("title", ""), "\n".join(data.get(name, "") for name in PARTS))


def visible(user: Any) -> QuerySet:
    return OpinionReport.objects.visible_to(user).filter(state__in=RECEIVED)


def lines(user: Any) -> QuerySet:
    return OpinionReport.objects.none()


def faces(pks: Collection[int]) -> dict[int, Face]:
    return {row.pk: face(row) for row in with_people(OpinionReport.objects.filter(pk__in=pks))}


def face(opinion: OpinionReport) -> Face:
    people = frozenset(row.member_id for row in opinion.authors.all())
    return Face(str(opinion), "", opinion.state_label, TONES[OpinionState(opinion.state)],
                opinion.get_absolute_url(), people=people)  # fmt: skip


def may_review(user: Any, opinion: OpinionReport) -> Permission:
    if opinion.office_id in grants(user).where(Can.VIEW_OPINIONS) and not is_author(user, opinion):
        return ALLOWED
    return denied("类似社情民意的对照由审看的联络处查看。")


def on_transition(event: WorkflowEvent, subject: Stateful) -> None:
    if isinstance(subject, OpinionReport) and event.to_state == OpinionState.SUBMITTED:
        services.index(kind=KIND, pk=subject.pk)


def connect() -> None:
    observers.append(on_transition)
    sources.register(
        KIND, Source("社情民意", "条", received, written, visible, lines, faces, typed, can_write, may_review)
    )
