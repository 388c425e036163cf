"""The only way the portal makes a Word document: the same blocks as the PDF (`core.pdf.blocks`), the same sheet.

`render` is deterministic: the same blocks and date give the same bytes. The file is made to be worked on: headings are
heading styles, the grid is the page's own, page numbers and contents are fields.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

# python-docx takes a tenth of a second to load: only the process that writes Word files pays for it.
__all__ = ["render"]


def __getattr__(name: str) -> Any:
    if name == "render":
        return import_module("core.docx.engine").render
    raise AttributeError(name)
