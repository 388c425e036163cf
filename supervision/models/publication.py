"""What the public may read: proposals and replies the office has cleared (公开)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from handling.models import Reply
from proposals.enums import NUMBERED
from proposals.models import Proposal
from supervision.enums import Clearance


class PublicationQuerySet(models.QuerySet):
    def public(self) -> PublicationQuerySet:
        """Cleared by the office, agreed to by the proposers, and still a filed proposal."""
        return self.filter(decision=Clearance.CLEARED, proposal__may_publish=True, proposal__state__in=sorted(NUMBERED))


class Publication(models.Model):
    """The office's decision on one proposal.

    The texts are kept as they were cleared, without personal numbers, so that no later change becomes public by
    itself; `replies` are those cleared with it. `proposers` is empty when the names are not to be shown.
    """

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="publication")
    decision = models.CharField(max_length=10, choices=Clearance.choices)
    reason = models.CharField("理由", max_length=200, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    proposers = models.CharField(max_length=400, blank=True)
    background = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    suggestions = models.TextField(blank=True)
    replies = models.ManyToManyField(Reply, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    first_public_at = models.DateTimeField(null=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["decision", "-at"], name="publication_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(decision__in=Clearance.values), name="publication_decided"),
            models.CheckConstraint(condition=Q(decision="cleared") | ~Q(reason=""), name="publication_refusal_why"),
            models.CheckConstraint(condition=~Q(decision="cleared") | ~Q(subject=""), name="publication_has_subject"),
        ]

    def __str__(self) -> str:
        return self.subject or str(self.proposal)

    def get_absolute_url(self) -> str:
        return reverse("public_proposal", args=[self.proposal_id])
