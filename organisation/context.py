"""Adds the office's name and phone number to every page."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from core import context_processors
from organisation.selectors import grants, home_office


def office_of_page(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    user = getattr(request, "user", None)
    office = home_office(user) if user is not None else None
    if office is None:
        return {}
    return {"portal": {**context["portal"], "office_name": office.name, "phone": office.phone}}


def remember_idle_class(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Members' sessions may idle longer than those on office PCs (safety.md 7.3.1)."""
    request.session["idle_class"] = "member" if grants(user).roles == {"member"} else "default"


def connect() -> None:
    context_processors.extras.append(office_of_page)
    user_logged_in.connect(remember_idle_class, dispatch_uid="organisation.idle_class")
