"""The one gate for uploads and the one door for downloads.

A file is judged by its content, not by its name; pictures are re-encoded, turned upright and lose all metadata (GPS
among it); the storage name is a UUID. Views check permissions first and then call `serve`.
"""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
import warnings
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any
from urllib.parse import quote

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse
from django.utils import timezone
from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from core.errors import DomainError
from core.models import StoredFile

register_heif_opener()
Image.MAX_IMAGE_PIXELS = 50_000_000
MEGABYTE = 1024 * 1024
LONGEST_SIDE = {"photo": 2400, "thumbnail": 480}  # pixels
MIME = {
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "json": "application/json",
    "xml": "application/xml",
    "zip": "application/zip",
}
#: Read and written at once.
PIECE = 256 * 1024
#: Formats a camera or phone makes. The list is closed: Pillow would hand PostScript to an interpreter.
PICTURES = ("JPEG", "PNG", "WEBP", "HEIF")
OOXML_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}


@dataclass(frozen=True)
class Policy:
    """What a form accepts. `max_size` in bytes."""

    extensions: tuple[str, ...]
    max_size: int
    label: str


PHOTO = Policy(("jpg", "jpeg", "png", "webp", "heic"), 20 * MEGABYTE, "照片（jpg、png、webp、heic）")
DOCUMENT = Policy(("pdf", "docx"), 20 * MEGABYTE, "文档（pdf、docx）")
MATERIAL = Policy(
    ("pdf", "docx", "xlsx", "pptx", "jpg", "jpeg", "png", "webp", "heic"), 20 * MEGABYTE,
    "文档（pdf、docx、xlsx、pptx）和图片（jpg、png、webp、heic）",
)  # fmt: skip
WORKBOOK = Policy(("xlsx",), 10 * MEGABYTE, "Excel 工作簿（xlsx）")


# --- the gate --------------------------------------------------------------------------------------------------
def check(upload: UploadedFile, policy: Policy) -> str:
    """The file's extension after every check that can be made without parsing it. Raises DomainError."""
    extension = PurePath(upload.name or "").suffix.lower().lstrip(".")
    if extension in {"doc", "xls", "ppt"}:
        raise DomainError(f"“{clean_name(upload.name)}”是旧格式，请在 WPS 或 Office 中另存为 .{extension}x 后再上传。")
    if extension not in policy.extensions:
        raise DomainError(f"不能上传“{clean_name(upload.name)}”，这里只接收{policy.label}。")
    if not upload.size:
        raise DomainError(f"“{clean_name(upload.name)}”是空文件，请重新选择。")
    if upload.size > policy.max_size:
        raise DomainError(f"“{clean_name(upload.name)}”超过 {policy.max_size // MEGABYTE} MB，请压缩后再上传。")
    if extension in OOXML_PART:
        check_office_file(upload, extension)
    if extension == "pdf" and not head(upload, 5) == b"%PDF-":
        raise DomainError(f"“{clean_name(upload.name)}”不是有效的 PDF 文件。")
    return extension


def head(upload: Any, count: int) -> bytes:
    upload.seek(0)
    start = upload.read(count)
    upload.seek(0)
    return start


