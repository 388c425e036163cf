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
from reports.documents import documents
from reports.services import printed


class Command(BaseCommand):
    help = "Renders a document as PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("document", choices=documents.keys())
        parser.add_argument("--out", required=True, type=Path, help="the PDF to write")
        parser.add_argument("--office", help="office code (default: the office of the newest plan in force)")
        parser.add_argument("--year", type=int, help="default: the office's newest plan in force")

    def handle(self, *args: Any, **options: Any) -> None:
        office, year = self.chosen(options["office"], options["year"])
        try:
            _, result = printed(options["document"], office, year, as_of=timezone.now())
        except DomainError as error:
            raise CommandError(error.message) from error
        options["out"].write_bytes(result.data)
        self.stdout.write(f"{options['out']}: {result.pages} pages, {len(result.data)} bytes")

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
