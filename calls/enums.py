"""States of a call for submissions and of what is submitted to it."""

from django.db import models


class CallState(models.TextChoices):
    DRAFT = "draft", "草稿"
    OPEN = "open", "征集中"
    JUDGING = "judging", "评审中"
    PUBLISHED = "published", "已公布"
    CLOSED = "closed", "已归档"


CALL_TONES = {
    CallState.DRAFT: "neutral",
    CallState.OPEN: "info",
    CallState.JUDGING: "warning",
    CallState.PUBLISHED: "success",
    CallState.CLOSED: "neutral",
}
#: Everybody may read the results.
ANNOUNCED = frozenset({CallState.PUBLISHED, CallState.CLOSED})


class EntryState(models.TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已提交"
    RETURNED = "returned", "已退回修改"
    ACCEPTED = "accepted", "已采用"
    REJECTED = "rejected", "未采用"


#: The office has it.
RECEIVED = frozenset({EntryState.SUBMITTED, EntryState.RETURNED, EntryState.ACCEPTED, EntryState.REJECTED})
#: Can be given points and prizes.
JUDGED = frozenset({EntryState.SUBMITTED, EntryState.ACCEPTED})
WRITABLE = frozenset({EntryState.DRAFT, EntryState.RETURNED})

ENTRY_TONES = {
    EntryState.DRAFT: "neutral",
    EntryState.SUBMITTED: "info",
    EntryState.RETURNED: "warning",
    EntryState.ACCEPTED: "success",
    EntryState.REJECTED: "neutral",
}


class Stage(models.TextChoices):
    """What a target counts and by which day: submitted, accepted (by the decision), awarded (once published)."""

    SUBMITTED = "submitted", "已提交"
    ACCEPTED = "accepted", "已采用"
    AWARDED = "awarded", "已获奖"


class Presented(models.TextChoices):
    """How a text was given at the meeting."""

    NO = "", "没有"
    ORAL = "oral", "口头发言"
    WRITTEN = "written", "书面发言"
