"""The form of a social-opinion submission: layout and hints. The rules are in opinions.rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from core.prose import ProseField
from core.writing import CHOOSE, WritingForm
from opinions.services import Text


class OpinionForm(WritingForm):
    """One matter as the member reports it."""

    title = forms.CharField(
        label="标题", max_length=80, help_text="一句话说明什么地方、什么问题。例如：东街路口红绿灯时间太短"
    )
    category = forms.ChoiceField(label="分类")
    situation = ProseField(label="情况反映", help_text="时间、地点、涉及多少人、群众怎么说。一件事一条。")
    suggestions = ProseField(label="意见建议", rows=6, help_text="希望谁来办、怎么办。可以分条写：一、二、三。")
    is_urgent = forms.BooleanField(
        label="急报",
        required=False,
        help_text="只用于突发、紧急的事情；联络处会先看急报。有人身危险请先拨打 110、119 或 120。",
    )

    def __init__(self, *args: Any, categories: Sequence[tuple[str, str]], suggested: Mapping[str, int],
                 **options: Any) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.fields["category"].choices = [CHOOSE, *categories]
        self.suggest(suggested)

    @property
    def text(self) -> Text:
        return Text(**self.cleaned_data)
