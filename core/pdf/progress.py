"""Says which page is being laid out, for documents that take more than a second."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

SECONDS = 1.0
PAGE = re.compile(r"Creating layout - Page (\d+)")
_listener: ContextVar[Callable[[int], None] | None] = ContextVar("page_listener", default=None)


class _Pages(logging.Filter):
    """WeasyPrint tells its progress only as log lines: hear them, and keep them out of our log."""

    def filter(self, record: logging.LogRecord) -> bool:
        listener, page = _listener.get(), PAGE.search(record.getMessage())
        if listener and page:
            listener(int(page[1]))
        return False


logging.getLogger("weasyprint.progress").addFilter(_Pages())
logging.getLogger("weasyprint.progress").setLevel(logging.INFO)
logging.getLogger("fontTools").setLevel(logging.WARNING)


@contextmanager
def pages_told_to_number(tell: Callable[[int], None]) -> Iterator[None]:
    """Call `tell` with the number of each page as it is begun; what it raises stops the layout."""
    token = _listener.set(tell)
    try:
        yield
    finally:
        _listener.reset(token)


@contextmanager
def pages_told_to(announce: Callable[[str], None], stage: str) -> Iterator[None]:
    """Call `announce` with the stage and the page, at most once a second."""
    with pages_told_to_number(_now_and_then(announce, stage)):
        yield


def tell_pages(pages: Sequence[Any], announce: Callable[[str], None], stage: str) -> None:
    """The same while the pages are painted, which WeasyPrint says nothing about."""
    listener = _now_and_then(announce, stage)
    for number, page in enumerate(pages, 1):
        page.paint = _telling(page.paint, listener, number)


def _telling(paint: Callable[..., None], listener: Callable[[int], None], number: int) -> Callable[..., None]:
    def painted(*arguments: Any) -> None:
        listener(number)
        paint(*arguments)

    return painted


def _now_and_then(announce: Callable[[str], None], stage: str) -> Callable[[int], None]:
    last = time.monotonic()

    def listener(page: int) -> None:
        nonlocal last
        if time.monotonic() - last >= SECONDS:
            last = time.monotonic()
            announce(f"{stage}（第{page}页）")

    return listener
