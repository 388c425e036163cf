"""The upload gate: judged by content, stripped of what nobody should get."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image

from core import files
from core.errors import DomainError
from core.models import StoredFile

GPS = 0x8825
ORIENTATION = 0x0112


def picture(size=(60, 40), kind="JPEG", exif=None):
    buffer = io.BytesIO()
    image = Image.new("RGB", size, "seagreen")
    image.save(buffer, kind, **({"exif": exif} if exif else {}))
    return buffer.getvalue()


def workbook():
    buffer = io.BytesIO()
    Workbook().save(buffer)
    return buffer.getvalue()


def zipped(entries):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def upload(name, data):
    return SimpleUploadedFile(name, data)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
REFUSED = {
    "renamed program": ("通知.xlsx", b"MZ\x90\0" * 100, files.WORKBOOK, "已损坏或不是"),
    "empty": ("空.xlsx", b"", files.WORKBOOK, "空文件"),
    "truncated": ("半.xlsx", workbook()[:900], files.WORKBOOK, "已损坏或不是"),
    "password": ("密.xlsx", OLE, files.WORKBOOK, "有密码或是旧格式"),
    "old format": ("旧.xls", OLE, files.WORKBOOK, "另存为 .xlsx"),
    "wrong kind": ("表.docx", workbook(), files.DOCUMENT, "内容不是 .docx"),
    "macro": ("宏.xlsx", zipped({"xl/workbook.xml": "x", "xl/vbaProject.bin": "x"}), files.WORKBOOK, "宏"),
    "bomb": ("弹.xlsx", zipped({"xl/workbook.xml": b"0" * 40_000_000}), files.WORKBOOK, "解压后过大"),
    "escape": ("逃.xlsx", zipped({"xl/workbook.xml": "x", "../../etc/x": "x"}), files.WORKBOOK, "结构异常"),
    "many entries": ("多.xlsx", zipped({f"xl/{n}": "" for n in range(600)} | {"xl/workbook.xml": "x"}),
                     files.WORKBOOK, "结构异常"),
    "page": ("页.html", b"<script>", files.DOCUMENT, "只接收"),
    "drawing": ("图.svg", b"<svg onload='x'/>", files.PHOTO, "只接收"),
    "no pdf": ("假.pdf", b"<html>", files.DOCUMENT, "不是有效的 PDF"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_a_bad_file_is_refused_in_one_sentence(case):
    name, data, policy, words = case
    with pytest.raises(DomainError, match=words):
        files.check(upload(name, data), policy)


@pytest.mark.parametrize("data", [b"not a picture", picture()[:200], b"GIF89a" + b"\0" * 50], ids=repr)
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(DomainError, match="不是有效的照片"):
        files.accept_photo(upload("现场.jpg", data), by=None)


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_unpacked():
    buffer = io.BytesIO()
    Image.new("1", (20000, 20000)).save(buffer, "PNG")
    with pytest.raises(DomainError, match="像素太多"):
        files.accept_photo(upload("巨图.png", buffer.getvalue()), by=None)


@pytest.mark.django_db
def test_a_photo_is_turned_upright_and_loses_its_place():
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[2] = (30.0, 15.0, 0.0)
    photo, thumbnail = files.accept_photo(upload("现场.jpg", picture(exif=exif)), by=None)
    stored = Image.open(io.BytesIO(files.read(photo)))
    assert stored.size == (40, 60)
    assert not stored.getexif()
    assert thumbnail.content_type == photo.content_type == "image/jpeg"


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["HEIF", "PNG", "WEBP"])
def test_other_pictures_become_jpeg(kind):
    extension = {"HEIF": "heic", "PNG": "png", "WEBP": "webp"}[kind]
    photo, _ = files.accept_photo(upload(f"照片.{extension}", picture(kind=kind)), by=None)
    assert files.read(photo)[:3] == b"\xff\xd8\xff"
    assert photo.original_name == "照片.jpg"


@pytest.mark.django_db
def test_a_payload_behind_a_picture_is_dropped():
    photo, _ = files.accept_photo(upload("双面.jpg", picture() + b"<script>alert(1)</script>PK\x03\x04"), by=None)
    assert b"<script>" not in files.read(photo)


@pytest.mark.django_db
def test_large_photos_are_scaled_and_small_ones_are_not_blown_up():
    photo, thumbnail = files.accept_photo(upload("大.jpg", picture((4000, 1000))), by=None)
    assert (photo.width, photo.height) == (2400, 600)
    assert (thumbnail.width, thumbnail.height) == (480, 120)


@pytest.mark.django_db
def test_the_storage_name_tells_nothing_of_the_original():
    stored = files.accept(upload("..\\..\\名单‮fdp.xlsx", workbook()), files.WORKBOOK, by=None)
    assert stored.original_name == "名单fdp.xlsx"
    assert str(stored.id) in stored.storage_name and "名单" not in stored.storage_name
    assert StoredFile.objects.get(sha256=stored.sha256) == stored


@pytest.mark.django_db
def test_a_download_cannot_run_in_the_browser():
    stored = files.accept(upload("材料.xlsx", workbook()), files.WORKBOOK, by=None)
    response = files.serve(stored, inline=True)
    assert response["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E6%9D%90")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_long_names_and_control_characters_are_cut():
    assert files.clean_name("a\r\nSet-Cookie: x.pdf") == "aSet-Cookie: x.pdf"
    assert len(files.clean_name("长" * 300 + ".pdf")) == 120
    assert files.clean_name("") == "未命名"
