"""How well and how fast similar texts are found.

    .venv/bin/python script/embedded.py run -- .venv/bin/python -m bench.similarity           quality only, no database
    .venv/bin/python script/embedded.py run -- .venv/bin/python -m bench.similarity --speed   and 20,000 texts

The set is similarity_cases.csv: every topic said three times in other words, each inside phrases that all proposals
share, so that texts of different topics look alike (hard negatives). The numbers in similar/ were chosen on the older
topics; those named new_… were written afterwards and nothing was changed for them.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
CASES = Path(__file__).with_name("similarity_cases.csv")
OPENINGS = (
    "近年来，我县认真贯彻落实上级决策部署，相关工作取得了明显成效，群众的获得感不断提高。但是在调研中我们也发现，"
    "仍然存在一些问题和不足，需要引起高度重视。",
    "随着经济社会的快速发展，人民群众对美好生活的期待越来越高，这方面的矛盾也日益突出，已经成为社会各界关注的热点。",
    "在走访群众时，不少居民向我反映这一情况，希望有关部门能够重视起来，尽快拿出办法。",
    "这件事看起来不大，却关系到千家万户的切身利益，也关系到党委政府的形象。",
)
CAUSES = (
    "造成这种状况的原因是多方面的：一是思想认识不到位，二是资金投入不足，三是部门之间缺乏协调配合，四是长效机制没有建立。",
    "究其原因，主要是规划滞后、管理粗放、责任不清，加上宣传引导不够，没有形成齐抓共管的合力。",
    "分析起来，既有历史欠账的因素，也有监管不严、标准不高的因素，还有群众意识不强的因素。",
)
CLOSINGS = (
    "为此建议：加强组织领导，明确牵头单位和责任分工，建立联席会议制度，定期研究解决遇到的困难。加大财政投入，"
    "多渠道筹措资金。加强宣传引导，营造良好氛围，形成全社会共同参与的局面。",
    "建议有关部门高度重视，制定实施方案，分步推进，严格考核，确保各项措施落到实处、取得实效。",
    "以上建议，请予以考虑，并将办理情况及时向社会公布，接受群众监督。",
)
#: Scores are 0 to 1; shown to people are those from this rule on.
AT = (0.25, 0.32, 0.4, 0.5)


@dataclass(frozen=True)
class Case:
    topic: str
    title: str
    body: str


def load() -> list[Case]:
    """Every case inside phrases of the kind all proposals share; the same ones each time."""
    chance = Random(7)
    with CASES.open(encoding="utf-8", newline="") as file:
        return [
            Case(row["topic"], row["title"], framed(row["body"], chance)) for row in csv.DictReader(file)
        ]  # fmt: skip


def framed(body: str, chance: Random) -> str:
    return "\n".join([chance.choice(OPENINGS), body, chance.choice(CAUSES), chance.choice(CLOSINGS)])


def copies(cases: list[Case]) -> list[tuple[Case, Case]]:
    """A case and what somebody makes of it to hand it in again: sentences in another order, some left out, a new
    title.
    """
    chance = Random(11)
    found = []
    for case in cases[::3]:
        sentences = [each for each in case.body.replace("\n", "").split("。") if each]
        chance.shuffle(sentences)
        kept = sentences[: max(2, len(sentences) - 1)]
        found.append((case, Case(case.topic, f"再提{case.title}", "。".join(kept) + "。")))
    return found


def is_new(case: Case) -> bool:
    """Of a topic written after the numbers were chosen."""
    return case.topic.startswith("new_")


@dataclass(frozen=True)
class Quality:
    """Over ordered pairs. `curve`: threshold → (precision, recall)."""

    curve: dict[float, tuple[float, float]]
    recall_at_5: float
    pairs: int


def quality(cases: list[Case], asking: list[Case] | None = None) -> Quality:
    """Each of `asking` is compared with all others."""
    from similar.comparing import Asked, Words
    from similar.defaults import PHRASES

    weights = counted(cases)
    ready = [(case, Words.of(case.title, case.body, PHRASES)) for case in cases]
    scored: list[tuple[float, bool]] = []
    found = wanted = 0
    for case in asking or cases:
        asked = Asked(Words.of(case.title, case.body, PHRASES), weights)
        ranked = sorted(((asked.score(words), other.topic == case.topic) for other, words in ready if other != case),
                        key=lambda pair: -pair[0])  # fmt: skip
        scored += ranked
        found += sum(same for _, same in ranked[:5])
        wanted += sum(same for _, same in ranked)
    return Quality({at: precision_recall(scored, at) for at in AT}, found / wanted, len(scored))


def precision_recall(scored: list[tuple[float, bool]], at: float) -> tuple[float, float]:
    hits = [same for score, same in scored if score >= at]
    right, all_right = sum(hits), sum(same for _, same in scored)
    return right / len(hits) if hits else 1.0, right / all_right


def counted(cases: list[Case]):
    """What is common, counted as `similar.services.count` does."""
    from similar.comparing import Words
    from similar.defaults import PHRASES
    from similar.services import common, tally
    from similar.weights import Weights

    found: Counter[str] = Counter()
    for case in cases:
        tally(found, Words.of(case.title, case.body, PHRASES))
    return Weights(common(found, len(cases)), len(cases))


def copied_share(cases: list[Case], at: float) -> float:
    """Which part of the copies reaches the score that is called 几乎相同."""
    from similar.comparing import Asked, Words
    from similar.defaults import PHRASES

    weights, pairs = counted(cases), copies(cases)
    scores = [
        Asked(Words.of(copy.title, copy.body, PHRASES), weights).score(Words.of(case.title, case.body, PHRASES))
        for case, copy in pairs
    ]
    return sum(score >= at for score in scores) / len(scores)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--speed", action="store_true", help="also how fast, on the proposals of the database")
    options = parser.parse_args(arguments)
    import django

    django.setup()
    for line in quality_lines():
        print(line)
    if options.speed:
        from bench.similarity_speed import speed_lines

        for line in speed_lines():
            print(line)
    return 0


def quality_lines() -> Iterator[str]:
    cases = load()
    groups = {
        "all": cases,
        "chosen on": [case for case in cases if not is_new(case)],
        "new": [case for case in cases if is_new(case)],
    }
    yield f"{len(cases)} texts of {len({case.topic for case in cases})} topics"
    yield f"| asked | pairs | recall@5 | {' | '.join(f'P / R at {at}' for at in AT)} |"
    yield "|---|---:|---:|" + "---:|" * len(AT)
    for name, asking in groups.items():
        yield row(name, quality(cases, asking))
    for at in (0.5, 0.75):
        yield f"copies with sentences moved and a new title, score from {at}: {copied_share(cases, at):.0%}"


def row(name: str, found: Quality) -> str:
    curve = " | ".join(f"{precision:.2f} / {recall:.2f}" for precision, recall in found.curve.values())
    return f"| {name} | {found.pairs} | {found.recall_at_5:.2f} | {curve} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
