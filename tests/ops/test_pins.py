"""What is installed is written down: pinned, with a reason, the same on every machine, from no named host."""

import json
import re

import pytest
import yaml

from tests.ops.conftest import ROOT

REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(\[\w+\])?==(?P<version>[\w.]+) +# \w.{10,}")
FILES = ("requirements.txt", "requirements-dev.txt")


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def requirements(file):
    lines = (ROOT / file).read_text().splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-r"))]


def constraints():
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pairs = (line.split("==") for line in lines if not line.startswith("#"))
    return {normal(name): version for name, version in pairs}


@pytest.mark.parametrize("line", [line for file in FILES for line in requirements(file)])
def test_every_requirement_is_pinned_and_has_a_reason(line):
    assert REQUIREMENT.fullmatch(line)


@pytest.mark.parametrize("file", FILES)
def test_constraints_agree_with_requirements(file):
    known = constraints()
    for line in requirements(file):
        match = REQUIREMENT.match(line)
        assert known[normal(match["name"])] == match["version"]


def test_front_end_packages_are_pinned_and_the_lock_file_agrees():
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    assert {name: lock[f"node_modules/{name}"]["version"] for name in wanted} == wanted


def test_the_lock_file_names_no_host_to_download_from():
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, entry in lock.items() if "resolved" in entry] == []
    assert all("integrity" in entry for name, entry in lock.items() if name)


def test_before_a_commit_the_same_script_runs_as_in_ci():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert [hook["entry"] for repo in hooks for hook in repo["hooks"]] == ["script/test --lint"]
    assert "script/test" in (ROOT / ".ci/run").read_text()
