"""Icons from the vendored Bootstrap Icons sprite, put into the page one by one.

The sprite has two thousand symbols and a megabyte; a page uses twenty. Reading it once per process and writing
only what is used spares every phone that megabyte and needs no request.
"""

from __future__ import annotations

import re
from functools import lru_cache

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

SPRITE = "vendor/bootstrap-icons/bootstrap-icons.svg"
SYMBOL = re.compile(r'<symbol[^>]*\bid="([^"]+)"[^>]*>(.*?)</symbol>', re.DOTALL)


@lru_cache(maxsize=1)
def symbols() -> dict[str, str]:
    """Icon name → the SVG elements inside it."""
    found = finders.find(SPRITE)
    if found:
        with open(found, encoding="utf-8") as source:
            text = source.read()
    else:
        with staticfiles_storage.open(SPRITE) as source:
            text = source.read().decode()
    return {name: " ".join(body.split()) for name, body in SYMBOL.findall(text)}


@lru_cache(maxsize=512)
def paths(name: str) -> str:
    """The drawing of an icon. Raises ValueError for a name the set does not have."""
    try:
        return symbols()[name]
    except KeyError:
        raise ValueError(f"no icon “{name}” in the icon set") from None
