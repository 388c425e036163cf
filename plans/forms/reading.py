"""Forms of a plan made from text: where the text is, and what was read in it, row by row with its source beside it.

The rows are those of the plan's own pages (SectionForm, TargetForm, ItemForm) with a tick box each.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.forms.utils import ErrorDict

from core.errors import DomainError
from core.prose import tidy
from organisation.models import Office
from plans import subjects
from plans.counting import refusal
from plans.enums import Metric, Scope
from plans.forms import SectionForm, TextGrid
from plans.forms.items import ItemForm, ItemGrid
from plans.forms.targets import AND, MORE, TargetForm, TargetGrid, plain
from plans.grids import Grid
from plans.measures import measures
from plans.models import AnnualPlan
from plans.reading import Reading, Span, TargetReading
from plans.reading.documents import LONGEST, text_of
from plans.rows import Row

MOST_ROWS = 300
NO_MONTH = "原文没有可以排进月份的时间，选好月份后再勾选。"


class SourceForm(forms.Form):
    """Whose plan, for which year, and its text: pasted or as a file."""

    office = forms.ModelChoiceField(Office.objects.none(), label="办公室", empty_label=None)
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    file = forms.FileField(
        label="上传计划文件", required=False, help_text="Word 文档（docx）或文本文件（txt），不超过 5 MB。",
        widget=forms.FileInput(attrs={"accept": ".docx,.txt"}),
    )  # fmt: skip
    text = forms.CharField(
        label="或者把计划全文粘贴在这里", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 14}),
    )  # fmt: skip

    def __init__(self, *args: Any, offices: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices
        self.fields["year"].initial = year
        self.fields["office"].label_from_instance = lambda office: office.name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        upload = cleaned.get("file")
        if upload:
            try:
                cleaned["text"] = text_of(upload)
            except DomainError as error:
                self.add_error("file", error.message)
        if not self.errors:
            self.check_text(cleaned)
        return cleaned

    def check_text(self, cleaned: dict[str, Any]) -> None:
        text = cleaned["text"] = tidy(cleaned.get("text") or "")
        if not text.strip():
            self.add_error("text", "请上传文件，或者粘贴计划的文字。")
        elif len(text) > LONGEST:
            self.add_error("text", f"文字超过 {LONGEST // 10_000} 万字，不像一份计划。请只保留计划部分再试。")


# --- rows --------------------------------------------------------------------------------------------------------
class Ticked(forms.Form):
    """A row that counts only while it is ticked; what is not ticked may be as wrong as it likes."""

    use = forms.BooleanField(label="采用", required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "place" in self.fields:
            del self.fields["place"]
        drop(self.helper.layout, "place")
        self.helper.layout[0].fields.insert(0, "use")

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and not self.cleaned_data.get("use"):
            self._errors = ErrorDict()
            self.cleaned_data = {"use": False}


def drop(layout: Any, name: str) -> None:
    """Takes a field out of a layout, with the column that held it."""
    for part in list(getattr(layout, "fields", ())):
        if part == name or getattr(part, "fields", None) == [name]:
            layout.fields.remove(part)
        elif not isinstance(part, str):
            drop(part, name)


class ReadSection(Ticked, SectionForm):
    pass


class ReadTarget(Ticked, TargetForm):
    """Without the fields few targets need; an alternative the text names stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in MORE:
            if not self.initial.get(name):
                del self.fields[name]
                drop(self.helper.layout, name)
        if not set(MORE) & set(self.fields):
            self.helper.layout[0].fields.pop()

    def clean(self) -> dict[str, Any]:
        for name in MORE:
            self.cleaned_data.setdefault(name, None if name == "coverage_goal" else "")
        return super().clean()


class ReadItem(Ticked, ItemForm):
    pass


class FromReading:
    """A grid whose rows come from a reading instead of a stored plan."""

    def __init__(self, data: Any = None, files: Any = None, *, plan: AnnualPlan, reading: Reading) -> None:
        self.reading = reading
        super().__init__(data, files, plan=plan)
        for form, part in zip(self.rows.forms, self.parts(plan), strict=False):
            form.passage, form.unsure = self.passage(part), self.doubt(part)  # (before, passage, after) or ()

    def opened(self, part: Any) -> dict[str, Any]:
        return self.initial_of(part)

    def make_rows(self, data: Any) -> BaseFormSet:
        factory = formset_factory(
            self.row_form, extra=0, can_delete=False, max_num=MOST_ROWS, absolute_max=MOST_ROWS
        )  # fmt: skip
        return factory(data, initial=self.initial[:MOST_ROWS], prefix=self.prefix, form_kwargs=self.options)

    def given(self) -> list[Row]:
        """The ticked rows in their order."""
        ticked = [form.cleaned_data for form in self.rows.forms if form.cleaned_data.get("use")]
        return [Row(self.values({**cleaned, "lineage": None})) for cleaned in ticked]

    def passage(self, part: Any) -> tuple[str, ...]:
        return self.reading.around(part.span)

    def doubt(self, part: Any) -> str:
        return part.unsure


