"""What lower layers do is written to the trail from here, because they may not know this app."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from accounts.services import account_changed
from audit.services import record
from core import workflow
from core.models import Stateful, WorkflowEvent


def on_transition(event: WorkflowEvent, subject: Stateful) -> None:
    detail = {"label": event.label, "from": event.from_state, "to": event.to_state, "reason": event.reason}
    record(f"{subject._meta.model_name}.{event.name}", subject, by=event.actor, detail=detail)


def on_sign_in(sender: Any, user: Any, **kwargs: Any) -> None:
    record("session.sign_in", user, by=user)


def on_sign_out(sender: Any, user: Any, **kwargs: Any) -> None:
    if user is not None:
        record("session.sign_out", user, by=user)


def on_failed_sign_in(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    record("session.sign_in", by=None, detail={"username": str(credentials.get("username", ""))[:60]}, succeeded=False)


def on_account_change(sender: Any, user: Any, by: Any, what: str, detail: dict[str, Any], **kwargs: Any) -> None:
    record(f"account.{what}", user, by=by, detail=detail)


def connect() -> None:
    workflow.observers.append(on_transition)
    user_logged_in.connect(on_sign_in, dispatch_uid="audit.sign_in")
    user_logged_out.connect(on_sign_out, dispatch_uid="audit.sign_out")
    user_login_failed.connect(on_failed_sign_in, dispatch_uid="audit.failed_sign_in")
    account_changed.connect(on_account_change, dispatch_uid="audit.account_changed")
