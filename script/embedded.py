"""Runs a command with a database and a broker at hand: `python script/embedded.py run -- COMMAND…`.

Starts the embedded PostgreSQL unless DATABASE_URL is set and the embedded Valkey unless REDIS_URL is
set, exports both addresses and SECRET_KEY, runs the command, passes signals on and ends with its exit
status. Several such commands may run at once on one state folder: each holds a shared lock, and whoever
leaves last stops the servers. Servers that outlived a kill -9 are taken over by the next command.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path

from servers import place, postgres, valkey

FORWARDED = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT}
AWAITED = FORWARDED | {signal.SIGCHLD}
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)
SERVERS = {"DATABASE_URL": postgres, "REDIS_URL": valkey}


def main(arguments: list[str]) -> int:
    if arguments[:2] != ["run", "--"] or len(arguments) < 3:
        print("usage: embedded.py run -- COMMAND…", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        var = place.var_folder()
        place.prepare(var)
        with services(var) as lock:
            return run_child(arguments[2:], lock)
    except place.StartError as error:
        print(f"error: {error}", file=sys.stderr)
        return 4
    except KeyboardInterrupt:
        return 130


@contextmanager
def services(var: Path):
    """The servers up and their addresses in the environment; yields the lock that keeps them up."""
    os.environ.setdefault("LIAISON_FONTS", str(place.ROOT / "var" / "fonts"))
    os.environ["LIAISON_VAR"] = str(var)
    os.environ.setdefault("SECRET_KEY", place.secret(var, "secret-key"))
    with (var / "run" / "services.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        with ExitStack() as exits:
            exits.callback(stop_if_last, var, lock, start_missing(var))
            yield lock


def start_missing(var: Path) -> list:
    """Start what the environment does not name yet, one process at a time; return what was needed."""
    needed = {name: server for name, server in SERVERS.items() if not os.environ.get(name)}
    with (var / "run" / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for name, server in needed.items():
            os.environ[name] = server.ensure(var)
    return list(needed.values())


def stop_if_last(var: Path, lock, servers: list) -> None:
    """Stop the servers unless another command still uses them.

    The lock is given up before it is asked for exclusively, so that of two commands leaving at the
    same moment the later one is sure to get it.
    """
    fcntl.flock(lock, fcntl.LOCK_UN)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    for server in servers:
        server.stop(var)


def run_child(command: list[str], lock) -> int:
    """Run the command to its end and return its exit status, as a shell would tell it.

    From here on signals are blocked and waited for, so a second Ctrl-C cannot interrupt the servers'
    shutdown. The child inherits the lock: should we be killed, the servers stay until it has ended.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, AWAITED)
    try:
        child = subprocess.Popen(command, pass_fds=[lock.fileno()], preexec_fn=_in_child)
    except OSError as error:
        print(f"error: {command[0]}: {error.strerror}", file=sys.stderr)
        return 127
    while child.poll() is None:
        info = signal.sigwaitinfo(AWAITED)
        if info.si_signo in FORWARDED and not _from_terminal(info):
            child.send_signal(info.si_signo)
    return child.returncode if child.returncode >= 0 else 128 - child.returncode


def _in_child() -> None:
    """Get SIGTERM should the parent be killed, and do not inherit its blocked signals."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, AWAITED)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _from_terminal(info) -> bool:
    """Ctrl-C reaches the child from the terminal itself; only what `kill` sends is passed on."""
    return info.si_code > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
