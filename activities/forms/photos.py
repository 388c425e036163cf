"""Uploading and arranging photos."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Arrangement:
    """What the page of photos asks for; `anchor` leads back to the photo that was moved."""

    notes: dict[int, PhotoNote]
    move: tuple[int, int] | None = None

    @property
    def anchor(self) -> str:
        return f"#photo-{self.move[0]}" if self.move else ""


def arrangement(data: Any, photos: Collection[Photo]) -> Arrangement:
    """Captions and marks as typed; the pressed button marks, unmarks or deletes the photos that are ticked."""
    notes = {photo.pk: photo_note(data, photo.pk) for photo in photos if f"caption-{photo.pk}" in data}
    return Arrangement(notes, asked_move(data))


def photo_note(data: Any, pk: int) -> PhotoNote:
    picked = f"pick-{pk}" in data
    in_report = f"report-{pk}" in data
    if picked and "mark" in data:
        in_report = True
    if picked and "unmark" in data:
        in_report = False
    caption = data.get(f"caption-{pk}", "").strip()[:80]
    shared = data.get("shared_caption", "").strip()[:80]
    if picked and "caption_all" in data and shared:
        caption = shared
    return PhotoNote(caption, in_report, delete=picked and "delete" in data)


def asked_move(data: Any) -> tuple[int, int] | None:
    for name, step in (("front", -1), ("back", 1)):
        given = data.get(name, "")
        if given.isdecimal() and len(given) < 19:
            return int(given), step
    return None
