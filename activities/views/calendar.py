"""The calendar: a month, files, and links for calendar apps."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_GET, require_POST, require_safe

from activities import agenda, ics, selectors
from activities.models import FeedLink
from activities.pages import calendar
from activities.rules import CALENDAR_MINUTES
from activities.services import calendar as services
from core import qr
from core.middleware import client_ip
from core.throttle import within
from organisation.selectors import home_office, rule

#: The session keeps a new address until it has been shown, once.
ISSUED = "issued_feed"
#: A calendar app looks a few times an hour. Within the window of so many seconds: fetches of one link, and wrong
#: addresses tried from one place (an office shares one address, so good links are not counted by place).
FETCH_WINDOW, MOST_FETCHES, MOST_MISSES = 600, 60, 600


@require_GET
def calendar_month(request: HttpRequest) -> HttpResponse:
    month = calendar.month(request.user, calendar.Asked.read(request.GET))
    return render(request, "activities/calendar.html", {"page": month.page, "month": month})


# --- files -------------------------------------------------------------------------------------------------------
@require_GET
def activity_ics(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity as a file, for “加入日历”."""
    activity = selectors.get_for(request.user, pk)
    minutes = int(rule(CALENDAR_MINUTES, activity.office))
    body = ics.calendar(activity.title, [ics.Entry(activity)], minutes=minutes, link=request.build_absolute_uri)
    response = HttpResponse(body, content_type=ics.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="activity-{activity.pk}.ics"'
    return response


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar app fetches. A wrong, revoked or worthless link answers alike: 404."""
    link = services.link_of(token)
    if too_often(request, link):
        return HttpResponse("too many requests", status=429, headers={"Retry-After": str(FETCH_WINDOW)})
    rows = agenda.feed_rows(link) if link else None
    if link is None or rows is None:
        raise Http404
    body = feed_body(request, link, rows)
    content = hashlib.sha256(body).hexdigest()
    changed = services.note_fetched(link=link, content=content)
    headers = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    headers |= {"ETag": quote_etag(content), "Last-Modified": http_date(changed.timestamp())}
    response = HttpResponse(body, content_type=ics.CONTENT_TYPE, headers=headers)
    return get_conditional_response(request, headers["ETag"], int(changed.timestamp()), response)


def too_often(request: HttpRequest, link: FeedLink | None) -> bool:
    if link is None:
        return not within(f"feed-miss:{client_ip(request)}", times=MOST_MISSES, seconds=FETCH_WINDOW)
    return not within(f"feed:{link.pk}:{link.digest[:12]}", times=MOST_FETCHES, seconds=FETCH_WINDOW)


def feed_body(request: HttpRequest, link: FeedLink, rows: Any) -> bytes:
    office = link.office or home_office(link.owner)
    name = f"{link.office.short_name}活动" if link.office else "我的履职活动"
    minutes = int(rule(CALENDAR_MINUTES, office))
    return ics.calendar(name, agenda.entries(rows), minutes=minutes, link=request.build_absolute_uri)


# --- links -------------------------------------------------------------------------------------------------------
@require_GET
def calendar_links(request: HttpRequest) -> HttpResponse:
    """The user's calendar links; a new address is shown this one time."""
    issued = request.session.pop(ISSUED, None)
    address = request.build_absolute_uri(reverse("calendar_feed", args=[issued["token"]])) if issued else ""
    webcal = address.replace("https://", "webcal://").replace("http://", "webcal://")
    context = {
        "page": calendar.links_page(),
        "rows": calendar.link_rows(request.user),
        "address": address,
        "webcal": webcal,
        "issued_for": issued["title"] if issued else "",
        "code": qr.drawn(webcal) if issued else None,
    }
    return render(request, "activities/calendar_links.html", context)


@require_POST
def calendar_link_make(request: HttpRequest) -> HttpResponse:
    asked = request.POST.get("office", "")
    row = next((each for each in calendar.link_rows(request.user) if each.office == asked), None)
    if row is None:
        raise Http404
    office = next((each for each in selectors.offices_shown(request.user) if str(each.pk) == asked), None)
    token = services.make_link(by=request.user, office=office)
    request.session[ISSUED] = {"token": token, "title": row.title}
    return redirect("calendar_links")


@require_POST
def calendar_link_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(FeedLink, pk=pk, owner=request.user, revoked_at__isnull=True)
    services.revoke_link(by=request.user, link=link)
    messages.success(request, "订阅地址已停用，用过它的日历不再更新。")
    return redirect("calendar_links")
