"""Builds the index of similar texts anew: after an import, a restored backup, or changed lists of boiler-plate."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from similar import services
from similar.sources import sources


class Command(BaseCommand):
    help = "Build the index of similar texts anew, in chunks. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kinds", nargs="*", metavar="KIND", help="only these kinds: proposals, opinions")

    def handle(self, *args: Any, kinds: list[str], **options: Any) -> None:
        for kind in kinds:
            sources.get(kind)
        count = services.rebuild(kinds=kinds, tell=self.tell)
        self.stdout.write(f"{count} texts indexed")

    def tell(self, label: str, done: int, total: int) -> None:
        if done == total or done % 2000 == 0:
            self.stdout.write(f"{label}: {done} / {total}")
