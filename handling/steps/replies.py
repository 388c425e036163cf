"""What each transition of a reply asks for and which service it calls."""

from __future__ import annotations

from typing import Any

from core.steps import FormStep, Plain
from handling.forms.replies import CheckForm, SignForm
from handling.models import Reply
from handling.services import replies as services


def to_check(reply: Reply, user: Any, reason: str) -> None:
    services.to_check(reply=reply, by=user)


def back(reply: Reply, user: Any, reason: str) -> None:
    services.back_to_draft(reply=reply, reason=reason, by=user)


def pass_on(reply: Reply, user: Any, reason: str) -> None:
    services.pass_on(reply=reply, by=user)


def send_back(reply: Reply, user: Any, reason: str) -> None:
    services.send_back(reply=reply, reason=reason, by=user)


def check_kwargs(reply: Reply) -> dict[str, Any]:
    return {"initial": {"name": reply.checked_by_name}}


def check(reply: Reply, form: CheckForm, user: Any) -> Reply:
    return services.check(reply=reply, name=form.cleaned_data["name"], by=user)


def sign_kwargs(reply: Reply) -> dict[str, Any]:
    return {"reply": reply}


def sign(reply: Reply, form: SignForm, user: Any) -> Reply:
    return services.sign(reply=reply, by=user, **form.cleaned_data)


PLAIN: dict[str, Plain] = {"to_check": to_check, "back_to_draft": back, "pass": pass_on, "send_back": send_back}
FORMS: dict[str, FormStep] = {
    "check": FormStep(CheckForm, "核稿通过后，由单位负责同志签发。", check_kwargs, check),
    "sign": FormStep(SignForm, "签发后就送出，不能再改。会办意见送主办单位，答复送交办的办公室。", sign_kwargs, sign),
}
