"""Forms of proposals: layout and hints. The rules are in proposals.rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from core.prose import ProseField
from core.writing import CHOOSE, WritingForm
from proposals.services import Text


class ProposalForm(WritingForm):
    """One proposal as the member writes it."""

    subject = forms.CharField(
        label="案由", max_length=80, help_text="一句话说明要办什么事。例如：关于加装河堤护栏的提案"
    )
    category = forms.ChoiceField(label="分类")
    background = ProseField(label="情况", help_text="什么地方、什么时候、什么问题，影响多少人。有数字更有说服力。")
    analysis = ProseField(label="分析", rows=6, help_text="问题为什么会出现，现在的办法为什么不够。")
    suggestions = ProseField(label="建议", help_text="请谁做什么、做到什么程度。可以分条写：一、二、三。")
    wished_units = forms.CharField(
        label="建议承办单位", max_length=120, required=False, help_text="例如：县水利局。不清楚可以不填，由办公室确定。"
    )
    may_publish = forms.BooleanField(label="同意公开提案内容", required=False, initial=True)

    def __init__(self, *args: Any, categories: Sequence[tuple[str, str]], suggested: Mapping[str, int],
                 **options: Any) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.fields["category"].choices = [CHOOSE, *categories]
        self.suggest(suggested)

    @property
    def text(self) -> Text:
        return Text(**self.cleaned_data)
