"""What the owner of a job sees while it runs and when it is over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core import files
from core.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(world, sign_in):
    """`page(state="running", …)` → the fragment htmx gets for a job of the clerk."""

    def fragment(**values) -> str:
        job = Job.objects.create(kind="x", title="年度总结", owner=world.people["staff"], **values)
        return sign_in("staff").get(f"/jobs/{job.pk}/", headers={"hx-request": "true"}).content.decode()

    return fragment


def test_a_waiting_job_tells_its_place_and_asks_again(page, world):
    page(state="running")
    html = page(state="queued")
    assert "前面还有 1 个任务" in html and 'hx-trigger="every 2s"' in html and "取消" in html


def test_a_counted_stage_shows_a_bar_and_an_uncounted_one_none(page):
    assert 'value="12" max="120"' in page(state="running", stage="正在整理数据", done=12, total=120)
    html = page(state="running", stage="排版（第3页）")
    assert "排版（第3页）" in html and "<progress" in html and "value=" not in html.split("<progress")[1][:80]


def test_a_finished_job_offers_the_file_and_stops_asking(page):
    stored = files.store(b"%PDF-1.7" + b"x" * 2000, name="总结.pdf", extension="pdf", by=None)
    html = page(state="done", result=stored, message="共 7 页")
    assert "下载" in html and "共 7 页" in html and "hx-trigger" not in html and "取消" not in html


def test_a_failed_job_says_why_and_can_be_retried(page):
    html = page(state="failed", message="还没有年度计划。")
    assert "还没有年度计划。" in html and "重试" in html and "hx-trigger" not in html


def test_cancel_and_retry(world, sign_in):
    job = Job.objects.create(kind="x", title="年度总结", owner=world.people["staff"])
    browser = sign_in("staff")
    browser.post(f"/jobs/{job.pk}/cancel/")
    assert Job.objects.get(pk=job.pk).state == "cancelled"
    browser.post(f"/jobs/{job.pk}/retry/")
    assert Job.objects.get(pk=job.pk).state == "queued"


def test_the_list_shows_only_ones_own(world, sign_in):
    Job.objects.create(kind="x", title="别人的总结", owner=world.people["head"])
    html = sign_in("staff").get("/jobs/").content.decode()
    assert "别人的总结" not in html and "年度计划" in html


def test_a_running_job_tells_how_long_its_kind_usually_takes(page, world):
    start = timezone.now()
    for seconds in (4, 20, 300):
        Job.objects.create(
            kind="x", title="以前的", state="done", started_at=start, finished_at=start + timedelta(seconds=seconds)
        )
    assert "约需 20 秒" in page(state="running", stage="排版", started_at=start)
    assert "约需" not in page(state="queued")


def test_rights_are_asked_again_before_a_retry_and_a_download(world, sign_in):
    stored = files.store(b"%PDF-1.7", name="总结.pdf", extension="pdf", by=None)
    values = {
        "kind": "reports.render",
        "params": {"office_id": world.offices["town"].pk},
        "owner": world.people["staff"],
    }
    job = Job.objects.create(title="年度总结", state="failed", result=stored, **values)
    browser = sign_in("staff")
    assert browser.get(f"/jobs/{job.pk}/file/").status_code == 200
    world.people["staff"].postings.update(ends="2020-12-31")
    assert browser.get(f"/jobs/{job.pk}/file/").status_code == 404
    assert browser.post(f"/jobs/{job.pk}/retry/").status_code == 404
