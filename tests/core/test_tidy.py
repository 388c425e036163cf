"""Files nobody points at go away; all others stay."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from activities.models import Photo
from core import files, tidy
from core.models import Job, StoredFile
from tests.factories import ActivityFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(monkeypatch):
    """Everything written so far is older than the grace."""
    monkeypatch.setattr(tidy, "GRACE", timedelta(days=-2))


def stored(name="a.pdf"):
    return files.store(b"%PDF-1.7 " + name.encode(), name=name, extension="pdf", by=UserFactory())


def test_a_file_without_a_row_goes_once_it_is_old(later):
    path = default_storage.save("2026/05/leftover.pdf", ContentFile(b"x"))
    assert tidy.tidy()["files"] >= 1
    assert not default_storage.exists(path)


def test_what_was_just_written_stays():
    path, row = default_storage.save("2026/05/on-its-way.pdf", ContentFile(b"x")), stored()
    tidy.tidy()
    assert default_storage.exists(path) and default_storage.exists(row.storage_name)


def test_a_row_nothing_points_at_goes_with_its_file(later):
    row = stored()
    assert tidy.tidy()["rows"] == 1
    assert not StoredFile.objects.filter(pk=row.pk).exists() and not default_storage.exists(row.storage_name)


def test_a_photo_keeps_both_its_files(later):
    photo = Photo.objects.create(activity=ActivityFactory(), file=stored("b.pdf"), thumbnail=stored("c.pdf"))
    assert tidy.tidy()["rows"] == 0
    assert default_storage.exists(photo.file.storage_name) and default_storage.exists(photo.thumbnail.storage_name)


def test_a_job_keeps_its_result_for_a_month(later):
    row, now = stored(), timezone.now()
    job = Job.objects.create(kind="x", title="x", owner=UserFactory(), state="done", result=row, finished_at=now)
    tidy.tidy()
    assert StoredFile.objects.filter(pk=row.pk).exists()
    Job.objects.filter(pk=job.pk).update(finished_at=now - timedelta(days=31))
    assert tidy.tidy()["results"] == 1 and not StoredFile.objects.filter(pk=row.pk).exists()
