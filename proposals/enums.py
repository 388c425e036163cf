"""States and kinds of proposals (domain.md, section a)."""

from django.db import models


class ProposalState(models.TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已提交"
    RETURNED = "returned", "退回修改"
    FILED = "filed", "已立案"
    WITHDRAWN = "withdrawn", "已撤回"


#: The proposer still writes.
WRITABLE = frozenset({ProposalState.DRAFT, ProposalState.RETURNED})
#: The office knows of it.
RECEIVED = frozenset({ProposalState.SUBMITTED, ProposalState.RETURNED, ProposalState.FILED})


class ProposalKind(models.TextChoices):
    INDIVIDUAL = "individual", "个人提案"
    JOINT = "joint", "联名提案"
    COLLECTIVE = "collective", "集体提案"


class Stage(models.TextChoices):
    """What a target counts and by which day: submitted (by submission) or filed (by filing)."""

    SUBMITTED = "submitted", "已提交"
    FILED = "filed", "已立案"


#: How the state is coloured; the words always stand beside it.
TONES = {
    ProposalState.DRAFT: "neutral",
    ProposalState.SUBMITTED: "info",
    ProposalState.RETURNED: "warning",
    ProposalState.FILED: "success",
    ProposalState.WITHDRAWN: "neutral",
}
