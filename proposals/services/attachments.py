"""Files that belong to a proposal; how many and how large is the office's rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from audit.services import record
from core import files
from core.errors import DomainError
from organisation.selectors import rules
from proposals.models import Attachment, Proposal
from proposals.permissions import can_edit


@transaction.atomic
def attach(*, proposal: Proposal, uploads: Sequence[Any], by: Any) -> None:
    """Adds the files; one that is there already is not kept twice. Raises DomainError, Denied."""
    if not uploads:
        return
    can_edit(by, proposal).require()
    limits = rules(("proposal.attachments", "proposal.attachment_mb"), proposal.office)
    policy = replace(files.MATERIAL, max_size=limits["proposal.attachment_mb"] * files.MEGABYTE)
    for upload in uploads:
        try:
            keep(proposal, files.accept(upload, policy, by=by), limits["proposal.attachments"], by=by)
        except DomainError as error:
            error.field = "files"
            raise


def keep(proposal: Proposal, stored: Any, most: int, *, by: Any) -> None:
    if proposal.attachments.filter(file__sha256=stored.sha256).exists():
        return
    count = proposal.attachments.count()
    if count >= most:
        raise DomainError(f"一件提案最多 {most} 个附件，请先删除不需要的。")
    Attachment.objects.create(proposal=proposal, file=stored, order=count + 1)
    record("proposal.attach", proposal, by=by, detail={"name": stored.original_name, "sha256": stored.sha256})


@transaction.atomic
def detach(*, proposal: Proposal, pks: Sequence[int], by: Any) -> None:
    """Takes attachments away; the files go with the next tidying. Raises Denied."""
    for each in proposal.attachments.filter(pk__in=pks).select_related("file") if pks else ():
        can_edit(by, proposal).require()
        record("proposal.detach", proposal, by=by,
               detail={"name": each.file.original_name, "sha256": each.file.sha256})  # fmt: skip
        each.delete()
