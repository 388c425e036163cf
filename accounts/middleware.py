"""Rules of a session: the first password must be changed, an idle session ends."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

SEEN = "seen_at"
#: Reachable before the first password is changed.
OPEN_TO_ALL = {"password_change", "sign_out", "large_type", "health"}


class SessionRulesMiddleware:
    """Ends idle sessions (30 minutes for staff, 2 hours for members) and holds the forced password change."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        if self.idle_too_long(request):
            logout(request)
            messages.info(request, "长时间没有操作，为了安全已退出，请重新登录。已输入的内容会自动恢复。")
            back = request.get_full_path() if request.method == "GET" else "/"
            return redirect_to(request, f"{reverse('sign_in')}?{urlencode({'next': back})}")
        if request.user.must_change_password and request.resolver_match.url_name not in OPEN_TO_ALL:
            return redirect_to(request, reverse("password_change"))
        return None

    def idle_too_long(self, request: HttpRequest) -> bool:
        now, limits = int(time.time()), settings.SESSION_IDLE_SECONDS
        limit = limits.get(request.session.get("idle_class", ""), limits["default"])
        seen = request.session.get(SEEN, now)
        if now - seen > limit:
            return True
        if now - seen > 60 or SEEN not in request.session:
            request.session[SEEN] = now  # once a minute is enough, each write costs a query
        return False


def redirect_to(request: HttpRequest, url: str) -> HttpResponse:
    """A redirect the whole page follows, also when a fragment was asked for."""
    if getattr(request, "htmx", False):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = url
        return response
    return redirect(url)
