from __future__ import annotations

import uuid

import pytest

from tests.calls.objects import BODY


@pytest.fixture
def post():
    """`post(title="…")`: what the browser sends for a complete text, changed as asked."""

    def data(**changes):
        full = {"title": "办好村级文化站", "body": BODY, "intent": "submit", "idempotency_key": str(uuid.uuid4())}
        return {**full, **changes}

    return data
