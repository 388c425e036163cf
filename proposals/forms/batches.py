"""A collection as the office sets it up."""

from __future__ import annotations

from typing import Any

from django import forms

from core.moments import moment_field
from core.prose import ProseField
from organisation.forms.fields import laid_out
from proposals.models import Batch
from proposals.services.batches import FIELDS


class BatchForm(forms.Form):
    name = forms.CharField(label="名称", max_length=80, help_text="例如：十届六次会议提案征集")
    topics = ProseField(label="参考选题", rows=6, required=False, help_text="一行一个。写提案的委员在页面旁边能看到。")
    opens_at = moment_field("开始时间")
    closes_at = moment_field("截止时间")
    grace_minutes = forms.IntegerField(
        label="宽限分钟", min_value=0, max_value=24 * 60, help_text="截止以后这几分钟内仍然接收，不对外公布。"
    )
    in_plenary = forms.BooleanField(label="按会议期间的提案统计", required=False)
    announce = forms.BooleanField(label="保存后通知全体委员", required=False)

    def __init__(self, *args: Any, batch: Batch | None, grace: int, **options: Any) -> None:
        start = {name: getattr(batch, name) for name in FIELDS} if batch else {"grace_minutes": grace}
        super().__init__(*args, initial=start, **options)
        self.helper = laid_out("name", "topics", ("opens_at", "closes_at", "grace_minutes"), "in_plenary", "announce")
