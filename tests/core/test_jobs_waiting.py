"""Place in the queue and usual time: what is said is true, and nothing is said that nobody knows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core import jobs, waiting
from core.models import Job
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def owner():
    return UserFactory()


def make(owner, minute=0, **values):
    values = {"kind": "x", "like": "x", "queued_at": NOW + timedelta(minutes=minute), **values}
    return Job.objects.create(title="甲", owner=owner, **values)


def ended(owner, seconds, **values):
    times = {"started_at": NOW, "finished_at": NOW + timedelta(seconds=seconds)}
    return make(owner, state="done", **times, **values)


def ahead(job):
    return waiting.standing(job).ahead


def usual(job):
    return waiting.standing(job).usual


def test_only_jobs_of_the_same_queue_are_before_it(owner):
    make(owner, queue="heavy"), make(owner, 1, queue="heavy")
    letter, volume = make(owner, 2), make(owner, 2, queue="heavy")
    assert (ahead(letter), ahead(volume)) == (0, 2)


def test_a_running_job_has_to_end_first_unless_a_worker_is_free(owner, settings):
    make(owner, state="running")
    job = make(owner, 1)
    assert ahead(job) == 1
    settings.JOB_WORKERS = {"quick": 2}
    assert ahead(job) == 0


def test_what_is_over_or_came_later_is_not_before_it(owner):
    make(owner, state="failed")
    job = make(owner, 1)
    make(owner, 2)
    assert ahead(job) == 0


def test_after_a_retry_it_stands_at_the_end(owner):
    first, second = make(owner, -2, state="failed"), make(owner, -1)
    jobs.retry(first)
    first.refresh_from_db()
    assert (ahead(first), ahead(second)) == (1, 0)


def test_the_usual_time_is_the_median_of_the_last_five_of_its_size(owner):
    ended(owner, 900, size=5000)
    for minute, seconds in enumerate((500, 40, 10, 20, 30, 60)):
        start = NOW + timedelta(minutes=10 * minute)
        times = {"started_at": start, "finished_at": start + timedelta(seconds=seconds)}
        make(owner, state="done", size=100 + minute, **times)
    assert usual(make(owner, size=120)) == 30  # of 10, 20, 30, 40, 60: the oldest, 500, is the sixth
    assert usual(make(owner, size=5100)) == 900
    assert usual(make(owner, size=900)) == 0


def test_without_a_size_only_the_same_request_tells_its_time(owner):
    ended(owner, 30, params={"year": 2025}, size=80)
    assert usual(make(owner, params={"year": 2025})) == 30
    assert usual(make(owner, params={"year": 2026})) == 0


def test_other_kinds_failed_runs_and_cancelled_ones_tell_nothing(owner):
    ended(owner, 30, size=80, like="y")
    make(owner, state="failed", size=80, started_at=NOW, finished_at=NOW)
    assert usual(make(owner, size=80)) == 0


def test_slower_than_usual_is_said_late_enough():
    standing = waiting.Standing(usual=100)
    assert [standing.is_slow(seconds) for seconds in (100, 135, 136)] == [False, False, True]
    assert (standing.remaining(40), standing.remaining(200)) == (60, 0)
    assert not waiting.Standing().is_slow(9999)


def test_many_jobs_are_asked_for_at_once(owner, django_assert_num_queries):
    live = [make(owner, minute, size=minute + 1) for minute in range(6)]
    with django_assert_num_queries(2):
        waiting.standings(live)
    over = ended(owner, 1)
    with django_assert_num_queries(0):
        assert waiting.standings([over]) == {}


def test_a_retry_and_a_heavy_kind_ring_the_right_queue(owner, settings):
    settings.CELERY_TASK_DEFAULT_QUEUE = "portal"
    assert [jobs.broker_queue(queue) for queue in ("quick", "heavy")] == ["portal", "portal-heavy"]
