"""Replies and opinions: written by the unit, checked, signed, sent, passed on to the proposers or sent back.

`after_passing`: called with (reply, by) in the transaction that delivers a reply, so that what follows from it (the
clocks of promises) begins with it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.services import changes, record
from core import files, textversions
from core.clock import today
from core.errors import Conflict, DomainError
from core.prose import require_no_gaps
from core.registry import Registry
from core.versions import editing
from handling.answering import proposers_of
from handling.defaults import REPLY_CATEGORY
from handling.enums import (
    ANSWERING,
    AssignmentRole,
    AssignmentState,
    ItemKind,
    Outcome,
    PromiseState,
    ReplyState,
    Stage,
)
from handling.models import Assignment, Reply, ReplyFile, ReplyItem
from handling.models.replies import OUT
from handling.permissions import can_write_reply
from handling.reply_rules import CHECKED_BY_OFFICE, CONTACT_REQUIRED, COOP_REQUIRED, gaps
from handling.selectors import people_of
from handling.services import clocks
from handling.services.feedback import ask_proposers
from handling.services.rounds import overtake
from handling.services.standing import follow
from handling.services.telling import tell_office, tell_unit, title
from handling.workflow import ASSIGNMENTS, REPLIES
from notices.services import tell
from organisation.selectors import codes, rule

after_passing: Registry[Callable[[Reply, Any], None]] = Registry("act after a reply was delivered")
#: What the unit types, besides the points and files.
TEXTS = ("category", "body", "doc_no", "contact_name", "contact_phone")
#: Kept as versions.
VERSIONED = {"body": "正文", "items": "办理事项"}
REPLY_CLOCKS = (Stage.REPLY, Stage.REHANDLE)


@dataclass(frozen=True)
class Item:
    """One point as it was typed. `pk` names the row it replaces, None a new one."""

    kind: str
    text: str
    promised_on: date | None = None
    reason: str = ""
    pk: int | None = None


# --- writing ---------------------------------------------------------------------------------------------------------
def current(assignment: Assignment) -> Reply | None:
    """The reply of the newest round."""
    return assignment.replies.order_by("-round").first()


def next_round(newest: Reply | None) -> int:
    return newest.round + 1 if newest else 1


def open_reply(assignment: Assignment) -> tuple[Reply, bool]:
    """The reply the unit is at, made when there is none, and whether it was made. The caller holds the row lock."""
    newest = current(assignment)
    if newest is not None and newest.state not in OUT:
        return newest, False
    if newest is not None and assignment.state != AssignmentState.REHANDLING:
        raise DomainError(f"{newest}已经送出，现在不能修改。")
    return Reply.objects.create(assignment=assignment, round=next_round(newest), state=ReplyState.DRAFT), True


@transaction.atomic
def write(*, assignment: Assignment, text: Mapping[str, str], items: Sequence[Item] = (), uploads: Iterable[Any] = (),
          drop_files: Collection[int] = (), version: int | None = None, by: Any, and_check: bool = False,
          note: str = "") -> Reply:  # fmt: skip
    """Saves the draft of the round the unit is at; the first saving begins it. `and_check` sends it on.

    Raises Denied, Conflict, or DomainError naming the field.
    """
    locked = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    can_write_reply(by, locked).require()
    reply, made = open_reply(locked)
    if not reply.is_writable:
        raise DomainError(f"现在是“{reply.state_label}”，不能修改。要改请先“退回修改”。")
    if version is None and not made:
        raise Conflict(current=reply, version=reply.version, who=reply.updated_by.name if reply.updated_by else "",
                       when=reply.updated_at)  # fmt: skip
    with editing(reply, version=None if made else version, by=by) as row:
        detail = put_text(row, text)
        put_items(row, items)
        put_files(row, uploads, drop_files, by)
        textversions.keep(row, {"body": row.body, "items": in_words(row)}, by=by, note=note)
        record("reply.write", row, by=by, detail=detail)
    if and_check:
        to_check(reply=row, by=by)
    return row


def at_hand(assignment: Assignment) -> Reply:
    """The reply the unit is at; a new one, not saved yet, when the next round has not begun."""
    newest = current(assignment)
    if newest is not None and not (newest.state in OUT and assignment.state == AssignmentState.REHANDLING):
        newest.assignment = assignment
        return newest
    return Reply(assignment=assignment, round=next_round(newest), state=ReplyState.DRAFT,
                 contact_name=assignment.handler, contact_phone=assignment.handler_phone)  # fmt: skip


def is_overtaken(reply: Reply) -> bool:
    """Whether a later round has begun."""
    return Reply.objects.filter(assignment=reply.assignment_id, round__gt=reply.round).exists()


@transaction.atomic
def restore(*, reply: Reply, number: int, by: Any) -> Reply:
    """The text of an old version as the newest one; points and files stay. Raises Denied, DomainError, Http404."""
    old = textversions.version(reply, number)
    items = [Item(row.kind, row.text, row.promised_on, row.reason, row.pk) for row in reply.items.all()]
    text = {"body": old.texts.get("body", "")}
    return write(assignment=reply.assignment, text=text, items=items, version=reply.version, by=by,
                 note=f"恢复第 {number} 版的正文")  # fmt: skip


def put_text(row: Reply, text: Mapping[str, str]) -> dict[str, Any]:
    before = {name: getattr(row, name) for name in TEXTS}
    for name in TEXTS:
        setattr(row, name, text.get(name, before[name]))
    if row.category and row.category != before["category"]:
        require_category(row)
    return changes(before, {name: getattr(row, name) for name in TEXTS if name != "body"})


def require_category(row: Reply) -> None:
    if row.is_opinion:
        row.category = ""
    elif not codes(REPLY_CATEGORY, row.assignment.proposal.office).filter(code=row.category).exists():
        raise DomainError("请选择“答复类别”。", field="category")


def put_items(row: Reply, items: Sequence[Item]) -> None:
    """Makes the points those given, in their order. A promise starts open."""
    stored = {item.pk: item for item in row.items.all()}
    kept = [stored.pop(item.pk, None) or ReplyItem(reply=row) for item in items]
    ReplyItem.objects.filter(pk__in=stored).delete()
    for order, (target, item) in enumerate(zip(kept, items, strict=True), 1):
        promised = item.kind == ItemKind.PROMISED
        target.kind, target.text, target.order = item.kind, item.text, order
        target.promised_on = item.promised_on if promised else None
        target.reason = item.reason if item.kind == ItemKind.NOT_ADOPTED else ""
        target.state = PromiseState.OPEN if promised else ""
        require_sound(target, order)
        target.save()


def require_sound(item: ReplyItem, order: int) -> None:
    """What the database insists on, as a sentence."""
    if item.kind == ItemKind.PROMISED and item.promised_on is None:
        raise DomainError(f"事项 {order}：计划落实的事项请填写计划落实日期。")
    if item.kind == ItemKind.NOT_ADOPTED and not item.reason:
        raise DomainError(f"事项 {order}：未采纳的事项请写明理由。")


def put_files(row: Reply, uploads: Iterable[Any], dropped: Collection[int], by: Any) -> None:
    row.files.filter(pk__in=dropped).delete()
    order = row.files.count()
    for place, upload in enumerate(uploads, order + 1):
        ReplyFile.objects.create(reply=row, file=files.accept(upload, files.MATERIAL, by=by), order=place)


def in_words(row: Reply) -> str:
    """The points as lines of text, for comparing versions and for the public page."""
    return "\n".join(f"{number}. {line(item)}" for number, item in enumerate(row.items.order_by("order", "pk"), 1))


def line(item: ReplyItem) -> str:
    more = f"（{item.promised_on}）" if item.promised_on else f"（理由：{item.reason}）" if item.reason else ""
    return f"{item.get_kind_display()}：{item.text}{more}"


# --- inside the unit ---------------------------------------------------------------------------------------------
@transaction.atomic
def to_check(*, reply: Reply, by: Any, version: int | None = None) -> Reply:
    """送核稿: the draft is complete and locked. Raises DomainError with the first gap."""
    with REPLIES.step(reply, "to_check", by=by, version=version) as locked:
        require_complete(locked)
    tell_unit(locked, f"《{title(locked)}》的{locked}待核稿。", but=by)
    return locked


def require_complete(reply: Reply) -> None:
    require_no_gaps(gaps(reply, list(reply.items.all())), verb="送核稿")
    for sentence in hindrances(reply):
        raise DomainError(sentence)


def hindrances(reply: Reply) -> list[str]:
    """What the office's rules do not allow to be missing; `warnings` says the same mildly where they only warn."""
    office = reply.assignment.proposal.office
    found = warnings(reply)
    return [sentence for key, sentence in found.items() if rule(key, office)]


