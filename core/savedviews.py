"""Filters of a list kept under a name by one person, on every list that `core.listing` makes.

What is kept is cleaned: only names and values a filter could have, never an address of another site. A view says
nothing about rights: the list decides anew what it shows.
"""

from __future__ import annotations

import re
from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from core.errors import DomainError
from core.models import SavedView

MOST = 20  # views of one list
NAME = re.compile(r"^[a-z_]{1,40}$")
LONGEST_VALUE, MOST_VALUES, LONGEST = 200, 40, 1000
#: About the page being looked at, not about what it shows.
PASSING = frozenset({"page", "export", "view", "csrfmiddlewaretoken"})
#: Opens the list without the default view.
EVERYTHING = "view=all"


def cleaned(query: str) -> str:
    """The query string as a list could have made it; what is strange is dropped."""
    try:
        given = QueryDict(query[: 4 * LONGEST], mutable=False)
    except Exception:  # too many fields, broken encoding
        return ""
    kept = QueryDict(mutable=True)
    pairs = [(name, value) for name, values in given.lists() for value in values]
    for name, value in pairs[:MOST_VALUES]:
        if NAME.match(name) and name not in PASSING and value.strip() and len(value) <= LONGEST_VALUE:
            kept.appendlist(name, value.replace("\x00", ""))
    made = kept.urlencode()
    return made if len(made) <= LONGEST else ""


def of_list(user: Any, path: str) -> list[SavedView]:
    return list(SavedView.objects.filter(owner=user, path=path))


def loaded(request: HttpRequest) -> list[SavedView]:
    """Those of this list, asked once per request."""
    if not hasattr(request, "_saved_views"):
        request._saved_views = of_list(request.user, request.path)  # type: ignore[attr-defined]
    return request._saved_views  # type: ignore[attr-defined]


def default_for(request: HttpRequest) -> SavedView | None:
    """Where a list opened without any condition leads; None when it shows everything."""
    if request.GET or request.method != "GET":
        return None
    return next((view for view in loaded(request) if view.is_default), None)


def checked_path(path: str) -> str:
    """An address of this portal. Raises Http404."""
    try:
        resolve(path)
    except Resolver404:
        raise Http404 from None
    if not path.startswith("/") or path.startswith("//") or len(path) > 200:
        raise Http404
    return path


def checked_name(name: str) -> str:
    """Raises DomainError."""
    plain = " ".join(name.replace("\x00", "").split())
    if not 1 <= len(plain) <= 20:
        raise DomainError("请给视图起一个名称，1 到 20 个字。")
    return plain


@transaction.atomic
def save(*, path: str, name: str, query: str, by: Any) -> SavedView:
    """Keeps the conditions under the name; a view of that name is replaced. Raises DomainError, Http404."""
    path, name = checked_path(path), checked_name(name)
    views = SavedView.objects.filter(owner=by, path=path)
    if views.exclude(name=name).count() >= MOST:
        raise DomainError(f"一个列表最多保存 {MOST} 个视图，请先删除不用的。")
    view, _ = SavedView.objects.update_or_create(
        owner=by, path=path, name=name, defaults={"query": cleaned(query)}
    )  # fmt: skip
    return view


def rename(*, view: SavedView, name: str) -> None:
    """Raises DomainError when the name is taken."""
    view.name = checked_name(name)
    try:
        with transaction.atomic():
            view.save(update_fields=["name"])
    except IntegrityError:
        raise DomainError("已经有同名的视图。") from None


@transaction.atomic
def set_default(*, view: SavedView, wanted: bool) -> None:
    """The list opens with it from now on, or with everything again."""
    SavedView.objects.filter(owner=view.owner, path=view.path, is_default=True).update(is_default=False)
    if wanted:
        SavedView.objects.filter(pk=view.pk).update(is_default=True)
