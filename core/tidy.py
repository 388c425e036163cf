"""Removes files nobody points at any more: leavings of a worker that died, of a form that failed, of old job results.

A file is written before the row that needs it is committed; when that commit never comes the file stays behind. It is
taken away once it is older than GRACE, so that nothing still on its way is touched.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.storage import Storage, default_storage
from django.db.models import Exists, ForeignKey, OuterRef, QuerySet
from django.utils import timezone

from core.models import Job, StoredFile
from core.pdf import photos
from core.pdf.chapters import crew

log = logging.getLogger(__name__)
GRACE = timedelta(days=1)
AT_ONCE = 1000


def tidy() -> dict[str, int]:
    """Forgets results of old jobs, rows nothing points at, files without a row and photos scaled for printing; how many
    of each."""
    before = timezone.now() - GRACE
    forgotten = forget_old_results()
    rows = remove_rows(before)
    strays = remove_strays(default_storage, before)
    done = {"results": forgotten, "rows": rows, "files": strays, "photos": photos.forget_old(),
            "volumes": crew.forget_left()}  # fmt: skip
    if any(done.values()):
        log.info("tidied files: %s", done)
    return done


def forget_old_results() -> int:
    """Results of jobs are for fetching at once; what is kept for years (reports) is tied to its own row."""
    old = timezone.now() - timedelta(days=settings.JOB_RESULT_DAYS)
    return Job.objects.filter(result__isnull=False, finished_at__lt=old).update(result=None)


def unreferenced() -> QuerySet[StoredFile]:
    """Rows no foreign key of any model points at."""
    rows = StoredFile.objects.all()
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        key = getattr(relation, "remote_field", None)
        if isinstance(key, ForeignKey):
            rows = rows.filter(~Exists(key.model._base_manager.filter(**{key.name: OuterRef("pk")})))
    return rows


def remove_rows(before: datetime) -> int:
    """At most AT_ONCE per run; the files go after the rows, so that no row is ever without its file."""
    gone = list(unreferenced().filter(created_at__lt=before)[:AT_ONCE])
    StoredFile.objects.filter(pk__in=[each.pk for each in gone]).delete()
    for each in gone:
        default_storage.delete(each.storage_name)
    return len(gone)


def remove_strays(storage: Storage, before: datetime) -> int:
    """Files under the year folders that no row names."""
    removed = 0
    for folder, names in month_folders(storage):
        paths = [f"{folder}/{name}" for name in names]
        known = set(StoredFile.objects.filter(storage_name__in=paths).values_list("storage_name", flat=True))
        for path in paths:
            if path not in known and storage.get_modified_time(path) < before:
                storage.delete(path)
                removed += 1
    return removed


def month_folders(storage: Storage) -> Iterator[tuple[str, list[str]]]:
    """(2026/05, names of its files) of everything `core.files.store` ever wrote."""
    if not storage.exists(""):
        return
    for year in storage.listdir("")[0]:
        for month in storage.listdir(year)[0] if year.isdecimal() else ():
            yield f"{year}/{month}", storage.listdir(f"{year}/{month}")[1]
