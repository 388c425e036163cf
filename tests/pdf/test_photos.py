"""Photos are embedded at the size they are printed, the same bytes each time."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from pypdfium2 import raw

from core import pdf
from core.pdf import photos
from core.pdf.blocks import Picture
from core.pdf.chapters import crew

from .conftest import make
from .measure import opened


def picture(size, form="JPEG"):
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(buffer, form)
    return buffer.getvalue()


@pytest.fixture
def large(settings, tmp_path):
    settings.VAR = tmp_path
    body = picture((2400, 1600))
    pdf.media_resolver = lambda media_id: (body, "image/jpeg") if media_id == "7" else None
    return body


def size_of(data):
    return Image.open(io.BytesIO(data)).size


def test_a_photo_has_200_dots_per_inch_of_its_printed_width(large):
    assert size_of(photos.photo("7", 100)[0]) == (1228, 819)
    assert size_of(photos.photo("7", 50)[0]) == (614, 409)


def test_an_upright_photo_is_bound_by_the_height_of_the_page(large):
    assert size_of(photos.scaled(picture((1600, 2400)), (1228, 1260))) == (840, 1260)


def test_small_photos_and_unreadable_ones_stay_as_they_are(large):
    assert photos.scaled(picture((600, 400)), (1228, 1260)) is None
    assert photos.scaled(b"\xff\xd8\xff broken", (1228, 1260)) is None
    assert photos.photo("8") is None


def test_it_is_scaled_once_and_forgotten_after_a_month(large, monkeypatch):
    first = photos.photo("7")
    monkeypatch.setattr(photos, "scaled", lambda *_: pytest.fail("scaled again"))
    assert photos.photo("7") == first
    assert photos.forget_old() == 0
    monkeypatch.setattr(photos.time, "time", lambda real=photos.time.time: real() + 31 * 24 * 3600)
    assert photos.forget_old() == 1


def test_folders_of_killed_volumes_are_forgotten_after_a_day(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / f"{crew.FOLDER}x").mkdir()
    assert crew.forget_left() == 0
    monkeypatch.setattr(crew.time, "time", lambda real=crew.time.time: real() + 25 * 3600)
    assert crew.forget_left() == 1 and not list(tmp_path.iterdir())


def test_the_document_holds_the_small_one(large):
    image = next(opened(make([Picture("7", "现场", 70)]).data)[0].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
    assert image.get_px_size() == (860, 573)
