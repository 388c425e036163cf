"""What the letters about proposals share: how a case is named, who is addressed, typed text as paragraphs."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils import timezone

from core.clock import chinese_date
from core.pdf.blocks import Block, Heading, Paragraph, Remark
from organisation.models import Office
from proposals.enums import ProposalKind
from proposals.models import Proposal, Proposer

#: A line a clerk typed as a heading: 一、… without a full stop.
TYPED_HEADING = re.compile(r"^([一二三四五六七八九十]{1,3}、)([^。；]{1,30})$")


def with_everything(pk: int) -> Proposal | None:
    """The proposal with offices, session and people; two queries."""
    people = Proposer.objects.select_related("member__user").order_by("order", "pk")
    rows = Proposal.objects.select_related("office", "home_office", "session__term", "merged_into__session__term")
    return rows.prefetch_related(Prefetch("proposers", queryset=people), "invitations").filter(pk=pk).first()


def case(proposal: Proposal) -> str:
    """十届五次会议第12号提案, or 《案由》提案 before it has a number."""
    return f"{proposal.full_case_label}提案" if proposal.case_no else f"《{proposal.subject}》提案"


def named(proposal: Proposal) -> str:
    """《案由》（十届五次会议第12号提案）."""
    number = f"（{proposal.full_case_label}提案）" if proposal.case_no else ""
    return f"《{proposal.subject}》{number}"


def addressee(proposer: Proposer) -> str:
    """The body of a collective proposal, else the member."""
    proposal = proposer.proposal
    if proposal.kind == ProposalKind.COLLECTIVE and proposal.collective_name:
        return proposal.collective_name
    return f"{proposer.member.name}委员"


def addressees(proposal: Proposal) -> str:
    if proposal.kind == ProposalKind.COLLECTIVE and proposal.collective_name:
        return proposal.collective_name
    return "、".join(f"{row.member.name}委员" for row in proposal.proposers.all())


def typed(text: str, level: int = 1) -> list[Block]:
    """A paragraph for each typed line; lines that are headings by their mark become headings of the level. Those of
    level 1 keep their number, deeper ones are numbered by where they stand.
    """
    return [line_as_block(line.strip(), level) for line in text.splitlines() if line.strip()]


def line_as_block(line: str, level: int) -> Block:
    found = TYPED_HEADING.match(line)
    return Heading(level, found[2], number=found[1] if level == 1 else None) if found else Paragraph(line)


def asking(office: Office) -> list[Block]:
    """附注: whom to ask."""
    phone = f"，联系电话：{office.phone}" if office.phone else ""
    return [Remark(f"联系人：{office.short_name}{phone}")]


def day_of(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None


def on(moment: datetime | date | None) -> str:
    """2026年3月5日; empty for nothing."""
    if moment is None:
        return ""
    return chinese_date(timezone.localtime(moment).date() if isinstance(moment, datetime) else moment)


def minute(moment: datetime) -> str:
    """Date and hour on two lines; midnight stands for a day of which no hour is known."""
    local = timezone.localtime(moment)
    hour = f"\n{local:%H:%M}" if (local.hour, local.minute) != (0, 0) else ""
    return f"{chinese_date(local.date())}{hour}"
