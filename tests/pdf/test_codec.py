"""Blocks survive being kept as JSON."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from core.pdf import codec
from core.pdf.blocks import Column, Figure, Heading, Paragraph, Progress, ProgressTable, Signature, Table

BLOCKS = [
    Heading(1, "提案工作", number="二、"),
    Paragraph(["征集提案", Figure(3, "件", "proposals", "提案", "/proposals/?year=2026"), "。"]),
    Table([Column("案号", 20, "center")], [["〔2026〕1号"], [None], [2.5]], caption="一览表"),
    ProgressTable([Progress("视察", 2, 1, "次")]),
    Signature("云溪县政协", date(2026, 7, 1), sealed=True),
]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_a_block_comes_back_as_it_was(block):
    assert codec.load(json.loads(json.dumps(codec.dump(block)))) == block


def test_decimals_keep_their_digits():
    assert codec.load(codec.dump(Decimal("2.50"))) == Decimal("2.50")


def test_what_is_no_block_is_not_kept():
    with pytest.raises(TypeError):
        codec.dump(object())
    with pytest.raises(KeyError):
        codec.load({"#": "Popen", "args": ["true"]})
