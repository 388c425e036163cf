"""Scores of units."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from activities.models import Activity, ScoreCriterion, ScoredUnit
from core.moments import day_field
from core.prose import ProseField
from organisation.forms.fields import laid_out

MOST = 40  # criteria or units of one activity
LINE = re.compile(r"^(?P<label>.+?)(?:[\s,，、:：（(]+(?P<top>\d{1,3})\s*分?[)）]?)?$")


class SetUpForm(forms.Form):
    criteria = forms.CharField(
        label="评议项目", widget=forms.Textarea(attrs={"rows": 5}),
        help_text="每行一项，后面写满分，例如“服务态度 20”。不写满分的按 100 分。",
    )  # fmt: skip
    units = forms.CharField(
        label="被评议单位", widget=forms.Textarea(attrs={"rows": 6}), help_text="每行一个单位，可以从表格中粘贴。"
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "criteria": "\n".join(f"{each.label} {each.top}" for each in activity.criteria.all()),
            "units": "\n".join(each.name for each in activity.scored_units.all()),
        }
        super().__init__(*args, **kwargs)

    def clean_criteria(self) -> list[tuple[str, int]]:
        found = [LINE.match(line) for line in lines(self.cleaned_data["criteria"])]
        pairs = [(each["label"].strip()[:40], int(each["top"] or 100)) for each in found if each]
        if any(top < 1 for _, top in pairs):
            raise forms.ValidationError("满分要大于 0。")
        return limited(pairs)

    def clean_units(self) -> list[str]:
        return limited([line[:60] for line in lines(self.cleaned_data["units"])])


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def limited(rows: list[Any]) -> list[Any]:
    if not rows:
        raise forms.ValidationError("请至少写一行。")
    if len(rows) > MOST:
        raise forms.ValidationError(f"一共 {len(rows)} 行，最多 {MOST} 行。")
    return rows


def points_field(label: str, most: int | None) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_value=most, max_digits=10, decimal_places=1)


class SheetsForm(forms.Form):
    """The counted sheets of one unit: `points_<criterion>` are sums over all sheets."""

    sheets = forms.IntegerField(label="收回测评表（份）", min_value=0, max_value=100_000)
    opinions = ProseField(label="评议意见", rows=4, required=False, help_text="不写评议人的姓名。")

    def __init__(self, *args: Any, unit: ScoredUnit, criteria: list[ScoreCriterion], **kwargs: Any) -> None:
        given = {score.criterion_id: score.sheet_points for score in unit.scores.all()}
        kwargs["initial"] = {"sheets": unit.sheets, "opinions": unit.opinions} | {
            f"points_{each.pk}": given.get(each.pk, 0) for each in criteria
        }
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for each in criteria:
            self.fields[f"points_{each.pk}"] = points_field(f"{each.label}（满分 {each.top}）合计得分", None)
        self.helper = laid_out("sheets", tuple(f"points_{each.pk}" for each in criteria), "opinions")

    @property
    def points(self) -> dict[int, Any]:
        return {each.pk: self.cleaned_data[f"points_{each.pk}"] for each in self.criteria}


class RectificationForm(forms.Form):
    rectify_by = day_field("整改期限", required=False)
    rectified_on = day_field("整改完成日期", required=False)
    rectification = ProseField(label="整改情况", rows=4, required=False)

    def __init__(self, *args: Any, unit: ScoredUnit, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(unit, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.helper = laid_out(("rectify_by", "rectified_on"), "rectification")


class BallotForm(forms.Form):
    """A member's own scores: one field per unit and criterion."""

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pairs = [(unit, each) for unit in activity.scored_units.all() for each in activity.criteria.all()]
        for unit, each in self.pairs:
            label = f"{unit.name}：{each.label}（0—{each.top} 分）"
            self.fields[f"points_{unit.pk}_{each.pk}"] = points_field(label, each.top)

    @property
    def points(self) -> dict[tuple[int, int], Any]:
        return {(unit.pk, each.pk): self.cleaned_data[f"points_{unit.pk}_{each.pk}"] for unit, each in self.pairs}
