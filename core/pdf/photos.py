"""Photos at the size they are printed: an upload of 2400 pixels is four times what paper shows."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import time
from pathlib import Path

from django.conf import settings
from PIL import Image

DOTS = 200  # per inch, what a good printer shows of a photo
TEXT_WIDTH, HEIGHT = 156, 160  # mm: the text block, and what blocks.css allows a picture
QUALITY = 82
KEPT_DAYS = 30


def photo(media_id: str, share: int = 100) -> tuple[bytes, str] | None:
    """Bytes and type of a photo `share` percent of the text block wide; None when nobody knows it.

    The same photo and share give the same bytes; they are made once and kept for a month after their last use.
    """
    from core import pdf

    found = pdf.media_resolver(media_id) if pdf.media_resolver else None
    if found is None:
        return None
    room = (pixels(TEXT_WIDTH * min(share, 100) / 100), pixels(HEIGHT))
    path = _folder() / f"{hashlib.sha256(found[0]).hexdigest()}-{room[0]}x{room[1]}-{QUALITY}.jpg"
    if path.exists():
        os.utime(path)
        return path.read_bytes(), "image/jpeg"
    small = scaled(found[0], room)
    if small is None:
        return found
    _keep(path, small)
    return small, "image/jpeg"


def pixels(millimetres: float) -> int:
    return round(millimetres / 25.4 * DOTS)


def scaled(body: bytes, room: tuple[int, int]) -> bytes | None:
    """A JPEG that fits into `room`, or None when the picture is no larger or cannot be read here."""
    try:
        with Image.open(io.BytesIO(body), formats=("JPEG", "PNG")) as picture:
            if picture.width <= room[0] and picture.height <= room[1]:
                return None
            picture.draft("RGB", room)
            small = picture.convert("RGB")
    except (OSError, ValueError, SyntaxError):
        return None
    small.thumbnail(room, Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=QUALITY, optimize=True)
    return buffer.getvalue()


def forget_old() -> int:
    """Removes what no document asked for within KEPT_DAYS; how many."""
    before = time.time() - KEPT_DAYS * 24 * 3600
    old = [path for path in _folder().glob("*.jpg") if path.stat().st_mtime < before] if _folder().exists() else []
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _folder() -> Path:
    return Path(getattr(settings, "VAR", None) or tempfile.gettempdir()) / "cache" / "photos"


def _keep(path: Path, data: bytes) -> None:
    """A cache that cannot be written is no reason not to print."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_bytes(data)
        draft.replace(path)
    except OSError:
        return
