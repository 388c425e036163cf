"""The attendance sheet as PDF: asked for by staff, printed by a worker."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from activities import permissions, sheet
from activities.evidence import SIGN_IN
from activities.models import Activity
from activities.permissions import followup as record_rights
from activities.services import materials
from audit.services import record
from core import files, jobs, pdf
from core.models import Job

if TYPE_CHECKING:
    from core.pdf import PdfResult

KIND = "activities.sheet"


class Sheet(StrEnum):
    """For signatures, as registered, or as registered and kept among the activity's materials."""

    BLANK = "blank"
    FILLED = "filled"
    FILED = "filed"


def require_right(by: Any, activity: Activity, kind: Sheet) -> None:
    """Raises Denied."""
    permissions.can_print_sheet(by, activity).require()
    if kind == Sheet.FILED:
        record_rights.can_supplement(by, activity).require()


def request_sheet(*, by: Any, activity: Activity, kind: Sheet) -> Job:
    """Queues the sheet; asked for twice, it is made once. Raises Denied."""
    require_right(by, activity, kind)
    record("activity.sheet", activity, by=by, detail={"kind": kind.value})
    return jobs.enqueue(
        KIND,
        title=f"{'空白' if kind == Sheet.BLANK else ''}{sheet.TITLE}：{activity.title}"[:120],
        owner=by,
        params={"activity_id": activity.pk, "user_id": by.pk, "kind": kind.value},
        key=f"{KIND}:{activity.pk}:{kind.value}:{by.pk}",
    )


def printed(activity: Activity, *, blank: bool, moment: Any, progress: jobs.Progress | None = None) -> PdfResult:
    """The PDF as of this moment. Raises MissingGlyph."""
    context = {"head": sheet.head(activity), "blocks": sheet.blocks(activity, blank=blank)}
    return pdf.render(
        sheet.TEMPLATE, context,
        title=f"{activity.title}{sheet.TITLE}", author=activity.office.name, created=moment, on_stage=progress,
    )  # fmt: skip


def make_sheet(*, by: Any, activity: Activity, kind: Sheet, progress: jobs.Progress) -> jobs.Deliver:
    """The slow part; what it returns keeps the file. Raises Denied when the right has ended meanwhile."""
    require_right(by, activity, kind)
    now = timezone.now()
    made = printed(activity, blank=kind == Sheet.BLANK, moment=now, progress=progress)
    title = f"{sheet.TITLE}（{timezone.localtime(now):%Y-%m-%d %H:%M}）"
    name = f"{sheet.TITLE}_{activity.title[:40]}_{timezone.localdate(activity.starts_at)}.pdf"

    def deliver() -> jobs.JobResult:
        kept = files.store(made.data, name=name, extension="pdf", by=by)
        if kind == Sheet.FILED:
            materials.file_material(by=by, activity=activity, stored=kept, kind=SIGN_IN, title=title)
        return jobs.JobResult(file=kept, url=activity.get_absolute_url(), message=f"共 {made.pages} 页")

    return deliver
