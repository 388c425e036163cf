"""The processes that lay out a volume, seen from their parent.

Real processes and not `multiprocessing`: a Celery worker is itself a child that may not have children of that kind.
They end with the volume, so their memory goes back; they are killed when it is cancelled, and die with their parent.
"""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from core.pdf.chapters import wire
from core.pdf.glyphs import MissingGlyph

FOLDER = "liaison-volume-"
PATIENCE = 0.5  # seconds between two looks at whether somebody cancelled
ROOT = Path(__file__).resolve().parent.parent.parent.parent


class Broken(RuntimeError):
    """A child ended or failed; the message says what it said."""


@dataclass
class Order:
    """What one child is to do: a method of `Layout`, its words, and what is done with the answer."""

    do: str
    html: Callable[[], str]
    then: Callable[[dict[str, Any], bytes], None]
    options: dict[str, Any] = field(default_factory=dict)
    #: A certain child, when only that one can do it.
    child: int | None = None


class Crew:
    """`tell(page)` is called whenever a child begins a page; what it raises stops the work."""

    def __init__(self, processes: list[subprocess.Popen], folder: Path, tell: Callable[[int], None]) -> None:
        self.processes, self.folder, self.tell = processes, folder, tell
        self.busy: dict[int, Order] = {}
        self.faces: dict[str, list[int]] = {}  # font → the children that have it open
        self.asked = 0

    def work(self, orders: list[Order]) -> None:
        """All of them, the first ones first. Raises MissingGlyph, Broken and what `tell` raises."""
        waiting = list(orders)
        while waiting or self.busy:
            self._give(waiting)
            self._listen()

    def _give(self, waiting: list[Order]) -> None:
        for child in range(len(self.processes)):
            order = next((each for each in waiting if each.child in (None, child)), None)
            if child not in self.busy and order is not None:
                waiting.remove(order)
                self.busy[child] = order
                self._send(child, {"do": order.do, **order.options}, order.html().encode())

    def _send(self, child: int, head: dict[str, Any], body: bytes) -> None:
        try:
            wire.send(self.processes[child].stdin, head, body)
        except OSError as error:
            raise Broken(f"child {child} is gone") from error

    def _listen(self) -> None:
        pipes = {self.processes[child].stdout: child for child in self.busy}
        ready, _, _ = select.select(list(pipes), [], [], PATIENCE)
        if not ready:
            self.tell(0)
        for pipe in ready:
            self._heard(pipes[pipe], wire.receive(pipe))

    def _heard(self, child: int, message: tuple[dict[str, Any], bytes] | None) -> None:
        if message is None:
            raise Broken(f"child {child} ended with {self.processes[child].wait()}")
        head, body = message
        if "page" in head:
            self.tell(head["page"])
            return
        answer, order = head["done"], self.busy.pop(child)
        if "missing" in answer:
            raise MissingGlyph(answer["missing"])
        if "failed" in answer:
            raise Broken(answer["failed"])
        for face in answer.get("fonts", ()):
            known = self.faces.setdefault(face, [])
            if child not in known:
                known.append(child)
        order.then(answer, body)

    def knows(self, face: str) -> int:
        """A child that has the font; in turns, so that the work is shared."""
        self.asked += 1
        known = self.faces[face]
        return known[self.asked % len(known)]


@contextmanager
def crew(count: int, tell: Callable[[int], None]) -> Iterator[Crew]:
    """`count` children and a folder they read from; both are gone afterwards, whatever happened."""
    folder = Path(tempfile.mkdtemp(prefix=FOLDER))
    processes: list[subprocess.Popen] = []
    try:
        processes += [_started() for _ in range(count)]
        for process in processes:
            wire.send(process.stdin, {"folder": str(folder), "settings": _settings()})
        yield Crew(processes, folder, tell)
    finally:
        for process in processes:
            _end(process)
        shutil.rmtree(folder, ignore_errors=True)


def forget_left() -> int:
    """Removes folders a killed parent left behind more than a day ago; how many."""
    before = time.time() - 24 * 3600
    left = [each for each in Path(tempfile.gettempdir()).glob(f"{FOLDER}*") if each.stat().st_mtime < before]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)


def _started() -> subprocess.Popen:
    command = [sys.executable, "-m", "core.pdf.chapters.press"]
    known = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    environment = {**known, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            bufsize=-1)  # fmt: skip


def _settings() -> dict[str, Any]:
    """All a child needs to know of the portal: where fonts are. No password, no database."""
    folders = [str(folder) for folder in settings.FONT_DIRS]
    return {"FONT_DIRS": folders, "VAR": str(getattr(settings, "VAR", tempfile.gettempdir()))}


def _end(process: subprocess.Popen) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        try:
            pipe.close()
        except OSError:  # what was still to be sent is of no interest any more
            continue
