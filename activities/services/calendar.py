"""Secret links under which calendar apps fetch activities: made, used, revoked. Only digests are kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from activities.models import FeedLink, offices_in_sight
from audit.services import record
from core.errors import DomainError
from organisation.models import Office
from organisation.selectors import grants

#: Seen again within this time is not written down again.
NOTED_AGAIN_AFTER = timedelta(hours=1)


def digest_of(token: str) -> str:
    """Tokens are 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_link(*, by: Any, office: Office | None = None) -> str:
    """A new link to the person's own calendar or an office's; the one in use stops working. The token, told once.

    Raises DomainError for an office whose activities this person does not see.
    """
    if office is not None and office.pk not in offices_in_sight(grants(by)):
        raise DomainError("您不能查看这个办公室的活动，不能订阅它的日历。")
    token = secrets.token_urlsafe(32)
    User.objects.select_for_update().get(pk=by.pk)  # two presses at once make one link, not two
    FeedLink.objects.filter(owner=by, office=office, revoked_at__isnull=True).update(revoked_at=timezone.now())
    link = FeedLink.objects.create(owner=by, office=office, digest=digest_of(token))
    record("feedlink.create", link, by=by, detail={"office": office.pk if office else None})
    return token


@transaction.atomic
def revoke_link(*, by: Any, link: FeedLink) -> None:
    """From now on the address leads nowhere."""
    if FeedLink.objects.filter(pk=link.pk, owner=by, revoked_at__isnull=True).update(revoked_at=timezone.now()):
        record("feedlink.revoke", link, by=by, detail={})


def link_of(token: str) -> FeedLink | None:
    """The link in use with this token."""
    rows = FeedLink.objects.filter(digest=digest_of(token), revoked_at__isnull=True)
    return rows.select_related("owner", "office").first()


def note_fetched(*, link: FeedLink, content: str) -> datetime:
    """Writes down that the link was used and what it gave (a digest); since when the content has been like that."""
    now, fields = timezone.now(), []
    if link.content != content or link.changed_at is None:
        link.content, link.changed_at = content, now
        fields += ["content", "changed_at"]
    if link.last_used_at is None or now - link.last_used_at > NOTED_AGAIN_AFTER:
        link.last_used_at = now
        fields.append("last_used_at")
    if fields:
        link.save(update_fields=fields)
    return link.changed_at
