"""What a produced PDF says."""

from __future__ import annotations

import re

import pypdfium2


def text_of(data: bytes) -> str:
    """All text of all pages without white space and page numbers: line ends mean nothing in Chinese text."""
    document = pypdfium2.PdfDocument(data)
    pages = [document[index].get_textpage().get_text_range() for index in range(len(document))]
    document.close()
    joined = "".join(re.sub(r"—\s*\d+\s*—", "", page) for page in pages)
    return re.sub(r"[\s￾]+", "", joined)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
