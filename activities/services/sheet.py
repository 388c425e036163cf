"""The attendance sheet as PDF: asked for by staff, printed by a worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from activities import permissions, sheet
from activities.models import Activity
from audit.services import record
from core import files, jobs, pdf
from core.models import Job

if TYPE_CHECKING:
    from core.pdf import PdfResult

KIND = "activities.sheet"


def request_sheet(*, by: Any, activity: Activity, blank: bool) -> Job:
    """Queues the sheet; asked for twice, it is made once. Raises Denied."""
    permissions.can_print_sheet(by, activity).require()
    record("activity.sheet", activity, by=by, detail={"blank": blank})
    return jobs.enqueue(
        KIND,
        title=f"{'空白' if blank else ''}{sheet.TITLE}：{activity.title}"[:120],
        owner=by,
        params={"activity_id": activity.pk, "user_id": by.pk, "blank": blank},
        key=f"{KIND}:{activity.pk}:{int(blank)}:{by.pk}",
    )


def printed(activity: Activity, *, blank: bool, moment: Any, progress: jobs.Progress | None = None) -> PdfResult:
    """The PDF as of this moment. Raises MissingGlyph."""
    return pdf.render(
        "documents/attendance_sheet.html", sheet.context(activity, blank=blank),
        title=f"{activity.title}{sheet.TITLE}", author=activity.office.name, created=moment, on_stage=progress,
    )  # fmt: skip


def make_sheet(*, by: Any, activity: Activity, blank: bool, progress: jobs.Progress) -> jobs.Deliver:
    """The slow part; what it returns keeps the file. Raises Denied when the right has ended meanwhile."""
    permissions.can_print_sheet(by, activity).require()
    now = timezone.now()
    made = printed(activity, blank=blank, moment=now, progress=progress)
    name = f"{sheet.TITLE}_{activity.title[:40]}_{timezone.localdate(activity.starts_at)}.pdf"

    def deliver() -> jobs.JobResult:
        kept = files.store(made.data, name=name, extension="pdf", by=by)
        return jobs.JobResult(file=kept, url=activity.get_absolute_url(), message=f"共 {made.pages} 页")

    return deliver
