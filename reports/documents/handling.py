"""Passages about what became of proposals: dispatched, answered by category, in time, satisfaction, key proposals,
look-back (domain.md R07, R09); empty where nothing happened.
"""

from __future__ import annotations

from core.breakdown import rate
from core.pdf.blocks import Block, Paragraph, Run
from handling.defaults import REPLY_CATEGORY
from handling.statistics import Tally, handled
from organisation.selectors import code_labels
from proposals.statistics import Scope as Proposals
from reports.documents import Composition
from reports.documents.passages import Scope, joined, plain
from supervision.models import KeyCase
from supervision.selectors.key_cases import supervised
from supervision.selectors.lookback import looked_at


def handling_passage(found: Composition, scope: Scope) -> list[Block]:
    """Of the proposals collected in the span; the figures are those of the statistics page."""
    of = handled(Proposals(scope.office_ids, span=scope.span))
    made: list[Block] = []
    if of.dispatched:
        runs: list[Run] = [
            "已交办提案",
            found.figure("proposals.dispatched", of.dispatched, "件"),
            *answered(found, of.total),
        ]
        made = [Paragraph([*runs, "。"]), *judged(found, of.total)]
    return made + supervision_passage(found, scope)


def answered(found: Composition, tally: Tally) -> list[Run]:
    count = tally.parts["answered"]
    if not count:
        return []
    labels = code_labels(REPLY_CATEGORY)
    parts = [
        [f"{category(labels, key)}的", found.figure(f"proposals.answer.{key}", many, "件"), "，占",
         found.figure(f"proposals.answer_share.{key}", plain(rate(many, count) or 0), "%")]
        for key, many in sorted(tally.categories.items()) if many
    ]  # fmt: skip
    return ["，送达答复", found.figure("proposals.answered", count, "件"), "，其中", *joined(parts, "；")]


def category(labels: dict[str, str], key: str) -> str:
    """A 已解决或基本解决 → 已解决或基本解决（A类）."""
    words = labels.get(key, key).removeprefix(key).strip()
    return f"{words}（{key}类）" if words and len(key) <= 2 else labels.get(key, key)


def judged(found: Composition, tally: Tally) -> list[Block]:
    """Rates that have something to be taken of."""
    rates = [("按期率", "on_time", tally.on_time_rate), ("面商率", "contact", tally.contact_rate),
             ("办理工作满意率", "satisfied_handling", tally.satisfaction("handling")),
             ("办理结果满意率", "satisfied_result", tally.satisfaction("result")),
             ("承诺事项兑现率", "kept", tally.kept_rate)]  # fmt: skip
    parts = [[label, found.figure(f"proposals.{key}", plain(value), "%")] for label, key, value in rates
             if value is not None]  # fmt: skip
    return [Paragraph([*joined(parts, "，"), "。"])] if parts else []


def supervision_passage(found: Composition, scope: Scope) -> list[Block]:
    key = supervised(KeyCase.objects.all(), scope.office_ids, scope.span).count()
    looked = looked_at(scope.office_ids, scope.span).count()
    parts: list[list[Run]] = []
    if key:
        parts.append([found.figure("proposals.key", key, "件"), "提案被确定为重点提案并进行了督办"])
    if looked:
        parts.append(["对", found.figure("proposals.looked_back", looked, "件"), "提案的办理情况进行了回头看"])
    return [Paragraph([*joined(parts, "，"), "。"])] if parts else []
