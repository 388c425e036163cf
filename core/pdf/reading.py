"""What a document may read while it is laid out: our static files, known photos, small inline images.

Knows nothing of WeasyPrint: the parent of a volume reads for its children and need not load it.
"""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from core.pdf.photos import photo

STATIC_TYPES = {".css": "text/css", ".png": "image/png", ".jpg": "image/jpeg", ".svg": "image/svg+xml"}
SIGNATURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
INLINE_LIMIT = 256 * 1024  # bytes of one data: image
MEDIA_LIMIT = 25 * 1024 * 1024  # bytes of one photo


class Refused(ValueError):
    """The address is not one a document may read."""


def named(url: str) -> str:
    """An address as it is reported: a photo without the width it was asked for in."""
    return url.partition("@")[0] if url.startswith("media:") else url[:200]


def read(url: str) -> tuple[bytes, str]:
    """Content and type of an address a document may read. Raises Refused for every other one."""
    scheme, _, rest = url.partition(":")
    reader = READERS.get(scheme)
    if reader is None:
        raise Refused(f"refused: {url[:80]}")
    return reader(rest)


def _read_static(name: str) -> tuple[bytes, str]:
    """A file of one of our static folders; the real path must still lie inside that folder."""
    mime = STATIC_TYPES.get(Path(name).suffix.lower())
    path = mime and _static_path(name)
    if not path:
        raise Refused(f"no static file: {name[:80]}")
    return path.read_bytes(), mime


def _static_path(name: str) -> Path | None:
    """Source folders first (development), then the collected files (production)."""
    found = finders.find(name) if not name.startswith("/") else None
    candidates = [Path(found)] if found else []
    if settings.STATIC_ROOT:
        candidates.append(Path(settings.STATIC_ROOT) / name)
    return next((real for path in candidates if (real := _inside(path)) is not None), None)


def _inside(path: Path) -> Path | None:
    real = path.resolve()
    return real if real.is_file() and any(real.is_relative_to(folder) for folder in _static_folders()) else None


def _static_folders() -> list[Path]:
    entries = [entry[1] if isinstance(entry, (list, tuple)) else entry for entry in settings.STATICFILES_DIRS]
    return [Path(folder).resolve() for folder in (*entries, settings.STATIC_ROOT) if folder]


def _read_media(media: str) -> tuple[bytes, str]:
    """A photo by `<id>` or `<id>@<percent of the text block>`, through the resolver of whoever owns files."""
    media_id, _, share = media.partition("@")
    found = photo(media_id, int(share) if share.isascii() and share.isdecimal() else 100)
    if found is None:
        raise Refused(f"no such media: {media[:80]}")
    return _checked(*found, limit=MEDIA_LIMIT)


def _read_data(rest: str) -> tuple[bytes, str]:
    kind, _, payload = rest.partition(",")
    mime, _, encoding = kind.partition(";")
    if encoding != "base64" or len(payload) > INLINE_LIMIT * 4 // 3 + 4:
        raise Refused("inline data refused")
    try:
        return _checked(base64.b64decode(payload, validate=True), mime, limit=INLINE_LIMIT)
    except binascii.Error as error:
        raise Refused("inline data is not base64") from error


def _checked(body: bytes, mime: str, *, limit: int) -> tuple[bytes, str]:
    signature = SIGNATURES.get(mime)
    if signature is None or not body.startswith(signature) or len(body) > limit:
        raise Refused(f"not a {' or '.join(sorted(SIGNATURES))} of at most {limit} bytes")
    return body, mime


READERS = {"static": _read_static, "media": _read_media, "data": _read_data}
