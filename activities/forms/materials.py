"""Uploading and naming materials."""

from __future__ import annotations

from typing import Any

from django import forms

from activities.models import Activity, Material
from activities.type_needs import MATERIAL_KIND
from core import files
from core.fields import FilesField
from organisation.forms.fields import laid_out
from organisation.selectors import offered

ACCEPT = ",".join(f".{extension}" for extension in files.MATERIAL.extensions)
SHARED_HELP = "勾选后，能看到这次活动的委员也可以下载；不勾选，只有办公室能看到。"


class MaterialForm(forms.Form):
    files = FilesField(
        "个文件", ACCEPT, label="选择文件",
        help_text="pdf、docx、xlsx、pptx 或图片，每个不超过 20 MB；同一类别的可以一次选多个。",
    )  # fmt: skip
    kind = forms.ChoiceField(label="类别")
    title = forms.CharField(
        label="标题", max_length=120, required=False, help_text="不填则用文件名；一次选多个时各用自己的文件名。"
    )
    shared = forms.BooleanField(label="委员可以查看", required=False, help_text=SHARED_HELP)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = offered(MATERIAL_KIND, activity.office)
        self.helper = laid_out("files", ("kind", "title"), "shared")


class MaterialEditForm(forms.Form):
    kind = forms.ChoiceField(label="类别")
    title = forms.CharField(label="标题", max_length=120)
    shared = forms.BooleanField(label="委员可以查看", required=False, help_text=SHARED_HELP)

    def __init__(self, *args: Any, material: Material, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(material, name) for name in ("kind", "title", "shared")}
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = offered(MATERIAL_KIND, material.activity.office, material.kind)
        self.helper = laid_out(("kind", "title"), "shared")
