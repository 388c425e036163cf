"""Forms of planning, dispatching, signing for and asking for another unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html

from core.clock import today
from core.moments import day_field
from core.prose import ProseField
from core.templatetags.ui import cn_date
from handling.enums import AssignmentRole
from handling.models import Assignment
from handling.rules import Share
from handling.selectors import usable_units
from handling.services.assignments import Handlers
from organisation.forms.fields import laid_out, phone
from organisation.models import HandlingUnit
from proposals.models import Proposal

#: Rows shown at once, and those folded away for proposals with many units.
OPEN_ROWS, MORE_ROWS = 3, 7
NO_UNIT, NO_ROLE = ("", "请选择单位"), ("", "请选择")


class PlanForm(forms.Form):
    """One row per unit. A single unit needs no role: it handles the proposal alone."""

    note = ProseField(
        label="交办要求", rows=3, required=False, max_length=500, help_text="写给承办单位看，例如要注意什么。可以不填。"
    )

    def __init__(self, *args: Any, proposal: Proposal, planned: Sequence[Assignment], wished: Sequence[int] = (),
                 **options: Any) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.units = {unit.pk: unit for unit in usable_units(proposal.office)}
        self.open = max(OPEN_ROWS, len(planned) + 1)
        self.places = range(1, self.open + MORE_ROWS + 1)
        for place in self.places:
            self.add_row(place)
        self.initial |= self.opened(planned, wished)

    def add_row(self, place: int) -> None:
        units = [NO_UNIT, *((pk, unit.name) for pk, unit in self.units.items())]
        self.fields[f"unit_{place}"] = forms.ChoiceField(label=f"承办单位 {place}", required=False, choices=units)
        self.fields[f"role_{place}"] = forms.ChoiceField(
            label=f"办理方式 {place}", required=False, choices=[NO_ROLE, *AssignmentRole.choices]
        )

    def opened(self, planned: Sequence[Assignment], wished: Sequence[int]) -> dict[str, Any]:
        found: dict[str, Any] = {"note": planned[0].note if planned else ""}
        rows = [(row.unit_id, row.role) for row in planned] or [(pk, "") for pk in wished]
        for place, (unit, role) in enumerate(rows[: len(self.places)], 1):
            found |= {f"unit_{place}": unit, f"role_{place}": role}
        return found

    def pairs(self, first: int, last: int) -> list[tuple[Any, Any]]:
        """Bound fields (unit, role) of these rows."""
        return [(self[f"unit_{place}"], self[f"role_{place}"]) for place in self.places if first <= place <= last]

    @property
    def open_rows(self) -> list[tuple[Any, Any]]:
        return self.pairs(1, self.open)

    @property
    def more_rows(self) -> list[tuple[Any, Any]]:
        return self.pairs(self.open + 1, len(self.places))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen = [place for place in self.places if cleaned.get(f"unit_{place}")]
        for place in chosen if len(chosen) > 1 else ():
            if not cleaned.get(f"role_{place}"):
                self.add_error(f"role_{place}", "有几个单位时，请选择每个单位的办理方式。")
        return cleaned

    @property
    def shares(self) -> list[Share]:
        given, note = self.cleaned_data, self.cleaned_data["note"]
        return [
            Share(self.units[int(given[f"unit_{place}"])], given[f"role_{place}"] or AssignmentRole.SINGLE, note, place)
            for place in self.places
            if given.get(f"unit_{place}")
        ]


class ProposalBoxes(forms.ModelMultipleChoiceField):
    """Proposals to tick, each with its number and its units."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Proposal) -> str:
        units = "、".join(str(row) for row in obj.assignments.all() if row.state == "planned")
        return f"{obj.case_label} {obj}：{units}"


class DispatchForm(forms.Form):
    """交办会: which of the planned proposals are dispatched, and on which day."""

    proposals = ProposalBoxes(
        label="这次交办的提案", queryset=Proposal.objects.none(),
        error_messages={"required": "请至少选一件提案。", "invalid_choice": "有的提案刚刚已经交办，请刷新后再选。"},
    )  # fmt: skip
    on = day_field("交办日期", initial=today, help_text="各项期限从这一天的次日起算，不能晚于今天。")

    def __init__(self, *args: Any, proposals: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["proposals"].queryset = proposals
        self.fields["proposals"].initial = [each.pk for each in proposals]
        self.helper = laid_out("on", "proposals")

    def clean_on(self) -> date:
        if self.cleaned_data["on"] > today():
            raise forms.ValidationError("交办日期不能晚于今天。")
        return self.cleaned_data["on"]


class HandlersForm(forms.Form):
    """Who takes care of it; what the unit named last time is filled in."""

    leader = forms.CharField(label="分管领导", max_length=40)
    handler = forms.CharField(label="承办人", max_length=40)
    handler_phone = phone("承办人电话")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["handler_phone"].required = True
        self.fields["handler_phone"].help_text = "提案人和交办机关会用这个电话联系。"
        for each in self.fields.values():
            each.error_messages["required"] = f"请填写“{each.label}”。"

    @property
    def handlers(self) -> Handlers:
        given = self.cleaned_data
        return Handlers(given["leader"], given["handler"], given["handler_phone"])


class SignForm(HandlersForm):
    checked = forms.BooleanField(
        label="已核对正文和附件，确认由本单位办理", error_messages={"required": "请核对后勾选。"},
        help_text="不属于本单位职责的，不要签收，请返回后“申请改办”。",
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = laid_out(("leader", "handler"), "handler_phone", "checked")


class AssignmentBoxes(forms.ModelMultipleChoiceField):
    """Assignments to tick one by one."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Assignment) -> str:
        days = [clock.due_on for clock in obj.clocks.all() if clock.stage == "sign"]
        until = f"，{cn_date(min(days))}前签收" if days else ""
        words = f"{obj.proposal.case_label} {obj.proposal}（{obj.get_role_display()}{until}）"
        # In a tab of its own: what is ticked already stays.
        return format_html('{} <a href="{}" target="_blank">看全文</a>', words, obj.proposal.get_absolute_url())


class SignAllForm(HandlersForm):
    """逐件清点、核对、签收: each ticked by hand, none ticked beforehand."""

    rows = AssignmentBoxes(
        label="逐件核对后勾选", queryset=Assignment.objects.none(),
        error_messages={"required": "请逐件核对，至少勾选一件。"},
    )  # fmt: skip

    def __init__(self, *args: Any, rows: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["rows"].queryset = rows
        self.helper = laid_out("rows", ("leader", "handler"), "handler_phone")


class UnitChoice(forms.ModelChoiceField):
    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(HandlingUnit.objects.none(), label=label, required=False, **options)


class ReassignForm(forms.Form):
    reason = ProseField(label="理由", rows=5, max_length=500, error_messages={"required": "请写明申请改办的理由。"},
                        help_text="为什么不属于本单位职责，依据是什么。")  # fmt: skip
    wished_unit = UnitChoice("建议改由哪个单位办理", empty_label="不清楚")

    def __init__(self, *args: Any, units: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["wished_unit"].queryset = units


class GrantForm(forms.Form):
    """同意改办: the next unit in the same form."""

    unit = UnitChoice("改由哪个单位办理", empty_label="以后再定", help_text="选定后立即交办给新的单位，办理方式不变。")
    answer = ProseField(label="说明", rows=3, required=False, max_length=500, help_text="记入办理过程，可以不填。")

    def __init__(self, *args: Any, units: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units