def warnings(reply: Reply) -> dict[str, str]:
    """{rule: sentence} for what should be there before a reply is sent: a contact, the helpers' opinions."""
    if reply.is_opinion:
        return {}
    found = {}
    if not reply.assignment.contacts.exists():
        found[CONTACT_REQUIRED] = "还没有登记与提案人的面商。请先联系提案人，再登记面商情况。"
    if names := missing_opinions(reply.assignment):
        found[COOP_REQUIRED] = f"会办意见还没有到齐：{'、'.join(names)}。"
    return found


def missing_opinions(assignment: Assignment) -> list[str]:
    """Co-handling units that still owe the lead their opinion."""
    if assignment.role != AssignmentRole.LEAD:
        return []
    helpers = Assignment.objects.live().filter(proposal=assignment.proposal_id, role=AssignmentRole.COOP)
    given = Reply.objects.filter(state__in=OUT).values("assignment_id")
    return [row.unit.name for row in helpers.exclude(pk__in=given).select_related("unit")]


@transaction.atomic
def check(*, reply: Reply, name: str, by: Any) -> Reply:
    """核稿通过, by the named person."""
    with REPLIES.step(reply, "check", by=by) as locked:
        if not name.strip():
            raise DomainError("请填写“核稿人”。", field="name")
        locked.checked_by_name = name.strip()
    tell_unit(locked, f"《{title(locked)}》的{locked}待签发。", but=by)
    return locked


