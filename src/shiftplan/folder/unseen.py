"""Characters in names and notes that cannot be seen, and do something instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from unicodedata import category

from ..errors import CONTROLS, ShiftplanError
from .places import Path

_BLANKS = {"\t": "a tab", "\n": "a line break", "\r": "a line break"}
_HINT = "Delete it."
_NOTHING_SEEN = re.compile("[\u061c\u115f\u1160\u206a-\u206f\u2800\u3164\uffa0\ufff9-\ufffb]")
"""Letters and signs that are blank, and marks without width that join no letters."""
_JOINERS = "\u034f\u200c\u200d\ufe0e\ufe0f"
"""Marks that letters are joined by or look otherwise by; without a letter there is nothing."""
_LATER_LETTERS = (range(0x1F000, 0x1FB00), range(0x20000, 0x3FFFE))
"""Pictures and ideographs, of which every year brings more than this Python may know."""


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
    found = _first(text, blanks=False)
    if found is not None:
        raise ShiftplanError(f"The {what} holds {described(found)}.", _HINT)


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
    # Nearly every text is plain, and there are many.
    if text.isascii() and text.isprintable():
        return None
    if text and not text.strip(_JOINERS):
        return text[0]
    for character in text:
        if _is_unseen(character) and not (blanks and character in _BLANKS):
            return character
    return None


def _is_unseen(character: str) -> bool:
    if CONTROLS.match(character) or _NOTHING_SEEN.match(character):
        return True
    kind = category(character)
    if kind == "Cn":  # assigned to nothing, or never to be
        number = ord(character)
        # The last two of each plane are never a character.
        never = number & 0xFFFE == 0xFFFE
        return never or not any(number in later for later in _LATER_LETTERS)
    return kind == "Co"
