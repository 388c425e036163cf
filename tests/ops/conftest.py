"""Runs the scripts as a person would, each test on a state folder of its own."""

import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# What script/test sets for its own servers and a server started here must not inherit.
ADDRESSES = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "LIAISON_POSTGRES_OPTIONS")


@pytest.fixture
def var():
    """A new state folder; whatever still works in it at the end is killed."""
    with state_folder() as folder:
        yield folder


@contextmanager
def state_folder():
    """Not below pytest's own folder: each pytest run closes that to the account the database runs as."""
    with tempfile.TemporaryDirectory(prefix="liaison-ops-", ignore_cleanup_errors=True) as folder:
        yield Path(folder) / "var"
        kill_servers(Path(folder))


@pytest.fixture
def embedded(var):
    """Start a command under script/embedded.py and return the running process."""

    def start(*command, **extra):
        return run_embedded(var, *command, **extra)

    return start


def run_embedded(var: Path, *command: str, **extra: str) -> subprocess.Popen:
    """The command with the servers of this state folder, in an environment that knows no other."""
    known = {name: value for name, value in os.environ.items() if name not in ADDRESSES}
    line = [sys.executable, ROOT / "script/embedded.py", "run", "--", *command]
    settings = known | {"LIAISON_VAR": str(var)} | extra
    return subprocess.Popen(line, env=settings, stdout=subprocess.PIPE, text=True)


def servers(var: Path) -> list[int]:
    """Processes whose working folder lies in the state folder: both embedded servers and nothing else."""
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*") if _works_in(entry, var)]


def kill_servers(var: Path) -> int:
    """kill -9 both servers, as a power cut would; return how many processes that were."""
    victims = servers(var)
    for pid in victims:
        try:
            os.kill(pid, 9)
        except ProcessLookupError:
            continue
    return len(victims)


def _works_in(entry: Path, var: Path) -> bool:
    try:
        return str(var) in os.readlink(entry / "cwd")
    except OSError:
        return False
