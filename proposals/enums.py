"""States and kinds of proposals (domain.md, section a)."""

from django.db import models


class ProposalState(models.TextChoices):
    DRAFT = "draft", "草稿"
    COSIGNING = "cosign_pending", "联名确认中"
    ORG_SIGN = "org_sign", "待召集人签署"
    SUBMITTED = "submitted", "已提交"
    RETURNED = "returned", "退回修改"
    IN_REVIEW = "review", "待审查决定"
    NOT_FILED = "not_filed", "不予立案"
    MERGED = "merged", "已并案"
    FILED = "filed", "已立案"
    DISPATCHED = "dispatched", "已交办"
    HANDLING = "handling", "办理中"
    REPLIED = "replied", "已答复"
    REHANDLING = "rehandle", "重新办理"
    FOLLOW_UP = "follow_up", "跟踪办理"
    CLOSED = "closed", "已办结"
    WITHDRAWN = "withdrawn", "已撤回"


S = ProposalState
#: The proposer still writes.
WRITABLE = frozenset({S.DRAFT, S.RETURNED})
#: Signatures are gathered: the text is locked, the office does not know of it yet.
SIGNING = frozenset({S.COSIGNING, S.ORG_SIGN})
#: Before it is handed in for the first time; a returned one has been received.
UNSENT = frozenset({S.DRAFT, *SIGNING})
#: Waits for the office's decision.
UNDECIDED = frozenset({S.SUBMITTED, S.IN_REVIEW})
#: With the handling units.
HANDLED = frozenset({S.DISPATCHED, S.HANDLING, S.REPLIED, S.REHANDLING, S.FOLLOW_UP, S.CLOSED})
#: Has a case number of its own.
NUMBERED = frozenset({S.FILED, *HANDLED})
#: Counts as filed (立案): with a number of its own, or answered together with the one it was merged into.
FILED = frozenset({*NUMBERED, S.MERGED})
#: The office knows of it.
RECEIVED = frozenset({S.SUBMITTED, S.RETURNED, S.IN_REVIEW, S.NOT_FILED, *FILED})


#: May be the lead others are merged into: not yet answered.
LEADS = frozenset({*UNDECIDED, S.FILED, S.DISPATCHED, S.HANDLING})

#: How the office sorts its list: every received proposal stands in exactly one of them.
STEPS: dict[str, tuple[str, frozenset[ProposalState]]] = {
    "check": ("待初审", frozenset({S.SUBMITTED})),
    "decide": ("待决定", frozenset({S.IN_REVIEW})),
    "assign": ("待交办", frozenset({S.FILED})),
    "handle": ("办理中", frozenset({S.DISPATCHED, S.HANDLING, S.REHANDLING})),
    "replied": ("已答复", frozenset({S.REPLIED, S.FOLLOW_UP})),
    "closed": ("已办结", frozenset({S.CLOSED})),
    "merged": ("已并案", frozenset({S.MERGED})),
    "not_filed": ("未立案", frozenset({S.NOT_FILED})),
    "returned": ("退回修改", frozenset({S.RETURNED})),
}


class ProposalKind(models.TextChoices):
    INDIVIDUAL = "individual", "个人提案"
    JOINT = "joint", "联名提案"
    COLLECTIVE = "collective", "集体提案"


class Stage(models.TextChoices):
    """What a target counts and by which day: submitted (by submission) or filed (by filing)."""

    SUBMITTED = "submitted", "已提交"
    FILED = "filed", "已立案"


class InvitationState(models.TextChoices):
    CHOSEN = "chosen", "待发邀请"
    PENDING = "pending", "待确认"
    ACCEPTED = "accepted", "同意联名"
    DECLINED = "declined", "谢绝"
    RECALLED = "recalled", "已撤回邀请"
    EXPIRED = "expired", "逾期未确认"
    LEFT = "left", "已退出联名"


class RequestKind(models.TextChoices):
    CHANGE = "change", "修改正文"
    WITHDRAW = "withdraw", "撤案"


class RequestState(models.TextChoices):
    """Of anything one side asks for and the other decides."""

    REQUESTED = "requested", "待决定"
    GRANTED = "granted", "同意"
    REFUSED = "refused", "不同意"


class Verdict(models.TextChoices):
    """What the committee recommends, or the office decides."""

    FILE = "file", "立案"
    MERGE = "merge", "并案"
    NOT_FILE = "not_file", "不予立案"
    RETURN = "return", "退回补充"
    TO_OPINION = "to_opinion", "转社情民意"


#: How the state is coloured; the words always stand beside it.
TONES = {
    S.DRAFT: "neutral",
    S.COSIGNING: "info",
    S.ORG_SIGN: "info",
    S.SUBMITTED: "info",
    S.RETURNED: "warning",
    S.IN_REVIEW: "info",
    S.NOT_FILED: "neutral",
    S.MERGED: "success",
    S.FILED: "success",
    S.DISPATCHED: "info",
    S.HANDLING: "info",
    S.REPLIED: "success",
    S.REHANDLING: "warning",
    S.FOLLOW_UP: "info",
    S.CLOSED: "success",
    S.WITHDRAWN: "neutral",
}
