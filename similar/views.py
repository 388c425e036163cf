"""What is similar: to what somebody is writing, and to a record that is reviewed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from core.pages import Page
from core.throttle import within
from similar import selectors
from similar.sources import Source, sources

#: Looks of one user in a minute; typing asks by itself.
TIMES, SECONDS = 40, 60


def source_or_404(kind: str) -> Source:
    found = sources.find(kind)
    if found is None:
        raise Http404
    return found


@require_POST
def similar_lookup(request: HttpRequest, kind: str) -> HttpResponse:
    """To the text in the form, whatever is there of it. Nothing is kept."""
    source = source_or_404(kind)
    source.may_ask(request.user).require()
    if not within(f"similar:{request.user.pk}", times=TIMES, seconds=SECONDS):
        return answer(request, {"too_often": True})
    own = request.GET.get("own", "")
    subject = selectors.Subject(
        kind, source.typed(request.POST), own=int(own) if own.isdecimal() and len(own) < 18 else None
    )
    return answer(request, {"found": selectors.look(subject, request.user), "hinting": is_fragment(request)})


@require_GET
def similar_of(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """To a record, for those who review it, with what they can do about it."""
    source = source_or_404(kind)
    record = source.visible(request.user).filter(pk=pk).first()
    if record is None:
        raise Http404
    source.may_review(request.user, record).require()
    subject = selectors.Subject(kind, source.written(record), own=pk, people=source.faces([pk])[pk].people)
    found = selectors.look(subject, request.user, reviewed=record)
    back = [(str(record), record.get_absolute_url()), ("类似的提案和社情民意", "")]
    return answer(request, {"found": found, "reviewing": True}, crumbs=back)


def is_fragment(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers


def answer(request: HttpRequest, context: dict[str, Any], crumbs: list[tuple[str, str]] | None = None) -> HttpResponse:
    """The fragment for the page that asked, or a page of its own without scripts."""
    if is_fragment(request):
        return render(request, "similar/_found.html", context)
    page = Page("类似的提案和社情民意", lead="仅供参考，不影响提交和办理。", breadcrumbs=crumbs or [])
    return render(request, "similar/page.html", {"page": page, **context})
