"""Steps of the proposers' side."""

from __future__ import annotations

from typing import Any

from core.steps import FormStep, Plain
from proposals import services
from proposals.models import Proposal


def withdraw_step(proposal: Proposal, user: Any, reason: str) -> None:
    services.withdraw(proposal=proposal, reason=reason, by=user)


PLAIN: dict[str, Plain] = {"withdraw": withdraw_step}
FORMS: dict[str, FormStep] = {}
