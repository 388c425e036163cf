"""Reads a plan from a file and prints what was found; nothing is saved."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import DomainError
from plans.reading import Reading, read
from plans.reading.documents import text_in


class Command(BaseCommand):
    help = "Proposes sections, targets and scheduled items of a plan given as .txt or .docx."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            reading = read(text_in(path.read_bytes(), path.name))
        except OSError as error:
            raise CommandError(f"cannot read {path}: {error.strerror}") from None
        except DomainError as error:
            raise CommandError(error.message) from None
        if options["json"]:
            self.stdout.write(json.dumps(reading.as_json(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(summary(reading))


def summary(reading: Reading) -> str:
    """The reading for a person at a terminal."""
    lines = [f"{'  ' * (each.level - 1)}{each.title or '（前言）'}" for each in reading.sections]
    lines += [f"目标：{each.text}" for each in reading.targets]
    lines += [f"安排：{each.month or '—'}月 {each.title}" for each in reading.items]
    lines += [f"未采用：{text}" for text in reading.left_over_texts()] + reading.notes
    return "\n".join(lines)
