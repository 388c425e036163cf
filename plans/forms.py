"""Forms of a plan: making one, and the rows of its text and targets. Those of the schedule: plans.item_forms."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Div, Layout, Row
from django import forms
from django.db.models import TextChoices

from core.clock import today
from core.prose import ProseField
from organisation.models import Office
from plans import subjects
from plans.counting import refusal
from plans.enums import Metric, Operator, Period, Scope
from plans.figures import number
from plans.grids import Grid, lineage_field, place_field, seen_field
from plans.measures import measures
from plans.models import AnnualPlan, PlanSection

WHOLE = {Metric.RECORDS, Metric.PERSON_TIMES, Metric.MEMBERS, Metric.HOUSEHOLDS, Metric.COPIES}
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


# --- targets ----------------------------------------------------------------------------------------------------
class TargetForm(forms.Form):
    lineage = lineage_field()
    seen = seen_field()
    place = place_field()
    text = forms.CharField(label="目标", max_length=200)
    subject = forms.ChoiceField(label="统计什么")
    scope = defaulted("对谁要求", Scope)
    period = defaulted("周期", Period)
    operator = defaulted("要求", Operator)
    amount = forms.DecimalField(label="数量", required=False, min_value=0, max_digits=12, decimal_places=2)
    amount_max = forms.DecimalField(label="上限", required=False, min_value=0, max_digits=12, decimal_places=2)
    metric = defaulted("按什么计数", Metric)

    def __init__(self, *args: Any, offered: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.initial.get("subject")
        self.fields["subject"].choices = subjects.with_kept(offered, kept) if kept else offered
        self.fields["subject"].error_messages["required"] = "请选择这个目标统计什么，例如“活动：视察”。"
        for name in ("amount", "amount_max"):
            self.fields[name].widget.attrs["inputmode"] = "decimal"
        self.helper = helper(
            (("place", "col-4 col-lg-1"), ("text", "col-12 col-lg-7"), ("subject", "col-12 col-lg-4")),
            (("scope", "col-6 col-lg-2"), ("period", "col-6 col-lg-2"), ("operator", "col-6 col-lg-2"),
             ("amount", "col-6 col-lg-2"), ("amount_max", "col-6 col-lg-2"), ("metric", "col-6 col-lg-2")),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            self.check_amounts(cleaned)
            self.check_countable(cleaned)
        return cleaned

    def check_amounts(self, cleaned: dict[str, Any]) -> None:
        low, top, is_range = cleaned["amount"], cleaned["amount_max"], cleaned["operator"] == Operator.RANGE
        if top is not None and not is_range:
            self.add_error("amount_max", "只有“要求”选“范围”时才填上限，请改选“范围”或者清空上限。")
        if is_range and (low is None) != (top is None):
            self.add_error("amount_max" if top is None else "amount", "范围要填两个数，例如数量填 2、上限填 3。")
        if is_range and low is not None and top is not None and top < low:
            self.add_error("amount_max", "上限不能小于数量。")
        if cleaned["metric"] in WHOLE and any(n is not None and n % 1 for n in (low, top)):
            self.add_error("amount", "按次、件、人计数的目标请填整数。")

    def check_countable(self, cleaned: dict[str, Any]) -> None:
        """The measure must be able to give this metric in this scope."""
        key, _ = subjects.decode(cleaned["subject"])
        if problem := refusal(measures.find(key), cleaned["metric"], cleaned["scope"]):
            self.add_error("scope" if cleaned["scope"] != Scope.OFFICE else "metric", problem)


def plain(value: Any) -> Any:
    """Amounts as people write them: 2, not 2.00."""
    return Decimal(number(value)) if isinstance(value, Decimal) else value


class TargetGrid(Grid):
    row_form, prefix, row_label, add_label = TargetForm, "targets", "目标", "再加一个目标"

    def row_options(self) -> dict[str, Any]:
        return {"offered": subjects.choices(self.plan.office)}

    def parts(self, plan: AnnualPlan) -> list[Any]:
        return list(plan.targets.all())

    def initial_of(self, part: Any) -> dict[str, Any]:
        names = ("text", "metric", "operator", "amount", "amount_max", "period", "scope")
        values = {name: plain(getattr(part, name)) for name in names}
        subject = subjects.encode(part.measure, part.filters)
        return {**values, "lineage": part.lineage, "place": part.order, "subject": subject}

    def values(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        names = ("text", "metric", "operator", "amount", "amount_max", "period", "scope")
        measure, filters = subjects.decode(cleaned["subject"])
        return {**{name: cleaned[name] for name in names}, "measure": measure, "filters": filters}
