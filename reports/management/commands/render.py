"""`script/manage render DOCUMENT --out FILE`: a document from the shell, the same bytes as from the page."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.errors import DomainError
from organisation.models import Office
from plans.models import AnnualPlan
from reports.documents import Composition, documents
from reports.papers import Making, kinds
from reports.printing import FORMATS, PDF, in_format
from reports.services import composed


class Command(BaseCommand):
    help = "Renders a document as PDF, Word or Excel."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("document", choices=[*documents.keys(), *kinds.keys()])
        parser.add_argument("--out", required=True, type=Path, help="the file to write")
        parser.add_argument("--format", choices=FORMATS, help="default: the ending of --out, else pdf")
        parser.add_argument("--office", help="office code (default: the office of the newest plan in force)")
        parser.add_argument("--year", type=int, help="default: the office's newest plan in force")
        parser.add_argument("--record", type=int, help="for a document of one record (default: the newest)")
        parser.add_argument("--part", type=int, default=0, help="which part of the record, such as the proposer")
        parser.add_argument("--site", default="", help="address of the portal, for QR codes")

    def handle(self, *args: Any, **options: Any) -> None:
        form = options["format"] or options["out"].suffix.lstrip(".").lower()
        now = timezone.now()
        try:
            found, author = self.found(options, now)
            data = in_format(form if form in FORMATS else PDF, found, author=author, as_of=now)
        except DomainError as error:
            raise CommandError(error.message) from error
        options["out"].write_bytes(data)
        self.stdout.write(f"{options['out']}: {len(data)} bytes")

    def found(self, options: dict[str, Any], now: Any) -> tuple[Composition, str]:
        """The composed document and whose it is."""
        if options["document"] in kinds:
            found = self.of_record(options, now)
            return found, found.author
        office, year = self.chosen(options["office"], options["year"])
        return composed(options["document"], office, year, now), office.name

    def of_record(self, options: dict[str, Any], now: Any) -> Composition:
        kind = kinds.get(options["document"])
        wanted = (options["record"], options["part"]) if options["record"] else kind.newest()
        record = kind.load(*wanted) if wanted else None
        if record is None:
            raise CommandError(f"没有可以生成“{kind.label}”的记录。")
        return kind.compose(record, Making(now, options["site"]))

    def chosen(self, code: str | None, year: int | None) -> tuple[Office, int]:
        plans = (
            AnnualPlan.objects.in_force()
            .select_related("office")
            .order_by("-year", "office__parent_id", "office__code")
        )
        if code:
            plans = plans.filter(office__code=code)
        newest = plans.first()
        office = Office.objects.filter(code=code).first() if code else getattr(newest, "office", None)
        if office is None:
            raise CommandError(
                f"没有编码为 {code} 的办公室。" if code else "还没有执行中的计划，请先用 --office 指定办公室。"
            )
        return office, year or getattr(newest, "year", timezone.localdate().year)
