"""Cross-cutting request handling: who asks, domain errors as pages, a database that is away."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from core import context
from core.errors import DomainError

log = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]


def client_ip(request: HttpRequest) -> str:
    """The caller's address; X-Forwarded-For is believed only as far as PROXY_COUNT proxies reach."""
    hops = settings.AXES_IPWARE_PROXY_COUNT or 0
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if hops and len(forwarded) >= hops:
        return forwarded[-hops]
    return request.META.get("REMOTE_ADDR", "")


class RequestContextMiddleware:
    """Gives every request an id and makes it and the caller's address known to logs and the audit trail."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid.uuid4().hex[:8]
        token = context.current.set(context.RequestInfo(ip=client_ip(request), request_id=request.request_id))
        try:
            response = self.get_response(request)
        finally:
            context.current.reset(token)
        response["X-Request-Id"] = request.request_id
        if request.user.is_authenticated and "Cache-Control" not in response:
            # A shared office PC must not show personal data with the back button after sign-out.
            response["Cache-Control"] = "no-store"
        return response


class DatabaseDownMiddleware:
    """Answers 503 with a page that needs no database while PostgreSQL is away or too slow."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError):
            return self.unavailable(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError | InterfaceError):
            return self.unavailable(request)
        return None

    def unavailable(self, request: HttpRequest) -> HttpResponse:
        log.exception("database unavailable at %s", request.path)
        return render(None, "503.html", {}, status=503)


class DomainErrorMiddleware:
    """A domain error that no form caught becomes a message on the page before, or an error page with its sentence."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        if error.status == 403:
            return render(request, "403.html", {"reason": error.message}, status=403)
        back = request.POST.get("next") or request.headers.get("Referer", "")
        if request.method == "POST" and url_has_allowed_host_and_scheme(back, {request.get_host()}):
            messages.error(request, error.message)
            return redirect(back)
        return render(request, "400.html", {"reason": error.message}, status=error.status)
