"""States and kinds of supervision, elections, publication and exchange (domain.md, section a, rows 14 to P)."""

from django.db import models


class KeyState(models.TextChoices):
    CANDIDATE = "candidate", "备选"
    CONFIRMED = "confirmed", "督办中"
    FINISHED = "finished", "督办完成"
    DROPPED = "dropped", "未列入"


#: Counts as a key proposal that was supervised.
SUPERVISED = frozenset({KeyState.CONFIRMED, KeyState.FINISHED})

KEY_TONES = {
    KeyState.CANDIDATE: "neutral",
    KeyState.CONFIRMED: "info",
    KeyState.FINISHED: "success",
    KeyState.DROPPED: "neutral",
}


class RoundState(models.TextChoices):
    OPEN = "open", "进行中"
    CLOSED = "closed", "已总结"


ROUND_TONES = {RoundState.OPEN: "info", RoundState.CLOSED: "success"}


class ElectionKind(models.TextChoices):
    PROPOSALS = "proposals", "优秀提案"
    UNITS = "units", "先进承办单位"


class ElectionState(models.TextChoices):
    COLLECTING = "collecting", "征集推荐"
    JUDGING = "judging", "初评"
    DELIBERATING = "deliberating", "审议"
    PUBLISHED = "published", "已公布"


ELECTION_TONES = {
    ElectionState.COLLECTING: "info",
    ElectionState.JUDGING: "info",
    ElectionState.DELIBERATING: "warning",
    ElectionState.PUBLISHED: "success",
}


class QuotaKind(models.TextChoices):
    NUMBER = "number", "名额"
    PERCENT = "percent", "比例"


class VotingWay(models.TextChoices):
    BALLOTS = "ballots", "评委在平台投票"
    RECORDED = "recorded", "会议投票，登记票数"


class Clearance(models.TextChoices):
    CLEARED = "cleared", "已公开"
    WITHHELD = "withheld", "不公开"


class Direction(models.TextChoices):
    OUT = "out", "导出"
    IN = "in", "导入"
