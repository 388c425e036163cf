"""The embedded servers: started on demand, shared, private, and not to be lost by a kill -9."""

import os
import signal
import sys
import time

import psycopg2
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from tests.ops.conftest import kill_servers, run_embedded, servers, state_folder

pytestmark = pytest.mark.slow

COUNT = """
import os, psycopg2, redis
base = psycopg2.connect(os.environ["DATABASE_URL"])
cursor = base.cursor()
cursor.execute("CREATE TABLE IF NOT EXISTS visit (at timestamptz DEFAULT now())")
cursor.execute("INSERT INTO visit DEFAULT VALUES")
cursor.execute("SELECT count(*) FROM visit")
rows = cursor.fetchone()[0]
base.commit()
print(rows, redis.Redis.from_url(os.environ["REDIS_URL"]).incr("visits"))
"""
ADDRESSES = "import os; print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'], flush=True)"
HOLD = ADDRESSES + "; import time; time.sleep(60)"
LOOK = """
SELECT datcollate, pg_encoding_to_char(encoding), rolsuper, rolcreatedb
  FROM pg_database, pg_roles WHERE datname = current_database() AND rolname = current_user
"""


@pytest.fixture
def visit(embedded):
    """Count one visit in both servers: (rows in PostgreSQL, number in Valkey)."""

    def count():
        output, _ = embedded(sys.executable, "-c", COUNT).communicate(timeout=60)
        return output.split()

    return count


@pytest.fixture
def holder(embedded):
    """A command that keeps the servers up, and their addresses."""
    process = embedded(sys.executable, "-c", HOLD)
    yield process, process.stdout.readline().split()
    process.kill()
    process.wait()


@pytest.fixture(scope="module")
def addresses():
    """The addresses of one pair of servers, for the tests that only look."""
    with state_folder() as var:
        process = run_embedded(var, sys.executable, "-c", HOLD)
        yield process.stdout.readline().split()
        process.terminate()
        process.wait(60)


def wait_until_gone(var):
    deadline = time.monotonic() + 30
    while servers(var) and time.monotonic() < deadline:
        time.sleep(0.05)
    return servers(var) == []


def test_data_survives_a_stop_and_a_start(visit, var):
    assert visit() == ["1", "1"]
    assert wait_until_gone(var)
    assert visit() == ["2", "2"]


def test_data_survives_kill_minus_nine_of_everything(visit, holder, var):
    process, _ = holder
    assert visit() == ["1", "1"]
    time.sleep(1.1)  # Valkey promises what is older than one second
    process.kill()
    assert kill_servers(var) >= 2
    assert visit() == ["2", "2"]


def test_a_dead_database_is_started_again_for_the_next_command(visit, holder, var):
    assert visit() == ["1", "1"]
    pid = int((var / "postgres" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    assert visit()[0] == "2"


def test_a_database_too_busy_to_answer_is_waited_for(embedded, holder, var):
    """It must not be taken for dead: a second server on the same data would never start."""
    _, addresses = holder
    pid = int((var / "postgres" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGSTOP)
    command = embedded(sys.executable, "-c", ADDRESSES)
    time.sleep(2)
    os.kill(pid, signal.SIGCONT)
    assert command.communicate(timeout=60)[0].split() == addresses


def test_a_stale_pid_file_with_a_living_number_is_no_obstacle(visit, var):
    visit()
    stale = f"1\n{var}/postgres\n0\n5432\n\n127.0.0.1\n0 0\nready\n"
    (var / "postgres" / "postmaster.pid").write_text(stale)
    assert visit()[0] == "2"


def test_two_commands_share_the_servers_and_the_last_one_stops_them(embedded, holder, var):
    process, addresses = holder
    output, _ = embedded(sys.executable, "-c", ADDRESSES).communicate(timeout=60)
    assert output.split() == addresses
    assert psycopg2.connect(addresses[0])
    process.terminate()
    assert process.wait(20) == 128 + signal.SIGTERM
    assert wait_until_gone(var)


def test_commands_starting_together_start_one_pair_of_servers(embedded):
    started = [embedded(sys.executable, "-c", ADDRESSES) for _ in range(4)]
    outputs = {process.communicate(timeout=60)[0] for process in started}
    assert len(outputs) <= 2  # a second pair only when the first had already gone
    assert all(len(output.split()) == 2 for output in outputs)


def test_servers_listen_on_loopback_and_want_a_password(addresses):
    database, broker = addresses
    assert "@127.0.0.1:" in database and "@127.0.0.1:" in broker
    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(database.replace("liaison:", "liaison:wrong"))
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=int(broker.rsplit(":", 1)[1].split("/")[0]), retry=Retry(NoBackoff(), 0)).ping()


def test_the_broker_never_drops_work(addresses):
    settings = redis.Redis.from_url(addresses[1]).config_get("maxmemory-policy", "appendonly")
    assert settings == {"maxmemory-policy": "noeviction", "appendonly": "yes"}


def test_the_database_speaks_utf8_and_the_portal_is_no_superuser(addresses):
    cursor = psycopg2.connect(addresses[0]).cursor()
    cursor.execute(LOOK)
    assert cursor.fetchone() == ("C.UTF-8", "UTF8", False, True)


def test_secrets_are_kept_and_readable_by_the_owner_only(embedded, var):
    show = "import os; print(os.environ['SECRET_KEY'])"
    keys = {embedded(sys.executable, "-c", show).communicate(timeout=60)[0] for _ in range(2)}
    assert len(keys) == 1 and len(keys.pop().strip()) >= 50
    modes = {path.name: path.stat().st_mode & 0o777 for path in var.glob("*[-]*")}
    assert set(modes) == {"secret-key", "database-password", "postgres-password", "valkey-password"}
    assert set(modes.values()) == {0o600}


def test_given_addresses_are_used_and_nothing_is_started(embedded, var):
    given = {"DATABASE_URL": "postgres://elsewhere/x", "REDIS_URL": "redis://elsewhere"}
    output, _ = embedded(sys.executable, "-c", ADDRESSES, **given).communicate(timeout=60)
    assert output.split() == list(given.values())
    assert not (var / "postgres").exists() and not (var / "valkey").exists()


def test_the_exit_status_is_the_command_s(embedded):
    given = {"DATABASE_URL": "postgres://elsewhere/x", "REDIS_URL": "redis://elsewhere"}
    assert embedded("sh", "-c", "exit 7", **given).wait(20) == 7
    assert embedded("no-such-command", **given).wait(20) == 127
