"""Single sentences of plans and what they ask for, or plan for when."""

from __future__ import annotations

import json

import pytest

from plans.reading import read
from tests.plans.reading_score import TEXTS, target_line

SENTENCES = json.loads((TEXTS / "sentences.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("sentence", SENTENCES["targets"])
def test_what_a_sentence_asks_for(sentence):
    assert [target_line(each) for each in read(sentence).targets] == SENTENCES["targets"][sentence]


def when_line(item) -> str:
    months = f"{item.month}-{item.until_month}" if item.until_month else f"{item.month}"
    return f"{months} {item.part_of_month} {item.kind}"


@pytest.mark.parametrize("sentence", SENTENCES["items"])
def test_what_a_sentence_plans(sentence):
    assert [when_line(each) for each in read(sentence).items] == SENTENCES["items"][sentence]
