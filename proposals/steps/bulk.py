"""The office's bulk acts: preliminary review, recommendations and following them, filing, merging."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from proposals import services
from proposals.bulk import BulkAction, Fate, actions, advice_of, by_table, in_order, receives
from proposals.enums import UNDECIDED, Verdict
from proposals.forms import AdviceForm, LeadForm
from proposals.models import Proposal
from proposals.permissions import can_decide, leads_none
from proposals.services.checking import cannot_lead

Values = Mapping[str, Any]
TRANSITIONS = {
    Verdict.FILE: "file", Verdict.MERGE: "merge", Verdict.NOT_FILE: "not_file", Verdict.RETURN: "return",
    Verdict.TO_OPINION: "not_file",
}  # fmt: skip
WILL = {
    Verdict.FILE: "立案，编定案号", Verdict.NOT_FILE: "不予立案", Verdict.RETURN: "退回提案人修改",
    Verdict.TO_OPINION: "不予立案，内容转为社情民意信息",
}  # fmt: skip
#: Filing comes first, so that what others are merged into has its number.
RANK = {Verdict.FILE: 0, Verdict.MERGE: 1}


# --- preliminary review, filing ------------------------------------------------------------------------------------
def take_up(proposal: Proposal, user: Any, values: Values) -> str:
    services.take_up(proposal=proposal, by=user)
    return "初审通过，等待审查决定。"


def file(proposal: Proposal, user: Any, values: Values) -> str:
    return f"已立案，{services.file_case(proposal=proposal, category=proposal.category, by=user).case_label}。"


def foresee_file(proposal: Proposal, user: Any) -> Fate:
    fate = by_table("file", "立案，编定案号")(proposal, user)
    return fate if not fate.can or proposal.category else Fate(False, "还没有分类，请单独立案。")


# --- recommendations -----------------------------------------------------------------------------------------------
def foresee_undecided(proposal: Proposal, user: Any) -> Fate:
    answer = can_decide(user, proposal)
    if not answer:
        return Fate(False, answer.reason)
    if proposal.state not in UNDECIDED:
        return Fate(False, f"现在是“{proposal.state_label}”，审查已经结束。")
    advice = advice_of(proposal)
    return Fate(True, f"替换现有的审查意见：{advice}" if advice else "填写审查意见")


def recommend(proposal: Proposal, user: Any, values: Values) -> str:
    return f"审查意见：{services.recommend(proposal=proposal, advice=values['advice'], by=user)}。"


def foresee_follow(proposal: Proposal, user: Any) -> Fate:
    advice = advice_of(proposal)
    if advice is None:
        return Fate(False, "还没有审查意见。")
    verdict = Verdict(advice.verdict)
    will = merged_text(advice.merge_into) if verdict == Verdict.MERGE else WILL[verdict]
    fate = by_table(TRANSITIONS[verdict], will)(proposal, user)
    if fate.can and verdict == Verdict.MERGE:
        why = cannot_lead(proposal, advice.merge_into)
        return Fate(False, why) if why else fate
    if fate.can and verdict not in (Verdict.FILE, Verdict.MERGE):
        answer = leads_none(user, proposal)
        return fate if answer else Fate(False, answer.reason)
    if fate.can and verdict == Verdict.FILE and not (advice.category or proposal.category):
        return Fate(False, "还没有分类，请单独立案。")
    return fate


def merged_text(lead: Proposal) -> str:
    return f"并入{lead.number_label}《{lead}》"


def follow(proposal: Proposal, user: Any, values: Values) -> str:
    advice = advice_of(proposal)
    done = services.follow(proposal=proposal, by=user, seen=values["seen_advice"].get(proposal.pk))
    if done.case_no and advice and advice.verdict == Verdict.FILE:
        return f"已立案，{done.case_label}。"
    return f"{done.state_label}。"


def follow_order(proposal: Proposal) -> Any:
    advice = advice_of(proposal)
    return (RANK.get(Verdict(advice.verdict), 2) if advice else 3, in_order(proposal))


# --- merging -------------------------------------------------------------------------------------------------------
def merge(proposal: Proposal, user: Any, values: Values) -> str:
    lead = values["lead"]
    if proposal.pk == lead.pk:
        return "作为主案，其他提案并入本案。"
    services.merge(proposal=proposal, into=lead, by=user)
    return f"已{merged_text(lead)}。"


def foresee_merge(proposal: Proposal, user: Any) -> Fate:
    return by_table("merge", "并入选定的主案（选作主案的除外）")(proposal, user)


def connect() -> None:
    """Dispatching and documents are added by the apps they belong to."""
    for action in (
        BulkAction("take_up", "初审通过", 10, "通过初审的提案等待审查决定。提案人要撤回，须经办公室同意。",
                   receives, by_table("take_up", "通过初审"), take_up),
        BulkAction("recommend", "填写审查意见", 20, "给勾选的提案填写同一条审查意见。决定以前可以再改。",
                   receives, foresee_undecided, recommend, form=AdviceForm),
        BulkAction("follow", "按审查意见办理", 30, "每一件按它现行的审查意见办理，并通知提案人。",
                   receives, foresee_follow, follow, sequence=follow_order),
        BulkAction("file", "立案（分类不变）", 40, "按提交的先后编定案号，分类保持现在的，并通知提案人。",
                   receives, foresee_file, file),
        BulkAction("merge", "并案", 50, "内容相同的提案，从中选一件作主案。每位提案人都会保留，并分别得到答复。",
                   receives, foresee_merge, merge, form=LeadForm),
    ):  # fmt: skip
        actions.add(action)
