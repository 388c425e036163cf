"""Prints the one-time address where a real office is set up."""

from __future__ import annotations

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from core.errors import DomainError
from organisation.services import issue_token
from organisation.services.first_run import VALID_HOURS


class Command(BaseCommand):
    help = "Prints a one-time address for the first-run page (only while there is no office)."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            token = issue_token()
        except DomainError as error:
            raise CommandError(error.message) from error
        address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}{reverse('first_run', args=[token])}"
        self.stdout.write("\n    Set up the office here, once   请在浏览器打开以下地址完成首次设置（只能用一次）：")
        self.stdout.write(f"    {address}")
        self.stdout.write(f"    Valid for {VALID_HOURS} hours   {VALID_HOURS} 小时内有效\n")
