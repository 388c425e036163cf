"""`script/manage check_archive FILE`: whether a package is complete and what the portal made."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import DomainError
from core.templatetags.ui import cn_date
from reports.archive.checking import check


class Command(BaseCommand):
    help = "Checks a package of a year against its own checksums and those in the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = check(options["file"])
        except OSError as error:
            raise CommandError(f"打不开文件：{options['file']}") from error
        except DomainError as error:
            raise CommandError(error.message) from error
        if found.wrong:
            raise CommandError("\n".join(["归档包与登记的不一致：", *found.wrong]))
        self.stdout.write(f"{found.files} 个文件完整，与平台登记的校验码一致。")
        if made := found.archive:
            self.stdout.write(f"这是{made.office.name} {cn_date(made.created_at)}生成的{made.year}年归档包。")
