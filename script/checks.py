"""The checks behind `script/test`, in order, and one closing line that counts them.

    checks.py                  linters, import contracts, Django's own checks, then every test
    checks.py --lint           the same without the tests (what pre-commit runs)
    checks.py ARGUMENTS…       only pytest with these arguments

The closing line, `N passed, N failed, N skipped`, counts tests, and each linter as one test. The exit
status is 0 only when nothing failed and something ran.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTHING_COLLECTED = 5
#: The whole suite uses every core up to four; what must stay together is said in tests/conftest.py.
IN_PARALLEL = ["-n", str(min(4, max(2, os.cpu_count() or 2))), "--dist", "loadgroup"]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "liaison.settings.production",
    "ALLOWED_HOSTS": "portal.example.org",
    "CSRF_TRUSTED_ORIGINS": "https://portal.example.org",
}


@dataclass(frozen=True)
class Step:
    """One linter: what it is called, the command, and what it needs in the environment."""

    name: str
    command: str
    environment: dict[str, str] = field(default_factory=dict)


STEPS = [
    Step("code style", "ruff check ."),
    Step("formatting", "ruff format --check ."),
    Step("import contracts", "lint-imports"),
    Step("missing migrations", "python manage.py makemigrations --check --dry-run"),
    Step("production settings", "python manage.py check --deploy --fail-level WARNING", PRODUCTION),
]


@dataclass
class Tally:
    """How many checks came out how."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, other: Tally) -> None:
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    def closing_line(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def main(arguments: list[str]) -> int:
    os.chdir(ROOT)
    tally = Tally()
    if not arguments or arguments == ["--lint"]:
        for step in STEPS:
            tally.add(lint(step))
    if arguments != ["--lint"]:
        tally.add(run_tests(arguments))
    print(tally.closing_line(), flush=True)
    return 0 if tally.passed and not tally.failed else 1


def lint(step: Step) -> Tally:
    """Run one linter; its output is shown only when it fails."""
    began = time.monotonic()
    environment = os.environ | step.environment
    result = subprocess.run(step.command.split(), env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    verdict = "FAILED" if result.returncode else "ok"
    print(f"· {step.name}: {verdict} ({time.monotonic() - began:.1f} s)", flush=True)
    if result.returncode:
        print(result.stdout.decode(errors="replace"), flush=True)
    return Tally(failed=1) if result.returncode else Tally(passed=1)


def run_tests(arguments: list[str]) -> Tally:
    """Run pytest and count from its own report; a run that breaks off counts as one more failure."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *(arguments or IN_PARALLEL)]
        status = subprocess.run(command).returncode
        tally = read_report(report)
    if status not in (0, NOTHING_COLLECTED) and not tally.failed:
        tally.failed += 1
    return tally


def read_report(report: Path) -> Tally:
    """Count the tests of a JUnit file.

    A test that fails and whose teardown breaks too stands there twice; the worse outcome counts, once.
    """
    worst: dict[tuple, str] = {}
    cases = ElementTree.parse(report).iter("testcase") if report.exists() else ()
    for case in cases:
        name = (case.get("classname"), case.get("name"))
        worst[name] = min(worst.get(name, "skipped"), outcome(case))
    outcomes = list(worst.values())
    return Tally(*(outcomes.count(kind) for kind in ("passed", "failed", "skipped")))


def outcome(case: ElementTree.Element) -> str:
    """How one test case of a JUnit file came out; of two of these words the worse sorts first."""
    marks = {child.tag for child in case}
    if marks & {"failure", "error"}:
        return "failed"
    return "skipped" if "skipped" in marks else "passed"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
