"""What a proposal must have before it is submitted. The numbers are rule-set data (proposal.*)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.prose import require_no_gaps, short_parts, too_long
from organisation.models import Office
from organisation.selectors import rules
from proposals.enums import ProposalKind

PARTS = {"background": "情况", "analysis": "分析", "suggestions": "建议"}
REQUIRED = {"subject": "请填写“案由”。", "category": "请选择“分类”。"}
COLLECTIVE = {"collective_kind": "请选择“集体类型”。", "collective_name": "请填写“集体名称”。"}
LEFTOVER = "还有没有认出的文字，请移到合适的部分，不需要的请删掉。"


def gaps(text: Mapping[str, Any], office: Office) -> dict[str, str]:
    """{field: sentence} for everything that is missing or too long under the office's rules; empty when complete."""
    wanted = REQUIRED | (COLLECTIVE if text.get("kind") == ProposalKind.COLLECTIVE else {})
    found = {name: sentence for name, sentence in wanted.items() if not text.get(name)}
    if not text.get("may_publish", True) and not text.get("unpublish_reason"):
        found["unpublish_reason"] = "不同意公开的，请写明理由。"
    if text.get("leftover"):
        found["leftover"] = LEFTOVER
    limits = rules(("proposal.max_subject", "proposal.min_chars"), office)
    found |= too_long(text, "subject", "案由", limits["proposal.max_subject"])
    return found | short_parts(text, PARTS, limits["proposal.min_chars"])


def require_complete(text: Mapping[str, Any], office: Office) -> None:
    """Raises DomainError with the first gap and how many there are."""
    require_no_gaps(gaps(text, office), verb="提交")
