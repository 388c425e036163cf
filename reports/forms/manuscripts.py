"""Forms of manuscripts: beginning one, the editor, choosing photos, approving, correcting."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from accounts.roles import Can
from core.clock import today
from core.pdf.blocks import Heading, Signature
from organisation.models import Office
from organisation.selectors import home_office, offices_for
from reports.documents import Document, documents
from reports.forms.reports import OLDEST
from reports.manuscripts.passages import Passage

KINDS = [("paragraph", "段落"), ("heading", "标题")]
CAPTION = 60


def slot_of(key: str) -> str:
    """A passage's key as part of a field's name: keys hold Chinese words."""
    return hashlib.sha256(key.encode()).hexdigest()[:10]


class StartForm(forms.Form):
    """Which document to write. The button pressed is the document; each with periods has a list of its own."""

    office = forms.ModelChoiceField(label="办公室", queryset=Office.objects.none(), empty_label=None)
    year = forms.IntegerField(label="年度", min_value=OLDEST, max_value=2100)
    document = forms.ChoiceField(label="文件")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="write_%s", **kwargs)
        self.owned = [each for each in documents if each.owned]
        self.fields["office"].queryset = offices_for(user, Can.EDIT_REPORTS)
        self.fields["office"].initial = home_office(user)
        self.fields["year"].initial = today().year
        self.fields["document"].choices = [(each.key, each.label) for each in self.owned]
        for each in self.owned:
            if each.parts:
                self.fields[f"part_{each.key}"] = forms.ChoiceField(
                    label=f"{each.label}的期间", choices=each.parts, required=False, initial=recent(each)
                )

    @property
    def cards(self) -> list[tuple[Document, Any]]:
        """Each document with the field of its period."""
        return [(each, self[f"part_{each.key}"] if each.parts else None) for each in self.owned]

    @property
    def asked(self) -> dict[str, Any]:
        """What the service takes."""
        given = self.cleaned_data
        part = given.get(f"part_{given['document']}", "")
        return {"document": given["document"], "office": given["office"], "year": given["year"], "part": part}


def recent(document: Document) -> str:
    """The last period that is over today, or the first one."""
    over = (today().month - 1) * len(document.parts) // 12
    return document.parts[max(over - 1, 0)][0]


@dataclass(frozen=True)
class Row:
    """One passage of the editor with its fields; None where it has no such field."""

    passage: Passage
    slot: str
    text: Any = None
    hide: Any = None
    add: Any = None
    kind: Any = None

    @property
    def open(self) -> bool:
        """Whether its further fields hold something, and so are shown."""
        return bool(self.add and self.add.value())


class EditorForm(forms.Form):
    """The title and every passage: its words with figures as tokens, whether it is left out, what is added below it."""

    title = forms.CharField(label="标题", max_length=160, error_messages={"required": "请填写标题。"})

    def __init__(self, data: Any = None, *args: Any, passages: Sequence[Passage], **kwargs: Any) -> None:
        self.passages = {slot_of(each.key): each for each in passages}
        super().__init__(completed(data, self.passages), *args, **kwargs)
        for number, (slot, passage) in enumerate(self.passages.items(), 1):
            self.add_passage(slot, passage, number)

    def add_passage(self, slot: str, passage: Passage, number: int) -> None:
        if passage.is_worded:
            self.fields[f"text_{slot}"] = words_field(passage, number)
        if not passage.own and not isinstance(passage.block, Signature):
            self.fields[f"hide_{slot}"] = forms.BooleanField(label="不印这一段", required=False, initial=passage.hidden)
        if not isinstance(passage.block, Signature):
            self.fields[f"add_{slot}"] = forms.CharField(
                label="在下面增加", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 3})
            )
            self.fields[f"kind_{slot}"] = forms.ChoiceField(label="增加的是", choices=KINDS, required=False)

    def rows(self) -> Iterator[Row]:
        for slot, passage in self.passages.items():
            bound = {
                name: self[f"{name}_{slot}"] for name in ("text", "hide", "add", "kind")
                if f"{name}_{slot}" in self.fields
            }  # fmt: skip
            yield Row(passage, slot, **bound)

    @property
    def texts(self) -> dict[str, str]:
        return {
            passage.key: self.cleaned_data[f"text_{slot}"]
            for slot, passage in self.passages.items()
            if f"text_{slot}" in self.fields
        }

    @property
    def hidden(self) -> set[str]:
        return {passage.key for slot, passage in self.passages.items() if self.cleaned_data.get(f"hide_{slot}")}

    @property
    def added(self) -> list[dict[str, str]]:
        """What to add behind which passage."""
        return [
            {"after": passage.key, "text": text, "kind": self.cleaned_data.get(f"kind_{slot}") or "paragraph"}
            for slot, passage in self.passages.items()
            if (text := self.cleaned_data.get(f"add_{slot}", "").strip())
        ]


def completed(data: Any, passages: Mapping[str, Passage]) -> Any:
    """What was sent, and as they are stored the passages the page did not have: added meanwhile in another window or
    by an update from the records. Taken as empty they would be deleted.
    """
    unseen = {slot: each for slot, each in passages.items() if not {f"add_{slot}", f"text_{slot}"} & set(data or ())}
    if data is None or not unseen:
        return data
    given = data.copy()
    for slot, passage in unseen.items():
        if passage.is_worded:
            given[f"text_{slot}"] = passage.current
        if passage.hidden:
            given[f"hide_{slot}"] = "on"
    return given


def words_field(passage: Passage, number: int) -> forms.CharField:
    label = "小标题" if isinstance(passage.block, Heading) else f"第 {number} 段"
    rows = 1 if isinstance(passage.block, Heading) else max(2, len(passage.current) // 40 + 1)
    widget = forms.Textarea(attrs={"rows": rows, "data-words": "heading" if rows == 1 else "paragraph"})
    return forms.CharField(label=label, required=False, strip=False, initial=passage.current, widget=widget)


class PhotoForm(forms.Form):
    """Photos of the period's activities, each with a caption, and behind which passage they stand."""

    after = forms.ChoiceField(label="放在哪一段后面")

    def __init__(self, *args: Any, photos: Sequence[Any], places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.photos = photos
        self.fields["after"].choices = places
        for photo in photos:
            self.fields[f"pick_{photo.pk}"] = forms.BooleanField(label="选用", required=False)
            self.fields[f"caption_{photo.pk}"] = forms.CharField(
                label="照片说明", required=False, max_length=CAPTION, initial=photo.caption or photo.activity.title
            )

    def rows(self) -> Iterator[tuple[Any, Any, Any]]:
        return ((each, self[f"pick_{each.pk}"], self[f"caption_{each.pk}"]) for each in self.photos)

    def clean(self) -> dict[str, Any]:
        if not self.chosen:
            raise forms.ValidationError("请至少选一张照片。")
        return self.cleaned_data

    @property
    def chosen(self) -> list[tuple[str, str]]:
        given = self.cleaned_data
        return [
            (str(each.pk), given.get(f"caption_{each.pk}", "")) for each in self.photos if given.get(f"pick_{each.pk}")
        ]


class ApproveForm(forms.Form):
    """发文字号: the body's word and the number in the year's order (GB/T 9704-2012 7.2.5)."""

    content = forms.CharField(label="签发后固定的内容", disabled=True, required=False)
    doc_word = forms.CharField(
        label="发文机关代字", max_length=20, help_text="如“云政协联”。",
        error_messages={"required": "请填写发文机关代字。"},
    )  # fmt: skip
    doc_number = forms.IntegerField(
        label="发文顺序号", min_value=1, max_value=99_999, help_text="本年度的下一个号，可以改。",
        error_messages={"required": "请填写发文顺序号。", "invalid": "请填写数字。",
                        "min_value": "发文顺序号从 1 开始。", "max_value": "发文顺序号最多五位数字。"},
    )  # fmt: skip
    headed = forms.BooleanField(label="印红色版头（红头）", required=False, help_text="不印版头的，文号印在标题下面。")

    @property
    def asked(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "content"}


class CorrectForm(forms.Form):
    reason = forms.CharField(
        label="更正原因", max_length=300, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="会写进新的一版，看过原文的人都能看到。", error_messages={"required": "请填写更正原因。"},
    )  # fmt: skip
