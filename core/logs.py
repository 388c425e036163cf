"""Log lines: one line per record, with the request id, without line breaks smuggled in by user input."""

from __future__ import annotations

import logging
import re

from core import context

SENSITIVE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)|(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?!\d)")


#: Secrets that stand in an address: calendar links, one-time pages.
IN_ADDRESS = re.compile(r"(?<=/)[A-Za-z0-9_-]{40,}(?![A-Za-z0-9_-])")


def mask(text: str) -> str:
    """Masks mobile numbers, identity numbers and secrets in addresses."""
    text = IN_ADDRESS.sub("****", text)
    return SENSITIVE.sub(lambda m: f"{m[1]}****{m[2]}" if m[1] else f"{m[3]}********{m[4]}", text)


class RequestFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = context.current.get().request_id or "-"
        return True


class LineFormatter(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(request_id)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S%z")

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = mask(record.message.replace("\r", "\\r").replace("\n", "\\n"))
        return super().formatMessage(record)
