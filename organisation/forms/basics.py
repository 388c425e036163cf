"""Offices, terms, sessions, named lists, code lists, rules."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.db.models import QuerySet

from core.clock import today
from organisation.forms.fields import day, laid_out, phone, text
from organisation.lists import RuleName
from organisation.models import Code, NamedPart, Office, Session, Term
from organisation.parts import PartKind

COMMITTEE_KIND = Office.Kind.COUNTY


class OfficeForm(forms.Form):
    """`parents` is None when an existing office is edited: offices do not move."""

    parent = forms.ModelChoiceField(label="上级机构", queryset=Office.objects.none(), empty_label=None)
    name = text("全称", 80, help_text="印在文件上的名称，例如“青川县清溪镇政协委员联络处”。")
    short_name = text("简称", 20, help_text="列表中使用，例如“清溪镇联络处”。")
    kind = forms.ChoiceField(label="类型", choices=Office.Kind.choices)
    phone = phone("办公电话")
    address = text("地址", 120, required=False)

    def __init__(
        self, *args: Any, parents: QuerySet | None = None, office: Office | None = None, **kwargs: Any
    ) -> None:
        if office is not None:
            kwargs["initial"] = {
                name: getattr(office, name) for name in ("name", "short_name", "kind", "phone", "address")
            }
        super().__init__(*args, **kwargs)
        if parents is None:
            del self.fields["parent"]
        else:
            self.fields["parent"].queryset = parents
        top = office is not None and office.parent_id is None
        self.fields["kind"].choices = [each for each in Office.Kind.choices if (each[0] == COMMITTEE_KIND) == top]
        rows = [("short_name", "kind"), ("phone", "address")]
        self.helper = laid_out(*(["parent"] if parents is not None else []), "name", *rows)


class TermForm(forms.Form):
    number = forms.IntegerField(label="第几届", min_value=1, max_value=99)
    name = text("名称", 40, required=False, help_text="不填则自动写为“第十届”的样子。")
    starts = day("起始日期")
    ends = day("截止日期", required=False, help_text="换届前可以不填。")

    def __init__(self, *args: Any, term: Term | None = None, **kwargs: Any) -> None:
        if term is not None:
            kwargs["initial"] = {name: getattr(term, name) for name in ("number", "name", "starts", "ends")}
        super().__init__(*args, **kwargs)
        self.helper = laid_out(("number", "name"), ("starts", "ends"))


class SessionForm(forms.Form):
    number = forms.IntegerField(label="第几次会议", min_value=1, max_value=20)
    name = text("名称", 60, required=False, help_text="不填则自动写为“十届五次会议”的样子。")
    plenary_starts = day("全会开幕日期")
    plenary_ends = day("全会闭幕日期")
    starts = day("本次会议起始日期", help_text="从这一天起的提案计入本次会议，一般是征集提案开始的日期。")
    ends = day("本次会议截止日期", required=False, help_text="下一次会议开始前可以不填，届时自动接上。")

    def __init__(self, *args: Any, session: Session | None = None, **kwargs: Any) -> None:
        if session is not None:
            kwargs["initial"] = {name: getattr(session, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.helper = laid_out(("number", "name"), ("plenary_starts", "plenary_ends"), ("starts", "ends"))


class PartForm(forms.Form):
    """An entry of any of the named lists. `offices` is None when the office is fixed."""

    office = forms.ModelChoiceField(label="机构", queryset=Office.objects.none(), empty_label=None)
    name = text("名称", 60)
    order = forms.IntegerField(label="排序", min_value=0, max_value=9999, help_text="数字小的排在前面。")
    phone = phone()

    def __init__(self, *args: Any, kind: PartKind, offices: QuerySet | None = None, part: NamedPart | None = None,
                 **kwargs: Any) -> None:  # fmt: skip
        if part is not None:
            kwargs["initial"] = {name: getattr(part, name, "") for name in ("name", "order", "phone")}
        super().__init__(*args, **kwargs)
        if offices is None:
            del self.fields["office"]
        else:
            self.fields["office"].queryset = offices
        if not kind.has_phone:
            del self.fields["phone"]
        self.helper = laid_out(*(name for name in ("office", "name", "phone", "order") if name in self.fields))

    @property
    def values(self) -> dict[str, Any]:
        """What is written on the entry."""
        return {name: value for name, value in self.cleaned_data.items() if name != "office"}


class NewCodeForm(forms.Form):
    kind = forms.ChoiceField(label="码表")
    label = text("名称", 80)
    code = text("代码", 40, required=False, help_text="不填自动编号。答复类别等以字母区分的，填写字母。")
    starts = day("启用日期")

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], kind: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"starts": today(), "kind": kind})
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds
        self.helper = laid_out("kind", ("label", "code"), "starts")


class CodeForm(forms.Form):
    label = text("名称", 80, help_text="只改错别字；意思变了请停用这一项，另建一项。")
    order = forms.IntegerField(label="排序", min_value=0, max_value=9999)
    ends = day("最后使用日期", required=False, help_text="过了这一天就不能再选用，已有的记录不变。清空则继续使用。")

    def __init__(self, *args: Any, code: Code, **kwargs: Any) -> None:
        kwargs["initial"] = {"label": code.label, "order": code.order, "ends": code.ends}
        super().__init__(*args, **kwargs)
        self.helper = laid_out("label", ("order", "ends"))


class JSONText(forms.CharField):
    """A list or table as JSON, readable Chinese, checked."""

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)

    def to_python(self, value: Any) -> Any:
        try:
            return json.loads(super().to_python(value))
        except ValueError:
            raise forms.ValidationError("格式不对，请对照原来的写法检查引号、逗号和括号。") from None


def value_field(label: str, sample: Any) -> forms.Field:
    """A field for values of the same type as the one shipped."""
    if isinstance(sample, bool):
        choices = [("true", "是"), ("false", "否")]
        return forms.TypedChoiceField(label=label, choices=choices, coerce=lambda typed: typed == "true")
    if isinstance(sample, int):
        return forms.IntegerField(label=label)
    if isinstance(sample, float):
        return forms.FloatField(label=label)
    if isinstance(sample, str):
        return forms.CharField(label=label, max_length=500)
    return JSONText(label=label, widget=forms.Textarea(attrs={"rows": 8}))


def is_table(sample: Any) -> bool:
    """A table of plain values gets one field per row, so that nobody has to type brackets."""
    return isinstance(sample, dict) and all(isinstance(each, int | float | str) for each in sample.values())


class RuleForm(forms.Form):
    """The next value of a rule; `values` gives what the service takes."""

    office = forms.ModelChoiceField(
        label="适用机构", queryset=Office.objects.none(), empty_label=None, help_text="对这个机构和它的下级有效。"
    )
    starts = day("生效日期", help_text="从这一天起按新的取值，之前的记录仍按原来的。")
    note = text("依据", 200, help_text="文件名称、会议或领导批示，便于日后查对。")

    def __init__(self, *args: Any, sample: Any, name: RuleName, offices: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {f"value_{key}": key for key in sample} if is_table(sample) else {}
        rows = [(field, name.parts.get(key, key), sample[key]) for field, key in self.parts.items()]
        for field, label, value in rows or [("value", "取值", sample)]:
            self.fields[field] = value_field(f"{label}（{name.unit}）" if name.unit else label, value)
            self.initial[field] = str(value).lower() if isinstance(value, bool) else value
        self.fields["office"].queryset = offices
        self.initial["starts"] = today()
        self.helper = laid_out(tuple(self.parts) or "value", ("office", "starts"), "note")

    @property
    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        value = {key: data[field] for field, key in self.parts.items()} if self.parts else data["value"]
        return {"value": value, **{name: data[name] for name in ("office", "starts", "note")}}
