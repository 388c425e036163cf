"""Handing in, reviewing, approving: every step of a manuscript's life after it was written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Max
from django.utils import timezone

from accounts.roles import Can
from audit.services import record
from core import jobs
from core.errors import DomainError
from notices.services import tell
from organisation.models import Office
from organisation.selectors import rule, users_with
from reports.defaults import DOC_WORD
from reports.manuscripts import files, printing
from reports.models import Manuscript
from reports.workflow import FLOW

LONGEST_WORD = 20
#: The number adds these itself: 〔2026〕3号.
NO_WORD = re.compile(r"[\d\s〔〕\[\]【】号]")


def submit(*, manuscript: Manuscript, by: Any, version: int | None = None) -> Manuscript:
    """Hands it to those who review."""
    with FLOW.step(manuscript, "submit", by=by, version=version) as locked:
        people = users_with(Can.REVIEW_REPORTS, locked.office)
        told(people, by, locked, f"{by.name} 提交了《{locked.title}》，等待您核稿。")
    return manuscript


def review(*, manuscript: Manuscript, by: Any, version: int | None = None) -> Manuscript:
    """Hands it on to those who approve."""
    with FLOW.step(manuscript, "review", by=by, version=version) as locked:
        people = users_with(Can.APPROVE_REPORTS, locked.office)
        told(people, by, locked, f"《{locked.title}》已核稿，等待您签发。")
    return manuscript


def return_(*, manuscript: Manuscript, by: Any, reason: str, version: int | None = None) -> Manuscript:
    with FLOW.step(manuscript, "return", by=by, reason=reason, version=version) as locked:
        told(authors(locked), by, locked, f"《{locked.title}》被退回修改：{reason.strip()}")
    return manuscript


def withdraw(*, manuscript: Manuscript, by: Any, version: int | None = None) -> Manuscript:
    with FLOW.step(manuscript, "withdraw", by=by, version=version):
        pass
    return manuscript


def approve(*, manuscript: Manuscript, doc_word: str, doc_number: int, by: Any, headed: bool = True,
            upward: bool = False, cc: str = "", version: int | None = None) -> Manuscript:  # fmt: skip
    """Freezes text and data under a document number and asks for the files. `headed`: printed under a red head (红头)
    with a colophon, `upward`: for an office above, so that the approver stands beside the number (签发人), `cc`: 抄送,
    names separated by 、 or ，.

    Raises DomainError when the number is taken.
    """
    now = timezone.now()
    with FLOW.step(manuscript, "approve", by=by, version=version) as locked:
        Office.objects.select_for_update().get(pk=locked.office_id)
        number(locked, doc_word.strip(), timezone.localdate(now).year, doc_number)
        locked.frame = {**locked.frame, "headed": headed, "signer": by.name if upward else "", "cc": names(cc)}
        locked.frozen_at = now
        locked.digest = printing.digest(locked)
        record("manuscript.freeze", locked, by=by, detail={"doc_no": locked.doc_no, "sha256": locked.digest})
        told(authors(locked), by, locked, f"《{locked.title}》已签发，文号 {locked.doc_no}。")
        manuscript.frozen_at = locked.frozen_at
        ask_for_files(locked, by)
    manuscript.refresh_from_db()
    return manuscript


def names(text: str) -> list[str]:
    """Names from a line a clerk typed."""
    return [each.strip() for each in re.split(r"[、，,；;\n]", text) if each.strip()]


def number(manuscript: Manuscript, word: str, year: int, wanted: int) -> None:
    """Raises DomainError at the field."""
    if not word or len(word) > LONGEST_WORD:
        raise DomainError(f"请填写发文机关代字，最多 {LONGEST_WORD} 字。", field="doc_word")
    if NO_WORD.search(word):
        raise DomainError("发文机关代字只写机关简称，年份、括号、号数由系统加上。", field="doc_word")
    if wanted < 1:
        raise DomainError("顺序号从 1 开始。", field="doc_number")
    taken = Manuscript.objects.filter(
        office_id=manuscript.office_id, doc_word=word, doc_year=year, doc_number=wanted
    ).first()
    if taken is not None:
        raise DomainError(f"{taken.doc_no} 已用于《{taken.title}》，请换一个号。", field="doc_number")
    manuscript.doc_word, manuscript.doc_year, manuscript.doc_number = word, year, wanted


def suggested_number(manuscript: Manuscript) -> tuple[str, int]:
    """(代字, the next number of this year) for the form; an office may give its numbers elsewhere, so it is no law.
    The 代字 is the one the office used last.
    """
    signed = Manuscript.objects.filter(office_id=manuscript.office_id, frozen_at__isnull=False).order_by("-frozen_at")
    word = signed.values_list("doc_word", flat=True).first() or str(rule(DOC_WORD, manuscript.office))
    year = timezone.localdate().year
    rows = Manuscript.objects.filter(office_id=manuscript.office_id, doc_word=word, doc_year=year)
    return word, (rows.aggregate(last=Max("doc_number"))["last"] or 0) + 1


def ask_for_files(manuscript: Manuscript, by: Any) -> jobs.Job:
    """The job that makes the files of an approved manuscript; one at a time."""
    if manuscript.report_id is not None:
        raise DomainError("正式文件已经生成。")
    return jobs.enqueue(
        files.FREEZE, title=f"{manuscript.title}（{manuscript.doc_no}）"[:120], owner=by,
        params={"pk": manuscript.pk, "user_id": by.pk}, key=f"{files.FREEZE}:{manuscript.pk}",
    )  # fmt: skip


def authors(manuscript: Manuscript) -> Iterable[Any]:
    return [manuscript.created_by, manuscript.updated_by]


def told(people: Iterable[Any], by: Any, manuscript: Manuscript, sentence: str) -> None:
    """Everybody concerned but the actor."""
    tell(
        (each for each in people if each is not None and each.pk != by.pk), sentence, url=manuscript.get_absolute_url()
    )
