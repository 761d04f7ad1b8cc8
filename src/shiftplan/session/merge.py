"""Two sets of changes to one text, put together line by line."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple


class Hunk(NamedTuple):
    """Lines *start* to *end* of the text both began with, replaced by *lines*."""

    start: int
    end: int
    lines: tuple[str, ...]


class Merged(NamedTuple):
    """The text with both sets of changes, and the lines of ours that clash with theirs and were
    left out.
    """

    text: str
    lost: tuple[str, ...]


def merge(base: str, ours: str, theirs: str) -> Merged:
    """Return *theirs* with what *ours* changed of *base*; where both changed the same lines, theirs
    stand.

    Lines both put in at the same place are all kept, theirs first.
    """
    start = base.splitlines(keepends=True)
    mine, other = _hunks(start, ours), _hunks(start, theirs)
    lost: list[str] = []
    kept: list[Hunk] = []
    for hunk in mine:
        if hunk in other:
            continue
        if any(_clash(hunk, h) for h in other):
            lost += hunk.lines or [f"(deleted) {line}" for line in start[hunk.start : hunk.end]]
        else:
            kept.append(hunk)
    made: list[str] = []
    at = 0
    for hunk in sorted((*other, *kept), key=lambda h: (h.start, h.end)):
        made += start[at : hunk.start]
        if made and hunk.lines and not made[-1].endswith(("\n", "\r")):
            made[-1] += "\n"  # both added lines after one that had no line end
        made += hunk.lines
        at = max(at, hunk.end)
    made += start[at:]
    return Merged("".join(made), tuple(line.rstrip("\r\n") for line in lost))


def _hunks(base: Sequence[str], text: str) -> list[Hunk]:
    lines = text.splitlines(keepends=True)
    matcher = SequenceMatcher(None, base, lines, autojunk=False)
    return [
        Hunk(i1, i2, tuple(lines[j1:j2]))
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _clash(a: Hunk, b: Hunk) -> bool:
    """Say whether two hunks touch the same lines; two places where lines are only put in never do."""
    if a.start == a.end and b.start == b.end:
        return False
    if a.start == a.end or b.start == b.end:
        point, (start, end) = (a.start, b[:2]) if a.start == a.end else (b.start, a[:2])
        return start < point < end
    return a.start < b.end and b.start < a.end
