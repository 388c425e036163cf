"""The form on which a proposal is written: layout and hints. The rules are in proposals.rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crispy_forms.layout import Div, Field
from django import forms

from core import files
from core.fields import FilesField, SuggestInput
from core.prose import ProseField
from core.writing import CHOOSE, WritingForm
from organisation.forms.fields import laid_out
from proposals.enums import ProposalKind
from proposals.services import Files, Text

ACCEPT = ",".join(f".{extension}" for extension in files.MATERIAL.extensions)
NO_BATCH = ("", "不参加征集")
LOST = "刚才选的附件没有保存，请重新选择。"


@dataclass(frozen=True)
class Offer:
    """What the form lets the member choose from; pairs of value and label."""

    categories: Sequence[tuple[str, str]]
    collective_kinds: Sequence[tuple[str, str]] = ()
    batches: Sequence[tuple[int, str]] = ()
    attachments: Sequence[tuple[int, str]] = ()
    units: Sequence[str] = ()
    limits: str = ""
    suggested: Mapping[str, int] = field(default_factory=dict)


class ProposalForm(WritingForm):
    """One proposal as the member writes it. What there is nothing to choose from is left out."""

    files_lost = False

    kind = forms.ChoiceField(
        label="类别", choices=ProposalKind.choices, initial=ProposalKind.INDIVIDUAL, widget=forms.RadioSelect,
        required=False, help_text="联名人和召集人在下一步选。",
    )  # fmt: skip
    collective_kind = forms.ChoiceField(label="集体类型", required=False)
    collective_name = forms.CharField(
        label="集体名称", max_length=80, required=False, help_text="以谁的名义提出。例如：县政协农业界"
    )
    batch = forms.TypedChoiceField(label="征集", required=False, coerce=int, empty_value=None,
                                   help_text="以服务器时间为准，过了截止时间不能再提交到这次征集。")  # fmt: skip
    subject = forms.CharField(
        label="案由", max_length=80, help_text="一句话说明要办什么事。例如：关于加装河堤护栏的提案"
    )
    category = forms.ChoiceField(label="分类")
    background = ProseField(label="情况", help_text="什么地方、什么时候、什么问题，影响多少人。有数字更有说服力。")
    analysis = ProseField(label="分析", rows=6, help_text="问题为什么会出现，现在的办法为什么不够。")
    suggestions = ProseField(label="建议", help_text="请谁做什么、做到什么程度。可以分条写：一、二、三。")
    leftover = ProseField(
        label="没有认出的文字", rows=6, required=False,
        help_text="文档里没有归到上面各部分的文字。请移到合适的地方，不需要的请删掉，提交前要清空。",
    )  # fmt: skip
    wished_units = forms.CharField(
        label="建议承办单位", max_length=120, required=False, widget=SuggestInput,
        help_text="例如：县水利局。不清楚可以不填，由办公室确定。",
    )  # fmt: skip
    files = FilesField("个文件", ACCEPT, label="添加附件", required=False)
    drop = forms.TypedMultipleChoiceField(label="已有附件", required=False, coerce=int,
                                          widget=forms.CheckboxSelectMultiple,
                                          help_text="要删除的请勾选，保存时删除。")  # fmt: skip
    may_publish = forms.BooleanField(label="同意公开提案内容", required=False, initial=True)
    unpublish_reason = forms.CharField(label="不同意公开的理由", max_length=200, required=False)

    def __init__(self, *args: Any, offer: Offer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["category"].choices = [CHOOSE, *offer.categories]
        self.fields["collective_kind"].choices = [CHOOSE, *offer.collective_kinds]
        self.fields["batch"].choices = [NO_BATCH, *offer.batches]
        self.fields["drop"].choices = offer.attachments
        self.fields["wished_units"].widget.names = offer.units
        self.fields["files"].help_text = offer.limits
        self.suggest(offer.suggested)
        self.leave_out(offer)
        self.helper = laid_out(*self.rows())

    def add_error(self, field: str | None, error: Any) -> None:
        """A browser does not send chosen files twice: the member is told where they are chosen again."""
        if self.files and not self.files_lost:
            self.files_lost = True
            self["files"].help_text = LOST + self.fields["files"].help_text
        super().add_error(field, error)

    def leave_out(self, offer: Offer) -> None:
        shown = {"batch": offer.batches, "drop": offer.attachments, "leftover": self.has_leftover()}
        for name in [name for name, wanted in shown.items() if not wanted]:
            del self.fields[name]

    def has_leftover(self) -> bool:
        return bool(self.data.get("leftover") or self.initial.get("leftover"))

    def rows(self) -> list[Any]:
        body = Div("collective_kind", "collective_name", css_class="field-grid only-collective")
        rows = [Field("kind"), body, "batch", "subject", "category", "background", "analysis", "suggestions",
                "leftover", "wished_units", "drop", "files", "may_publish",
                Div("unpublish_reason", css_class="only-unpublished")]  # fmt: skip
        return [row for row in rows if not isinstance(row, str) or row in self.fields]

    @property
    def text(self) -> Text:
        given = {name: value for name, value in self.cleaned_data.items() if name in Text.__annotations__}
        given["kind"] = given.get("kind") or ProposalKind.INDIVIDUAL
        return Text(**given, batch_id=self.cleaned_data.get("batch"))

    @property
    def attached(self) -> Files:
        return Files(self.cleaned_data.get("files") or (), self.cleaned_data.get("drop") or ())