class SectionRows(FromReading, TextGrid):
    row_form = ReadSection

    def parts(self, plan: AnnualPlan) -> list[Any]:
        return [section for section in self.reading.sections if section.title]

    def make_rows(self, data: Any) -> BaseFormSet:
        """Short texts in low boxes, so that the page stays short."""
        made = super().make_rows(data)
        for form, initial in zip(made.forms, self.initial, strict=False):
            form.fields["body"].widget.attrs["rows"] = min(8, 2 + len(initial["body"]) // 60)
        return made

    def initial_of(self, part: Any) -> dict[str, Any]:
        return {"use": True, "level": part.level, "title": part.title[:120], "body": part.body}

    def passage(self, part: Any) -> tuple[str, ...]:
        return ()

    def doubt(self, part: Any) -> str:
        return ""


class TargetRows(FromReading, TargetGrid):
    row_form = ReadTarget

    def parts(self, plan: AnnualPlan) -> list[Any]:
        return [countable(target) for target in self.reading.targets]

    def initial_of(self, part: Any) -> dict[str, Any]:
        subject, narrow = subjects.split(
            subjects.encode(part.measure, part.filters), subjects.flat(self.options["narrower"])
        )
        others = [subjects.encode(each["measure"], each["filters"]) for each in part.alternatives]
        names = ("text", "metric", "operator", "amount", "amount_max", "period", "scope")
        values = {name: plain(getattr(part, name)) for name in names}
        return {**values, "use": True, "subject": subject, "narrow": narrow, "alternative": AND.join(others)}


def countable(target: TargetReading) -> TargetReading:
    """The target as this installation can count it; what had to be changed is said."""
    problem = refusal(measures.find(target.measure), target.metric, target.scope)
    if not problem:
        return target
    ways = ((target.metric, Scope.OFFICE), (Metric.RECORDS, target.scope), (Metric.RECORDS, Scope.OFFICE))
    for metric, scope in ways:
        if not refusal(measures.find(target.measure), metric, scope):
            return replace(target, metric=metric, scope=scope, unsure=f"{problem}已改为能统计的方式，请核对。")
    return replace(target, unsure=problem)


class ItemRows(FromReading, ItemGrid):
    row_form = ReadItem

    def parts(self, plan: AnnualPlan) -> list[Any]:
        return list(self.reading.items)

    def initial_of(self, part: Any) -> dict[str, Any]:
        return {
            "use": has_time(part), "month": part.month, "until_month": part.until_month,
            "part_of_month": part.part_of_month, "kind": part.kind, "form": part.form, "topic": part.title[:200],
            "content": part.content, "participants": part.participants[:300],
            "organisers": "、".join(part.organisers)[:300], "group_id": None,
        }  # fmt: skip

    def doubt(self, part: Any) -> str:
        return part.unsure if has_time(part) else part.unsure or NO_MONTH


def has_time(part: Any) -> bool:
    return part.month is not None or part.part_of_month == "plenary"


# --- all three as one form -----------------------------------------------------------------------------------------
class Review:
    """Head, targets, schedule and text of a plan read from text, as one form towards `core.pages.FormPage`."""

    def __init__(self, data: Any = None, files: Any = None, *, plan: AnnualPlan, reading: Reading) -> None:
        self.reading, self.is_bound, self.is_multipart = reading, data is not None, False
        self.sections = SectionRows(data, plan=plan, reading=reading)
        self.targets = TargetRows(data, plan=plan, reading=reading)
        self.items = ItemRows(data, plan=plan, reading=reading)
        self.grids: list[Grid] = [self.sections, self.targets, self.items]
        self.head = self.sections.head
        self.data = data if data is not None else {}

    def is_valid(self) -> bool:
        fine = [grid.is_valid() for grid in self.grids]  # every grid, so that all errors are shown
        return all(fine)

    def forget_errors(self) -> None:
        for grid in self.grids:
            grid.forget_errors()

    def add_error(self, field: str | None, message: str) -> None:
        self.sections.add_error(field, message)

    def non_field_errors(self) -> list[str]:
        return [message for grid in self.grids for message in grid.non_field_errors()]

    @property
    def fields(self) -> dict[str, Any]:
        return {name: field for grid in self.grids for name, field in grid.fields.items()}

    @property
    def errors(self) -> dict[str, Any]:
        return {name: messages for grid in self.grids for name, messages in grid.errors.items()}

    def __getitem__(self, name: str) -> Any:
        for grid in self.grids:
            try:
                return grid[name]
            except KeyError:
                continue
        raise KeyError(name)

    def given(self) -> dict[str, Any]:
        """What services.adopt_text takes beside office, year and actor."""
        return {
            **self.head.cleaned_data, "sections": self.sections.given(), "targets": self.targets.given(),
            "items": self.items.given(),
        }  # fmt: skip

    # --- for the page ----------------------------------------------------------------------------------------
    def chapters(self) -> list[dict[str, Any]]:
        """The three parts in the order of the page: (anchor, title, grid)."""
        return [
            {"id": "targets", "title": "目标", "grid": self.targets, "unit": "个"},
            {"id": "items", "title": "月度安排", "grid": self.items, "unit": "项"},
            {"id": "sections", "title": "正文", "grid": self.sections, "unit": "个部分"},
        ]


def plan_to_be(office: Office, year: int, reading: Reading) -> AnnualPlan:
    """The plan as the text gives it, not saved: its title, and the prose before the first heading."""
    title = reading.title if 4 <= len(reading.title) <= 120 else f"{office.short_name}{year}年工作计划"
    foreword = "\n".join(section.body for section in reading.sections if not section.title)
    return AnnualPlan(office=office, year=year, title=title, foreword=foreword)


def left_over(reading: Reading) -> list[str]:
    """The passages nobody took, without the title line, which the head shows."""
    spans = [span for span in reading.left_over if span != (reading.title_span or Span(-1, -1))]
    return [text for span in spans if (text := reading.passage(span))]
