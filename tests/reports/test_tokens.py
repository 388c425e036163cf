"""Figures inside edited text."""

from __future__ import annotations

import pytest

from core.errors import DomainError
from core.pdf.blocks import Figure
from reports.manuscripts import tokens

ACTIVITIES, RATE = Figure(12, "次", "activities"), Figure(66.6, "%", "activities.rate")
FACTS = {each.key: each for each in (ACTIVITIES, RATE)}


def test_runs_become_text_and_text_becomes_the_same_runs():
    runs = ["开展活动", ACTIVITIES, "，到会率", RATE, "。"]
    text = tokens.written(runs)
    assert text == "开展活动〔12次·activities〕，到会率〔66.6%·activities.rate〕。"
    assert tokens.read(text, FACTS) == runs


def test_only_the_key_of_a_figure_counts():
    assert tokens.read("共〔99次·activities〕", FACTS) == ["共", ACTIVITIES]
    assert tokens.renewed("共〔99次·activities〕", FACTS) == "共〔12次·activities〕"


def test_document_numbers_are_no_figures():
    assert tokens.read("云政协〔2026〕3号", FACTS) == ["云政协〔2026〕3号"]


def test_an_unknown_figure_is_refused_in_a_sentence():
    with pytest.raises(DomainError, match="没有对应的记录"):
        tokens.read("〔3件·nothing〕", FACTS)


def test_numbers_typed_by_hand_are_found():
    assert tokens.typed_numbers("〔12次·activities〕，另有3次、2.5小时") == ["3", "2.5"]
    assert tokens.typed_numbers("1. 走访18户\n　　（2）座谈\n3、宣讲\n2.5小时") == ["18", "2.5"]


def test_an_empty_text_is_one_empty_run():
    assert tokens.read("", FACTS) == [""]
