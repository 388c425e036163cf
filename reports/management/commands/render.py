"""`script/manage render DOCUMENT --out FILE`: a document from the shell, the same bytes as from the page.

render --list [--office CODE] [--year Y]      every document with the formats it can be made in
render annual_summary --out summary.pdf       of the demo office, its latest year
render monthly_brief --part m03 --out a.docx  of a part of the year (default: the latest that is over)
render reply_letter --record 5 --out a.pdf    about one record (default: the newest); --part: its proposer
render --manuscript 7 --out a.pdf             a document as it was edited and approved
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.errors import DomainError
from organisation.models import Office
from plans.models import AnnualPlan
from reports.documents import Composition, documents
from reports.manuscripts import files
from reports.models import Manuscript
from reports.papers import Making, kinds
from reports.printing import FORMATS, PDF, in_format
from reports.services import available


class Command(BaseCommand):
    help = "Renders a document as PDF, Word or Excel; --list names all documents."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("document", nargs="?", choices=[*documents.keys(), *kinds.keys()])
        parser.add_argument("--list", action="store_true", help="name every document and the formats it can be made in")
        parser.add_argument("--out", type=Path, help="the file to write")
        parser.add_argument("--format", choices=FORMATS, help="default: the ending of --out, else pdf")
        parser.add_argument("--office", help="office code (default: the office of the newest plan in force)")
        parser.add_argument("--year", type=int, help="default: the office's newest plan in force")
        parser.add_argument("--part", default="", help="of the year, such as m03, or of a record, such as a proposer")
        parser.add_argument("--record", type=int, help="for a document of one record (default: the newest)")
        parser.add_argument("--manuscript", type=int, help="an edited document instead of one made from the records")
        parser.add_argument("--site", default="", help="address of the portal, for QR codes")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        if options["list"]:
            self.stdout.write("\n".join(self.listed(options, now)))
            return
        if options["out"] is None or not (options["document"] or options["manuscript"] is not None):
            raise CommandError("请写明文件（--list 列出全部）和 --out。")
        try:
            found, author, as_of = self.found(options, now)
            data = in_format(self.form(options), found, author=author, as_of=as_of)
        except DomainError as error:
            raise CommandError(error.message) from error
        options["out"].write_bytes(data)
        self.stdout.write(f"{options['out']}: {len(data)} bytes")

    def form(self, options: dict[str, Any]) -> str:
        form = options["format"] or options["out"].suffix.lstrip(".").lower()
        return form if form in FORMATS else PDF

    def found(self, options: dict[str, Any], now: datetime) -> tuple[Composition, str, datetime]:
        """The composed document, whose it is, and from the data as of when."""
        if options["manuscript"] is not None:
            manuscript = (
                Manuscript.objects.select_related("office", "corrects").filter(pk=options["manuscript"]).first()
            )
            if manuscript is None:
                raise CommandError(f"没有编号为 {options['manuscript']} 的文稿。")
            return files.composed(manuscript), manuscript.office.name, manuscript.as_of
        if options["document"] in kinds:
            found = self.of_record(options["document"], options, now)
            return found, found.author, now
        office, year = self.chosen(options["office"], options["year"])
        return self.of_year(options["document"], office, year, options["part"], now), office.name, now

    def of_year(self, key: str, office: Office, year: int, part: str, now: datetime) -> Composition:
        """Raises DomainError, which names the parts there are."""
        kind = documents.get(key)
        part = part or kind.latest_part(year, timezone.localtime(now).date())
        if kind.parts and part not in dict(kind.parts):
            known = "、".join(f"{key}（{label}）" for key, label in kind.parts)
            raise DomainError(f"{kind.label}没有“{part}”这个期间，可以选：{known}。")
        return kind.of(office, year, now, part)

    def of_record(self, key: str, options: dict[str, Any], now: datetime) -> Composition:
        kind = kinds.get(key)
        part = options["part"]
        if part and not part.isdecimal():
            raise CommandError(f"{kind.label}的 --part 是一个编号。")
        wanted = (options["record"], int(part or 0)) if options["record"] else kind.newest()
        record = kind.load(*wanted) if wanted else None
        if record is None:
            raise DomainError(f"没有可以生成“{kind.label}”的记录。")
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

    # --- what there is -----------------------------------------------------------------------------------------------
    def listed(self, options: dict[str, Any], now: datetime) -> Iterator[str]:
        """A line for each document: key, label, formats of the office's year or the newest record, or why there is
        none."""
        office, year = self.chosen(options["office"], options["year"])
        yield f"{office.name}，{year}年："
        for kind in documents:
            part = kind.latest_part(year, timezone.localtime(now).date())
            label = f"{kind.label}（{kind.part_label(part)}）" if part else kind.label
            yield self.line(kind.key, label, lambda key=kind.key: self.of_year(key, office, year, "", now))
        yield "一条记录的文书（最新的一条）："
        plain = {**options, "part": "", "record": None}
        for kind in kinds:
            yield self.line(kind.key, kind.label, lambda key=kind.key: self.of_record(key, plain, now))

    def line(self, key: str, label: str, compose: Any) -> str:
        try:
            formats = "、".join(FORMATS[form] for form in available(compose()))
        except DomainError as error:
            formats = f"（{error.message}）"
        return f"  {key}\t{label}\t{formats}"
