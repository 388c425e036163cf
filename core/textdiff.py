"""Two texts woven together, so that a reader sees what went and what came."""

from __future__ import annotations

from difflib import SequenceMatcher

#: Longer texts are compared paragraph by paragraph instead of letter by letter.
LONGEST_COMPARED = 3000
#: (how, text): how is same, del or ins.
Piece = tuple[str, str]


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """What stayed, what went, what came, in reading order. Joined without `ins` they are `before`, without `del`
    they are `after`."""
    if not before or not after:
        return tuple(piece for piece in (("del", before), ("ins", after)) if piece[1])
    if max(len(before), len(after)) > LONGEST_COMPARED:
        return woven(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return woven(before, after)


def woven(before: str | list[str], after: str | list[str]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for how, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how == "equal":
            found.append(("same", "".join(before[a:b])))
        else:
            changed = (("del", "".join(before[a:b])), ("ins", "".join(after[c:d])))
            found += [piece for piece in changed if piece[1]]
    return tuple(found)
