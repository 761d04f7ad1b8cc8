"""Characters in names and notes that cannot be seen, and do something instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..errors import CONTROLS, ShiftplanError
from .places import Path

_BLANKS = {"\t": "a tab", "\n": "a line break", "\r": "a line break"}
_HINT = "Delete it."


def unseen(raw: Any, words: frozenset[str]) -> Iterator[tuple[Path, str, str]]:
    """Yield each text in *raw* that holds such a character: where, what is wrong, what to do.

    Between the words of a key in *words* tabs and line breaks are as good as blanks.
    """
    for inside, text in _texts(raw, ()):
        found = _first(text, blanks=inside[0] in words if len(inside) == 1 else False)
        if found is not None:
            yield inside, f"holds {described(found)}", _HINT


def described(character: str) -> str:
    """Return what a character is: ``a line break``, ``a character that cannot be seen, U+001B``."""
    return _BLANKS.get(character) or f"a character that cannot be seen, U+{ord(character):04X}"


def refuse_unseen(what: str, text: str) -> None:
    """Raise ``ShiftplanError`` if *text*, which is *what*, holds such a character."""
    found = CONTROLS.search(text)
    if found is not None:
        raise ShiftplanError(f"The {what} holds {described(found.group())}.", _HINT)


def _texts(raw: Any, at: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(raw, str):
        yield at, raw.strip()
    elif isinstance(raw, Mapping):
        for key, value in raw.items():
            yield from _texts(value, (*at, str(key)))
    elif isinstance(raw, list):
        for k, value in enumerate(raw):
            yield from _texts(value, (*at, k))


def _first(text: str, *, blanks: bool) -> str | None:
    """Return the first such character of *text*; *blanks* says whether tabs and breaks may be."""
    for found in CONTROLS.finditer(text):
        if not (blanks and found.group() in _BLANKS):
            return found.group()
    return None