def check_office_file(upload: Any, extension: str) -> None:
    """Refuses renamed, broken, encrypted, macro-carrying and bomb-like office files before any parser sees them."""
    name = clean_name(getattr(upload, "name", ""))
    if head(upload, 8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise DomainError(f"“{name}”有密码或是旧格式，请去掉密码并另存为 .{extension} 后再上传。")
    try:
        with zipfile.ZipFile(upload) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise DomainError(f"“{name}”已损坏或不是 .{extension} 文件，请重新保存后再上传。") from None
    finally:
        upload.seek(0)
    names = {entry.filename for entry in entries}
    if OOXML_PART[extension] not in names:
        raise DomainError(f"“{name}”的内容不是 .{extension} 文件，请重新保存后再上传。")
    if any("vbaProject" in each or "externalLinks" in each for each in names):
        raise DomainError(f"“{name}”含有宏或外部链接，请另存为普通文件后再上传。")
    if suspicious(entries):
        raise DomainError(f"“{name}”解压后过大或结构异常，已拒绝。")


def suspicious(entries: list[zipfile.ZipInfo]) -> bool:
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    escapes = any(".." in entry.filename or entry.filename.startswith(("/", "\\")) for entry in entries)
    largest = max((entry.file_size for entry in entries), default=0)
    return len(entries) > 500 or total > 50 * MEGABYTE or largest > 30 * MEGABYTE or total / packed > 100 or escapes


def clean_name(name: str | None) -> str:
    """A file name fit for display and headers: no path, no control or direction characters, at most 120 characters."""
    base = re.split(r"[\\/]", name or "")[-1]
    shown = "".join(char for char in base if unicodedata.category(char)[0] != "C").strip()
    return shown[-120:] or "未命名"


# --- storing ---------------------------------------------------------------------------------------------------
def store(data: bytes, *, name: str, extension: str, by: Any, size: tuple[int, int] | None = None) -> StoredFile:
    """Puts bytes into the storage under a UUID and records them. The row exists only if the file does."""
    digest = hashlib.sha256(data).hexdigest()
    return keep(ContentFile(data), name=name, extension=extension, by=by, sha256=digest, size=size)


def digest_of(handle: IO[bytes]) -> str:
    """SHA-256 of an open file, read in pieces; left at its beginning."""
    seen = hashlib.sha256()
    handle.seek(0)
    while piece := handle.read(PIECE):
        seen.update(piece)
    handle.seek(0)
    return seen.hexdigest()


def keep(handle: IO[bytes], *, name: str, extension: str, by: Any, sha256: str,
         size: tuple[int, int] | None = None) -> StoredFile:  # fmt: skip
    """The same of an open file that need not fit into memory; `sha256` is `digest_of` it."""
    length = handle.seek(0, io.SEEK_END)
    handle.seek(0)
    stored = StoredFile(
        original_name=clean_name(name), content_type=MIME[extension], size=length, sha256=sha256, created_by=by
    )
    stored.width, stored.height = size or (None, None)
    folder = f"{timezone.localdate():%Y/%m}"
    stored.storage_name = default_storage.save(f"{folder}/{stored.id}.{extension}", File(handle))
    stored.save()
    return stored


def accept(upload: UploadedFile, policy: Policy, *, by: Any) -> StoredFile:
    """Checks and keeps a document; a picture among the documents is kept re-encoded. Raises DomainError."""
    extension = check(upload, policy)
    if extension in PHOTO.extensions:
        data, size = encoded(opened_picture(upload), LONGEST_SIDE["photo"])
        name = f"{PurePath(clean_name(upload.name)).stem}.jpg"
        return store(data, name=name, extension="jpg", by=by, size=size)
    upload.seek(0)
    return store(upload.read(), name=upload.name or "", extension=extension, by=by)


def accept_photo(upload: UploadedFile, *, by: Any) -> tuple[StoredFile, StoredFile]:
    """(photo, thumbnail) of an uploaded picture, both clean JPEGs. Raises DomainError."""
    check(upload, PHOTO)
    picture = opened_picture(upload)
    stem = PurePath(clean_name(upload.name)).stem
    return tuple(
        store(data, name=f"{stem}.jpg", extension="jpg", by=by, size=size)
        for data, size in (encoded(picture, LONGEST_SIDE[kind]) for kind in ("photo", "thumbnail"))
    )


def opened_picture(upload: UploadedFile) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            upload.seek(0)
            picture = Image.open(upload, formats=PICTURES)
            picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise DomainError(f"“{clean_name(upload.name)}”的像素太多，请缩小后再上传。") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise DomainError(f"“{clean_name(upload.name)}”不是有效的照片，请重新选择。") from None
    return ImageOps.exif_transpose(picture).convert("RGB")


def encoded(picture: Image.Image, longest: int) -> tuple[bytes, tuple[int, int]]:
    """The picture as a JPEG without metadata, its longer side at most `longest` pixels."""
    small = picture.copy()
    small.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    clean = Image.new("RGB", small.size)
    clean.paste(small)
    buffer = io.BytesIO()
    clean.save(buffer, "JPEG", quality=85, optimize=True)
    return buffer.getvalue(), clean.size


# --- serving ---------------------------------------------------------------------------------------------------
def read(stored: StoredFile) -> bytes:
    with default_storage.open(stored.storage_name) as handle:
        return handle.read()


def serve(stored: StoredFile, *, inline: bool = False) -> HttpResponse:
    """The file as a response that no browser will run. The caller has checked permissions."""
    response = FileResponse(default_storage.open(stored.storage_name), content_type=stored.content_type)
    how = "inline" if inline and stored.content_type in {"image/jpeg", "application/pdf"} else "attachment"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(stored.original_name)}"
    response["Content-Length"] = str(stored.size)
    response["X-Content-Type-Options"] = "nosniff"
    if stored.content_type != "application/pdf":
        # The browser's own PDF viewer cannot start inside a sandbox.
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, max-age=3600"
    return response
