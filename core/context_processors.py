"""What base.html needs on every page. Costs no query that the page does not need anyway."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from core import navigation

LARGE_TYPE_COOKIE = "large_type"
#: Functions (request) -> dict added by upper apps: office name, number of unread notices, and the like.
extras: list[Any] = []


def portal(request: HttpRequest) -> dict[str, Any]:
    """`portal`, `nav`, `tabs`, `large_type` and whatever upper apps add."""
    context: dict[str, Any] = {
        "portal": {"name": settings.PORTAL_NAME, "office_name": "", "phone": ""},
        "nav": [],
        "tabs": [],
        "large_type": request.COOKIES.get(LARGE_TYPE_COOKIE) == "1",
        "in_wechat": "MicroMessenger" in request.headers.get("User-Agent", ""),
        "unread_count": 0,
        "todo_count": 0,
    }
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        context["nav"], context["tabs"] = navigation.menu(user, request.path)
    for extra in extras:
        context.update(extra(request, context))
    return context
