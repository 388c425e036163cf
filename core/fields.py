"""Form fields several apps share: several files at once, a text field that makes suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

MOST_AT_ONCE = 20  # files of one upload: re-encoding a photo takes up to two seconds, a request has sixty


class SuggestInput(forms.TextInput):
    """A text field that offers `names` while typing; what is not among them may be typed too."""

    names: Sequence[str] = ()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        field = super().render(name, value, {**(attrs or {}), "list": f"{name}-names", "autocomplete": "off"}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((each,) for each in self.names))
        return format_html('{}<datalist id="{}-names">{}</datalist>', field, name, options)


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; each is judged by the upload gate, not here. `what` is the word for one with its
    measure word (张照片)."""

    def __init__(self, what: str, accept: str, **options: Any) -> None:
        self.measure, self.what = what[0], what[1:]
        super().__init__(widget=ManyFiles(attrs={"multiple": True, "accept": accept}), **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = [each for each in (data if isinstance(data, list | tuple) else [data]) if each]
        if not given and self.required:
            raise forms.ValidationError(f"请先选择{self.what}。")
        if len(given) > MOST_AT_ONCE:
            chosen, most = (f"{count} {self.measure}" for count in (len(given), MOST_AT_ONCE))
            raise forms.ValidationError(f"一次选了 {chosen}，最多 {most}，请分几次上传。")
        return given
