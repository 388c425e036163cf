"""States, roles and stages of the handling of proposals (domain.md, section a, steps 6 to 14)."""

from django.db import models


class AssignmentRole(models.TextChoices):
    SINGLE = "single", "单办"
    LEAD = "lead", "主办"
    COOP = "coop", "会办"
    SPLIT = "split", "分办"


#: Those who reply to the proposers; a co-handling unit gives its opinion to the lead.
ANSWERING = frozenset({AssignmentRole.SINGLE, AssignmentRole.LEAD, AssignmentRole.SPLIT})


class AssignmentState(models.TextChoices):
    PLANNED = "planned", "拟交办"
    DISPATCHED = "dispatched", "待签收"
    HANDLING = "handling", "办理中"
    REASSIGN_REQUESTED = "reassign", "申请改办"
    REPLIED = "replied", "已答复"
    REHANDLING = "rehandle", "重新办理"
    DONE = "done", "已办结"
    REVOKED = "revoked", "已改办"


A = AssignmentState
#: Still with the unit: it was told and has not finished.
WITH_UNIT = frozenset({A.DISPATCHED, A.HANDLING, A.REASSIGN_REQUESTED, A.REHANDLING})
#: The unit may write a reply (a co-handling unit: its opinion).
WRITING = frozenset({A.HANDLING, A.REHANDLING})
#: The unit knows of it.
SENT = frozenset({*WITH_UNIT, A.REPLIED, A.DONE})

ASSIGNMENT_TONES = {
    A.PLANNED: "neutral",
    A.DISPATCHED: "info",
    A.HANDLING: "info",
    A.REASSIGN_REQUESTED: "warning",
    A.REPLIED: "success",
    A.REHANDLING: "warning",
    A.DONE: "success",
    A.REVOKED: "neutral",
}


class Stage(models.TextChoices):
    """What has a deadline of its own. The length of each is the rule deadline.<stage>."""

    SIGN = "sign", "签收"
    REASSIGN = "reassign", "申请改办"
    CONTACT = "contact", "办前联系"
    COOP = "coop", "会办意见"
    REPLY = "reply", "答复"
    FEEDBACK = "feedback", "委员评价"
    REHANDLE = "rehandle", "重新答复"
    FOLLOW_UP = "follow_up", "兑现承诺"


#: A unit may ask for more time.
EXTENDABLE = frozenset({Stage.CONTACT, Stage.COOP, Stage.REPLY, Stage.REHANDLE, Stage.FOLLOW_UP})
#: Runs with the unit, not with the proposers.
OF_UNITS = frozenset(set(Stage) - {Stage.FEEDBACK})
#: Offered to the unit, no duty: nobody is late who does not use it.
OFFERS = frozenset({Stage.REASSIGN})


class Light(models.TextChoices):
    """How a deadline stands: the colour and the word always together."""

    GREEN = "green", "正常"
    YELLOW = "yellow", "临近期限"
    RED = "red", "已超期"
    PAUSED = "paused", "暂停计时"
    MET = "met", "按期完成"
    LATE = "late", "超期完成"
    VOID = "void", "不再计时"


class Outcome(models.TextChoices):
    """How a clock ended; empty while it runs."""

    MET = "met", "完成"
    VOID = "void", "不再计时"


class AskState(models.TextChoices):
    """Of a request the office decides: reassignment, extension."""

    REQUESTED = "requested", "待决定"
    GRANTED = "granted", "同意"
    REFUSED = "refused", "不同意"


class ReplyState(models.TextChoices):
    DRAFT = "draft", "拟稿"
    CHECKING = "checking", "待核稿"
    SIGNING = "signing", "待签发"
    SENT = "sent", "待审核"
    SENT_BACK = "sent_back", "退回重拟"
    PASSED = "passed", "已送达"


REPLY_TONES = {
    ReplyState.DRAFT: "neutral",
    ReplyState.CHECKING: "info",
    ReplyState.SIGNING: "info",
    ReplyState.SENT: "info",
    ReplyState.SENT_BACK: "warning",
    ReplyState.PASSED: "success",
}


class ItemKind(models.TextChoices):
    DONE = "done", "已落实"
    PROMISED = "promised", "计划落实"
    NOT_ADOPTED = "not_adopted", "未采纳"


class PromiseState(models.TextChoices):
    """Of a promised item."""

    OPEN = "open", "待兑现"
    KEPT = "kept", "已兑现"
    BROKEN = "broken", "未兑现"


class ReportState(models.TextChoices):
    """Of a unit's report on a promise."""

    REPORTED = "reported", "待核实"
    ACCEPTED = "accepted", "已核实"
    SENT_BACK = "sent_back", "已退回"


class Satisfaction(models.TextChoices):
    SATISFIED = "satisfied", "满意"
    MOSTLY = "mostly", "基本满意"
    UNSATISFIED = "unsatisfied", "不满意"
    NO_OPINION = "no_opinion", "未表态"


class FeedbackVia(models.TextChoices):
    PAGE = "page", "本人在平台评价"
    LINK = "link", "本人通过链接评价"
    PAPER = "paper", "办公室代录纸质表"
    RULE = "rule", "逾期视为未表态"


class ReminderKind(models.TextChoices):
    BY_HAND = "by_hand", "人工催办"
    NEAR = "near", "到期提醒"
    OVERDUE = "overdue", "超期提醒"
