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


def test_a_running_job_tells_what_is_left_and_when_it_is_late(page, world):
    start = timezone.now()
    for seconds in (4, 20, 300):
        ended = start + timedelta(seconds=seconds)
        Job.objects.create(kind="x", like="x", size=100, state="done", started_at=start, finished_at=ended)
    values = {"like": "x", "state": "running", "stage": "正在排版"}
    assert "约剩" in page(size=120, started_at=start, **values)
    assert "约剩" not in page(size=900, started_at=start, **values)
    late = page(size=120, started_at=start - timedelta(seconds=60), **values)
    assert "比平时慢（平时约需 20 秒）" in late and "约剩" not in late


def test_a_unit_is_printed_beside_what_is_counted(page):
    assert "12 / 120</span> 章" in page(state="running", stage="正在排版", done=12, total=120, unit="章")


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


def over(owner, number, **values):
    now = timezone.now() - timedelta(minutes=number)
    values = {"state": "done", "started_at": now - timedelta(seconds=75), "finished_at": now, **values}
    return Job.objects.create(kind="reports.render", title=f"汇编{number}", owner=owner, **values)


def test_the_list_tells_what_was_made_until_when_and_what_went_wrong(world, sign_in):
    stored = files.store(b"%PDF-1.7" + b"x" * 2000, name="总结.pdf", extension="pdf", by=None)
    kept = over(world.people["staff"], 1, result=stored, message="共 333 页")
    over(world.people["staff"], 2, message="共 5 页")
    over(world.people["staff"], 3, state="failed", message="没有立案的提案。")
    html = sign_in("staff").get("/jobs/").content.decode()
    assert "生成报告" in html and "共 333 页" in html and "1 分 15 秒" in html and "没有立案的提案。" in html
    until = timezone.localdate(kept.finished_at) + timedelta(days=30)
    assert f"保留到{until.year}年{until.month}月{until.day}日" in html and "已过保留期" in html


def test_the_list_is_filtered_by_state_and_name(world, sign_in):
    over(world.people["staff"], 1), over(world.people["staff"], 2, state="failed")
    browser = sign_in("staff")
    failed = browser.get("/jobs/?state=failed").content.decode()
    assert "汇编2" in failed and "汇编1" not in failed
    assert "汇编1" in browser.get("/jobs/?title=编1").content.decode()


def test_the_list_is_paged_and_asks_the_same_number_of_queries(world, sign_in, django_assert_max_num_queries):
    browser = sign_in("staff")
    counts = []
    for more in (1, 8):
        for number in range(more):
            over(world.people["staff"], number)
            Job.objects.create(kind="x", like="x", title="排队", owner=world.people["staff"])
        with django_assert_max_num_queries(15) as queries:
            browser.get("/jobs/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    for number in range(50):
        over(world.people["staff"], 100 + number)
    assert "汇编149" not in browser.get("/jobs/").content.decode()
    assert "汇编149" in browser.get("/jobs/?page=2").content.decode()
