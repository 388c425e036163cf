"""Photos of an activity: kept, captioned, put in order, chosen for reports, deleted."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from activities.models import Activity, Photo
from activities.permissions import followup as record_rights
from activities.services.keeping import drop_files, note, supplementing
from core import files
from core.errors import DomainError

MOST_PHOTOS = 200  # of one activity


class SamePhoto(DomainError):
    """The same bytes are there already; `photo` is that one."""

    def __init__(self, name: str, photo: Photo) -> None:
        super().__init__(f"“{name}”已经上传过，没有重复保存。")
        self.photo = photo


def add_photos(*, by: Any, activity: Activity, uploads: Iterable[UploadedFile]) -> tuple[list[Photo], list[str]]:
    """(kept photos, one sentence per refused file). A bad file does not cost the good ones. Raises Denied."""
    record_rights.can_supplement(by, activity).require()
    kept: list[Photo] = []
    refused: list[str] = []
    for upload in uploads:
        try:
            kept.append(add_photo(by=by, activity=activity, upload=upload))
        except DomainError as error:
            refused.append(error.message)
    return kept, refused


def add_photo(*, by: Any, activity: Activity, upload: UploadedFile) -> Photo:
    """One photo, behind the last. Sending the same bytes again changes nothing, so a phone may simply try again.

    Raises SamePhoto, DomainError for a bad or surplus file, Denied.
    """
    record_rights.can_supplement(by, activity).require()
    name, digest = files.clean_name(upload.name), fingerprint(upload)
    refuse_known(activity, name, digest)
    with transaction.atomic():
        # Re-encoding takes seconds: the activity's row is locked after it, not during it.
        stored, thumbnail = files.accept_photo(upload, by=by)
        with supplementing(activity, by=by) as locked:
            refuse_known(locked, name, digest)
            if locked.photos.count() >= MOST_PHOTOS:
                raise DomainError(f"一次活动最多 {MOST_PHOTOS} 张照片，“{name}”没有保存。")
            photo = Photo.objects.create(
                activity=locked, file=stored, thumbnail=thumbnail, source_sha256=digest, order=next_place(locked)
            )
            note("activity.photos", locked, by=by, detail={"photos": [photo.pk]})
    return photo


def fingerprint(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def refuse_known(activity: Activity, name: str, digest: str) -> None:
    same = activity.photos.filter(source_sha256=digest).select_related("thumbnail").first()
    if same is not None:
        raise SamePhoto(name, same)


def next_place(activity: Activity) -> int:
    last = activity.photos.order_by("-order").values_list("order", flat=True).first()
    return 1 if last is None else last + 1


@dataclass(frozen=True)
class PhotoNote:
    caption: str = ""
    use_in_report: bool = False
    delete: bool = False


def arrange_photos(*, by: Any, activity: Activity, notes: Mapping[int, PhotoNote],
                   move: tuple[int, int] | None = None) -> tuple[int, int]:  # fmt: skip
    """(changed, deleted): captions, which photos go into reports, which go away with their files. `move` is (photo,
    -1 or +1), one place to the front or the back. Raises Denied."""
    with supplementing(activity, by=by) as locked:
        photos = list(locked.photos.select_for_update(of=("self",)).select_related("file").filter(pk__in=notes))
        gone = [photo for photo in photos if notes[photo.pk].delete]
        changed = [photo for photo in photos if photo not in gone and noted(photo, notes[photo.pk])]
        Photo.objects.bulk_update(changed, ["caption", "use_in_report"])
        moved = [] if move is None else reorder(locked, *move)
        if changed or gone or moved:
            detail = {"changed": [photo.pk for photo in changed], "deleted": [photo.file.sha256 for photo in gone]}
            note("activity.photos", locked, by=by, detail={**detail, **({"order": moved} if moved else {})})
        remove(gone)
    return len(changed), len(gone)


def noted(photo: Photo, wanted: PhotoNote) -> bool:
    """Puts the note on the photo; whether it differs from what is stored."""
    before = (photo.caption, photo.use_in_report)
    photo.caption, photo.use_in_report = wanted.caption, wanted.use_in_report
    return before != (wanted.caption, wanted.use_in_report)


def reorder(activity: Activity, pk: int, step: int) -> list[int]:
    """Photo ids in their new order; empty when the photo is already at the end or not there."""
    photos = list(activity.photos.select_for_update(of=("self",)))
    here = next((place for place, photo in enumerate(photos) if photo.pk == pk), None)
    there = -1 if here is None else here + step
    if not 0 <= there < len(photos):
        return []
    photos[here], photos[there] = photos[there], photos[here]
    for place, photo in enumerate(photos, 1):
        photo.order = place
    Photo.objects.bulk_update(photos, ["order"])
    return [photo.pk for photo in photos]


def remove(photos: Collection[Photo]) -> None:
    stored = [pk for photo in photos for pk in (photo.file_id, photo.thumbnail_id)]
    Photo.objects.filter(pk__in=[photo.pk for photo in photos]).delete()
    if stored:
        drop_files(stored)
