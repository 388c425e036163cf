"""script/server as one meets it: started, hurt, killed, started again, stopped."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, suppress

import psutil
import pytest

from tests.ops.conftest import ADDRESSES, ROOT, kill_servers, run_embedded, servers

pytestmark = [pytest.mark.slow, pytest.mark.worker]

REMEMBER = """
import os, psycopg2
base = psycopg2.connect(os.environ["DATABASE_URL"])
cursor = base.cursor()
cursor.execute("CREATE TABLE IF NOT EXISTS remembered ()")
cursor.execute("INSERT INTO remembered DEFAULT VALUES")
base.commit()
cursor.execute("SELECT count(*) FROM remembered")
print(cursor.fetchone()[0])
"""


class Portal:
    """A portal of its own on a free port, with nothing in it."""

    def __init__(self, var):
        self.var = var
        self.log = var.parent / "server.log"
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def start(self):
        settings = {name: value for name, value in os.environ.items() if name not in ADDRESSES}
        settings |= {"LIAISON_VAR": str(self.var), "PORT": str(self.port), "WEB_WORKERS": "1"}
        settings |= {"DJANGO_SETTINGS_MODULE": "liaison.settings.local"}
        with self.log.open("w") as log:
            line = [ROOT / "script/server", "--empty"]
            self.process = subprocess.Popen(line, env=settings, stdout=log, stderr=log)

    def answers(self):
        assert self.process.poll() is None, self.log.read_text()
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=20).status == 200
        except ConnectionError:
            return False
        except urllib.error.URLError as error:
            return not isinstance(error.reason, ConnectionError)

    def processes(self):
        return psutil.Process(self.process.pid).children(recursive=True)

    def worker(self):
        """The main process of the worker for quick jobs, once it is there."""
        mains = [process for process in self.processes() if is_worker(process)]
        return mains[0].pid if mains else None

    def kill_everything(self):
        for process in [*self.processes(), psutil.Process(self.process.pid)]:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        kill_servers(self.var)
        self.process.wait()


def is_worker(process):
    try:
        line = process.cmdline()
        return "worker@%h" in line and "python" in os.path.basename(line[0]) and "keep-running" not in line[1]
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def portal(var):
    it = Portal(var)
    it.start()
    yield it
    if it.process.poll() is None:
        it.kill_everything()


def eventually(condition, seconds=180):
    deadline = time.monotonic() + seconds
    while not (outcome := condition()):
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.1)
    return outcome


def remembered(var):
    output, _ = run_embedded(var, sys.executable, "-c", REMEMBER).communicate(timeout=60)
    return int(output)


def test_a_killed_worker_comes_back_and_killing_everything_loses_nothing(portal):
    eventually(portal.answers)
    assert "http://127.0.0.1" in portal.log.read_text()
    first = eventually(portal.worker)
    os.kill(first, signal.SIGKILL)
    eventually(lambda: portal.worker() not in (None, first))
    assert remembered(portal.var) == 1

    portal.kill_everything()
    portal.start()
    eventually(portal.answers)
    assert remembered(portal.var) == 2

    portal.process.send_signal(signal.SIGINT)
    assert portal.process.wait(30) == 130
    eventually(lambda: servers(portal.var) == [])


def test_a_port_in_use_is_named(var):
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        portal = Portal(var)
        portal.port = taken.getsockname()[1]
        portal.start()
        assert portal.process.wait(60) == 5
    assert f"PORT={8001} script/server" in portal.log.read_text()
