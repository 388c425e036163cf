"""What became of proposals: dispatched, answered by category, in time, satisfaction, key proposals, look-back
(domain.md R07, R09); empty where nothing happened.
"""

from __future__ import annotations

from core.breakdown import rate
from core.pdf.blocks import Bars, Block, Run
from handling.defaults import REPLY_CATEGORY
from handling.statistics import Handled, Tally
from organisation.selectors import code_labels
from proposals.enums import ProposalKind
from proposals.statistics import Scope as Proposals
from reports.documents import Composition
from reports.documents.summary.scope import Scope, joined, plain, sentence
from supervision.models import KeyCase
from supervision.selectors.key_cases import supervised
from supervision.selectors.lookback import by_proposers, looked_at

#: Rate → (words, figure of the statistics it is taken from).
RATES = {"on_time": ("按期率", "closed"), "contact": ("面商率", "answered"),
         "satisfied_handling": ("办理工作满意率", "answered"), "satisfied_result": ("办理结果满意率", "answered"),
         "kept": ("承诺事项兑现率", "kept")}  # fmt: skip


def handling_blocks(found: Composition, scope: Scope, rows: Proposals, of: Handled) -> list[Block]:
    """Of the proposals collected in the span; the figures are those of the statistics page."""
    made: list[Block] = []
    if of.dispatched:
        sent = found.figure("proposals.dispatched", of.dispatched, "件", "已交办", rows.url("dispatched"))
        made = [*sentence("proposals.dispatched", ["已交办提案", sent, *answered(found, rows, of.total), "。"]),
                *sentence("proposals.rates", judged(found, rows, of.total))]  # fmt: skip
    return [*made, *sentence("proposals.supervised", supervision(found, scope))]


def answered(found: Composition, rows: Proposals, tally: Tally) -> list[Run]:
    count = tally.parts["answered"]
    if not count:
        return []
    labels = code_labels(REPLY_CATEGORY)
    parts = [
        [f"{category(labels, key)}的", found.figure(f"proposals.answer.{key}", many, "件", category(labels, key), url),
         "，占", found.figure(f"proposals.answer_share.{key}", plain(rate(many, count) or 0), "%",
                            category(labels, key), rows.url("answered"))]
        for key, many in sorted(tally.categories.items()) if many and (url := rows.url("answer", key))
    ]  # fmt: skip
    figure = found.figure("proposals.answered", count, "件", "已送达答复", rows.url("answered"))
    return ["，送达答复", figure, "，其中", *joined(parts, "；")]


def category(labels: dict[str, str], key: str) -> str:
    """A 已解决或基本解决 → 已解决或基本解决（A类）."""
    words = labels.get(key, key).removeprefix(key).strip()
    return f"{words}（{key}类）" if words and len(key) <= 2 else labels.get(key, key)


def judged(found: Composition, rows: Proposals, tally: Tally) -> list[Run]:
    """Rates that have something to be taken of."""
    values = {"on_time": tally.on_time_rate, "contact": tally.contact_rate,
              "satisfied_handling": tally.satisfaction("handling"), "satisfied_result": tally.satisfaction("result"),
              "kept": tally.kept_rate}  # fmt: skip
    parts = [[label, found.figure(f"proposals.{key}", plain(value), "%", label, rows.url(whole))]
             for key, (label, whole) in RATES.items() if (value := values[key]) is not None]  # fmt: skip
    return [*joined(parts, "，"), "。"] if parts else []


def answer_chart(of: Handled) -> list[Bars]:
    labels = code_labels(REPLY_CATEGORY) if of.total.categories else {}
    rows = [(category(labels, key), many) for key, many in sorted(of.total.categories.items()) if many]
    return [Bars("提案答复类别", rows, "件")] if rows else []


# --- key proposals, looking back -------------------------------------------------------------------------------------
def supervision(found: Composition, scope: Scope) -> list[Run]:
    key = supervised(KeyCase.objects.all(), scope.office_ids, scope.span).count()
    parts: list[list[Run]] = []
    if key:
        figure = found.figure("proposals.key", key, "件", "督办的重点提案", scope.url("key_proposals"))
        parts.append([figure, "提案被确定为重点提案并进行了督办"])
    if looked := looked_back(found, scope):
        parts.append(looked)
    return [*joined(parts, "，"), "。"] if parts else []


def looked_back(found: Composition, scope: Scope) -> list[Run]:
    """对4件提案的办理情况进行了回头看，其中党派提案3件: of collective ones it is said whose they are."""
    shares = by_proposers(looked_at(scope.office_ids, scope.span))
    total = sum(each.total for each in shares)
    if not total:
        return []
    figure = found.figure("proposals.looked_back", total, "件", "回头看的提案", scope.url("look_backs"))
    parts = [
        [f"{each.label}", found.figure(
            f"proposals.looked_back.{each.key[1] or 'collective'}", each.total, "件", each.label,
            scope.url("look_backs", kind="collective", **({"collective_kind": each.key[1]} if each.key[1] else {})))]
        for each in shares if each.key[0] == ProposalKind.COLLECTIVE
    ]  # fmt: skip
    tail = ["，其中", *joined(parts)] if parts and len(shares) > 1 else []
    return ["对", figure, "提案的办理情况进行了回头看", *tail]
