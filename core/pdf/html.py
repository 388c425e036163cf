"""The words of a document before they are laid out: Django's template, autoescape on, control characters out."""

from __future__ import annotations

import re
from typing import Any

from django.template.loader import get_template

from core.pdf.titles import title_lines

# Excel and Word leave such characters in pasted text; a font would print them as blanks.
CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]")
DEFAULTS = {"office": "", "date": "", "head": None, "with_title": True, "blocks": ()}


def document_html(template: str, context: dict[str, Any], title: str) -> str:
    """Raises whatever the template raises, and RuntimeError for an engine that does not escape."""
    found = get_template(template)
    if not found.backend.engine.autoescape:
        raise RuntimeError("Documents need a template engine with autoescape on.")
    filled = {**DEFAULTS, "title_lines": title_lines(title), **context, "title": title}
    return CONTROL_CHARACTERS.sub("", found.render(filled))
