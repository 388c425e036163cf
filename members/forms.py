"""Forms of members' files."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms

from core.importing import narrow, parse_day
from members import rules, selectors
from members.enums import CommitteeLevel, Gender
from members.models import Member
from members.names import tidy
from organisation.models import Office, Term


class TypedDateField(forms.CharField):
    """A date typed in any of the usual ways; quicker than a date picker for days of birth."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "如 1975-3-1")
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value

    def clean(self, value: Any) -> date | None:
        typed = super().clean(value)
        if not typed:
            return None
        found = parse_day(typed)
        if found is None:
            raise forms.ValidationError("看不出是哪一天，请写成 1975-3-1 或 1975年3月1日。")
        return found


class PhoneField(forms.CharField):
    """Digits only: spaces, dashes and full-width digits are put right."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}))
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        digits = "".join(str(int(char)) for char in super().clean(value) if char.isdecimal())
        typed = super().clean(value)
        if typed and not rules.PHONE.fullmatch(digits):
            raise forms.ValidationError(rules.PHONE_SENTENCE)
        return digits


class MemberForm(forms.ModelForm):
    """One member's data. Numbers used twice and broken rules are the service's to refuse."""

    name_pinyin = forms.CharField(
        label="姓名拼音",
        required=False,
        max_length=80,
        help_text="留空自动生成，读错时改正",
    )
    birth_date = TypedDateField(label="出生日期", required=False)
    joined_on = TypedDateField(label="任职日期", required=False, help_text="如 2022-1-10")
    phone = PhoneField(label="手机", required=False, max_length=20)
    party_affiliation = forms.ChoiceField(label="党派", required=False)

    class Meta:
        model = Member
        fields = [
            "term", "member_no", "name", "name_pinyin", "gender", "birth_date", "ethnicity", "party_affiliation",
            "sector", "committee", "group", "level", "is_standing_member", "employer", "phone", "email", "address",
            "joined_on", "note",
        ]  # fmt: skip
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"note": "仅供办公室使用"}

    def __init__(self, *args: Any, office: Office, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["term"].queryset = selectors.terms_of(office)
        self.fields["sector"].queryset = selectors.sectors_of(office)
        self.fields["committee"].queryset = selectors.committees_of(office)
        self.fields["group"].queryset = selectors.groups_of(office)
        self.fields["gender"].choices = [("", "请选择"), *Gender.choices]
        self.fields["level"].choices = CommitteeLevel.choices
        self.keep_own_choices()
        if self.instance.pk:
            del self.fields["term"]
        else:
            self.fields["term"].initial = selectors.current_term(office)
        self.fields["party_affiliation"].choices = self.party_choices(office)
        self.helper = member_layout(new=not self.instance.pk)

    def keep_own_choices(self) -> None:
        """A sector or group that is no longer offered stays selectable for those who are in it."""
        for name in ("sector", "committee", "group"):
            field, held = self.fields[name], getattr(self.instance, f"{name}_id")
            field.empty_label = "未填写"
            if held:
                field.queryset = field.queryset | field.queryset.model.objects.filter(pk=held)

    def party_choices(self, office: Office) -> list[tuple[str, str]]:
        known = selectors.parties(office)
        held = self.instance.party_affiliation
        return [("", "未填写"), *((each, each) for each in [*known, *([held] if held and held not in known else [])])]

    def clean_member_no(self) -> str:
        return narrow(self.cleaned_data["member_no"])

    def clean_name(self) -> str:
        return tidy(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for name, sentence in rules.problems(values):
            if name in self.fields and name not in self.errors:
                self.add_error(name, sentence)
        return values

    def validate_unique(self) -> None:
        """The service says it in a better sentence."""

    def validate_constraints(self) -> None:
        """The service says it in a better sentence."""


def member_layout(*, new: bool) -> FormHelper:
    """Fields with a help line stand in one row, so that the boxes of every row are level."""
    helper = FormHelper()
    term = ["term"] if new else []
    helper.layout = Layout(
        Fieldset("基本信息", grid(*term, "member_no", "name", "gender", "ethnicity", "party_affiliation"),
                 grid("birth_date", "joined_on", "name_pinyin")),
        Fieldset("政协身份", grid("sector", "committee", "group", "level"), "is_standing_member"),
        Fieldset("工作和联系方式", "employer", grid("phone", "email"), "address", "note"),
    )  # fmt: skip
    return helper


def grid(*names: str) -> Div:
    """Short fields side by side."""
    return Div(*names, css_class="field-grid")


class LeaveForm(forms.Form):
    """When and why a member left."""

    left_on = TypedDateField(label="离任日期", help_text="最后一天在任的日期，如 2026-3-1")
    reason = forms.CharField(label="离任原因", max_length=100, help_text="如 换届、工作调动、辞去委员职务")


class ImportForm(forms.Form):
    """A filled-in template. The office is asked for only when the user works in several."""

    office = forms.ModelChoiceField(label="导入到", queryset=Office.objects.none(), empty_label=None)
    term = forms.ModelChoiceField(label="届别", queryset=Term.objects.none(), empty_label=None)
    file = forms.FileField(
        label="填好的表格", help_text="xlsx 文件，最大 10 MB", widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "请选择要导入的表格。", "empty": "这是空文件，请重新选择。"},
    )  # fmt: skip

    def __init__(self, *args: Any, offices: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        first = offices[0]
        self.fields["office"].queryset = offices
        self.fields["office"].initial = first
        self.fields["term"].queryset = selectors.terms_of(first)
        self.fields["term"].initial = selectors.current_term(first)
        if len(offices) == 1:
            self.fields["office"].widget = forms.HiddenInput()
