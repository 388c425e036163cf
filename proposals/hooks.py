"""What this app offers to the lower ones: navigation, to-dos, the dossier section."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.roles import Can
from core.clock import Span
from core.navigation import Entry, register
from core.templatetags.ui import cn_date
from members import dossier
from members.models import Member
from notices.todos import Todo, sources
from organisation.selectors import grants
from proposals import similar
from proposals.enums import FILED, ProposalState, RequestState, Stage
from proposals.models import ChangeRequest, Proposal, Proposer
from proposals.panels import people, requests, review
from proposals.panels import similar as similar_panel
from proposals.permissions import can_write
from proposals.selectors import asked_of, changed_since_signed, counted
from proposals.steps import bulk

GROUP = "建言"


def sees_list(user: Any) -> bool:
    return grants(user).holds(Can.VIEW_PROPOSALS)


def receives(user: Any) -> bool:
    return grants(user).holds(Can.RECEIVE_PROPOSALS)


def writes(user: Any) -> bool:
    return bool(can_write(user))


def todos(user: Any) -> list[Todo]:
    """Staff of a receiving office: what to review. Members: what came back."""
    held, found = grants(user), []
    if offices := held.where(Can.RECEIVE_PROPOSALS):
        rows = Proposal.objects.filter(state=ProposalState.SUBMITTED, office_id__in=offices)
        asked = ChangeRequest.objects.filter(state=RequestState.REQUESTED, proposal__office_id__in=offices)
        found.append(
            Todo("等您答复的修改、撤案申请", asked, f"{reverse('proposal_list')}?asked=1", "pencil", urgent=True)
        )
        found.append(Todo("待审查的提案", rows, f"{reverse('proposal_list')}?state={ProposalState.SUBMITTED}", "inbox"))
        rows = Proposal.objects.filter(state=ProposalState.IN_REVIEW, office_id__in=offices)
        found.append(Todo("待决定的提案", rows, f"{reverse('proposal_list')}?step=decide", "clipboard-check"))
    if "member" in held.roles:
        mine = Proposer.objects.filter(member__user_id=user.pk).values("proposal_id")
        rows = Proposal.objects.filter(state=ProposalState.RETURNED, pk__in=mine)
        url = reverse("proposal_mine")
        found.append(Todo("退回给您修改的提案", rows, url, "arrow-return-left", urgent=True))
        found += signature_todos(user, url)
    return found


def signature_todos(user: Any, url: str) -> list[Todo]:
    """What others wait for: the member's signature, and a look at what was changed after it."""
    return [
        Todo("请您联名或签署的提案", asked_of(user), url, "pen", urgent=True),
        Todo("您联名后正文有改动的提案", changed_since_signed(user), url, "pencil"),
    ]


def dossier_content(member: Member, user: Any, year: int) -> dossier.Content:
    """Submitted in the year, and filed among them, as far as `user` may see them."""
    visible = Proposal.objects.visible_to(user).filter(proposers__member=member)
    rows = list(counted(visible, Stage.SUBMITTED, Span.year(year)).order_by("-submitted_at"))
    filed = sum(row.state in FILED for row in rows)
    return dossier.Content(
        figures=[dossier.Figure("提交提案", len(rows), "件"), dossier.Figure("其中立案", filed, "件")],
        records=[
            dossier.Record((str(row), cn_date(row.submitted_at), row.state_label, row.case_label),
                           url=row.get_absolute_url())
            for row in rows[: dossier.LATEST]
        ],
        all_url=reverse("proposal_mine") if member.user_id == user.pk else "",
    )  # fmt: skip


def connect() -> None:
    people.connect()
    requests.connect()
    review.connect()
    bulk.connect()
    similar.connect()
    similar_panel.connect()
    register(Entry("proposal_new", "写提案", "pencil-square", GROUP, writes, order=5, tab=True))
    register(Entry("proposal_mine", "我的提案", "files", GROUP, writes, order=7))
    register(Entry("proposal_list", "提案", "file-earmark-text", GROUP, sees_list, order=32))
    register(Entry("batch_list", "提案征集", "megaphone", GROUP, receives, order=33))
    sources.register("proposals", todos)
    dossier.register(
        dossier.DossierSection("proposals", "提案", ("案由", "提交时间", "状态", "案号"), dossier_content,
                               order=30, icon="file-earmark-text", empty="这一年没有提交提案。")
    )  # fmt: skip
