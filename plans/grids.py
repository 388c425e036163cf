"""A page of many like rows (and perhaps a head) that behaves like one form towards `core.pages.FormPage`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory

from core.components import ConflictNotice, Side
from core.pages import FormPage, differences
from plans.figures import number
from plans.models import AnnualPlan, PlanPart
from plans.rows import Row

MOST_ROWS = 200
#: Empty rows offered on a new plan, and at least below existing rows.
BLANK_AT_FIRST, BLANK_LATER = 6, 2
NOT_YOURS = "您的表格里没有这一行（保存后仍会保留）"
YOURS_UNTOUCHED = "您没有改动这一行（保存后以现在保存的为准）"


@dataclass(frozen=True)
class RowField:
    """A field of a row for the error summary: the label says in which row it is."""

    label: str
    id_for_label: str
    auto_id: str
    errors: Sequence[str]


class RowSet(BaseFormSet):
    """Rows that can be deleted once they are saved; the tick box stands at the end of each row."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "删除这一行"
            form.helper.layout[0].append("DELETE")


class Grid:
    """`data` is what was posted or drafted; without it the rows show `plan` as it is saved.

    Subclasses say which form a row is and how a row of the database becomes its initial values and back.
    """

    row_form: type[forms.Form]
    prefix = "rows"
    row_label, add_label = "条目", "再加一行"
    suggestions: Sequence[tuple[str, Sequence[str]]] = ()  # lists the fields suggest from: id, words
    blank_at_first = BLANK_AT_FIRST

    def __init__(self, data: Any = None, files: Any = None, *, plan: AnnualPlan) -> None:
        self.plan, self.is_bound, self.is_multipart = plan, data is not None, False
        self.options = self.row_options()
        self.blank = self.row_form(**self.options)
        self.initial = [self.opened(part) for part in self.parts(plan)]
        self.head = self.make_head(data)
        self.rows = self.make_rows(self.with_added_row(data))
        self.data = data if data is not None else {}
        self.general: list[str] = []

    # --- to be said by each grid -----------------------------------------------------------------------------
    def parts(self, plan: AnnualPlan) -> Sequence[PlanPart]:
        raise NotImplementedError

    def initial_of(self, part: Any) -> dict[str, Any]:
        raise NotImplementedError

    def values(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        raise NotImplementedError

    def make_head(self, data: Any) -> forms.Form | None:
        return None

    def row_options(self) -> dict[str, Any]:
        return {}

    def opened(self, part: Any) -> dict[str, Any]:
        """The initial values of a row with their digest, which the browser sends back: see `is_untouched`."""
        initial = self.initial_of(part)
        return {**initial, "seen": digest(self.in_words(initial))}

    # --- building --------------------------------------------------------------------------------------------
    def with_added_row(self, data: Any) -> Any:
        """Without a script, “再加一行” posts the form; it comes back with one more row."""
        if data is None or data.get("add_row") != self.prefix:
            return data
        more, total = data.copy(), f"{self.prefix}-TOTAL_FORMS"
        count = data.get(total, "0")
        more[total] = str(min(int(count) + 1 if count.isdecimal() else 1, MOST_ROWS))
        return more

    def make_rows(self, data: Any) -> BaseFormSet:
        blank = max(BLANK_LATER, self.blank_at_first - len(self.initial))
        factory = formset_factory(
            self.row_form, formset=RowSet, extra=blank, can_delete=True, can_delete_extra=False,
            max_num=MOST_ROWS, absolute_max=MOST_ROWS,
        )  # fmt: skip
        initial = self.initial if data is None else self.initial_of_posted(data)
        return factory(data, initial=initial, prefix=self.prefix, form_kwargs=self.options)

    def initial_of_posted(self, data: Any) -> list[dict[str, Any]]:
        """What each posted row was opened with, found by its lineage: rows may have been added or removed since."""
        stored = {str(initial["lineage"]): initial for initial in self.initial}
        count = data.get(f"{self.prefix}-INITIAL_FORMS", "")
        posted = range(min(int(count), MOST_ROWS) if count.isdecimal() else 0)
        return [stored.get(data.get(f"{self.prefix}-{index}-lineage", ""), {}) for index in posted]

    # --- as FormPage wants it --------------------------------------------------------------------------------
    def is_valid(self) -> bool:
        head_fine = self.head is None or self.head.is_valid()
        return self.rows.is_valid() and head_fine

    def forget_errors(self) -> None:
        for form in self.all_forms():
            form._errors = forms.utils.ErrorDict()
        self.rows._errors = [{} for _ in self.rows.forms]
        self.rows._non_form_errors = self.rows.error_class()

    def all_forms(self) -> list[forms.Form]:
        return [*([self.head] if self.head else []), *self.rows.forms]

    def add_error(self, field: str | None, message: str) -> None:
        if self.head and field in self.head.fields:
            self.head.add_error(field, message)
        else:
            self.general.append(message)

    def non_field_errors(self) -> list[str]:
        return [*self.rows.non_form_errors(), *self.general]

    @property
    def fields(self) -> dict[str, Any]:
        """The head's fields by name, those of rows that have errors by the name in the page."""
        wrong = {name: self[name] for name in self.errors}
        return {**wrong, **(self.head.fields if self.head else {})}

    @property
    def errors(self) -> dict[str, Any]:
        """Messages by the field's name in the page; a row to be deleted may be as wrong as it likes."""
        found = {} if self.head is None else dict(self.head.errors)
        for form in self.rows.forms:
            wrong = form.errors
            if wrong and not self.rows._should_delete_form(form):
                found |= {form.add_prefix(name): messages for name, messages in wrong.items()}
        return found

    def __getitem__(self, name: str) -> Any:
        if self.head and name in self.head.fields:
            return self.head[name]
        for place, form in enumerate(self.rows.forms, 1):
            for field in form.fields:
                if form.add_prefix(field) == name:
                    bound = form[field]
                    label = f"{self.row_label} {place}：{bound.label}"
                    return RowField(label, bound.id_for_label, bound.auto_id, bound.errors)
        raise KeyError(name)

    # --- what the service gets -------------------------------------------------------------------------------
    def given(self) -> list[Row]:
        """The rows that hold something, marked for deletion where the user said so."""
        found = []
        for form in self.rows.forms:
            cleaned = getattr(form, "cleaned_data", {})
            delete = self.rows._should_delete_form(form)
            if cleaned.get("lineage") or (form.has_changed() and not delete):
                values = {} if delete else self.values(cleaned)
                untouched = self.is_untouched(cleaned) and not delete
                found.append(Row(values, cleaned.get("lineage"), cleaned.get("place"), delete, untouched))
        return found

    def is_untouched(self, cleaned: dict[str, Any]) -> bool:
        """Whether the row still says what it said when the form was opened; a colleague's change then stands."""
        return bool(cleaned.get("lineage")) and cleaned.get("seen") == digest(self.in_words(cleaned))

    # --- two editors ----------------------------------------------------------------------------------------
    def differences(self, current: AnnualPlan) -> list[Side]:
        """Rows in which this form and the plan as it is saved now differ, in words."""
        stored = {part.lineage: self.in_words(self.initial_of(part)) for part in self.parts(current)}
        sides = []
        for place, form in enumerate(self.rows.forms, 1):
            cleaned = getattr(form, "cleaned_data", {})
            filled = form.has_changed() or cleaned.get("lineage")
            mine, theirs = self.in_words(cleaned) if filled else "", stored.pop(cleaned.get("lineage"), "")
            if mine != theirs:
                shown = YOURS_UNTOUCHED if self.is_untouched(cleaned) else mine
                sides.append(Side(f"{self.row_label} {place}", shown, theirs or "没有这一行"))
        return sides + [Side(self.row_label, NOT_YOURS, words) for words in stored.values()]

    def in_words(self, values: dict[str, Any]) -> str:
        """The filled fields of a row as one line."""
        parts = []
        for name, field in self.blank.fields.items():
            value = values.get(name)
            if name not in {"lineage", "seen", "place"} and value not in (None, ""):
                words = number(value) if isinstance(value, Decimal) else str(value).replace("\r\n", "\n")
                parts.append(str(dict(flat(field)).get(str(value), words)))
        return " · ".join(parts)


def digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()[:16]


def flat(field: Any) -> list[tuple[str, str]]:
    """The choices of a field, groups opened."""
    pairs = []
    for value, label in getattr(field, "choices", ()):
        pairs += [(str(v), lab) for v, lab in label] if isinstance(label, list | tuple) else [(str(value), label)]
    return pairs


def seen_field() -> forms.CharField:
    return forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)


def lineage_field() -> forms.UUIDField:
    return forms.UUIDField(required=False, widget=forms.HiddenInput)


def place_field() -> forms.IntegerField:
    return forms.IntegerField(label="序号", required=False, min_value=1, max_value=999)


class GridPage(FormPage):
    """The form page of a grid; tells a second editor row by row what differs."""

    def conflict_notice(self, form: Any) -> ConflictNotice | None:
        if self.conflict is None:
            return None
        rows = form.differences(self.conflict.current)
        heads = differences(form.head, self.conflict.current) if form.head else []
        return ConflictNotice(self.conflict.who, self.conflict.when, [*heads, *rows])
