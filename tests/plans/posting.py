"""Posts a grid as a browser does: every row with all of its fields, empty ones included."""

from __future__ import annotations

import uuid
from typing import Any

TARGET = {"text": "", "subject": "", "scope": "office", "period": "year", "operator": "at_least", "amount": "",
          "amount_max": "", "metric": "records", "place": "", "narrow": "", "alternative": "",
          "coverage_goal": ""}  # fmt: skip
ITEM = {"month": "", "until_month": "", "part_of_month": "whole", "kind": "", "form": "", "topic": "", "content": "",
        "participants": "", "organisers": "", "group_id": ""}  # fmt: skip
SECTION = {"place": "", "level": "1", "title": "", "body": ""}
BLANK = {"targets": TARGET, "items": ITEM, "sections": SECTION}


def grid(prefix: str, *rows: dict[str, Any], saved: int = 0, blank: int = 2, **extra: Any) -> dict[str, Any]:
    """`saved` of the rows stood in the form when it was opened; `blank` empty ones follow the given rows."""
    data = {f"{prefix}-TOTAL_FORMS": len(rows) + blank, f"{prefix}-INITIAL_FORMS": saved, "version": 1,
            "idempotency_key": str(uuid.uuid4()), **extra}  # fmt: skip
    for number, row in enumerate([*rows, *[{}] * blank]):
        data |= {f"{prefix}-{number}-{name}": value for name, value in {**BLANK[prefix], **row}.items()}
    return data
