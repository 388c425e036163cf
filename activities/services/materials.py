"""Materials of an activity: uploaded, renamed, shared, deleted with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from activities.models import Activity, Material
from activities.services.keeping import drop_files, note, supplementing
from core import files
from core.errors import Denied, DomainError
from core.models import StoredFile
from core.printable import sentence, unprintable

MOST_MATERIALS = 60  # of one activity


def add_material(*, by: Any, activity: Activity, upload: UploadedFile, kind: str, title: str = "",
                 shared: bool = False) -> Material:  # fmt: skip
    """A file through the upload gate; without a title it is called as the file. Raises DomainError, Denied."""
    with supplementing(activity, by=by) as locked:
        stored = files.accept(upload, files.MATERIAL, by=by)
        return keep_material(by=by, activity=locked, stored=stored, kind=kind, title=title, shared=shared)


def add_materials(*, by: Any, activity: Activity, uploads: Sequence[UploadedFile], title: str = "",
                  **options: Any) -> tuple[list[Material], list[str]]:  # fmt: skip
    """(kept, one sentence per refused file): a bad file does not cost the good ones. The title is for a single file;
    that one alone raises DomainError, so that the form keeps what was typed. Raises Denied."""
    if len(uploads) == 1:
        return [add_material(by=by, activity=activity, upload=uploads[0], title=title, **options)], []
    kept: list[Material] = []
    refused: list[str] = []
    for upload in uploads:
        try:
            with transaction.atomic():
                kept.append(add_material(by=by, activity=activity, upload=upload, **options))
        except Denied:
            raise
        except DomainError as error:
            refused.append(error.message)
    return kept, refused


def file_material(*, by: Any, activity: Activity, stored: StoredFile, kind: str, title: str,
                  shared: bool = False) -> Material:  # fmt: skip
    """A file the portal made itself, e.g. the signed attendance sheet. Raises DomainError, Denied."""
    with supplementing(activity, by=by) as locked:
        return keep_material(by=by, activity=locked, stored=stored, kind=kind, title=title, shared=shared)


def keep_material(*, by: Any, activity: Activity, stored: StoredFile, kind: str, title: str,
                  shared: bool) -> Material:  # fmt: skip
    """The row and its audit entry; the caller holds the activity's lock."""
    if activity.materials.count() >= MOST_MATERIALS:
        raise DomainError(f"一次活动最多 {MOST_MATERIALS} 份材料，请先删除不需要的。", field="files")
    same = activity.materials.filter(file__sha256=stored.sha256).first()
    if same is not None:
        raise DomainError(f"内容相同的文件已经有了：“{same.title}”，没有重复保存。", field="files")
    shown = title.strip() or stem(stored.original_name)
    if bad := unprintable(shown):
        raise DomainError(sentence(bad), field="title")
    material = Material.objects.create(
        activity=activity, file=stored, kind=kind, title=shown[:120], shared=shared, order=activity.materials.count()
    )
    note("activity.material", activity, by=by, detail={"material": material.pk, "title": material.title, "kind": kind})
    return material


def stem(name: str) -> str:
    return name.rsplit(".", 1)[0] or name


def update_material(*, by: Any, material: Material, kind: str, title: str, shared: bool) -> Material:
    """What it is called and who may read it; the file stays. Raises Denied."""
    with supplementing(material.activity, by=by) as locked:
        before = {"kind": material.kind, "title": material.title, "shared": material.shared}
        after = {"kind": kind, "title": title, "shared": shared}
        for name, value in after.items():
            setattr(material, name, value)
        material.save(update_fields=list(after))
        changed = {name: [before[name], value] for name, value in after.items() if before[name] != value}
        note("activity.material", locked, by=by, detail={"material": material.pk, **changed})
    return material


def delete_material(*, by: Any, material: Material, reason: str) -> None:
    """The row and its file. Raises DomainError without a reason or when a report was sent with it, Denied."""
    if not reason.strip():
        raise DomainError("请填写删除原因。", field="reason")
    with supplementing(material.activity, by=by) as locked:
        if material.duties.exists():
            raise DomainError("这份材料已登记为上报材料，请先在“上报材料”中撤回登记，再删除。")
        detail = {"deleted": material.title, "sha256": material.file.sha256, "reason": reason.strip()[:200]}
        stored = material.file_id
        material.delete()
        drop_files([stored])
        note("activity.material", locked, by=by, detail=detail)
