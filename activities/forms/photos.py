"""Uploading and arranging photos."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django import forms

from activities.models import Photo
from activities.services import PhotoNote
from core.fields import FilesField
from core.printable import is_unprintable


class PhotosForm(forms.Form):
    photos = FilesField(
        "张照片",
        "image/*,.heic",
        label="添加照片",
        help_text="一次可以选多张，每张不超过 20 MB，手机照片（包括 HEIC）也可以，拍摄位置会自动去掉。"
        "选好就开始上传，没有开始的请按“上传”。",
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
    caption, shared = (typed_caption(data.get(name, "")) for name in (f"caption-{pk}", "shared_caption"))
    if picked and "caption_all" in data and shared:
        caption = shared
    return PhotoNote(caption, in_report, delete=picked and "delete" in data)


def typed_caption(text: str) -> str:
    """What a report can print: a caption typed on a phone may end in a smiley."""
    return "".join(char for char in text if not is_unprintable(char)).strip()[:80]


def asked_move(data: Any) -> tuple[int, int] | None:
    for name, step in (("front", -1), ("back", 1)):
        given = data.get(name, "")
        if given.isdecimal() and len(given) < 19:
            return int(given), step
    return None
