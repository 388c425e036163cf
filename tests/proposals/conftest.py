from __future__ import annotations

import uuid

import pytest

from proposals.models import Proposal
from proposals.services import Text
from proposals.services.submitting import highest

FULL = {
    "subject": "关于增加夜间公交班次的提案",
    "category": "society",
    "background": "城东片区晚上八点以后没有公交，下晚班的工人和晚自习的学生步行回家，每天约有四百人。",
    "analysis": "现有线路按白天客流排班，多年没有调整；企业和学校没有机会提出要求。",
    "suggestions": "一、由县交通局测算夜间客流。\n二、先在两条线路上延长到晚上十点。",
    "wished_units": "县交通局",
    "may_publish": "on",
}


@pytest.fixture
def full_text():
    return Text(**{**FULL, "may_publish": True})


@pytest.fixture
def post():
    """`post(subject="…", intent="submit")`: what the browser sends for a complete proposal, changed as asked."""

    def data(**changes):
        return {**FULL, "idempotency_key": str(uuid.uuid4()), "intent": "submit", **changes}

    return data


@pytest.fixture
def next_case(world):
    """The next case number of the world's session."""
    return highest("case_no", world["session"].pk) + 1


def set_aside() -> None:
    """What the world holds no longer counts: it is withdrawn. Deleting would take what hangs on it along."""
    Proposal._base_manager.filter(submitted_at__isnull=False).update(state="withdrawn")
