"""The benchmark of a volume: the same pages each time, and a table that says what was measured."""

from __future__ import annotations

import os

from bench import run, volume
from bench.volume import WAYS, Result, best, table
from bench.volume_blocks import ACTIVITIES, MEMBERS, PHOTOS, PROPOSALS, blocks
from core.pdf.blocks import Contents, Heading, Picture, Table
from core.pdf.chapters.cutting import cut, is_volume


def test_the_volume_is_what_its_name_says_and_the_same_each_time():
    made = blocks()
    assert made == blocks() and is_volume(made)
    assert [len(each.entries) for each in made if isinstance(each, Contents)] == [PROPOSALS]
    assert [len(each.rows) for each in made if isinstance(each, Table)] == [MEMBERS]
    assert sum(isinstance(each, Picture) for each in made) == PHOTOS
    assert sum(isinstance(each, Heading) and each.level == 3 for each in made) == ACTIVITIES


def test_its_chapters_are_alike_enough_to_be_shared_out():
    weights = [chapter.weight for chapter in cut(blocks())]
    assert max(weights) < sum(weights) / 8


def test_the_best_run_counts_and_the_most_memory():
    runs = [Result(way, seconds, seconds * 2, memory, 5.9, 333)
            for way in WAYS for seconds, memory in ((9, 400), (8, 480))]  # fmt: skip
    assert table(best(runs), 2)[2] == "| in chapters, 2 processes | 333 | 8.0 | 16.0 | 480 | 5.9 |"


def test_memory_and_processor_of_a_process_are_read():
    assert os.getpid() in volume.descendants(os.getpid())
    assert volume.megabytes(os.getpid()) > 10 and volume.processor(os.getpid()) > 0
    assert (volume.megabytes(2**30), volume.processor(2**30)) == (0.0, 0.0)


def test_what_was_measured_apart_stays_on_the_page():
    assert run.kept("# Performance\n\ntable\n\n## Volumes\n\nmore\n") == "\n## Volumes\n\nmore\n"
