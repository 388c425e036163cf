"""Where the embedded servers keep their state, the account they run as, their ports and their secrets."""

from __future__ import annotations

import os
import pwd
import secrets
import socket
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SYSTEM_ACCOUNT = "liaison-db"


class StartError(Exception):
    """The servers cannot run; the message is for the person at the terminal."""


def var_folder() -> Path:
    """The state folder: $LIAISON_VAR, relative to the repository, `var` when unset."""
    return (ROOT / os.environ.get("LIAISON_VAR", "var")).resolve()


def prepare(var: Path) -> None:
    """Create the state folder and its `run` folder, or say plainly why that is impossible."""
    try:
        (var / "run").mkdir(parents=True, exist_ok=True)
    except PermissionError:
        raise not_ours(var) from None
    if not os.access(var / "run", os.W_OK):
        raise not_ours(var)


def not_ours(folder: Path) -> StartError:
    """The error for a state folder that another account made."""
    owner = folder.owner() if folder.exists() else folder.parent.owner()
    me = pwd.getpwuid(os.geteuid()).pw_name
    return StartError(
        f"{folder} belongs to {owner}; run as {owner}, or: chown -R {me} {folder}\n"
        f"{folder} 属于用户 {owner}，请用该用户运行，或先执行上面的 chown 命令。"
    )


def secret(var: Path, name: str) -> str:
    """The random secret kept in `var/NAME` (mode 600), made once.

    Written to a file of its own first and linked into place, so that of two processes starting at
    the same moment both read the same value.
    """
    path = var / name
    if not path.exists():
        draft = var / f".{name}.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


def saved_port(var: Path, name: str) -> int | None:
    """The port the server `name` was last started on."""
    path = var / "run" / f"{name}.port"
    return int(path.read_text()) if path.exists() else None


def choose_port(var: Path, name: str) -> int:
    """The port used last time when it is free, so that clients can reconnect, else any free one."""
    port = _free_port(saved_port(var, name) or 0) or _free_port(0)
    (var / "run" / f"{name}.port").write_text(str(port))
    return port


def _free_port(wanted: int) -> int | None:
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            return None
        return probe.getsockname()[1]


def account_for(data: Path) -> pwd.struct_passwd | None:
    """The account a server on this data folder runs as; None means the one we are.

    Only root changes account: to the owner of an existing data folder (an ordinary user's that root
    happens to start), else to a system account made for the purpose, because PostgreSQL refuses root.
    """
    if os.geteuid() != 0:
        return None
    owner = data.stat().st_uid if data.exists() else 0
    return pwd.getpwuid(owner) if owner else _system_account()


def _system_account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_ACCOUNT)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_ACCOUNT]
        subprocess.run(command, check=True)
        return pwd.getpwnam(SYSTEM_ACCOUNT)


def run_as(account: pwd.struct_passwd | None) -> dict:
    """Arguments of subprocess that start a program as this account."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def data_folder(data: Path, *programs: Path) -> pwd.struct_passwd | None:
    """Make a server's data folder (mode 700) and return the account it belongs to and runs as."""
    account = account_for(data)
    data.mkdir(mode=0o700, exist_ok=True)
    if account is None:
        if not os.access(data, os.W_OK):
            raise not_ours(data)
        return None
    if data.stat().st_uid != account.pw_uid:
        os.chown(data, account.pw_uid, account.pw_gid)
    for path in (data, *programs):
        _make_reachable(path)
    return account


def _make_reachable(path: Path) -> None:
    """Let other accounts pass through (not list) every folder above `path`."""
    for folder in path.parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)
            note = f"note: other accounts may now pass through {folder} (o+x): the database runs as one"
            print(note, file=sys.stderr)
