"""Transition tables: what an object can become, by whom, and the one door through which it does.

An app writes its table once (`workflow.py`); the buttons on the page, the permission check, the row lock, the log
row and the audit row all come from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from core.errors import DomainError, StateChanged
from core.models import Stateful, WorkflowEvent
from core.permissions import Permission

S = TypeVar("S", bound=Stateful)
Check = Callable[[Any, Any], Permission]

#: Called with (event, subject) in the transaction of the transition; the audit app adds itself here.
observers: list[Callable[[WorkflowEvent, Stateful], None]] = []


@dataclass(frozen=True)
class Transition:
    """One row of a table. `label` is the verb on the button, `done` the sentence shown afterwards.

    `has_form`: asks for more than a reason, so the button opens a page of its own. `derived`: follows from something
    else (a part of the object moved on); never a button.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    allowed: Check
    needs_reason: bool = False
    reason_label: str = "理由"
    tone: str = "primary"
    done: str = ""
    has_form: bool = False
    derived: bool = False


@dataclass(frozen=True)
class Action:
    """A transition as one person sees it on one object's page."""

    name: str
    label: str
    tone: str
    allowed: bool
    denied_reason: str
    needs_reason: bool
    reason_label: str
    url: str = ""
    has_form: bool = False


class Workflow:
    """The transition table of one kind of object."""

    def __init__(self, states: Any, transitions: Sequence[Transition]) -> None:
        self.states = states
        self.transitions = {each.name: each for each in transitions}
        if len(self.transitions) != len(transitions):
            raise ValueError("a transition name is used twice")

    def label(self, state: str) -> str:
        return self.states(state).label

    def actions(self, user: Any, obj: Stateful, *, url: Callable[[str], str] = lambda name: "") -> list[Action]:
        """What can start from the object's state, each allowed or denied with a reason."""
        found = []
        for each in self.transitions.values():
            if obj.state in each.sources and not each.derived:
                answer = each.allowed(user, obj)
                found.append(
                    Action(each.name, each.label, each.tone, bool(answer), answer.reason, each.needs_reason,
                           each.reason_label, url(each.name), each.has_form)
                )  # fmt: skip
        return found

    @contextmanager
    def step(self, obj: S, name: str, *, by: Any, reason: str = "", version: int | None = None) -> Iterator[S]:
        """Locks the row, checks state, permission and reason, yields the locked row for the transition's own writes,
        then saves the new state and its log row. Everything is undone when the body raises.

        `version` (or the object's `seen_version`) is what the actor saw: deciding on a text that was changed
        meanwhile is refused. Raises StateChanged, Denied, or DomainError for a missing reason.
        """
        transition, seen = self.transitions[name], obj.seen_version if version is None else version
        with transaction.atomic():
            locked = type(obj)._default_manager.select_for_update(of=("self",)).get(pk=obj.pk)
            self._check(transition, locked, by, reason.strip())
            if seen is not None and getattr(locked, "version", seen) != seen:
                raise StateChanged("内容刚刚有改动，请刷新后看过最新内容再办理。")
            yield locked
            before = locked.state
            locked.state = locked.stored_state = transition.target
            locked.save()
            self._log(transition, locked, before, by, reason.strip())
        obj.state = obj.stored_state = locked.state

    def _check(self, transition: Transition, locked: Stateful, by: Any, reason: str) -> None:
        if locked.state not in transition.sources:
            raise StateChanged(
                f"现在是“{self.label(locked.state)}”，不能再“{transition.label}”。请刷新后查看最新情况。"
            )
        transition.allowed(by, locked).require()
        if transition.needs_reason and not reason:
            raise DomainError(f"请填写{transition.reason_label}。", field="reason")

    def _log(self, transition: Transition, locked: Stateful, before: str, by: Any, reason: str) -> None:
        event = WorkflowEvent.objects.create(
            subject_type=ContentType.objects.get_for_model(locked),
            subject_id=locked.pk,
            name=transition.name,
            label=transition.label,
            from_state=before,
            to_state=locked.state,
            reason=reason,
            actor=by,
            actor_name=by.name if by else "系统",
        )
        for observer in observers:
            observer(event, locked)


def history(obj: Stateful) -> list[WorkflowEvent]:
    """The object's transitions, oldest first."""
    kind = ContentType.objects.get_for_model(obj)
    return list(WorkflowEvent.objects.filter(subject_type=kind, subject_id=obj.pk))
