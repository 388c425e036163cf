"""Errors whose message is a sentence the user may read."""

from __future__ import annotations

from datetime import datetime


class DomainError(Exception):
    """A business rule said no. `message` is shown as it is; `field` names the form field it belongs to, if any."""

    status = 409

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Denied(DomainError):
    """The actor may see the object but not do this to it (403)."""

    status = 403


class StateChanged(DomainError):
    """The object is no longer in a state from which the action starts."""


class Conflict(DomainError):
    """Somebody saved the object after the form was opened.

    `current` is the row as it stands now, `who` and `when` tell whose change it was.
    """

    def __init__(self, *, current: object, version: int, who: str, when: datetime | None) -> None:
        at = f"{when:%m月%d日 %H:%M}" if when else "刚才"
        super().__init__(f"{who or '别人'} 已于 {at} 修改过这份内容。您填写的内容还在，请对照后再保存。")
        self.current, self.version, self.who, self.when = current, version, who, when
