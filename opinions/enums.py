"""States of a social-opinion submission (domain.md, section b)."""

from django.db import models


class OpinionState(models.TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已报送"
    ACCEPTED = "accepted", "已采用"
    DECLINED = "declined", "未采用（留存）"


#: The office knows of it.
RECEIVED = frozenset({OpinionState.SUBMITTED, OpinionState.ACCEPTED, OpinionState.DECLINED})


class Stage(models.TextChoices):
    """What a target counts and by which day: submitted (by submission) or accepted (by the decision)."""

    SUBMITTED = "submitted", "已报送"
    ACCEPTED = "accepted", "已采用"


#: How the state is coloured; the words always stand beside it.
TONES = {
    OpinionState.DRAFT: "neutral",
    OpinionState.SUBMITTED: "info",
    OpinionState.ACCEPTED: "success",
    OpinionState.DECLINED: "neutral",
}
