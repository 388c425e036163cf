from __future__ import annotations

import uuid

import pytest

FULL = {
    "title": "南门农贸市场雨天积水",
    "category": "environment",
    "situation": "南门农贸市场东侧排水沟堵塞，下雨后积水没过脚面，买菜的老人多次滑倒，商户已经反映三次。",
    "suggestions": "请城管部门清理排水沟，并在入口铺防滑垫。",
}


@pytest.fixture
def post():
    """`post(title="…")`: what the browser sends for a complete submission, changed as asked."""

    def data(**changes):
        return {**FULL, "idempotency_key": str(uuid.uuid4()), "intent": "submit", **changes}

    return data
