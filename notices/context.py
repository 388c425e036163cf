"""The number on the bell."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from notices.models import Notice
from notices.services import mark_read

MOST = 200  # unread notices looked at; nobody reads a larger number


def unread(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    if not hasattr(request, "_unread_count"):  # a page may render several templates
        waiting = list(Notice.objects.filter(recipient=user, read_at__isnull=True).values_list("pk", "url")[:MOST])
        here = [pk for pk, url in waiting if request.method == "GET" and url.split("?")[0] == request.path]
        if here:  # who opens what a notice is about has read it
            mark_read(recipient=user, pks=here)
        request._unread_count = len(waiting) - len(here)
    return {"unread_count": request._unread_count}
