"""The child of a volume: lays out one chapter after the other and, at the end, embeds the fonts of all of them.

Started as `python -m core.pdf.chapters.press` and spoken to over its standard input and output (`wire`). It reads
nothing but the folder its parent filled with style sheets and photos, and knows no database.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from core.pdf.chapters import wire

#: MB a child may have before it looks for garbage: doing so after each chapter would cost a seventh of the time.
ROOM = 220
END_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def main() -> None:
    """Serves until the parent closes the pipe; dies with it."""
    ctypes.CDLL(None).prctl(END_WITH_PARENT, signal.SIGKILL)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not end up among the messages
    asked = wire.receive(sys.stdin.buffer)
    if asked is None:
        return
    options = asked[0]
    settings.configure(**{**options["settings"], "VAR": Path(options["settings"]["VAR"])})
    gc.disable()  # laying out makes boxes that all live to the end of the chapter
    from core.pdf.chapters.layout import Layout

    serve(Layout(Path(options["folder"]), lambda page: wire.send(out, {"page": page})), sys.stdin.buffer, out)


def serve(layout: Any, asked: IO[bytes], out: IO[bytes]) -> None:
    from core.pdf.glyphs import MissingGlyph

    while (message := wire.receive(asked)) is not None:
        head, body = message
        try:
            answer, made = getattr(layout, head.pop("do"))(body.decode(), **head)
        except MissingGlyph as error:
            answer, made = {"missing": error.characters}, b""
        except Exception as error:
            answer, made = {"failed": f"{type(error).__name__}: {error}"[:500]}, b""
        wire.send(out, {"done": answer}, made)
        del answer, made
        if megabytes() > ROOM:
            gc.collect()


def megabytes() -> float:
    """Memory this process has now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
