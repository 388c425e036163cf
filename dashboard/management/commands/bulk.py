"""manage.py bulk --scale 1: a large county for measurements, in offices of its own."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dashboard.demo import bulk, offices
from organisation.models import Office


class Command(BaseCommand):
    help = "规模测试数据：1 倍为 2000 名委员、20000 件提案、10000 次活动、200000 条出席记录，放在单独的县里。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scale", type=float, default=1.0, help="倍数，例如 0.1")
        parser.add_argument("--yes", action="store_true", help="数据库里有真实数据也照样装入")

    def handle(self, *args: Any, scale: float, yes: bool, **options: Any) -> None:
        if not 0 < scale <= 100:
            raise CommandError("倍数应大于 0，不超过 100。")
        if bulk.present():
            self.stdout.write("规模测试数据已经有了，没有改动。")
            return
        if has_real_offices() and not yes:
            raise CommandError("数据库里有真实数据。确实要装入规模测试数据时，请加上 --yes。")
        began = time.monotonic()
        bulk.build(scale, lambda line: self.stdout.write(f"  {line}"))
        self.stdout.write(f"规模测试数据已装入，用时 {time.monotonic() - began:.0f} 秒。")


def has_real_offices() -> bool:
    """Offices that are neither of the demo nor of an earlier bulk load."""
    demo = offices.present()
    mine = {demo.pk} if demo else set()
    return any(
        not bulk.is_bulk(office) and office.pk not in mine and office.parent_id not in mine
        for office in Office.objects.all()
    )
