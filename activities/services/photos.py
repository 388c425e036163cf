"""Photos of an activity: kept, captioned, chosen for reports, deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from activities import permissions
from activities.models import Activity, Photo
from activities.services.basics import open_for
from audit.services import record
from core import files
from core.errors import DomainError
from core.models import StoredFile

MOST_PHOTOS = 200  # of one activity


def add_photos(*, by: Any, activity: Activity, uploads: Iterable[UploadedFile]) -> tuple[list[Photo], list[str]]:
    """(kept photos, one sentence per refused file). A bad file does not cost the good ones. Raises Denied."""
    permissions.can_edit(by, activity).require()
    kept: list[Photo] = []
    refused: list[str] = []
    with transaction.atomic():
        room = MOST_PHOTOS - activity.photos.count()
        for upload in uploads:
            try:
                if len(kept) >= room:
                    raise DomainError(f"一次活动最多 {MOST_PHOTOS} 张照片，“{files.clean_name(upload.name)}”没有保存。")
                kept.append(add_photo(activity, upload, by=by))
            except DomainError as error:
                refused.append(error.message)
        if kept:
            record("activity.photos", activity, by=by, detail={"photos": [photo.pk for photo in kept]})
    return kept, refused


def add_photo(activity: Activity, upload: UploadedFile, *, by: Any) -> Photo:
    with transaction.atomic():
        photo, thumbnail = files.accept_photo(upload, by=by)
        return Photo.objects.create(activity=activity, file=photo, thumbnail=thumbnail)


@dataclass(frozen=True)
class PhotoNote:
    caption: str = ""
    use_in_report: bool = False
    delete: bool = False


def arrange_photos(*, by: Any, activity: Activity, notes: Mapping[int, PhotoNote]) -> tuple[int, int]:
    """(changed, deleted): captions, which photos go into reports, which go away with their files. Raises Denied."""
    with open_for(activity, by=by):
        photos = list(activity.photos.select_for_update(of=("self",)).select_related("file").filter(pk__in=notes))
        gone = [photo for photo in photos if notes[photo.pk].delete]
        changed = [photo for photo in photos if photo not in gone and noted(photo, notes[photo.pk])]
        Photo.objects.bulk_update(changed, ["caption", "use_in_report"])
        if changed or gone:
            detail = {"changed": [photo.pk for photo in changed], "deleted": [photo.file.sha256 for photo in gone]}
            record("activity.photos", activity, by=by, detail=detail)
        remove(gone)
    return len(changed), len(gone)


def noted(photo: Photo, note: PhotoNote) -> bool:
    """Puts the note on the photo; whether it differs from what is stored."""
    before = (photo.caption, photo.use_in_report)
    photo.caption, photo.use_in_report = note.caption, note.use_in_report
    return before != (note.caption, note.use_in_report)


def remove(photos: list[Photo]) -> None:
    """Rows now, files after the commit: a rolled back deletion loses nothing."""
    stored = StoredFile.objects.filter(pk__in=[pk for photo in photos for pk in (photo.file_id, photo.thumbnail_id)])
    names = list(stored.values_list("storage_name", flat=True))
    Photo.objects.filter(pk__in=[photo.pk for photo in photos]).delete()
    stored.delete()
    transaction.on_commit(lambda: [default_storage.delete(name) for name in names])
