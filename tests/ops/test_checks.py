"""The closing line of script/test tells the truth and its exit status agrees."""

import subprocess
import sys

import pytest

from tests.ops.conftest import ROOT


@pytest.fixture
def checks(tmp_path):
    """Run script/checks.py on a test file with this text; return (exit status, closing line)."""

    def run(text):
        file = tmp_path / "test_sample.py"
        file.write_text(text)
        settings = ["-p", "no:django", "-c", "/dev/null", "--rootdir", str(tmp_path), str(file)]
        result = subprocess.run([sys.executable, ROOT / "script/checks.py", *settings], capture_output=True, text=True)
        return result.returncode, result.stdout.splitlines()[-1]

    return run


MIXED = """
import pytest
def test_good(): pass
def test_bad(): assert False
@pytest.mark.skip
def test_later(): pass
@pytest.fixture
def broken(): yield; raise RuntimeError
def test_breaks_twice(broken): assert False
"""


def test_failures_and_skips_are_counted_once_each(checks):
    assert checks(MIXED) == (1, "1 passed, 2 failed, 1 skipped")


def test_a_run_that_breaks_off_is_a_failure(checks):
    text = "import os\ndef test_good(): pass\ndef test_dies(): os._exit(3)"
    assert checks(text) == (1, "0 passed, 1 failed, 0 skipped")


def test_no_test_at_all_is_not_a_success(checks):
    assert checks("") == (1, "0 passed, 0 failed, 0 skipped")
