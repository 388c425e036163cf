"""The rows of a plan's targets as a clerk fills them in: what is counted, of whom, how often, how much."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from crispy_forms.layout import Column, Div, Layout, Row
from django import forms

from plans import subjects
from plans.counting import refusal
from plans.enums import Metric, Operator, Period, Scope
from plans.figures import number
from plans.forms import defaulted, helper
from plans.grids import Grid, lineage_field, place_field, seen_field
from plans.measures import measures
from plans.subjects import AND, Subject

WHOLE = {Metric.RECORDS, Metric.PERSON_TIMES, Metric.MEMBERS, Metric.HOUSEHOLDS, Metric.COPIES}
PLAIN = ("text", "metric", "operator", "amount", "amount_max", "period", "scope", "coverage_goal")
HUNDRED = Decimal(100)
#: Lists of suggestions of the page, by the id the fields name.
SUBJECTS, NARROWER = "target-subjects", "target-narrower"


class More(Div):
    """Fields few targets need: folded away until one of them holds something."""

    template = "plans/_more.html"

    def render(self, form: Any, context: Any, template_pack: str = "bootstrap5", **kwargs: Any) -> str:
        self.opened = any(form[name].value() or form[name].errors for name in MORE)
        return super().render(form, context, template_pack=template_pack, **kwargs)


MORE = ("narrow", "alternative", "coverage_goal")
LINES = (
    (("place", "col-4 col-lg-1"), ("text", "col-12 col-lg-7"), ("subject", "col-12 col-lg-4")),
    (("scope", "col-6 col-lg-2"), ("period", "col-6 col-lg-2"), ("operator", "col-6 col-lg-2"),
     ("amount", "col-6 col-lg-2"), ("amount_max", "col-6 col-lg-2"), ("metric", "col-6 col-lg-2")),
)  # fmt: skip


class SuggestedField(forms.CharField):
    """A choice written out: the page suggests the words from a list that is there once for all rows (a select in every
    row would make the page many times as heavy). Cleaned to the code; a code is taken as it is.
    """

    choices: list[Any] = []

    def __init__(self, *, suggestions: str, **options: Any) -> None:
        widget = forms.TextInput(attrs={"list": suggestions, "autocomplete": "off"})
        super().__init__(required=False, max_length=300, widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        return subjects.flat(self.choices).get(value, value)

    def to_python(self, value: Any) -> str:
        given = (super().to_python(value) or "").strip()
        return subjects.codes(self.choices).get(given, given)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and value not in subjects.flat(self.choices):
            raise forms.ValidationError(f"没有“{value}”这一项，请从列出的选项里选，或者清空。")


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
    narrow = SuggestedField(label="只算其中", suggestions=NARROWER, help_text="例如农村、新委员，输入几个字后选择")
    alternative = SuggestedField(label="或者也算", suggestions=SUBJECTS, help_text="例如一个项目或一笔资金")
    coverage_goal = forms.DecimalField(
        label="覆盖面（%）", required=False, min_value=1, max_value=100, max_digits=5, decimal_places=2,
        help_text="对每名委员、每个联络组的要求，有多少达到就算完成；不填是全部",
    )  # fmt: skip

    def __init__(self, *args: Any, offered: list[Any], narrower: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists = {"subject": subjects.sorts(offered), "narrow": narrower, "alternative": offered}
        for name, choices in lists.items():
            kept = self.initial.get(name)
            self.fields[name].choices = subjects.with_kept(choices, kept) if kept else choices
        self.fields["subject"].error_messages["required"] = "请选择这个目标统计什么，例如“活动：视察”。"
        for name in ("amount", "amount_max", "coverage_goal"):
            self.fields[name].widget.attrs["inputmode"] = "decimal"
        self.helper = helper(*LINES)
        more = Row(*(Column(name, css_class="col-12 col-lg-4") for name in MORE))
        self.helper.layout = Layout(Div(*self.helper.layout[0].fields, More(more), css_class="row-fields"))

    # --- checking --------------------------------------------------------------------------------------------
    def clean(self) -> dict[str, Any]:
        """One thing at a time: a field found wrong is no longer among the cleaned."""
        cleaned = super().clean()
        for check in (self.check_amounts, self.check_kind_of_number, self.check_narrow, self.check_countable,
                      self.check_alternatives, self.check_coverage):  # fmt: skip
            if not self.errors:
                check(cleaned)
        return cleaned

    def check_amounts(self, cleaned: dict[str, Any]) -> None:
        low, top, is_range = cleaned["amount"], cleaned["amount_max"], cleaned["operator"] == Operator.RANGE
        if top is not None and not is_range:
            self.add_error("amount_max", "只有“要求”选“范围”时才填上限，请改选“范围”或者清空上限。")
        if is_range and (low is None) != (top is None):
            self.add_error("amount_max" if top is None else "amount", "范围要填两个数，例如数量填 2、上限填 3。")
        if is_range and low is not None and top is not None and top < low:
            self.add_error("amount_max", "上限不能小于数量。")

    def check_kind_of_number(self, cleaned: dict[str, Any]) -> None:
        given = [each for each in (cleaned["amount"], cleaned["amount_max"]) if each is not None]
        measure = measures.find(subjects.decode(cleaned["subject"])[0])
        sums = measure is not None and cleaned["metric"] in measure.quantities
        if cleaned["metric"] in WHOLE and not sums and any(each % 1 for each in given):
            self.add_error("amount", "按次、件、人计数的目标请填整数。")
        elif cleaned["metric"] == Metric.PERCENT and (problem := wrong_percentage(given)):
            self.add_error("amount", problem)

    def check_narrow(self, cleaned: dict[str, Any]) -> None:
        """A subject can be narrowed by what the same records have."""
        (measure, filters), narrow = subjects.decode(cleaned["subject"]), cleaned["narrow"]
        if not narrow:
            return
        other, more = subjects.decode(narrow)
        if other != measure:
            label = measures.get(measure).label
            self.add_error("narrow", f"“统计什么”选的是{label}，这里也请选{label}的条件，或者清空。")
        elif set(more) & set(filters):
            self.add_error("narrow", "“统计什么”已经按这个条件选过了，这里请选另一个条件，或者清空。")

    def check_countable(self, cleaned: dict[str, Any]) -> None:
        """The measure must be able to give this metric in this scope."""
        key, _ = subjects.decode(cleaned["subject"])
        if problem := refusal(measures.find(key), cleaned["metric"], cleaned["scope"]):
            self.add_error("scope" if cleaned["scope"] != Scope.OFFICE else "metric", problem)

    def check_alternatives(self, cleaned: dict[str, Any]) -> None:
        """Figures that are added up must be of one metric, and no record may be among both."""
        metric, main = (
            cleaned["metric"],
            Subject(*subjects.decode(subjects.joined(cleaned["subject"], cleaned["narrow"]))),
        )
        for each in others(cleaned["alternative"], metric):
            problem = subjects.not_together(metric) or refusal(measures.find(each.measure), metric, cleaned["scope"])
            if not problem and subjects.overlap(main, each):
                problem = "“或者也算”的记录已经包含在“统计什么”里，会重复计数，请换一项或者清空。"
            if problem:
                self.add_error("alternative", problem)

    def check_coverage(self, cleaned: dict[str, Any]) -> None:
        if cleaned["coverage_goal"] is None:
            return
        if cleaned["scope"] == Scope.OFFICE:
            self.add_error(
                "coverage_goal", "覆盖面只用于对每名委员或者每个联络组的要求，请改“对谁要求”或者清空覆盖面。"
            )
        elif cleaned["operator"] == Operator.AT_MOST:
            self.add_error("coverage_goal", "“不超过”的目标没有覆盖面，请清空。")


def wrong_percentage(given: list[Decimal]) -> str:
    if any(each > HUNDRED for each in given):
        return "百分比不能超过 100，例如到会率 90% 填 90。"
    return "百分比最多写一位小数，例如 92.5。" if any(each * 10 % 1 for each in given) else ""


def others(codes: str, metric: str) -> list[Subject]:
    """The alternatives behind a choice of the form."""
    return [Subject(*subjects.decode(code), metric) for code in codes.split(AND) if code]


def plain(value: Any) -> Any:
    """Amounts as people write them: 2, not 2.00."""
    return Decimal(number(value)) if isinstance(value, Decimal) else value


class TargetGrid(Grid):
    row_form, prefix, row_label, add_label = TargetForm, "targets", "目标", "再加一个目标"

    def row_options(self) -> dict[str, Any]:
        offered = subjects.choices(self.plan.office)
        return {"offered": offered, "narrower": subjects.narrowing(offered)}

    @property
    def suggestions(self) -> list[tuple[str, list[str]]]:
        """(id, words) of the lists the fields of the rows name."""
        return [(SUBJECTS, [*subjects.flat(self.options["offered"]).values()]),
                (NARROWER, [*subjects.flat(self.options["narrower"]).values()])]  # fmt: skip

    def parts(self, plan: Any) -> list[Any]:
        return list(plan.targets.all())

    def initial_of(self, part: Any) -> dict[str, Any]:
        main, *more = subjects.of(part)
        subject, narrow = subjects.split(main.code, subjects.flat(self.options["narrower"]))
        return {
            **{name: plain(getattr(part, name)) for name in PLAIN}, "lineage": part.lineage, "place": part.order,
            "subject": subject, "narrow": narrow, "alternative": AND.join(each.code for each in more),
        }  # fmt: skip

    def values(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        measure, filters = subjects.decode(subjects.joined(cleaned["subject"], cleaned["narrow"]))
        alternatives = [
            {"measure": each.measure, "filters": dict(each.filters), "metric": str(each.metric)}
            for each in others(cleaned["alternative"], cleaned["metric"])
        ]
        return {**{name: cleaned[name] for name in PLAIN}, "measure": measure, "filters": filters,
                "alternatives": alternatives}  # fmt: skip
