"""Denied attempts leave a trace: the one place where 403 and 404 answers to signed-in people are recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from audit.models import AuditEntry
from audit.services import record

ACTION = "access.denied"
#: So that nobody can flood the trail: at most this many rows per person and period, the last one saying so.
MOST, PERIOD = 20, timedelta(minutes=10)


class DeniedAccessMiddleware:
    """Records who was refused which address. Addresses that do not exist at all are no attempt on an object."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in {403, 404} and request.resolver_match and request.user.is_authenticated:
            note_denied(request, response.status_code)
        return response


def note_denied(request: HttpRequest, status: int) -> None:
    since = timezone.now() - PERIOD
    before = AuditEntry.objects.filter(actor=request.user, action=ACTION, at__gte=since).count()
    if before >= MOST:
        return
    detail: dict[str, Any] = {"path": request.path[:200], "method": request.method, "status": status}
    if before == MOST - 1:
        detail["note"] = "次数过多，10 分钟内不再逐条记录"
    record(ACTION, by=request.user, detail=detail, succeeded=False)
