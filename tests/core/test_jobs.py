"""The job row is the truth: claimed once, finished once, picked up again when its worker dies."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core import jobs, pdf
from core.errors import DomainError
from core.models import Job
from core.pdf.blocks import Paragraph
from core.registry import Registry
from notices.models import Notice
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind(monkeypatch):
    """A registry of its own with one kind, whose body a test may replace."""
    monkeypatch.setattr(jobs, "kinds", Registry("job kind"))
    calls = []

    @jobs.job_kind("test.count", label="数数")
    def count(progress, upto):
        for number in range(upto):
            progress("数数", number + 1, upto)
        calls.append(upto)
        return lambda: jobs.JobResult(message="数完了")

    return calls


@pytest.fixture
def owner():
    return UserFactory()


def make(owner, **values):
    return Job.objects.create(kind="test.count", title="数到三", params={"upto": 3}, owner=owner, **values)


def age(job, seconds):
    Job.objects.filter(pk=job.pk).update(
        heartbeat=timezone.now() - timedelta(seconds=seconds), created_at=timezone.now() - timedelta(seconds=seconds)
    )


def test_a_second_click_finds_the_first_job(kind, owner):
    values = {"title": "数到三", "owner": owner, "params": {"upto": 3}, "key": "three"}
    first = jobs.enqueue("test.count", **values)
    assert jobs.enqueue("test.count", **values) == first
    jobs.run(str(first.pk))
    assert jobs.enqueue("test.count", **values) != first


def test_a_click_after_a_retry_finds_the_retried_job(kind, owner):
    values = {"title": "数到三", "owner": owner, "params": {"upto": 3}, "key": "three"}
    first = jobs.enqueue("test.count", **values)
    jobs.cancel(first)
    jobs.retry(first)
    assert jobs.enqueue("test.count", **values) == first


def test_the_same_click_of_two_people_makes_a_job_for_each(kind, owner):
    values = {"title": "数到三", "params": {"upto": 3}, "key": "three"}
    mine, theirs = (jobs.enqueue("test.count", owner=person, **values) for person in (owner, UserFactory()))
    assert mine != theirs and mine.owner == owner != theirs.owner
    assert jobs.enqueue("test.count", owner=owner, **values) == mine


def test_a_job_runs_to_its_end_and_tells_its_owner(kind, owner):
    job = make(owner)
    jobs.run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.message, job.attempts, job.stage, job.done) == ("done", "数完了", 1, "数数", 3)
    assert Notice.objects.get(recipient=owner).text == "数到三：已完成"


def test_a_message_delivered_twice_runs_once(kind, owner):
    job = make(owner)
    jobs.run(str(job.pk))
    jobs.run(str(job.pk))
    assert kind == [3]


def test_a_running_job_is_not_taken_away_while_its_heart_beats(kind, owner):
    job = make(owner)
    assert jobs.claim(str(job.pk)) is not None
    assert jobs.claim(str(job.pk)) is None


def test_a_job_of_a_dead_worker_is_taken_over(kind, owner, settings):
    job = make(owner)
    jobs.claim(str(job.pk))
    age(job, settings.JOB_STALE_SECONDS + 1)
    jobs.run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)


def test_the_dead_workers_late_answer_changes_nothing(kind, owner, settings):
    job = make(owner)
    dead, delivered = jobs.claim(str(job.pk)), []
    age(job, settings.JOB_STALE_SECONDS + 1)
    jobs.claim(str(job.pk))
    jobs.finish(dead, "done", lambda: delivered.append(1) or jobs.JobResult(message="迟到的结果"))
    job.refresh_from_db()
    assert (job.state, job.message, delivered) == ("running", "", [])
    with pytest.raises(jobs.Cancelled):
        jobs.Progress(dead)("数数", 1, 3)


def test_the_sweeper_requeues_and_gives_up_after_the_last_attempt(kind, owner, settings):
    once, often = make(owner), make(owner, attempts=settings.JOB_MAX_ATTEMPTS - 1)
    for job in (once, often):
        jobs.claim(str(job.pk))
        age(job, settings.JOB_STALE_SECONDS + 1)
    jobs.sweep()
    once.refresh_from_db(), often.refresh_from_db()
    assert (once.state, often.state) == ("queued", "failed")
    assert "重试" in often.message


def test_a_domain_error_is_the_message_and_an_accident_is_a_plain_sentence(kind, owner):
    @jobs.job_kind("test.refuse", label="拒绝")
    def refuse(progress, how):
        raise DomainError("计划还没有批准。") if how == "rule" else ZeroDivisionError

    for how, text in (("rule", "计划还没有批准。"), ("accident", "生成时出现意外错误")):
        job = Job.objects.create(kind="test.refuse", title="拒绝", params={"how": how}, owner=owner)
        jobs.run(str(job.pk))
        job.refresh_from_db()
        assert job.state == "failed" and text in job.message


def test_cancelling_stops_a_running_job_at_its_next_report(kind, owner):
    @jobs.job_kind("test.cancelled", label="被取消")
    def cancelled(progress):
        jobs.cancel(job)
        progress("下一步")
        raise AssertionError("went on after being cancelled")

    job = Job.objects.create(kind="test.cancelled", title="被取消", owner=owner)
    jobs.run(str(job.pk))
    job.refresh_from_db()
    assert job.state == "cancelled"


@pytest.mark.parametrize("halt", ["排版（第3页）", "生成文件（第3页）"])
def test_cancelling_stops_a_document_between_two_pages(kind, owner, monkeypatch, halt):
    monkeypatch.setattr("core.pdf.progress.SECONDS", 0)
    told = []

    @jobs.job_kind("test.printing", label="打印")
    def printing(progress):
        def on_stage(stage):
            told.append(stage)
            if stage == halt:
                jobs.cancel(job)
            progress(stage)

        blocks = [Paragraph("田" * 28 * 22 * 6)]
        pdf.render("documents/composed.html", {"blocks": blocks}, title="甲", created=timezone.now(), on_stage=on_stage)
        raise AssertionError("went on after being cancelled")

    job = Job.objects.create(kind="test.printing", title="打印", owner=owner)
    jobs.run(str(job.pk))
    job.refresh_from_db()
    assert job.state == "cancelled" and told[-1] == halt


def test_a_failed_job_can_be_retried_and_a_done_one_cannot(kind, owner):
    failed, done = make(owner, state="failed", attempts=3), make(owner, state="done")
    jobs.retry(failed)
    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == ("queued", 0)
    with pytest.raises(DomainError):
        jobs.retry(done)


def test_an_unknown_kind_is_refused_when_asked_for(kind, owner):
    with pytest.raises(KeyError, match=r"no job kind “test\.nothing”"):
        jobs.enqueue("test.nothing", title="没有", owner=owner, params={})


def test_a_long_reason_is_cut_and_not_lost(kind, owner):
    @jobs.job_kind("test.wordy", label="话多")
    def wordy(progress):
        raise DomainError("字" * 900)

    job = Job.objects.create(kind="test.wordy", title="话多", owner=owner)
    jobs.run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", "字" * 300)
