"""script/keep-running: a service that dies comes back, a broken one is given up, none is orphaned."""

import os
import signal
import subprocess
import time

import pytest

from tests.ops.conftest import ROOT


@pytest.fixture
def keep_running(tmp_path):
    """Run a shell command as a service that writes its process number into a file at each start."""
    started = []

    def start(command, *options, **settings):
        service = ["sh", "-c", f"echo $$ >>{tmp_path}/pids; {command}"]
        line = [ROOT / "script/keep-running", *options, *service]
        started.append(subprocess.Popen(line, env=os.environ | settings, stdout=subprocess.PIPE, text=True))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def service_pids(tmp_path):
    """The process numbers written so far, once there are this many."""

    def read(count):
        file = tmp_path / "pids"
        wait_for(lambda: file.exists() and len(file.read_text().split()) >= count)
        return [int(pid) for pid in file.read_text().split()]

    return read


def wait_for(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert condition()


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_killed_service_is_started_again(keep_running, service_pids):
    keep_running("exec sleep 60")
    os.kill(service_pids(1)[0], signal.SIGKILL)
    first, second = service_pids(2)
    assert first != second and is_alive(second)


def test_what_a_killed_service_had_started_dies_with_it(keep_running, service_pids, tmp_path):
    keep_running(f"sleep 60 & echo $! >{tmp_path}/child; wait")
    note = tmp_path / "child"
    wait_for(lambda: note.exists() and note.read_text().strip())
    os.kill(service_pids(1)[0], signal.SIGKILL)
    child = int(note.read_text())
    wait_for(lambda: not is_alive(child))


def test_a_stop_ends_the_service_and_is_no_failure(keep_running, service_pids):
    process = keep_running("exec sleep 60")
    (pid,) = service_pids(1)
    process.terminate()
    assert process.wait(30) == 0
    wait_for(lambda: not is_alive(pid))


def test_a_service_that_ignores_the_stop_is_killed(keep_running, service_pids):
    process = keep_running("trap '' TERM; while :; do sleep 0.1; done")
    (pid,) = service_pids(1)
    process.terminate()
    assert process.wait(30) == 0
    wait_for(lambda: not is_alive(pid))


def test_the_service_ends_when_its_supervisor_was_killed(keep_running, service_pids):
    supervisor = subprocess.Popen(["sleep", "60"])
    process = keep_running("exec sleep 60", LIAISON_SUPERVISOR_PID=str(supervisor.pid))
    (pid,) = service_pids(1)
    supervisor.kill()
    supervisor.wait()
    assert process.wait(30) == 0
    wait_for(lambda: not is_alive(pid))


def test_a_broken_service_is_given_up_with_its_status(keep_running, service_pids):
    process = keep_running("exit 3", "--lives", "2")
    assert process.wait(30) == 3
    assert len(service_pids(2)) == 2
