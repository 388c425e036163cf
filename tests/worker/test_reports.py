"""A report survives the death of its worker and arrives once."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from core import jobs
from core.models import Job
from notices.models import Notice
from reports.models import Report
from reports.services import request_report
from tests import workers
from tests.factories import YEAR, ActivityFactory, ProposalFactory, moment
from tests.pdftext import squeezed, text_of
from tests.world import build

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world():
    """Enough activities that laying out takes a moment."""
    world = build()
    ActivityFactory.create_batch(400, office=world.offices["town"])
    return world


def ask(world, document="annual_summary") -> Job:
    return request_report(document=document, office=world.offices["town"], year=YEAR, by=world.people["staff"])


def state_of(job: Job) -> str:
    return Job.objects.get(pk=job.pk).state


def made(world):
    return Report.objects.exclude(pk=world["report"].pk)


def test_a_worker_makes_the_report(world):
    with workers.worker():
        job = ask(world, "annual_plan")
        workers.wait_for(lambda: state_of(job) == "done", what="the report")
    report = made(world).get()
    with default_storage.open(report.file.storage_name) as handle:
        assert squeezed(world["plan.approved"].title) in text_of(handle.read())
    assert Job.objects.get(pk=job.pk).attempts == 1


def presses() -> list[int]:
    """Processes that lay out chapters."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            found += [int(entry.parent.name)] if b"core.pdf.chapters.press" in entry.read_bytes() else []
    return found


def test_a_cancelled_volume_stops_and_leaves_no_process_behind(world):
    before = presses()
    for number in range(60):
        ProposalFactory(
            office=world.offices["town"], session=world["proposal.filed"].session, state="filed", case_no=500 + number,
            filed_at=moment(4, 1), background="完善基层医疗卫生保障体系。" * 100,
        )  # fmt: skip
    with workers.worker():
        job = ask(world, "proposal_volume")
        workers.wait_for(lambda: set(presses()) - set(before), what="the children")
        jobs.cancel(job)
        workers.wait_for(lambda: not set(presses()) - set(before), seconds=10, what="the end of the children")
    assert state_of(job) == "cancelled" and not made(world).exists()


def test_kill_9_in_the_middle_of_a_report_and_it_still_arrives_once(world):
    with workers.worker() as first:
        job = ask(world)
        workers.wait_for(lambda: Job.objects.get(pk=job.pk).stage.startswith("排版"), what="the layout")
        workers.kill(first)
    assert state_of(job) == "running" and not made(world).exists()
    with workers.worker(beat=True):
        workers.wait_for(lambda: state_of(job) == "done", what="the report after the kill")
    assert Job.objects.get(pk=job.pk).attempts == 2
    assert made(world).count() == Notice.objects.filter(recipient=world.people["staff"]).count() == 1


def test_a_report_asked_for_while_nobody_works_is_made_later(world):
    job = ask(world, "annual_plan")
    assert state_of(job) == "queued"
    with workers.worker():
        workers.wait_for(lambda: state_of(job) == "done", what="the report")
