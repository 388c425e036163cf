"""The step of a new office that belongs to this app."""

from __future__ import annotations

from django.urls import reverse

from accounts.roles import Can
from members.models import Member
from organisation import setup
from organisation.models import Office
from organisation.selectors import descend


def import_members(root: Office) -> setup.Step:
    there = Member.objects.filter(office_id__in=descend(root.pk)).exists()
    note = "下载模板填好后一次导入，可以反复导入更新。"
    return setup.Step("导入委员", note, "工作人员", reverse("member_import"), there, Can.EDIT_MEMBERS)


def install() -> None:
    setup.extra.register("members", import_members)
