"""manage.py demo: loads the invented demo office into a database without offices."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.roles import ROLES
from dashboard.demo import build, offices
from dashboard.demo.bulk import is_bulk
from organisation.models import Office


class Command(BaseCommand):
    help = "演示数据：三个办公室、六十名虚构委员、两年的计划和活动、提案、社情民意。每次内容相同，密码随机。"

    def handle(self, *args: Any, **options: Any) -> None:
        if offices.present():
            self.stdout.write("演示数据已经有了，没有改动。")
            return
        if any(not is_bulk(office) for office in Office.objects.all()):
            raise CommandError("数据库里已经有办公室的数据，演示数据只装入空的数据库。")
        setting = build.build()
        path = build.keep_passwords(setting)
        self.stdout.write("演示数据已装入。以下账号只用于演示，首次登录不要求修改密码：")
        for role, username, password in setting.passwords:
            self.stdout.write(f"  {ROLES[role].label}\t{username}\t{password}")
        self.stdout.write(f"账号保存在 {path}")
