"""Forms of a plan: making one, and the rows of its text and targets. Those of the schedule: plans.forms.items."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Div, Layout, Row
from django import forms
from django.db.models import TextChoices

from core.clock import today
from core.prose import ProseField
from organisation.models import Office
from plans.grids import Grid, lineage_field, place_field, seen_field
from plans.models import AnnualPlan, PlanSection

MONTHS = [("", "选择")] + [(month, f"{month}月") for month in range(1, 13)]


def helper(*lines: tuple[tuple[str, str], ...]) -> FormHelper:
    """One Bootstrap row per line of (field, column classes)."""
    made = FormHelper()
    rows = (Row(*(Column(name, css_class=size) for name, size in line)) for line in lines)
    made.layout = Layout(Div(*rows, css_class="row-fields"))
    return made


def defaulted(label: str, choices: type[TextChoices]) -> forms.TypedChoiceField:
    """A choice that always has a value: the first one unless another is chosen."""
    first = choices.values[0]
    return forms.TypedChoiceField(
        label=label, choices=choices.choices, required=False, initial=first, empty_value=first
    )


class CreateForm(forms.Form):
    """A new plan: whose, for which year, and from what."""

    office = forms.ModelChoiceField(Office.objects.none(), label="办公室", empty_label=None)
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    title = forms.CharField(
        label="标题", required=False, max_length=120, help_text="不填时自动写成“某某联络处2027年工作计划”。"
    )
    copy_last = forms.TypedChoiceField(
        label="从哪里开始", coerce=lambda value: value == "yes", widget=forms.RadioSelect, initial="no",
        choices=[("no", "空白计划"), ("yes", "复制上一份年度计划，在它的基础上修改")],
    )  # fmt: skip

    def __init__(self, *args: Any, offices: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices
        self.fields["year"].initial = year
        self.fields["office"].label_from_instance = lambda office: office.name


def suggested_year() -> int:
    """From October on, plans are made for the next year."""
    day = today()
    return day.year + 1 if day.month >= 10 else day.year


# --- text ----------------------------------------------------------------------------------------------------
class HeadForm(forms.Form):
    title = forms.CharField(label="标题", max_length=120)
    foreword = ProseField(label="前言", required=False, rows=6, help_text="写在各部分之前的总体要求，可以不填。")


class SectionForm(forms.Form):
    lineage = lineage_field()
    seen = seen_field()
    place = place_field()
    level = forms.TypedChoiceField(label="层级", coerce=int, choices=[(1, "一、"), (2, "（一）")], initial=1)
    title = forms.CharField(label="小标题", max_length=120)
    body = ProseField(label="内容", required=False, rows=5)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            (("place", "col-4 col-lg-2"), ("level", "col-8 col-lg-2"), ("title", "col-12 col-lg-8")),
            (("body", "col-12"),),
        )


class TextGrid(Grid):
    row_form, prefix, row_label, add_label, blank_at_first = SectionForm, "sections", "部分", "再加一个部分", 3

    def make_head(self, data: Any) -> forms.Form:
        return HeadForm(data, initial={"title": self.plan.title, "foreword": self.plan.foreword})

    def parts(self, plan: AnnualPlan) -> list[PlanSection]:
        return list(plan.sections.all())

    def initial_of(self, part: PlanSection) -> dict[str, Any]:
        return {"lineage": part.lineage, "place": part.order, "level": part.level, "title": part.title,
                "body": part.body}  # fmt: skip

    def values(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        return {name: cleaned[name] for name in ("level", "title", "body")}
