"""Exchange with a government's own handling system: assignments out, answers in, every file kept with its report.

An answer file is first tried: its rows go through the same services as the web pages in a transaction that is undone,
and the report says what would happen. Taking it in does the same for good, each row on its own. A row that was taken
in before (same key, same content) is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Prefetch
from django.utils import timezone

from accounts.models import User
from accounts.roles import Can
from audit.services import record
from core import files, jobs
from core.clock import Span
from core.errors import DomainError
from core.jobs import Deliver, Progress
from core.models import Job
from handling.behalf import acting_for
from handling.enums import SENT, Stage
from handling.models import Assignment, Clock
from handling.services import assignments, replies
from organisation.models import Office
from organisation.selectors import can, code_labels
from proposals.defaults import CATEGORY
from proposals.models import Proposer
from supervision.enums import Direction
from supervision.exchange import FORMS, answers, reading, writing
from supervision.exchange.answers import REPLY, SIGN, Answer
from supervision.models import Exchange, ExternalKey

EXPORT = "supervision.export"
ANSWERS = files.Policy(FORMS, reading.MOST_BYTES, "交换文件（json、xml）")


# --- out -----------------------------------------------------------------------------------------------------------
def ask_export(*, office: Office, form: str, year: int, by: Any) -> Job:
    """Queues the file. Raises Denied, DomainError."""
    can(by, Can.RECEIVE_PROPOSALS, office).require()
    if form not in FORMS:
        raise DomainError("请选择文件格式。", field="form")
    params = {"office_id": office.pk, "form": form, "year": year, "user_id": by.pk}
    return jobs.enqueue(EXPORT, title=f"导出交办数据（{year}年）", owner=by, params=params)


def make_export(*, office: Office, form: str, year: int, by: User, progress: Progress) -> Deliver:
    progress("正在整理交办数据")
    first, end = Span.year(year).moments
    rows = dispatched(office).filter(dispatched_at__gte=first, dispatched_at__lt=end)
    found = entries(rows)
    head = {"made_at": timezone.localtime().isoformat(timespec="seconds"), "office": office.name, "year": str(year)}
    data = writing.written(head, found, form)

    def deliver() -> jobs.JobResult:
        name = f"交办数据_{year}.{form}"
        stored = files.store(data, name=name, extension=form, by=by)
        batch = Exchange.objects.create(
            office=office, direction=Direction.OUT, form=form, count=len(found), applied_at=timezone.now(),
            file=stored, by=by,
        )  # fmt: skip
        record("exchange.export", batch, by=by, detail={"count": len(found), "form": form})
        return jobs.JobResult(file=stored, message=f"共 {len(found)} 条。")

    return deliver


def dispatched(office: Office) -> Any:
    people = Proposer.objects.select_related("member").order_by("order", "pk")
    rows = Assignment.objects.filter(proposal__office=office, state__in=sorted(SENT))
    return rows.select_related("unit", "proposal__session__term").prefetch_related(
        Prefetch("proposal__proposers", queryset=people)
    ).order_by("proposal__case_no", "pk")  # fmt: skip


def entries(rows: Any) -> list[dict[str, Any]]:
    """The rows of the file; names of proposers, no telephone numbers of members. Three queries."""
    labels = code_labels(CATEGORY)
    due = dict(Clock.objects.running().filter(assignment__in=rows.order_by().values("pk"), stage=Stage.REPLY)
               .values_list("assignment_id", "due_on"))  # fmt: skip
    return [entry(row, labels, due.get(row.pk)) for row in rows]


def entry(row: Assignment, labels: dict[str, str], due: Any) -> dict[str, Any]:
    proposal = row.proposal
    return {
        "assignment": str(row.pk),
        "case": proposal.full_case_label,
        "subject": proposal.subject,
        "category": labels.get(proposal.category, proposal.category),
        "proposers": [each.member.name for each in proposal.proposers.all()],
        "in_name_of": proposal.collective_name,
        "background": proposal.background,
        "analysis": proposal.analysis,
        "suggestions": proposal.suggestions,
        "unit": row.unit.name,
        "role": row.role,
        "state": row.state,
        "note": row.note,
        "dispatched_at": timezone.localtime(row.dispatched_at).isoformat(timespec="seconds"),
        "reply_due": due.isoformat() if due else "",
    }


# --- in ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Outcome:
    """What became, or would become, of one row."""

    answer: Answer
    ok: bool
    sentence: str

    def as_row(self) -> dict[str, Any]:
        return {"number": self.answer.number, "key": self.answer.key[:80], "kind": self.answer.kind, "ok": self.ok,
                "assignment": self.answer.assignment[:40], "sentence": self.sentence}  # fmt: skip


class Undone(Exception):
    """Ends a trial."""


@transaction.atomic
def take_in(*, office: Office, upload: Any, by: Any) -> Exchange:
    """Keeps the file and tries it; nothing else changes yet. Raises Denied, DomainError for an unreadable file."""
    can(by, Can.RECEIVE_PROPOSALS, office).require()
    files.check(upload, ANSWERS)
    form = PurePath(upload.name).suffix.lower().lstrip(".")
    upload.seek(0)
    data = upload.read()
    rows = answers.judged(reading.read(data, form))
    stored = files.store(data, name=upload.name, extension=form, by=by)
    batch = Exchange.objects.create(office=office, direction=Direction.IN, form=form, count=len(rows), file=stored,
                                    by=by)  # fmt: skip
    keep_report(batch, tried(batch, rows, by))
    record("exchange.check", batch, by=by, detail={"count": batch.count, "refused": batch.refused})
    return batch


def tried(batch: Exchange, rows: list[Answer], by: Any) -> list[Outcome]:
    """All rows in their order, so that a reply finds its sign-for; then everything is undone."""
    found: list[Outcome] = []
    try:
        with transaction.atomic():
            found = [performed(batch, row, by) for row in rows]
            raise Undone
    except Undone:
        return found


def keep_report(batch: Exchange, found: Iterable[Outcome]) -> None:
    batch.report = [each.as_row() for each in found]
    batch.refused = sum(1 for row in batch.report if not row["ok"])
    batch.save()


@transaction.atomic
def apply(*, batch: Exchange, by: Any) -> Exchange:
    """Takes the file in for good, once. Rows that are refused stay out and say why."""
    locked = Exchange.objects.select_for_update(of=("self",)).select_related("office", "file").get(pk=batch.pk)
    can(by, Can.RECEIVE_PROPOSALS, locked.office).require()
    if locked.direction != Direction.IN or locked.applied_at is not None:
        raise DomainError("这个文件已经导入过，不能再导入一次。")
    rows = answers.judged(reading.read(files.read(locked.file), locked.form))
    found = [performed(locked, row, by) for row in rows]
    locked.applied_at = timezone.now()
    keep_report(locked, found)
    record("exchange.import", locked, by=by, detail={"count": locked.count, "refused": locked.refused})
    return locked


def performed(batch: Exchange, answer: Answer, by: Any) -> Outcome:
    """One row in its own savepoint."""
    if answer.errors:
        return Outcome(answer, False, "；".join(answer.errors)[:500])
    try:
        with transaction.atomic():
            return Outcome(answer, True, through_services(batch, answer, by))
    except DomainError as error:
        return Outcome(answer, False, error.message)
    except IntegrityError:
        return Outcome(answer, False, "内容与已有记录冲突。")


def through_services(batch: Exchange, answer: Answer, by: Any) -> str:
    known = ExternalKey.objects.filter(office=batch.office, key=answer.key).first()
    if known is not None:
        if known.digest != answer.digest:
            raise DomainError("同一个 key 已经导入过别的内容。")
        return "以前已经导入过，跳过。"
    assignment = assignment_of(batch.office, answer.assignment)
    with acting_for(frozenset({assignment.unit_id})):
        {SIGN: sign_for, REPLY: reply_to}[answer.kind](assignment, answer, by)
    ExternalKey.objects.create(office=batch.office, key=answer.key, kind=answer.kind, digest=answer.digest,
                               assignment=assignment, batch=batch)  # fmt: skip
    return "签收。" if answer.kind == SIGN else "答复已签发送出。"


def assignment_of(office: Office, given: str) -> Assignment:
    """A foreign one sounds like a missing one."""
    pk = int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else 0
    rows = Assignment.objects.filter(proposal__office=office, state__in=sorted(SENT))
    found = rows.select_related("unit", "proposal__office").filter(pk=pk).first()
    if found is None:
        raise DomainError("没有这个 assignment。")
    return found


def sign_for(assignment: Assignment, answer: Answer, by: Any) -> None:
    said = answer.values
    handlers = assignments.Handlers(leader=said.get("leader", ""), handler=said["handler"], phone=said.get("phone", ""))
    assignments.sign(assignment=assignment, handlers=handlers, by=by)


def reply_to(assignment: Assignment, answer: Answer, by: Any) -> None:
    """Written, checked and signed like a reply on the web, each step with its own check."""
    said = answer.values
    text = {name: said.get(name, "") for name in replies.TEXTS}
    points = [replies.Item(item["kind"], item["text"], item.get("date"), item.get("reason", ""))
              for item in answer.items]  # fmt: skip
    reply = replies.write(assignment=assignment, text=text, items=points, by=by, version=version_of(assignment))
    reply = replies.to_check(reply=reply, by=by)
    reply = replies.check(reply=reply, name=said.get("checked_by") or said["signatory"], by=by)
    replies.sign(reply=reply, signatory=said["signatory"], signed_on=said["signed_on"],
                 doc_no=said.get("doc_no", ""), by=by)  # fmt: skip


def version_of(assignment: Assignment) -> int | None:
    """Of the draft the file replaces: a draft begun on the web gives way to what the unit has signed."""
    newest = replies.current(assignment)
    return newest.version if newest is not None and newest.is_writable else None
