"""Runs of bulk acts. Each proposal is a transaction of its own; the run's row tells what became of each."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction

from core.errors import Denied, DomainError
from proposals.bulk import BulkAction
from proposals.models import BulkRun, Proposal

log = logging.getLogger(__name__)
BUSY = "系统正忙，这一件没有办理，请稍后重试。"


def run(*, action: BulkAction, proposals: Sequence[Proposal], values: Mapping[str, Any], key: UUID,
        by: Any) -> BulkRun:  # fmt: skip
    """Does it to each in the action's order. The same `key` again gives the first run. Raises Denied.

    What is done is written down after each one: whatever happens in between, the page tells the truth.
    """
    if not action.allowed(by):
        raise Denied("您没有办理这一项的权限。")
    found, created = BulkRun.objects.get_or_create(
        key=key, defaults={"action": action.key, "label": action.label, "asked": len(proposals), "by": by}
    )
    if not created:
        if found.by_id != by.pk:
            raise Denied("这次办理是由别人发起的。")
        return found
    for proposal in sorted(proposals, key=action.sequence):
        done, sentence = attempt(action, proposal, values, by)
        found.results.append([proposal.pk, proposal.number_label, str(proposal), done, sentence])
        found.save(update_fields=["results"])
    return found


def attempt(action: BulkAction, proposal: Proposal, values: Mapping[str, Any], by: Any) -> tuple[bool, str]:
    if action.perform is None:
        raise TypeError(f"bulk action “{action.key}” takes the whole selection")
    try:
        with transaction.atomic():
            return True, action.perform(proposal, by, values)
    except DomainError as error:
        return False, error.message
    except DatabaseError:
        log.exception("bulk %s of proposal %s", action.key, proposal.pk)
        return False, BUSY
