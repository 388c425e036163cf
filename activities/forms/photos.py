"""Uploading and arranging photos."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms

from activities.models import Photo
from activities.services import PhotoNote

MOST_AT_ONCE = 20  # photos of one upload: re-encoding takes up to two seconds each, a request has sixty


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several files at once; each is judged by the upload gate, not here."""

    widget = ManyFiles(attrs={"multiple": True, "accept": "image/*,.heic"})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = [each for each in (data if isinstance(data, list | tuple) else [data]) if each]
        if not given:
            raise forms.ValidationError("请先选择照片。")
        if len(given) > MOST_AT_ONCE:
            raise forms.ValidationError(f"一次选了 {len(given)} 张，最多 {MOST_AT_ONCE} 张，请分几次上传。")
        return given


class PhotosForm(forms.Form):
    photos = PhotosField(
        label="添加照片",
        help_text=f"一次可以选多张（最多 {MOST_AT_ONCE} 张，每张不超过 20 MB），手机照片也可以。拍摄位置会自动去掉。",
    )


def photo_notes(data: Any, photos: Collection[Photo]) -> dict[int, PhotoNote]:
    """What was typed beside each photo of the page."""
    return {
        photo.pk: PhotoNote(
            caption=data.get(f"caption-{photo.pk}", "").strip()[:80],
            use_in_report=f"report-{photo.pk}" in data,
            delete=f"delete-{photo.pk}" in data,
        )
        for photo in photos
        if f"caption-{photo.pk}" in data
    }
