"""States of a manuscript."""

from __future__ import annotations

from django.db.models import TextChoices


class ManuscriptState(TextChoices):
    DRAFT = "draft", "起草中"
    SUBMITTED = "submitted", "待核稿"
    RETURNED = "returned", "退回修改"
    REVIEWED = "reviewed", "待签发"
    APPROVED = "approved", "已签发"


EDITABLE = frozenset({ManuscriptState.DRAFT, ManuscriptState.RETURNED})

TONES = {
    ManuscriptState.DRAFT: "neutral",
    ManuscriptState.SUBMITTED: "info",
    ManuscriptState.RETURNED: "warning",
    ManuscriptState.REVIEWED: "info",
    ManuscriptState.APPROVED: "success",
}
