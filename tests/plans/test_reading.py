"""The reader of plans: how much it finds in texts of many styles, and that it never loses a character."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as rounds
from hypothesis import strategies as st

from plans.reading import read
from tests.plans.reading_score import NAMES, score, source, total

SAMPLES = sorted((Path(settings.ROOT).parent / "shared" / "samples").glob("*.txt"))
#: (recall, precision) over all texts, below which a change made the reader worse.
FLOOR = {"sections": (0.97, 0.97), "targets": (0.95, 0.95), "items": (0.94, 0.94), "left_over": (0.95, 0.95)}


def test_all_texts_are_read_well():
    sums = total(NAMES)
    reached = {kind: (round(each.recall, 3), round(each.precision, 3)) for kind, each in sums.items()}
    wrong = {kind: (each.missed, each.extra) for kind, each in sums.items()}
    assert all(reached[kind][n] >= FLOOR[kind][n] for kind in FLOOR for n in (0, 1)), (reached, wrong)


@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_read_badly(name):
    targets, items = score(name)["targets"], score(name)["items"]
    assert targets.recall >= 0.7 or not targets.missed, targets
    assert items.recall >= 0.7 or not items.missed, items


# --- nothing is lost -------------------------------------------------------------------------------------------------
def placed(reading) -> list[int]:
    """How often each character that is no white space stands in a section or in what is left over."""
    counts = Counter(
        place
        for span in [*(s for section in reading.sections for s in section.spans), *reading.left_over]
        for place in range(span.start, span.end)
    )
    text = reading.source
    return [counts[place] for place, char in enumerate(text) if not char.isspace() and char != "\ufeff"]


#: What the numbers and bullets of headings are made of.
NUMBERS = set("■◆①②③④⑤一二三四五六七八九十是0123456789１２３４５６７８９０、．.（）()。：:，#-－第部分篇")


def characters(text: str) -> Counter:
    return Counter(char for char in text if not char.isspace() and char != "\ufeff")


MARKS = "一、 （二） 1． ① 第一， 二是 （3项） ， ； 。 “ ” | — 至 附件1 😀"
WORDS = (
    "3月 五月中旬， 每季度 不少于２次 组织委员视察 协商时间： 参加人员： 专题协商 提案 每名委员 __"
    " 工作计划篇一 全会期间 2024年 五个一 推荐阅读： 10万元 95%"
)
PIECES = st.sampled_from([*MARKS.split(), *WORDS.split(), "- ", "\n", "\n\n", "\t", "　　", "\x0b", "\ufeff", "a b"])


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=60).map("".join))
@rounds(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_character_has_exactly_one_place(text):
    reading = read(text)
    assert set(placed(reading)) <= {1}
    for each in [*reading.targets, *reading.items]:
        assert 0 <= each.span.start < each.span.end <= len(reading.source)


@pytest.mark.parametrize("name", NAMES)
def test_bodies_and_left_over_hold_the_text_itself(name):
    """Titles without their numbers, bodies and left-over passages give the source back, numbers of headings apart."""
    given_back = read(source(name)).as_json()
    held = Counter()
    for section in given_back["sections"]:
        held += characters(section["title"] + section["body"])
    held += characters("".join(given_back["left_over"]))
    missing = characters(source(name)) - held
    assert set(missing) <= NUMBERS


# --- hostile input ---------------------------------------------------------------------------------------------------
#: A piece and how often it is repeated.
REPEATED = {
    "每季度": 8000, "一": 30000, "3月、": 9000, "（": 20000, "1、": 12000, "协商时间：": 6000, "\t|": 15000,
    "__件": 9000, "由3月起每月": 5000, "二〇二五年": 6000, "5月至6月": 7000, "-": 40000, "，": 40000,
}  # fmt: skip


@pytest.mark.parametrize("piece", REPEATED)
def test_nothing_makes_the_reader_slow(piece):
    begin = time.perf_counter()
    read(piece * REPEATED[piece])
    assert time.perf_counter() - begin < 10


def test_a_long_plan_takes_less_than_a_second():
    text = "\n".join(source(name) for name in NAMES)
    text = text * (50_000 // len(text) + 1)
    begin = time.perf_counter()
    read(text[:50_000])
    assert time.perf_counter() - begin < 2


# --- real plans ------------------------------------------------------------------------------------------------------
@pytest.mark.skipif(not SAMPLES, reason="the samples are not in every working copy")
@pytest.mark.parametrize("path", SAMPLES, ids=[path.stem for path in SAMPLES])
def test_the_samples_are_read_without_loss(path):
    reading = read(path.read_text(encoding="utf-8"))
    assert set(placed(reading)) == {1}
    assert reading.sections and reading.targets
    assert json.loads(json.dumps(reading.as_json()))["targets"]
