"""Forms of the review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from core.writing import CHOOSE


class FileForm(forms.Form):
    """立案: the category as the office decides it."""

    category = forms.ChoiceField(label="分类", help_text="提案人选的分类已经填好，不合适请改。",
                                 error_messages={"required": "请选择“分类”。"})  # fmt: skip

    def __init__(self, *args: Any, categories: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["category"].choices = [CHOOSE, *categories]
