"""A type of activity and what it needs."""

from __future__ import annotations

from typing import Any

from django import forms

from activities.enums import TypePart
from activities.evidence import EVIDENCE
from activities.models import ActivityType, TypeNeeds
from activities.services.types import NEEDS, OWN
from core.prose import ProseField
from organisation.forms.fields import laid_out

small = {"required": False, "min_value": 1, "max_value": 1000}


class TypeForm(forms.Form):
    label = forms.CharField(label="名称", max_length=40)
    unit = forms.CharField(label="计量单位", max_length=8, initial="次")
    order = forms.IntegerField(label="排序", min_value=0, max_value=9999, help_text="数字小的排在前面。")
    is_active = forms.BooleanField(
        label="启用", required=False, initial=True, help_text="停用后不能再选，原有记录不变。"
    )
    is_record = forms.BooleanField(
        label="只作登记，不算活动次数", required=False, help_text="例如宣传报道、心得体会：登记内容和作者即可。"
    )
    evidence = forms.MultipleChoiceField(
        label="应有材料", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(each.code, each.label) for each in EVIDENCE.values()],
        help_text="活动页面和列表按此检查材料是否齐全。",
    )  # fmt: skip
    parts = forms.MultipleChoiceField(
        label="另需登记", required=False, widget=forms.CheckboxSelectMultiple, choices=TypePart.choices
    )
    skeleton = ProseField(
        label="活动记录提纲",
        rows=6,
        required=False,
        help_text="开始写活动记录时自动带入，例如议题、发言摘要、领导回应。",
    )
    report_to = forms.CharField(label="活动后报送给", max_length=60, required=False)
    report_days = forms.IntegerField(label="几天内报送", **small)
    invitees_min = forms.IntegerField(label="邀请委员至少（人）", **small)
    invitees_max = forms.IntegerField(label="邀请委员至多（人）", **small)
    notice_days = forms.IntegerField(label="提前几天通知", **small)

    def __init__(self, *args: Any, kind: ActivityType | None = None, needs: TypeNeeds | None = None,
                 **kwargs: Any) -> None:  # fmt: skip
        if kind is not None:
            kwargs["initial"] = {name: getattr(kind, name) for name in OWN} | {
                name: getattr(needs, name) for name in NEEDS
            }
        super().__init__(*args, **kwargs)
        self.helper = laid_out(
            ("label", "unit", "order"), "is_active", "is_record", "evidence", "parts", "skeleton",
            ("report_to", "report_days"), ("invitees_min", "invitees_max", "notice_days"),
        )  # fmt: skip
