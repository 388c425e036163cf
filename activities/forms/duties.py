"""Report duties."""

from __future__ import annotations

from typing import Any

from django import forms

from activities.models import Activity, Material, ReportDuty
from core.clock import today
from core.moments import day_field
from organisation.forms.fields import laid_out


class DutyForm(forms.Form):
    addressee = forms.CharField(label="报送对象", max_length=60)
    due_on = day_field("报送期限")
    note = forms.CharField(label="备注", max_length=120, required=False)

    def __init__(self, *args: Any, duty: ReportDuty | None = None, **kwargs: Any) -> None:
        if duty is not None:
            kwargs["initial"] = {name: getattr(duty, name) for name in ("addressee", "due_on", "note")}
        super().__init__(*args, **kwargs)
        self.helper = laid_out(("addressee", "due_on"), "note")


class SendDutyForm(forms.Form):
    sent_on = day_field("报送日期", initial=today)
    material = forms.ModelChoiceField(
        label="报送的材料", queryset=Material.objects.none(), required=False, empty_label="不关联文件",
        help_text="先在“材料”中上传，这里就可以选。",
    )  # fmt: skip

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["material"].queryset = activity.materials.all()
        self.helper = laid_out("sent_on", "material")
