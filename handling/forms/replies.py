"""A reply as a grid: the letter above, a row for each point; and the forms of its steps."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Div, Field, Layout, Row
from django import forms

from core.clock import today
from core.fields import FilesField
from core.files import MATERIAL
from core.moments import day_field
from core.prose import ProseField
from core.writing import CHOOSE
from handling.defaults import REPLY_CATEGORY
from handling.enums import ItemKind
from handling.models import Reply, ReplyItem
from handling.reply_rules import late, wrong
from handling.services.replies import Item
from organisation.forms.fields import laid_out, phone
from organisation.selectors import offered
from plans.grids import Grid, lineage_field, place_field, seen_field

ACCEPT = ",".join(f".{extension}" for extension in MATERIAL.extensions)
BODY_HELP = "从称呼写起，可以从 Word 粘贴，段落会保留。逐条事项写在下面，不用在正文里重复。"
FILES_HELP = "盖章的扫描件、图表、照片，每个不超过 20 MB，可以一次选几个。也可以等签发时再传。"


class HeadForm(forms.Form):
    """The letter without its points. `submitting`: 送核稿 asks for what a saved draft may still lack."""

    category = forms.ChoiceField(label="答复类别", required=False, widget=forms.RadioSelect)
    body = ProseField(label="正文", rows=14, required=False, help_text=BODY_HELP)
    doc_no = forms.CharField(label="发文字号", max_length=60, required=False, help_text="还没有编号可以等签发时填。")
    contact_name = forms.CharField(label="联系人", max_length=40, required=False)
    contact_phone = phone()
    uploads = FilesField("个文件", ACCEPT, label="附件", required=False, help_text=FILES_HELP)
    drop_files = forms.MultipleChoiceField(
        label="删除已有的附件", required=False, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip

    def __init__(self, *args: Any, reply: Reply, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office = reply.assignment.proposal.office
        self.fields["category"].choices = offered(REPLY_CATEGORY, office, reply.category)
        kept = [(str(row.pk), str(row)) for row in reply.files.select_related("file")] if reply.pk else []
        self.fields["drop_files"].choices = kept
        shown = ["body", Div("doc_no", "contact_name", "contact_phone", css_class="field-grid"), "uploads"]
        if reply.is_opinion:
            del self.fields["category"]
        else:
            shown.insert(0, Field("category", wrapper_class="one-per-line"))
        if kept:
            shown.append("drop_files")
        else:
            del self.fields["drop_files"]
        self.helper = FormHelper()
        self.helper.layout = Layout(*shown)


class ItemForm(forms.Form):
    """One point."""

    lineage = lineage_field()
    seen = seen_field()
    place = place_field()
    kind = forms.ChoiceField(label="情况", choices=[CHOOSE, *ItemKind.choices], required=False)
    text = forms.CharField(label="事项", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    promised_on = day_field("计划落实日期", required=False, help_text="计划落实的才填。")
    reason = forms.CharField(
        label="未采纳的理由", required=False, help_text="未采纳的才填。", widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        sizes = {"place": "col-4 col-lg-1", "kind": "col-8 col-lg-3", "text": "col-12 col-lg-8",
                 "promised_on": "col-12 col-lg-4", "reason": "col-12 col-lg-12"}  # fmt: skip
        rows = Row(*(Column(name, css_class=size) for name, size in sizes.items()))
        self.helper.layout = Layout(Div(rows, css_class="row-fields"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        filled = any(cleaned.get(name) for name in ("kind", "text", "promised_on", "reason"))
        if filled and not cleaned.get("kind"):
            self.add_error("kind", "请选择这一条的情况。")
        elif filled:
            item = as_item(cleaned)
            for sentence in [*wrong(item), *late(item)]:
                self.add_error(FIELD_OF.get(cleaned["kind"], "text") if cleaned.get("text") else "text", sentence)
        return cleaned


#: Where what a kind asks for is typed.
FIELD_OF = {ItemKind.PROMISED: "promised_on", ItemKind.NOT_ADOPTED: "reason"}


def as_item(values: Mapping[str, Any], pk: int | None = None) -> Item:
    return Item(values.get("kind", ""), (values.get("text") or "").strip(), values.get("promised_on"),
                (values.get("reason") or "").strip(), pk)  # fmt: skip


class ReplyGrid(Grid):
    """The page on which a reply is written. `plan` of the grid is the reply, which may not be saved yet."""

    row_form, prefix, row_label, add_label, blank_at_first = ItemForm, "items", "事项", "再加一条", 3

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        self.uploads = files
        super().__init__(data, files, **kwargs)
        self.is_multipart = True

    def make_head(self, data: Any) -> forms.Form:
        reply: Reply = self.plan
        names = ("category", "body", "doc_no", "contact_name", "contact_phone")
        return HeadForm(data, self.uploads, reply=reply, initial={name: getattr(reply, name) for name in names})

    def parts(self, plan: Reply) -> Sequence[ReplyItem]:
        """The points, each with a lineage made of its number."""
        rows = list(plan.items.all()) if plan.pk else []
        for row in rows:
            row.lineage = uuid.UUID(int=row.pk)
        return rows

    def initial_of(self, part: ReplyItem) -> dict[str, Any]:
        return {"lineage": part.lineage, "place": part.order, "kind": part.kind, "text": part.text,
                "promised_on": part.promised_on, "reason": part.reason}  # fmt: skip

    def values(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        return {name: cleaned.get(name) for name in ("kind", "text", "promised_on", "reason")}

    def items(self) -> list[Item]:
        """The points in the order their numbers ask for; one without a number comes last."""
        kept = [row for row in self.given() if not row.delete and row.values.get("kind")]
        kept.sort(key=lambda row: row.place or 1000)
        return [as_item(row.values, row.lineage.int if row.lineage else None) for row in kept]

    @property
    def text(self) -> dict[str, str]:
        data = self.head.cleaned_data
        return {name: data[name] for name in ("category", "body", "doc_no", "contact_name", "contact_phone")
                if name in data}  # fmt: skip

    @property
    def dropped(self) -> list[int]:
        return [int(pk) for pk in self.head.cleaned_data.get("drop_files", [])]


# --- steps ---
class CheckForm(forms.Form):
    name = forms.CharField(label="核稿人", max_length=40, help_text="办公室等核稿的同志的姓名。")


class SignForm(forms.Form):
    signatory = forms.CharField(label="签发人", max_length=40, help_text="单位主要负责同志的姓名。")
    signed_on = day_field("签发日期")
    doc_no = forms.CharField(label="发文字号", max_length=60, required=False)
    scan = forms.FileField(
        label="盖章的扫描件", required=False, widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text="pdf 或照片，可以不传。",
    )  # fmt: skip

    def __init__(self, *args: Any, reply: Reply, **kwargs: Any) -> None:
        kwargs["initial"] = {"signed_on": today(), "doc_no": reply.doc_no, "signatory": reply.signatory}
        super().__init__(*args, **kwargs)
        self.helper = laid_out(("signatory", "signed_on"), "doc_no", "scan")
