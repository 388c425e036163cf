"""What a plan target can count of supervision: key proposals supervised, proposals looked back at (R07)."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet

from organisation.selectors import code_choices
from plans.measures import FilterField, Measure, Window, register
from proposals.enums import ProposalKind
from supervision.defaults import LOOK_BACK_FINDING
from supervision.models import KeyCase
from supervision.selectors.key_cases import supervised
from supervision.selectors.lookback import looked_at


def key_records(window: Window) -> QuerySet:
    return supervised(KeyCase.objects.all(), window.office_ids, window.span)


def key_query(window: Window) -> dict[str, str]:
    return {"state": "supervised", **spanned(window)}


def looked_records(window: Window) -> QuerySet:
    paths = {"kind": "proposal__kind", "collective_kind": "proposal__collective_kind", "finding": "finding"}
    chosen = {paths[name]: value for name, value in window.filters if name in paths}
    return looked_at(window.office_ids, window.span).filter(**chosen).annotate(counts_for=F("round__office_id"))


def looked_query(window: Window) -> dict[str, str]:
    return {**dict(window.filters), **spanned(window)}


def spanned(window: Window) -> dict[str, str]:
    return {
        "offices": ",".join(str(pk) for pk in sorted(window.office_ids)),
        "since": window.span.first.isoformat(),
        "until": window.span.last.isoformat(),
    }


def kinds(office: Any) -> list[tuple[str, str]]:
    return list(ProposalKind.choices)


def install() -> None:
    register(Measure(
        key="key_proposals", label="重点提案督办", unit="件", records=key_records, date_field="counted_at",
        office_field="office_id", order=22, list_url="key_case_list", list_query=key_query,
    ))  # fmt: skip
    register(Measure(
        key="look_backs", label="提案回头看", unit="件", records=looked_records, date_field="day",
        office_field="counts_for", order=23, list_url="look_back_cases", list_query=looked_query,
        filters={
            "kind": FilterField("类别", kinds),
            "collective_kind": FilterField("集体类型", lambda office: code_choices("collective_kind", office)),
            "finding": FilterField("情况", lambda office: code_choices(LOOK_BACK_FINDING, office)),
        },
    ))  # fmt: skip
