"""Rules of a session: the first password must be changed, an idle session ends."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

SEEN, STARTED = "seen_at", "started_at"
#: Reachable before the first password is changed.
OPEN_TO_ALL = {"password_change", "sign_out", "large_type", "health"}


class SessionRulesMiddleware:
    """Ends idle sessions (30 minutes for staff, 2 hours for members) and every session after 12 hours, and holds the
    forced password change."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        if ended := self.ended(request):
            logout(request)
            messages.info(request, ended)
            back = request.get_full_path() if request.method == "GET" else "/"
            return redirect_to(request, f"{reverse('sign_in')}?{urlencode({'next': back})}")
        if request.user.must_change_password and request.resolver_match.url_name not in OPEN_TO_ALL:
            return redirect_to(request, reverse("password_change"))
        return None

    def ended(self, request: HttpRequest) -> str:
        """Why the session is over, as a sentence; empty while it goes on."""
        now, session, limit = int(time.time()), request.session, idle_limit(request)
        seen = session.get(SEEN, now)
        if now - session.get(STARTED, now) > settings.SESSION_COOKIE_AGE:
            return "登录已满 12 小时，为了安全请重新登录。已输入的内容会自动恢复。"
        if now - seen > limit:
            return "长时间没有操作，为了安全已退出，请重新登录。已输入的内容会自动恢复。"
        if now - seen > 60 or SEEN not in session:
            session[SEEN] = now  # once a minute is enough, each write costs a query
        return ""


def idle_limit(request: HttpRequest) -> int:
    """Seconds without a request after which this session ends."""
    limits = settings.SESSION_IDLE_SECONDS
    return limits.get(request.session.get("idle_class", ""), limits["default"])


def idle_warning(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """For base_document.html: (seconds until the end, seconds of warning) of a signed-in user's idle session."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {"session_idle": (idle_limit(request), settings.SESSION_WARNING_SECONDS) if signed_in else ()}


def remember_start(sender: object, request: HttpRequest, **kwargs: object) -> None:
    request.session[SEEN] = request.session[STARTED] = int(time.time())


def redirect_to(request: HttpRequest, url: str) -> HttpResponse:
    """A redirect the whole page follows, also when a fragment was asked for."""
    if getattr(request, "htmx", False):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = url
        return response
    return redirect(url)
