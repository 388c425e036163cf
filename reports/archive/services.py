"""Making the package of a year: asked for by a person, written by a worker, stored once."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import IO

from accounts.models import User
from audit.services import record
from core import files, jobs
from core.models import Job
from organisation.models import Office
from reports.archive import contents, index, names, packing
from reports.manuscripts import decisions
from reports.models import Archive

PACK = "reports.archive"
#: Below this a package is held in memory, above it in a temporary file.
IN_MEMORY = 8 * files.MEGABYTE


def request(*, office: Office, year: int, with_activities: bool, by: User) -> Job:
    """Queues the package, before it the files of approved documents that have none yet; a second request while one is
    under way gets the same job.
    """
    for each in contents.without_files(office, year):
        decisions.ask_for_files(each, by)
    record("archive.request", office, by=by, detail={"year": year, "with_activities": with_activities})
    return jobs.enqueue(
        PACK,
        title=f"{office.short_name}{year}年归档包",
        owner=by,
        params={"office_id": office.pk, "year": year, "with_activities": with_activities, "user_id": by.pk},
        key=f"{PACK}:{office.pk}:{year}:{with_activities}:{by.pk}",
    )


def root_of(office: Office, year: int) -> str:
    """The one folder in the package."""
    return names.safe(f"{office.short_name}{year}年归档")


def write(out: IO[bytes], *, office: Office, year: int, with_activities: bool,
          progress: Callable[..., None]) -> int:  # fmt: skip
    """The package into an open file; how many files are in it. Raises DomainError."""
    progress("正在整理目录")
    entries = contents.entries(office, year, with_activities=with_activities)
    tables = {"目录.pdf": index.pdf(office, year, entries, on_stage=progress),
              "目录.xlsx": index.xlsx(office, year, entries)}  # fmt: skip
    packing.write(out, root_of(office, year), entries, tables, progress)
    return len(entries)


def make(*, office: Office, year: int, with_activities: bool, by: User, progress: jobs.Progress) -> jobs.Deliver:
    """The slow part of the job; what it returns stores the file and its row."""
    draft = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  closed when it is delivered
    count = write(draft, office=office, year=year, with_activities=with_activities, progress=progress)
    progress("正在保存")

    def deliver() -> jobs.JobResult:
        with draft:
            return delivered(draft, office, year, with_activities, count, by)

    return deliver


def delivered(draft: IO[bytes], office: Office, year: int, with_activities: bool, count: int,
              by: User) -> jobs.JobResult:  # fmt: skip
    """Stores the package; one with the same bytes is not kept a second time."""
    digest = files.digest_of(draft)
    found = Archive.objects.filter(office=office, year=year, file__sha256=digest).select_related("file").first()
    if found is None:
        name = f"{root_of(office, year)}.zip"
        found = Archive.objects.create(
            office=office, year=year, with_activities=with_activities, documents=count, created_by=by,
            file=files.keep(draft, name=name, extension="zip", by=by, sha256=digest),
        )  # fmt: skip
        record("archive.make", found, by=by, detail={"sha256": digest, "documents": count})
        message = f"共 {count} 个文件"
    else:
        message = f"共 {count} 个文件，与上次归档完全相同"
    return jobs.JobResult(file=found.file, url=found.get_absolute_url(), message=message)
