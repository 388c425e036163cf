"""The review: marks of the checklist, recommendations of the committee, what was done to many at once, requests to
change or withdraw.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from organisation.models import Committee
from proposals.enums import RequestKind, RequestState, Verdict
from proposals.models.proposal import Proposal


class CheckMark(models.Model):
    """One line of the checklist (code list proposal_check), passed or not, for one proposal. The newest counts.

    `outdated`: the proposal was returned since, or its decision taken back; the line must be looked at again.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="check_marks")
    code = models.CharField("审查事项", max_length=40)
    passed = models.BooleanField("符合")
    note = models.CharField("说明", max_length=200, blank=True)
    outdated = models.BooleanField("需要重新审查", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "code"], name="proposal_check_once")]

    def __str__(self) -> str:
        return f"{self.code}: {self.passed}"


class Recommendation(models.Model):
    """What the reviewers propose to do with it. Rows are added; the newest one counts and may be followed in bulk.

    `is_current`: the newest one, unless the proposal was returned or its decision taken back since. `reason` is a
    code of proposal_return_reason or proposal_not_filed_reason, as the verdict needs.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="recommendations")
    verdict = models.CharField("审查意见", max_length=12, choices=Verdict.choices)
    reason = models.CharField("理由", max_length=40, blank=True)
    category = models.CharField("分类", max_length=40, blank=True)
    merge_into = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="并入"
    )
    committee = models.ForeignKey(
        Committee, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="专门委员会"
    )
    text = models.TextField("说明", blank=True)
    is_current = models.BooleanField("现行", default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="proposal_verdict_declared"),
            models.CheckConstraint(
                condition=~Q(verdict="merge") | Q(merge_into__isnull=False), name="proposal_merge_says_where"
            ),
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(is_current=True), name="proposal_one_recommendation"
            ),
        ]

    def __str__(self) -> str:
        return self.get_verdict_display()


class BulkRun(models.Model):
    """One act done to many proposals: what became of each, in its own words.

    `results`: [[pk, number, subject, done, sentence], …] in the order in which they were done; `key` makes a second
    click find the first run.
    """

    key = models.UUIDField(unique=True)
    action = models.CharField(max_length=40)
    label = models.CharField("办理事项", max_length=40)
    asked = models.PositiveSmallIntegerField("件数")
    results = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"批量{self.label}"

    def get_absolute_url(self) -> str:
        return reverse("proposal_bulk_run", args=[self.pk])


class ChangeRequest(models.Model):
    """A proposer asks to change the text after it was taken up, or to take the proposal back (撤案).

    The office decides.

    `texts`: {field: new text} of a change.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="change_requests")
    kind = models.CharField("申请", max_length=10, choices=RequestKind.choices)
    reason = models.TextField("理由")
    texts = models.JSONField(default=dict)
    state = models.CharField("状态", max_length=10, choices=RequestState.choices, default=RequestState.REQUESTED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField("答复", blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RequestKind.values), name="proposal_request_kind"),
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="proposal_request_state"),
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(state="requested"), name="proposal_one_open_request"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.get_state_display()}"
