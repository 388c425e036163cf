"""The number on the bell."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from notices.models import Notice


def unread(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    if not hasattr(request, "_unread_count"):  # a page may render several templates
        request._unread_count = Notice.objects.filter(recipient=user, read_at__isnull=True).count()
    return {"unread_count": request._unread_count}
