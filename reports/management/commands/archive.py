"""`script/manage archive --office CODE --year Y --out FILE`: the package of a year from the shell."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.errors import DomainError
from organisation.models import Office
from reports.archive import services


class Command(BaseCommand):
    help = "Packs all documents of an office and a year, with index and checksums."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", required=True, type=Path, help="the zip file to write")
        parser.add_argument("--office", required=True, help="office code")
        parser.add_argument("--year", type=int, default=timezone.localdate().year)
        parser.add_argument("--with-activities", action="store_true", help="materials and photos of activities too")

    def handle(self, *args: Any, **options: Any) -> None:
        office = Office.objects.filter(code=options["office"]).first()
        if office is None:
            raise CommandError(f"没有编码为 {options['office']} 的办公室。")
        draft = options["out"].with_name(f"{options['out'].name}.part")
        try:
            with draft.open("wb") as out:
                count = services.write(
                    out, office=office, year=options["year"], with_activities=options["with_activities"],
                    progress=lambda *told: None,
                )  # fmt: skip
            draft.replace(options["out"])
        except DomainError as error:
            raise CommandError(error.message) from error
        finally:
            draft.unlink(missing_ok=True)
        self.stdout.write(f"{options['out']}：共 {count} 个文件，{options['out'].stat().st_size} 字节")
