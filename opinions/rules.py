"""What a submission must have before it is sent. The numbers are rule-set data (opinion.*)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.prose import length, require_no_gaps, short_parts, too_long
from organisation.models import Office
from organisation.selectors import rule

PARTS = {"situation": "情况反映", "suggestions": "意见建议"}
REQUIRED = {"title": "请填写“标题”。", "category": "请选择“分类”。"}


def gaps(text: Mapping[str, Any], office: Office) -> dict[str, str]:
    """{field: sentence} for everything that is missing or too long under the office's rules; empty when complete."""
    found = {name: sentence for name, sentence in REQUIRED.items() if not text.get(name)}
    found |= too_long(text, "title", "标题", rule("opinion.max_title", office))
    found |= short_parts(text, PARTS, rule("opinion.min_chars", office))
    longest, typed = rule("opinion.max_chars", office), sum(length(text.get(name) or "") for name in PARTS)
    if typed > longest:
        found.setdefault(
            "situation", f"全文现在是 {typed} 字，超过了 {longest} 字。请精简，一事一报；多件事请分开报送。"
        )
    return found


def require_complete(text: Mapping[str, Any], office: Office) -> None:
    """Raises DomainError with the first gap and how many there are."""
    require_no_gaps(gaps(text, office), verb="报送")
