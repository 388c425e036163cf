"""The demo office: the same content every time, only the passwords differ."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F

from core.clock import today
from dashboard.demo import (
    activities,
    asked,
    checkin,
    handling,
    invitations,
    manuscripts,
    members,
    offices,
    past,
    plans,
    records,
    submissions,
)
from dashboard.demo.setting import Setting
from notices.models import Notice
from similar import services as similar

ACCOUNTS = "demo-accounts.txt"
#: In the order in which each needs the ones before it; reports come last, of everything there is.
PARTS = (offices, members, plans, activities, checkin, invitations, records, submissions, handling, asked,
         manuscripts)  # fmt: skip


def build() -> Setting:
    """Everything or nothing. The year and the month decide what has passed; the day does not."""
    day = today()
    setting = Setting(day.year, day.month)
    with transaction.atomic():
        for part in PARTS:
            part.build(setting)
        read_old_notices(setting)
        similar.rebuild()  # weighed by how often a phrase occurs in all the texts, which is known only now
    return setting


def read_old_notices(setting: Setting) -> None:
    """Nobody leaves a year of notices unread."""
    first = past.moment(setting.year, setting.month, 1)
    Notice.objects.filter(created_at__lt=first, read_at__isnull=True).update(read_at=F("created_at"))


def keep_passwords(setting: Setting) -> Path:
    """One line per account: role, user name, password. Readable by the owner of the process only."""
    path = Path(settings.VAR) / ACCOUNTS
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text("".join(f"{role} {username} {password}\n" for role, username, password in setting.passwords))
    return path
