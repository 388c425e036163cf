"""The page of a look-back round."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from core.pages import Link, Page
from core.templatetags.ui import cn_date
from core.workflow import history
from organisation.selectors import code_labels
from supervision import permissions
from supervision.defaults import LOOK_BACK_FINDING
from supervision.models import LookBackRound
from supervision.selectors import lookback
from supervision.workflow import ROUNDS

TOP = ("回头看", "/look-backs/")
TONES = {"": "neutral", "kept": "success", "partial": "warning", "undone": "danger", "rebound": "danger"}


def crumbs(user: Any, each: LookBackRound, *more: str) -> list[tuple[str, str]]:
    return [TOP, (str(each), each.get_absolute_url() if more else ""), *((label, "") for label in more)]


def detail(user: Any, each: LookBackRound) -> dict[str, Any]:
    page = Page(str(each), lead=each.scope, breadcrumbs=crumbs(user, each), badge=each.state_label,
                badge_tone=each.tone)  # fmt: skip
    labels = {**code_labels(LOOK_BACK_FINDING), "": "待回看"}
    rows = [(case, labels.get(case.finding, case.finding), TONES.get(case.finding, "info"))
            for case in lookback.cases(each)]  # fmt: skip
    return {
        "page": page, "each": each, "links": links(user, each), "actions": actions(user, each), "rows": rows,
        "may_edit": bool(permissions.can_edit_round(user, each)), "by_finding": lookback.by_finding(each),
        "by_proposers": lookback.by_proposers(each.cases.all()), "events": history(each),
        "facts": [("年度", f"{each.year}年"), ("机构", each.office.short_name), ("总结时间", cn_date(each.closed_at))],
    }  # fmt: skip


def actions(user: Any, each: LookBackRound) -> list[Any]:
    if not permissions.works(user, each) or not each.cases.exists():
        return []
    return ROUNDS.actions(user, each, url=lambda name: reverse("look_back_act", args=[each.pk, name]))


def links(user: Any, each: LookBackRound) -> list[Link]:
    if not permissions.can_edit_round(user, each):
        return []
    filled = each.cases.exists()
    return [
        Link("加入提案", reverse("look_back_add", args=[each.pk]), "secondary" if filled else "primary", "plus-lg"),
        Link("修改", reverse("look_back_edit", args=[each.pk]), icon="pencil"),
    ]
