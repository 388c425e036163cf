"""A proposal as a Word document."""

from __future__ import annotations

from django import forms

from proposals.reading import DOCUMENT


class WordForm(forms.Form):
    file = forms.FileField(
        label="Word 文档", help_text="docx 或 txt，不超过 5 MB。",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{each}" for each in DOCUMENT.extensions)}),
        error_messages={"required": "请先选择文件。"},
    )  # fmt: skip
