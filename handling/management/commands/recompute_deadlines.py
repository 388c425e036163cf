"""manage.py recompute_deadlines: every running deadline anew, after the table of holidays was changed by hand."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from handling.services import clocks


class Command(BaseCommand):
    help = "重新计算所有正在计时的办理期限。节假日安排在页面上修改时会自动重算，不需要运行。"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"已重新计算，{clocks.recompute_running()} 个期限有变化。")
