"""The door through which WeasyPrint reads: what `core.pdf.reading` allows, and nothing else."""

from __future__ import annotations

from weasyprint.urls import URLFetcher, URLFetcherResponse

from core.pdf.reading import Refused, named, read

__all__ = ["ClosedFetcher", "Refused", "named", "read"]


class ClosedFetcher(URLFetcher):
    """Denies every address except `static:`, `media:` and small `data:image/…`; opens no socket, no `file:`.

    WeasyPrint drops what is refused and goes on; `refused` remembers the addresses for the caller.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        try:
            body, mime = read(url)
        except Refused:
            self.refused.append(named(url))
            raise
        return URLFetcherResponse(url, body, {"Content-Type": mime})
