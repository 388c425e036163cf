"""Who proposes: the proposers in their order, and those who were asked to join."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.models import Member
from proposals.enums import InvitationState
from proposals.models.proposal import Proposal


class Proposer(models.Model):
    """A member's part in a proposal. The first in order leads. Of a collective proposal it is the one who writes."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="proposers")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="proposer_rows")
    order = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "member"], name="proposer_once"),
            models.UniqueConstraint(fields=["proposal", "order"], name="proposer_order_once"),
        ]

    def __str__(self) -> str:
        return self.member.name


class Invitation(models.Model):
    """A member asked to sign (附议). Accepting adds a Proposer; the row stays and says how it went.

    A chosen one has not been asked yet. `expires_at`: from then on the invitation can no longer be accepted.
    `signed_version`: the number of the text version the member agreed to. `order` is the place among the names; the
    row of the proposer has the same.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="invitations")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="proposal_invitations")
    order = models.PositiveSmallIntegerField("排名", default=2)
    state = models.CharField("状态", max_length=12, choices=InvitationState.choices, default=InvitationState.PENDING)
    expires_at = models.DateTimeField("截止时间", null=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    remark = models.CharField("附言", max_length=200, blank=True)
    signed_version = models.PositiveIntegerField(null=True)
    reminded_at = models.DateTimeField("提醒时间", null=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["order", "id"]
        indexes = [models.Index(fields=["member", "state"], name="proposal_invited_member")]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "member"], name="proposal_invited_once"),
            models.CheckConstraint(condition=Q(state__in=InvitationState.values), name="proposal_invitation_state"),
            models.CheckConstraint(
                condition=~Q(state="pending") | Q(expires_at__isnull=False), name="proposal_invited_until"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member.name}：{self.state_label}"

    @property
    def is_waiting(self) -> bool:
        """Asked, not answered, and still in time by the server's clock."""
        return self.state == InvitationState.PENDING and self.expires_at > timezone.now()

    @property
    def state_label(self) -> str:
        """A pending one past its time is called what it is, whether or not the row has been swept."""
        late = self.state == InvitationState.PENDING and not self.is_waiting
        return InvitationState.EXPIRED.label if late else InvitationState(self.state).label
