"""The way from a bare machine: what is missing is named, what is there is not done again."""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from tests.ops.conftest import ROOT

NOBODY = 65534


@pytest.fixture
def anyones_folder():
    """A folder that an account without rights can write to."""
    folder = Path(tempfile.mkdtemp(prefix="liaison-"))
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


def bootstrap(**settings):
    account = settings.pop("account", {})
    line = [ROOT / "script/bootstrap", "--with-tests"]
    return subprocess.run(line, env=os.environ | settings, capture_output=True, text=True, **account)


def test_an_ordinary_user_is_told_exactly_what_to_install(anyones_folder):
    """dpkg-query itself is pointed at an empty package database, so every package counts as missing."""
    account = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    (anyones_folder / "dpkg" / "info").mkdir(parents=True)
    (anyones_folder / "dpkg" / "status").touch()
    folders = {"LIAISON_VAR": f"{anyones_folder}/var", "LIAISON_FONTS": f"{anyones_folder}/fonts"}
    result = bootstrap(DPKG_ADMINDIR=f"{anyones_folder}/dpkg", account=account, **folders)
    assert result.returncode == 3
    assert "apt-get install -y --no-install-recommends" in result.stderr
    assert "请管理员执行" in result.stderr
    for package in ("libpango-1.0-0", "libharfbuzz-subset0", "fonts-noto-cjk", "chromium-headless-shell"):
        assert package in result.stderr


def test_a_second_run_is_quick_and_says_nothing():
    began = time.monotonic()
    result = bootstrap()
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert time.monotonic() - began < 5


def test_the_fonts_of_official_documents_are_there():
    fonts = Path(os.environ.get("LIAISON_FONTS", ROOT / "var" / "fonts"))
    faces = {path.stem for path in (fonts / "fandol").glob("*.otf")}
    assert {"FandolFang-Regular", "FandolKai-Regular", "FandolSong-Regular", "FandolHei-Regular"} <= faces
    assert (fonts / "office").is_dir()
