"""The answer to “may this user do that?”: yes, or no with a reason the page can show."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import Denied


@dataclass(frozen=True)
class Permission:
    """Truthy when allowed. `reason` is a sentence for the user and empty when allowed."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raises Denied with the reason unless allowed."""
        if not self.allowed:
            raise Denied(self.reason)


ALLOWED = Permission(True)


def denied(reason: str) -> Permission:
    return Permission(False, reason)


def first_denial(*answers: Permission) -> Permission:
    """The first refusal among the answers, or ALLOWED."""
    return next((answer for answer in answers if not answer), ALLOWED)


def always(user: object, obj: object) -> Permission:
    """For transitions that follow from another act, which was checked itself."""
    return ALLOWED