@transaction.atomic
def back_to_draft(*, reply: Reply, reason: str, by: Any) -> Reply:
    with REPLIES.step(reply, "back_to_draft", by=by, reason=reason) as locked:
        pass
    tell_unit(locked, f"《{title(locked)}》的{locked}要修改：{reason}", but=by)
    return locked


@transaction.atomic
def sign(*, reply: Reply, signatory: str, signed_on: date, doc_no: str = "", scan: Any = None, by: Any) -> Reply:
    """签发并送出. An opinion goes to the lead and ends the helper's part; a reply to the office, or at once to the
    proposers where the rule says so. `scan`: the sealed letter.
    """
    with REPLIES.step(reply, "sign", by=by) as locked:
        require_complete(locked)
        if signed_on > today():
            raise DomainError("签发日期不能晚于今天。", field="signed_on")
        locked.signatory, locked.signed_on, locked.doc_no = signatory.strip(), signed_on, doc_no.strip()
        locked.sent_at = timezone.now()
        put_files(locked, [scan] if scan else [], (), by)
    if locked.is_opinion:
        hand_over(locked, by)
    elif rule(CHECKED_BY_OFFICE, locked.assignment.proposal.office):
        tell_office(locked, f"{locked.assignment.unit.name}送来《{title(locked)}》的{locked}，请审核。")
    else:
        with REPLIES.step(locked, "deliver", by=by) as sent:
            sent.passed_at = timezone.now()
        delivered(sent, by)
    return locked


def hand_over(opinion: Reply, by: Any) -> None:
    """An opinion reached the lead."""
    assignment = opinion.assignment
    with ASSIGNMENTS.step(assignment, "reply", by=by) as row:
        row.replied_at = opinion.sent_at
    clocks.stop(stages=[Stage.COOP, *REPLY_CLOCKS], assignment=assignment)
    leads = Assignment.objects.live().filter(proposal=assignment.proposal_id, role__in=ANSWERING)
    text = f"{assignment.unit.name}对《{title(opinion)}》的会办意见已送到。"
    for lead in leads:
        tell(people_of(lead.unit), text, url=opinion.get_absolute_url())
    follow(proposal=assignment.proposal, by=by)


# --- the office --------------------------------------------------------------------------------------------------
@transaction.atomic
def pass_on(*, reply: Reply, by: Any) -> Reply:
    """审核通过，送提案人."""
    with REPLIES.step(reply, "pass", by=by) as locked:
        locked.passed_at = timezone.now()
    delivered(locked, by)
    return locked


@transaction.atomic
def send_back(*, reply: Reply, reason: str, by: Any) -> Reply:
    """退回重新答复: the same round is written anew. The clock of the reply has never stopped, so reminders go on."""
    with REPLIES.step(reply, "send_back", by=by, reason=reason) as locked:
        pass
    tell_unit(locked, f"《{title(locked)}》的{locked}被退回，请按意见修改后重新送出：{reason}")
    return locked


def delivered(reply: Reply, by: Any) -> None:
    """What follows when a reply has reached the proposers. The unit was in time if it *sent* it in time."""
    assignment, sent_on = reply.assignment, timezone.localdate(reply.sent_at)
    with ASSIGNMENTS.step(assignment, "reply", by=by) as row:
        row.replied_at = reply.sent_at
    clocks.stop(stages=REPLY_CLOCKS, assignment=assignment, on=sent_on)
    clocks.stop(stages=[Stage.CONTACT], assignment=assignment, outcome=Outcome.VOID)
    clocks.start(stage=Stage.FEEDBACK, proposal=assignment.proposal, assignment=assignment, by=by, round=reply.round)
    overtake(reply)
    for act in after_passing:
        act(reply, by)
    follow(proposal=assignment.proposal, by=by)
    ask_proposers(reply, proposers_of(assignment.proposal))
    tell_unit(reply, f"《{title(reply)}》的{reply}已送提案人。", but=by)
