"""Fields these forms share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.models import User
from core.clock import today

ACCEPT = ".pdf,.docx,.xlsx,.pptx,image/*,.heic"


def year_field(label: str, **options: Any) -> forms.IntegerField:
    options.setdefault("initial", lambda: today().year)
    return forms.IntegerField(label=label, min_value=1990, max_value=2100, **options)


def user_choices(people: Iterable[User], empty: str = "") -> list[tuple[Any, str]]:
    head = [("", empty)] if empty else []
    return head + [(user.pk, user.name) for user in people]


def upload_field(label: str, **options: Any) -> forms.FileField:
    return forms.FileField(
        label=label, required=False, widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        help_text="文件或照片，不超过 20 MB，可以不传。", **options,
    )  # fmt: skip
