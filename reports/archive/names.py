"""Names inside the package: readable on every system, no path tricks, never longer than a file system takes."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

#: A file system takes 255 bytes; a Chinese character has three of them.
LONGEST = 60
#: What Windows refuses, and what separates folders.
REFUSED = re.compile(r'[<>:"/\\|?*]')


def safe(text: str) -> str:
    """One part of a path: never empty, never hidden, never a way out of its folder."""
    plain = "".join(char for char in unicodedata.normalize("NFC", text) if unicodedata.category(char)[0] != "C")
    words = re.sub(r"\s+", " ", REFUSED.sub("_", plain)).strip(" ._")
    return words[:LONGEST].strip(" ._") or "未命名"


class Numbering:
    """Numbers the documents of each folder in order of arrival: 0001_…, 0002_…"""

    def __init__(self) -> None:
        self.used: Counter[str] = Counter()

    def name(self, folder: str, title: str) -> str:
        """The path of a document without its ending; the folder may have several parts, each made safe before."""
        self.used[folder] += 1
        return f"{folder}/{self.used[folder]:04d}_{safe(title)}"
