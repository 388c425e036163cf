"""Prints one volume of 300 pages three ways and tells time, memory and size of each.

    script/bench volume               three rounds, the best of each
    script/bench volume --rounds 1

In chapters as the portal does it, by the same engine in one piece, and by headless Chromium from the same HTML, fonts
and photos. Photos are scaled before (they are kept), HTML for Chromium is written before; ours renders its templates.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WAYS = {"chapters": "in chapters, {processes} processes", "whole": "in one piece", "chromium": "Chromium"}
CREATED = datetime(2026, 1, 1, tzinfo=UTC)
TITLE, TEMPLATE = "履职资料汇编", "documents/composed.html"
LOOK = 0.25  # seconds between two looks at the processes
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Result:
    """`seconds` by the clock, of ours without the start of Python and Django, which a worker has behind it; `cpu` of
    all processes from their start; `memory` and `size` in MB, memory the most at one moment.
    """

    way: str
    seconds: float
    cpu: float
    memory: float
    size: float
    pages: int


# --- measuring ---------------------------------------------------------------------------------------------------
def measured(way: str, folder: Path, processes: int) -> Result:
    """One run in a process of its own, watched with all its children."""
    out = folder / f"{way}.pdf"
    command = chromium(folder, out) if way == "chromium" else own(way, folder, out, processes)
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=environment(), stderr=subprocess.DEVNULL)
    spent: dict[int, float] = {}
    memory = 0.0
    while process.poll() is None:
        family = descendants(process.pid)
        memory = max(memory, sum(map(megabytes, family)))
        spent.update({pid: seconds for pid in family if (seconds := processor(pid))})
        time.sleep(LOOK)
    seconds = time.perf_counter() - began
    if process.returncode:
        raise RuntimeError(f"{way} ended with {process.returncode}")
    inside = out.with_suffix(".seconds")
    seconds = float(inside.read_text()) if inside.exists() else seconds
    return Result(way, seconds, sum(spent.values()), memory, out.stat().st_size / 1e6, pages_of(out))


def descendants(pid: int) -> list[int]:
    """The process and all below it that still live."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and (facts := stat_of(int(entry.name))):
            parents.setdefault(int(facts[1]), []).append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        found.append(each := waiting.pop())
        waiting += parents.get(each, [])
    return found


def stat_of(pid: int) -> list[str]:
    """The fields behind the name: state, parent, …"""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def processor(pid: int) -> float:
    """Seconds of CPU."""
    facts = stat_of(pid)
    return (int(facts[11]) + int(facts[12])) / TICKS if facts else 0.0


def megabytes(pid: int) -> float:
    """Proportional share of memory: what several processes share is counted once."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    found = re.search(r"^Pss:\s+(\d+) kB", lines, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def pages_of(path: Path) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return len(document)


# --- the three ways ----------------------------------------------------------------------------------------------
def own(way: str, folder: Path, out: Path, processes: int) -> list[str]:
    return [sys.executable, str(ROOT / "bench" / "volume.py"), "--make", way, "--folder", str(folder),
            "--out", str(out), "--processes", str(processes)]  # fmt: skip


def chromium(folder: Path, out: Path) -> list[str]:
    return ["/usr/bin/chromium-headless-shell", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={out}",
            f"file://{folder / 'volume.html'}"]  # fmt: skip


def environment() -> dict[str, str]:
    from core.pdf import fonts

    return {**os.environ, "PYTHONPATH": str(ROOT), "FONTCONFIG_FILE": fonts.configuration_file()}


def make(way: str, folder: Path, out: Path, processes: int) -> None:
    """Prints in this process."""
    from bench.volume_blocks import blocks
    from core import pdf

    pdf.media_resolver = lambda media_id: ((folder / f"{media_id}.jpg").read_bytes(), "image/jpeg")
    context = {"blocks": blocks(), "with_title": False}
    began = time.perf_counter()
    if way == "chapters":
        made = pdf.render_volume(TEMPLATE, context, title=TITLE, created=CREATED, processes=processes)
    else:
        made = pdf.render(TEMPLATE, context, title=TITLE, created=CREATED, tagged=False)
    out.write_bytes(made.data)
    out.with_suffix(".seconds").write_text(f"{time.perf_counter() - began}")


def prepare(folder: Path) -> None:
    """Photos as uploads leave them, scaled once; the HTML with everything beside it for Chromium."""
    from bench.volume_blocks import PHOTOS, blocks, photo
    from core import pdf
    from core.pdf import reading
    from core.pdf.html import document_html

    for number in range(PHOTOS):
        (folder / f"bench-{number}.jpg").write_bytes(photo(f"bench-{number}")[0])
    pdf.media_resolver = lambda media_id: ((folder / f"{media_id}.jpg").read_bytes(), "image/jpeg")

    def beside(link: re.Match[str]) -> str:
        name = re.sub(r"\W+", "-", link[2]) + (".css" if link[2].startswith("static") else ".jpg")
        (folder / name).write_bytes(reading.read(link[2])[0])
        return f'{link[1]}="{name}"'

    html = document_html(TEMPLATE, {"blocks": blocks(), "with_title": False}, TITLE)
    (folder / "volume.html").write_text(re.sub(r'(href|src)="((?:static|media):[^"]+)"', beside, html))


# --- what is printed ---------------------------------------------------------------------------------------------
def best(results: list[Result]) -> list[Result]:
    """Of each way its quickest run, with the most memory any of its runs took."""
    found = []
    for way in WAYS:
        runs = [each for each in results if each.way == way]
        quick = min(runs, key=lambda each: each.seconds)
        found.append(Result(way, quick.seconds, min(each.cpu for each in runs), max(each.memory for each in runs),
                            quick.size, quick.pages))  # fmt: skip
    return found


def table(results: list[Result], processes: int) -> list[str]:
    lines = ["| way | pages | seconds | CPU s | memory MB | file MB |", "|---|---:|---:|---:|---:|---:|"]
    for each in results:
        name = WAYS[each.way].format(processes=processes)
        lines.append(f"| {name} | {each.pages} | {each.seconds:.1f} | {each.cpu:.1f} | {each.memory:.0f} | "
                     f"{each.size:.1f} |")  # fmt: skip
    return lines


def parsed(arguments: list[str]) -> Any:
    parser = argparse.ArgumentParser(prog="script/bench volume", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, choices=range(1, 21), metavar="1..20")
    parser.add_argument("--processes", type=int, default=2, choices=range(1, 9), metavar="1..8")
    parser.add_argument("--make", choices=("chapters", "whole"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    options = parsed(arguments)
    import django

    django.setup()
    if options.make:
        make(options.make, options.folder, options.out, options.processes)
        return 0
    with tempfile.TemporaryDirectory(prefix="liaison-bench-") as name:
        folder = Path(name)
        prepare(folder)
        results = [measured(way, folder, options.processes) for _ in range(options.rounds) for way in WAYS]
    print("\n".join(table(best(results), options.processes)))
    load = os.getloadavg()[1]
    print(f"\n{os.cpu_count()} cores, load of the last five minutes {load:.1f}; single runs:")
    print(json.dumps([(each.way, round(each.seconds, 1), round(each.cpu, 1)) for each in results]))
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    sys.exit(main(sys.argv[1:]))
