"""Two sets of changes to the same files, put together line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    """Return *theirs* with what *ours* changed of *base*.

    Where both changed the same lines, theirs stand. Lines both put in at the same place are all
    kept, theirs first.
    """
    start = base.splitlines(keepends=True)
    other = _hunks(start, theirs)
    lost: list[str] = []
    kept: list[Hunk] = []
    for hunk in _hunks(start, ours):
        if hunk in other:
            continue  # both made the same change
        if any(_clash(hunk, their) for their in other):
            lost += hunk.lines or [f"(deleted) {line}" for line in start[hunk.start : hunk.end]]
        else:
            kept.append(hunk)
    # Of lines put in at one place, a stable sort has theirs first.
    hunks = sorted((*other, *kept), key=lambda hunk: (hunk.start, hunk.end))
    return Merged(_applied(start, hunks), tuple(line.rstrip("\r\n") for line in lost))


def _applied(start: Sequence[str], hunks: Sequence[Hunk]) -> str:
    """Return the lines of *start* with *hunks*, which come in their order, in place."""
    made: list[str] = []
    at = 0
    for hunk in hunks:
        made += start[at : hunk.start]
        if made and hunk.lines and not made[-1].endswith(("\n", "\r")):
            made[-1] += "\n"  # both added lines after one that had no line end
        made += hunk.lines
        at = max(at, hunk.end)
    made += start[at:]
    return "".join(made)


def _hunks(base: Sequence[str], text: str) -> list[Hunk]:
    lines = text.splitlines(keepends=True)
    matcher = SequenceMatcher(None, base, lines, autojunk=False)
    return [
        Hunk(i1, i2, tuple(lines[j1:j2]))
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _clash(a: Hunk, b: Hunk) -> bool:
    """Say whether two hunks touch the same lines."""
    a_only_adds, b_only_adds = a.start == a.end, b.start == b.end
    if a_only_adds and b_only_adds:
        return False  # even at the same place: both are kept
    if a_only_adds:
        return b.start < a.start < b.end
    if b_only_adds:
        return a.start < b.start < a.end
    return a.start < b.end and b.start < a.end


class MergedFiles(NamedTuple):
    """Files with both sets of changes, and a sentence on each line that was left out."""

    texts: dict[str, str]
    lost: list[str]


def merge_files(
    saved: Mapping[str, str], ours: Mapping[str, str], disk: Mapping[str, str | None]
) -> MergedFiles:
    """Return the files with both what *ours* changed of *saved* and what is on *disk*."""
    merged = MergedFiles({}, [])
    for name, theirs in disk.items():
        text, lost = _merged_file(saved.get(name), ours.get(name), theirs)
        if text is not None:
            merged.texts[name] = text
        for line in lost:
            merged.lost.append(
                f"{name}: this unsaved line clashes with the file and was left out: {line}"
            )
    return merged


def _merged_file(
    base: str | None, ours: str | None, theirs: str | None
) -> tuple[str | None, tuple[str, ...]]:
    """Return one file and the lines of ours left out; None is a file that is not there."""
    if theirs is None or theirs == base:
        return ours, ()  # a file deleted by others while it is edited here is written again
    if ours is None or base is None:
        return theirs, ()
    return merge(base, ours, theirs)
