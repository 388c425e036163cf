"""Forms of surveys: making one, its questions as a grid, and the sheet a person fills in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Div, Field, Layout, Row
from django import forms

from core.moments import day_field, moment_field
from core.prose import ProseField
from core.writing import CHOOSE
from organisation.models import Office
from organisation.selectors import offered
from plans.grids import Grid, lineage_field, place_field, seen_field
from surveys import audience
from surveys.defaults import PURPOSE
from surveys.enums import LISTED, Audience, Kind
from surveys.models import Question, Survey
from surveys.services import Asked

BLANK, MOST_CHOICES = "blank", 30


class CreateForm(forms.Form):
    """A new survey: whose, what it is called, and from what it starts."""

    office = forms.ModelChoiceField(Office.objects.none(), label="办公室", empty_label=None)
    title = forms.CharField(label="问卷名称", max_length=120, help_text="例如：2026年度联络处工作满意度测评")
    source = forms.ChoiceField(label="从哪里开始", widget=forms.RadioSelect, initial=BLANK)

    def __init__(self, *args: Any, offices: Any, sources: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices
        self.fields["office"].label_from_instance = lambda office: office.name
        self.fields["source"].choices = [(BLANK, "空白问卷"), *sources]
        if len(offices) == 1:
            self.fields["office"].initial, self.fields["office"].widget = offices[0], forms.HiddenInput()
        self.helper = FormHelper()
        self.helper.layout = Layout("office", "title", Field("source", wrapper_class="one-per-line"))


class HeadForm(forms.Form):
    """Everything of a survey but its questions."""

    title = forms.CharField(label="问卷名称", max_length=120)
    intro = ProseField(label="写在问卷前面的话", rows=3, required=False)
    purpose = forms.ChoiceField(label="用途")
    held_on = day_field("测评日期", required=False, help_text="结果记在哪一天；不填就用截止那天。")
    is_anonymous = forms.TypedChoiceField(
        label="是否记名", coerce=lambda value: value == "True", widget=forms.RadioSelect,
        choices=[("True", "匿名：只知道谁填了，不知道填的什么"), ("False", "记名：结果能看到每个人的回答")],
    )  # fmt: skip
    audience = forms.ChoiceField(label="请谁填写", widget=forms.RadioSelect)
    groups = forms.ModelMultipleChoiceField(
        label="联络组（上面选“选定的联络组”时勾选）", queryset=None, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    opens_at = moment_field("开始填写", required=False, help_text="不填就从发出时开始。")
    closes_at = moment_field("截止时间")

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unsaid = [] if survey.purpose else [CHOOSE]
        self.fields["purpose"].choices = unsaid + offered(PURPOSE, survey.office, survey.purpose)
        self.fields["purpose"].error_messages["required"] = "请选择用途，年终统计要用。"
        self.fields["audience"].choices = audiences(survey)
        self.fields["groups"].queryset = audience.groups(survey.office_id)
        self.fields["groups"].label_from_instance = lambda group: f"{group.office.short_name} {group.name}"
        lists = [Field(name, wrapper_class="one-per-line") for name in ("is_anonymous", "audience")]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "title", Div("purpose", "held_on", css_class="field-grid"), "intro", *lists, "groups",
            Div("opens_at", "closes_at", css_class="field-grid"),
        )  # fmt: skip


def audiences(survey: Survey) -> list[tuple[str, str]]:
    """On offer; those named by another page only where somebody is named."""
    named = [member.name for member in survey.chosen.all()[:6]]
    if not named:
        return [pair for pair in Audience.choices if pair[0] != Audience.CHOSEN]
    more = "等" if len(named) > 5 else ""
    words = f"指定的委员：{'、'.join(named[:5])}{more}，共 {survey.chosen.count()} 人"
    return [(key, words if key == Audience.CHOSEN else label) for key, label in Audience.choices]


class QuestionForm(forms.Form):
    """One row of the grid."""

    lineage = lineage_field()
    seen = seen_field()
    place = place_field()
    kind = forms.TypedChoiceField(
        label="题型", choices=Kind.choices, required=False, initial=Kind.SCALE, empty_value=Kind.SCALE
    )
    text = forms.CharField(label="题目", max_length=200)
    choices = forms.CharField(label="选项（单选、多选填，一行一个）", required=False, widget=forms.Textarea)
    is_required = forms.BooleanField(label="必答", required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].error_messages["required"] = "请填写题目。"
        self.fields["choices"].widget.attrs["rows"] = 3
        self.helper = FormHelper()
        sizes = {"place": "col-4 col-lg-1", "kind": "col-8 col-lg-2", "text": "col-12 col-lg-5",
                 "choices": "col-12 col-lg-4"}  # fmt: skip
        first = Row(*(Column(name, css_class=size) for name, size in sizes.items()))
        self.helper.layout = Layout(Div(first, "is_required", css_class="row-fields"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        texts = lines(cleaned.get("choices", ""))
        if cleaned.get("kind") in LISTED and not 2 <= len(texts) <= MOST_CHOICES:
            self.add_error("choices", f"请填写 2 到 {MOST_CHOICES} 个选项，一行一个。")
        elif len(set(texts)) < len(texts):
            self.add_error("choices", "有重复的选项，请删去一个。")
        elif any(len(each) > 120 for each in texts):
            self.add_error("choices", "一个选项最多 120 字。")
        return cleaned


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class Builder(Grid):
    """The page that makes a survey. `plan` of the grid is the survey."""

    row_form, prefix, row_label, add_label, blank_at_first = QuestionForm, "questions", "题目", "再加一题", 3

    def make_head(self, data: Any) -> forms.Form:
        survey: Survey = self.plan
        initial = {name: getattr(survey, name) for name in HeadForm.base_fields if name != "groups"}
        return HeadForm(data, survey=survey, initial={**initial, "groups": list(survey.groups.all())})

    def parts(self, plan: Survey) -> list[Question]:
        return list(plan.questions.prefetch_related("choices"))

    def initial_of(self, part: Question) -> dict[str, Any]:
        texts = "\n".join(choice.text for choice in part.choices.all())
        return {"lineage": part.lineage, "place": part.order, "kind": part.kind, "text": part.text,
                "choices": texts, "is_required": part.is_required}  # fmt: skip

    def values(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        return {"kind": cleaned["kind"], "text": cleaned["text"], "choices": lines(cleaned["choices"]),
                "required": cleaned["is_required"]}  # fmt: skip

    def asked(self) -> list[Asked]:
        """The questions in the order their numbers ask for; one without a number comes last."""
        kept = [row for row in self.given() if not row.delete]
        kept.sort(key=lambda row: row.place or 1000)
        return [Asked(**row.values, lineage=row.lineage) for row in kept]


class ExtendForm(forms.Form):
    closes_at = moment_field("新的截止时间")


class SheetForm(forms.Form):
    """The questions of a survey as fields; `given` is what the service takes."""

    def __init__(self, *args: Any, questions: Sequence[Question], grades: Sequence[tuple[str, str]],
                 **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.questions = questions
        for number, question in enumerate(questions, 1):
            self.fields[f"q{question.pk}"] = answer_field(number, question, grades)
        self.lay_out()

    def lay_out(self) -> None:
        rows = [
            Field(name, wrapper_class="" if isinstance(field, forms.CharField) else "one-per-line")
            for name, field in self.fields.items()
        ]
        self.helper = FormHelper()
        self.helper.layout = Layout(*rows)

    @property
    def given(self) -> dict[int, Any]:
        return {each.pk: self.cleaned_data[f"q{each.pk}"] for each in self.questions}


class PaperForm(SheetForm):
    """The same sheet as the office types it in from paper; in named surveys with the name first."""

    def __init__(self, *args: Any, seats: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if seats is not None:
            whose = forms.ModelChoiceField(seats, label="谁填的", empty_label="请选择")
            whose.label_from_instance = lambda seat: seat.member.name
            self.fields = {"seat": whose, **self.fields}
            self.lay_out()


def answer_field(number: int, question: Question, grades: Sequence[tuple[str, str]]) -> forms.Field:
    label = f"{number}. {question.text}"
    common = {"label": label, "required": question.is_required}
    common["error_messages"] = {"required": f"第 {number} 题还没有填写。"}
    offers = [(str(choice.pk), choice.text) for choice in question.choices.all()]
    if question.kind == Kind.SCALE:
        return forms.ChoiceField(choices=grades, widget=forms.RadioSelect, **common)
    if question.kind == Kind.SINGLE:
        return forms.ChoiceField(choices=offers, widget=forms.RadioSelect, **common)
    if question.kind == Kind.MULTIPLE:
        common["help_text"] = "可以选几项。"
        return forms.MultipleChoiceField(choices=offers, widget=forms.CheckboxSelectMultiple, **common)
    if question.kind == Kind.NUMBER:
        return forms.DecimalField(max_digits=14, decimal_places=2, **common)
    return forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), **common)
