"""交办通知: to one unit about one proposal, or about all it was given in a session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from accounts.roles import Can
from core.pdf.blocks import Attachments, Block, Column, Letterhead, Paragraph, Signature, Table
from handling.enums import SENT, Stage
from handling.models import Assignment, Clock
from organisation.models import HandlingUnit, Session
from organisation.selectors import can, grants
from proposals.models import Proposer
from reports.documents import Composition
from reports.papers import Making, PaperKind, reading, register
from reports.papers.wording import asking, case, day_of, named, on

#: The deadline a unit is told: its reply, or its opinion to the lead.
TOLD = (Stage.REPLY, Stage.COOP)


def loaded() -> QuerySet[Assignment]:
    clocks = Clock.objects.filter(stage__in=[*TOLD, Stage.SIGN]).order_by("round", "pk")
    people = Proposer.objects.select_related("member").order_by("order", "pk")
    return Assignment.objects.select_related(
        "unit", "proposal__office", "proposal__home_office", "proposal__session__term"
    ).prefetch_related(
        Prefetch("clocks", queryset=clocks), Prefetch("proposal__proposers", queryset=people), "proposal__invitations"
    )


def due(assignment: Assignment, *stages: str) -> str:
    """The first deadline of these stages as it stands now, in words."""
    return next((on(clock.due_on) for clock in assignment.clocks.all() if clock.stage in stages), "")


# --- one proposal --------------------------------------------------------------------------------------------------
def load(pk: int, part: int) -> Assignment | None:
    return loaded().filter(pk=pk).first()


def sees(user: Any, assignment: Assignment) -> bool:
    return reading.reads_all(user, assignment.proposal) or (
        assignment.state in SENT and reading.of_unit(user, assignment)
    )


def compose(assignment: Assignment, making: Making) -> Composition:
    proposal, office = assignment.proposal, assignment.proposal.office
    found = Composition(f"关于交办{case(proposal)}的通知", "", head=Letterhead(office.name))
    found.date = "" if assignment.dispatched_at else "拟交办，未发出"
    found.add(Paragraph(f"{assignment.unit.name}：", indent=False), *task(assignment))
    if assignment.note:
        found.add(Paragraph(f"交办要求：{assignment.note}"))
    found.add(Paragraph("答复提案者前请先沟通听取意见；答复应逐条说明已落实、计划落实和未采纳的情况。"))
    found.add(Attachments([f"{proposal.subject}（提案正文）"]), *ending(office, making, assignment.dispatched_at))
    return found


def task(assignment: Assignment) -> list[Block]:
    sentence = (
        f"{named(assignment.proposal)}（提案者：{assignment.proposal.proposers_label}）交由你单位{way(assignment)}。"
    )
    sign, reply = due(assignment, Stage.SIGN), due(assignment, *TOLD)
    wanted = [
        f"请于{sign}前在平台签收" if sign else "请及时在平台签收",
        f"于{reply}前{'提出会办意见' if assignment.is_coop else '答复提案者'}" if reply else "",
    ]
    return [
        Paragraph(sentence),
        Paragraph(
            f"{'，'.join(part for part in wanted if part)}。不属于你单位职责的，请在规定期限内申请改办并写明理由。"
        ),
    ]


def way(assignment: Assignment) -> str:
    return {"single": "单独办理", "lead": "主办", "coop": "会办", "split": "分办"}[assignment.role]


def ending(office: Any, making: Making, moment: Any) -> list[Block]:
    return [Signature(office.name, day_of(moment) or making.day, sealed=True), *asking(office)]


def newest() -> tuple[int, int] | None:
    pk = Assignment.objects.filter(state__in=SENT).order_by("-dispatched_at").values_list("pk", flat=True).first()
    return (pk, 0) if pk else None


register(PaperKind("dispatch_letter", "交办通知", load, sees, compose, newest))


# --- all of a unit in a session --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class UnitsShare:
    """What a unit was given of the proposals of one session."""

    unit: HandlingUnit
    session: Session

    @property
    def rows(self) -> list[Assignment]:
        given = loaded().filter(unit=self.unit, proposal__session=self.session, state__in=SENT)
        return list(given.order_by("proposal__case_no"))


def load_share(pk: int, part: int) -> UnitsShare | None:
    unit = HandlingUnit.objects.select_related("office").filter(pk=pk).first()
    session = Session.objects.select_related("term").filter(pk=part).first()
    return UnitsShare(unit, session) if unit and session and session.term.office_id == unit.office_id else None


def sees_share(user: Any, share: UnitsShare) -> bool:
    return share.unit.pk in grants(user).unit_ids or bool(can(user, Can.VIEW_PROPOSALS, share.unit.office_id))


def compose_share(share: UnitsShare, making: Making) -> Composition:
    rows, office = share.rows, share.unit.office
    found = Composition(f"关于交办{share.session.name}提案的通知", "", head=Letterhead(office.name))
    last = max((row.dispatched_at for row in rows if row.dispatched_at), default=None)
    count = found.figure("assignments", len(rows), "件")
    found.add(
        Paragraph(f"{share.unit.name}：", indent=False),
        Paragraph([f"现将{share.session.name}提案中由你单位承办的", count, "交办给你单位，清单附后。"]),
        Paragraph("请按期签收、办理和答复；答复提案者前请先沟通听取意见。"),
        *ending(office, making, last),
        Table(
            [Column("案号", 14, "center"), Column("案由", 34), Column("提案者", 17), Column("方式", 11, "center"),
             Column("期限", 24, "center")],
            [(row.proposal.case_label, row.proposal.subject, row.proposal.short_proposers_label,
              row.get_role_display(), due(row, *TOLD)) for row in rows],
            "承办提案清单",
        ),
    )  # fmt: skip
    return found


def newest_share() -> tuple[int, int] | None:
    row = Assignment.objects.filter(state__in=SENT).order_by("-dispatched_at").first()
    return (row.unit_id, row.proposal.session_id) if row else None


register(PaperKind("dispatch_list", "交办通知和清单", load_share, sees_share, compose_share, newest_share))
