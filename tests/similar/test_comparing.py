"""The pure part: what texts are compared by, how similar they are, which passages say the same."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from similar.choosing import Key, affordable, keys
from similar.comparing import Asked, Words
from similar.defaults import PHRASES
from similar.grams import LONGEST, fingerprints, grams, number, without
from similar.passages import passages, sentences
from similar.weights import Weights

BUS = ("关于增加夜间公交班次的提案", "城东片区晚上八点以后没有公交，下晚班的工人步行回家，每天约有四百人。")
BUS_AGAIN = ("关于延长公交晚间运营的建议", "下晚班的工人晚上八点以后没有公交可坐，只好步行回家。")
LIFT = ("关于老旧小区加装电梯的提案", "六层的楼房没有电梯，老人一个月才下一次楼，看病要人背。")


def words(pair):
    return Words.of(*pair, PHRASES)


def score(one, other, weights=None):
    return Asked(words(one), Weights() if weights is None else weights).score(words(other))


def test_characters_their_pairs_and_latin_words_are_taken():
    assert dict(grams("公交车，wifi 5g。")) == dict.fromkeys(["公", "交", "车", "公交", "交车", "wifi", "5g"], 1)


def test_boiler_plate_leaves_the_matter():
    assert without("关于进一步加强河道保洁工作的提案", PHRASES).split() == ["河道保洁"]


def test_the_same_text_is_the_same():
    assert score(BUS, BUS) == pytest.approx(1.0)


def test_a_paraphrase_is_nearer_than_another_matter():
    assert score(BUS, BUS_AGAIN) > 0.45 > 0.32 > score(BUS, LIFT)


def test_what_everybody_writes_weighs_nothing():
    frame = "近年来，全县各级各部门高度重视，取得了明显成效，但仍然存在一些困难和不足，需要引起重视。" * 2
    both = [(title, frame + body) for title, body in (BUS, LIFT)]
    counted = Weights(dict.fromkeys(grams(frame), 900) | {str(mark): 900 for mark in fingerprints(frame)}, 1000)
    assert score(*both, counted) < 0.32 < score(*both)


def test_a_copied_passage_is_found_under_another_title():
    passage = "".join(chr(0x4E00 + 37 * at) for at in range(120))
    mine, theirs = ("修路", BUS[1] * 2 + passage), ("架桥", LIFT[1] * 2 + passage)
    assert score(mine, theirs) > 0.6


def test_fingerprints_promise_any_shared_run_of_24_letters():
    run = "".join(chr(0x5000 + 11 * at) for at in range(24))
    assert set(fingerprints(BUS[1] + run + LIFT[1])) & set(fingerprints(LIFT[1] + "，" + run + "。" + BUS[1]))


def test_numbers_fit_the_column_and_stay_the_same():
    assert all(-(1 << 31) <= number(pair) < 1 << 31 for pair in ("公交", "电梯", "a", ""))
    assert number("公交") == number("公" + "交")


def test_only_so_many_rows_are_asked_for():
    common, rare = Key(1, 0.1, 50_000), Key(2, 0.9, 10)
    assert affordable([rare, common], 60_000) == [rare, common]
    assert affordable([rare, common], 1_000) == [rare]
    assert affordable([common], 1_000) == [common]


def test_passages_stand_side_by_side_with_the_common_words_marked():
    [found] = passages("第一句说别的事情。下晚班的工人步行回家。", "开头不同。下晚班的职工只能步行回家。", Weights())
    assert "".join(text for common, text in found.mine if common) == "下晚班的步行回家。"
    assert "".join(text for _, text in found.theirs) == "下晚班的职工只能步行回家。"


def test_each_sentence_is_shown_once():
    mine = "晚上八点以后没有公交。" * 5
    assert len(passages(mine, mine, Weights())) == 1


HOSTILE = {
    "empty": "", "punctuation": "，。！？……——" * 800, "emoji": "😀👨‍👩‍👧‍👦🚍" * 2000, "one letter": "啊" * 20_000,
    "markup": "<script>alert(1)</script>" * 500, "latin": "a" * 20_000, "lines": "\n" * 20_000,
    "mixed": "".join(chr(0x4E00 + at % 20_000) for at in range(20_000)),
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_compared_fast(text):
    began = time.perf_counter()
    for one, other in (((text[:80], text), BUS), (BUS, (text[:80], text)), ((text[:80], text), ("", text))):
        assert 0 <= score(one, other) <= 1
        keys(words(one), Weights())
        passages(one[1], other[1], Weights())
    assert time.perf_counter() - began < 1.5
    assert len(sentences(text)) <= 60


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_have_a_score_and_it_has_no_direction(one, other):
    there, back = score(("", one), ("", other)), score(("", other), ("", one))
    assert 0 <= there <= 1
    if len(grams(one)) > 40 < len(grams(other)):
        assert there == pytest.approx(back)


def test_nothing_beyond_the_longest_is_read():
    assert len(words(("", "长" * (LONGEST * 3))).body) == LONGEST
