"""Floors under the quality measured in docs/similarity.md, on a part of the labelled set."""

from __future__ import annotations

import pytest

from bench import similarity as bench

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cases():
    """Every fourth topic and its three texts."""
    every = bench.load()
    topics = list(dict.fromkeys(case.topic for case in every))[::4]
    return [case for case in every if case.topic in topics]


def test_every_topic_is_said_three_times():
    every = bench.load()
    assert len(every) == 3 * len({case.topic for case in every}) > 200


def test_paraphrases_are_among_the_first_five_and_most_of_what_is_shown_is_right(cases):
    found = bench.quality(cases)
    precision, recall = found.curve[0.32]
    assert found.recall_at_5 >= 0.75
    assert precision >= 0.6 and recall >= 0.5


def test_what_is_handed_in_again_is_called_nearly_the_same(cases):
    assert bench.copied_share(cases, 0.75) >= 0.95
