"""A request to change or withdraw as the office reads it."""

from __future__ import annotations

from typing import Any

from core.pages import Page
from core.textdiff import Piece, pieces
from proposals.enums import RequestState
from proposals.models import ChangeRequest
from proposals.pages.heads import crumbs
from proposals.services import TEXTS


def request_head(user: Any, asked: ChangeRequest) -> Page:
    title = f"申请{asked.get_kind_display()}"
    return Page(f"{title}：{asked.proposal}", breadcrumbs=crumbs(user, asked.proposal, title),
                badge=asked.get_state_display())  # fmt: skip


def request_context(asked: ChangeRequest) -> dict[str, Any]:
    return {"asked": asked, "changes": differences(asked), "is_open": asked.state == RequestState.REQUESTED}


def differences(asked: ChangeRequest) -> list[tuple[str, tuple[Piece, ...]]]:
    """Field by field what would become of the text as it stands now."""
    now = asked.proposal
    return [(label, pieces(getattr(now, name), asked.texts[name])) for name, label in TEXTS.items()
            if name in asked.texts and asked.texts[name] != getattr(now, name)]  # fmt: skip
