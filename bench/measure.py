"""Asks a real server for pages over HTTP on the loopback and keeps the times."""

from __future__ import annotations

import http.client
import math
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.counting import HEADER
from bench.pages import Measured

WARM_UP, AT_ONCE, PATIENCE = 4, 4, 60  # requests, requests, seconds
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Times:
    """Of one page: milliseconds one request at a time, requests per second with AT_ONCE at a time."""

    page: Measured
    p50: float
    p95: float
    per_second: float
    statements: int
    kilobytes: float


@contextmanager
def server(workers: int) -> Iterator[int]:
    """gunicorn as `script/server` starts it, with the benchmark's settings; gives its port."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "liaison.wsgi", "--preload", "--bind", f"127.0.0.1:{port}",
               "--workers", str(workers), "--timeout", "60", "--log-level", "warning"]  # fmt: skip
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int, process: subprocess.Popen) -> None:
    """Raises RuntimeError when the server does not open its port in time."""
    for _ in range(PATIENCE * 5):
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("the web server did not start")


def ask(port: int, page: Measured, cookie: str) -> tuple[float, int, int]:
    """(milliseconds, SQL statements, bytes) of one request. Raises RuntimeError unless the answer is the page."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", page.path, headers={"Cookie": cookie, "Accept-Language": "zh-CN"})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status != 200:
        raise RuntimeError(f"{page.path} as {page.who} answered {response.status}")
    return 1000 * (time.perf_counter() - began), int(response.headers.get(HEADER, 0)), len(body)


def measured(port: int, page: Measured, cookie: str, requests: int) -> Times:
    """Warm-up, `requests` one after the other, then as many again with AT_ONCE at a time."""
    for _ in range(WARM_UP):
        ask(port, page, cookie)
    answers = [ask(port, page, cookie) for _ in range(requests)]
    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda _: ask(port, page, cookie), range(requests)))
    per_second = requests / (time.perf_counter() - began)
    times = sorted(took for took, _, _ in answers)
    return Times(page, share(times, 0.5), share(times, 0.95), per_second, answers[-1][1], answers[-1][2] / 1024)


def share(ordered: Sequence[float], part: float) -> float:
    """The value below which `part` of the ordered values lie (nearest rank)."""
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]
