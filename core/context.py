"""What is known of the request that is being answered, for logs and the audit trail."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class RequestInfo:
    """`ip` and `request_id` are empty outside a request (shell, jobs)."""

    ip: str = ""
    request_id: str = ""


NONE = RequestInfo()
current: ContextVar[RequestInfo] = ContextVar("request_info", default=NONE)
