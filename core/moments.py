"""Form fields for days and moments with the browser's own pickers."""

from __future__ import annotations

from typing import Any

from django import forms

MOMENT_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


def moment_field(label: str, **options: Any) -> forms.DateTimeField:
    wrong = {"invalid": f"请填写{label}的日期和钟点，例如 2026-05-08 09:00。", "required": f"请填写{label}。"}
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(
        label=label, widget=widget, input_formats=MOMENT_FORMATS, error_messages=wrong, **options
    )  # fmt: skip


def day_field(label: str, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, widget=widget, error_messages={"invalid": f"请填写{label}，例如 2026-05-08。"}, **options
    )
