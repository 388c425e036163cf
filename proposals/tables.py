"""The proposal list as a table, made for one screen of 1366 pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html

from core.listing import Table
from core.registry import Registry
from core.templatetags.ui import badge, cn_date
from proposals.enums import UNDECIDED, Verdict
from proposals.models import Proposal

TIGHT = {"td": {"class": "cell-tight"}}
PICK = {"td": {"class": "cell-pick no-print"}, "th": {"class": "cell-pick no-print"}}
CHUNK = 1000


@dataclass(frozen=True)
class Standing:
    """What the last column says of one proposal: units, deadline. `mark` stands out, in the colour of `tone`."""

    text: str
    mark: str = ""
    tone: str = "neutral"


#: Apps above say how proposals stand: name → (proposals of the page, user) -> {pk: Standing}. Constant queries.
standings: Registry[Callable[[Sequence[Proposal], Any], dict[int, Standing]]] = Registry("standing of proposals")


class ProposalTable(Table):
    """Newest submission first. Exported as it is shown."""

    pick = tables.Column("选择", orderable=False, empty_values=(), exclude_from_export=True, attrs=PICK)
    case_no = tables.Column("案号", attrs=TIGHT, empty_values=(), order_by=("session_id", "case_no"))
    subject = tables.Column("案由", linkify=True, orderable=False, attrs={"td": {"class": "cell-title"}})
    proposers = tables.Column("提案者", orderable=False, empty_values=())
    home_office = tables.Column("联络处", accessor="home_office__short_name", orderable=False)
    category = tables.Column("分类", empty_values=(), orderable=False, attrs=TIGHT)
    submitted_at = tables.Column("提交时间", attrs=TIGHT)
    state = tables.Column("状态", attrs=TIGHT, order_by=("state", "-submitted_at", "-pk"))
    standing = tables.Column("审查、承办", orderable=False, empty_values=())

    class Meta(Table.Meta):
        model = Proposal
        fields = ("pick", "case_no", "subject", "proposers", "home_office", "category", "submitted_at", "state",
                  "standing")  # fmt: skip
        order_by = ("-submitted_at",)
        empty_text = "没有符合条件的提案。"

    def __init__(self, *args: Any, categories: dict[str, str], user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.categories, self.user = categories, user
        self.known: dict[int, Standing] | None = None

    def render_pick(self, record: Proposal) -> str:
        return format_html(
            '<span class="form-check"><input class="form-check-input" type="checkbox" name="pick" form="bulk" '
            'value="{}" aria-label="选择{}"></span>', record.pk, f"{record.number_label}《{record}》",
        )  # fmt: skip

    def render_case_no(self, record: Proposal) -> str:
        return record.number_label

    def value_case_no(self, record: Proposal) -> str:
        return record.full_case_label or record.number_label

    def render_subject(self, record: Proposal) -> str:
        return str(record)

    def render_proposers(self, record: Proposal) -> str:
        return record.short_proposers_label

    def value_proposers(self, record: Proposal) -> str:
        return record.proposers_label

    def render_category(self, record: Proposal) -> str:
        return self.categories.get(record.category, record.category)

    def render_submitted_at(self, value: Any) -> str:
        return cn_date(value)

    def value_submitted_at(self, value: Any) -> Any:
        return value

    def render_state(self, record: Proposal) -> str:
        return badge(record.state_label, record.tone)

    def value_state(self, record: Proposal) -> str:
        return record.state_label

    # --- how it stands: the reviewers before the decision, units and deadlines after it ---------------------------
    def render_standing(self, record: Proposal) -> str:
        found = self.standing_of(record)
        if found is None:
            return "—"
        return format_html("{} {}", found.text, badge(found.mark, found.tone)) if found.mark else found.text

    def value_standing(self, record: Proposal) -> str:
        found = self.standing_of(record)
        return f"{found.text} {found.mark}".strip() if found else ""

    def standing_of(self, record: Proposal) -> Standing | None:
        if record.state in UNDECIDED:
            return advised(record)
        if self.known is None:
            self.known = self.told(self.shown())
        return self.known.get(record.pk)

    def shown(self) -> list[Proposal]:
        """The rows of this page, or all of them for an export."""
        return [row.record for row in (self.paginated_rows if hasattr(self, "page") else self.rows)]

    def told(self, rows: Sequence[Proposal]) -> dict[int, Standing]:
        found: dict[int, Standing] = {}
        for part in chunks(rows):
            for tell in standings:
                found |= tell(part, self.user)
        return found


def chunks(rows: Sequence[Proposal]) -> Iterable[Sequence[Proposal]]:
    return (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))


def advised(proposal: Proposal) -> Standing | None:
    """What the reviewers recommend, as the list has read it."""
    return Standing("", f"建议{Verdict(proposal.advised).label}", "info") if proposal.advised else None
