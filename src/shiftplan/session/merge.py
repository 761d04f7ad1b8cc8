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
    """The text with both sets of changes, and the edited lines that clash and were left out."""

    text: str
    lost: tuple[str, ...]


def merge(base: str, edited: str, on_disk: str) -> Merged:
    """Return the text *on_disk* with what *edited* changed of *base*.

    Where both changed the same lines, those on disk stand. Lines both put in at the same place are
    all kept, those on disk first.
    """
    start = base.splitlines(keepends=True)
    other = _hunks(start, on_disk)
    lost: list[str] = []
    kept: list[Hunk] = []
    for hunk in _hunks(start, edited):
        if hunk in other:
            continue  # both made the same change
        if any(_clash(hunk, there) for there in other):
            lost += hunk.lines or [f"(deleted) {line}" for line in start[hunk.start : hunk.end]]
        else:
            kept.append(hunk)
    # Of lines put in at one place, a stable sort has those on disk first.
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
    saved: Mapping[str, str], edited: Mapping[str, str], disk: Mapping[str, str | None]
) -> MergedFiles:
    """Return the files with both what *edited* changed of *saved* and what is on *disk*."""
    merged = MergedFiles({}, [])
    for name, on_disk in disk.items():
        text, lost = _merged_file(saved.get(name), edited.get(name), on_disk)
        if text is not None:
            merged.texts[name] = text
        for line in lost:
            merged.lost.append(
                f"{name}: this unsaved line clashes with the file and was left out: {line}"
            )
    return merged


def _merged_file(
    base: str | None, edited: str | None, on_disk: str | None
) -> tuple[str | None, tuple[str, ...]]:
    """Return one file and the edited lines left out; None is a file that is not there."""
    if on_disk is None or on_disk == base:
        return edited, ()  # a file others deleted while it is edited here is written again
    if edited is None or base is None:
        return on_disk, ()
    return merge(base, edited, on_disk)
