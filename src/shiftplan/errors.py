"""What can go wrong, one class per situation a person can be in; and words that messages share."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

_HIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
"""C0, C1, separators of lines, and marks that turn the direction in which what follows is read.

The joiners that several scripts write with are none of them; nor are line breaks and tabs here.
"""

CONTROLS = re.compile(f"[\t\n\r{_HIDDEN}]")
"""Characters that no name, note or title may hold."""
_NOT_LINES = re.compile(f"[{_HIDDEN}\r]")


class ShiftplanError(Exception):
    """A sentence for a person, and what to do next."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in a plan or a table, and where it stands."""

    file: str
    line: int
    key: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        key = f"{self.key}: " if self.key else ""
        return f"{where}: {key}{self.message} {self.hint}".rstrip()


class BadInput(ShiftplanError):
    """Input that cannot be used; lists every problem found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(p) for p in problems))
        self.problems = tuple(problems)


class PlanNotFound(ShiftplanError):
    """No plan folder here or above."""


class CannotWrite(ShiftplanError):
    """A file or folder that cannot be written."""


class StoreError(ShiftplanError):
    """The store cannot be read or written."""


_FEW = 8
"""Choices that can all be named in one sentence."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``Did you mean 'x'?`` for the known word that is near *word*, or the choices if they
    are few.

    Near is what differs in case, accents or blanks, in a letter of four to seven and so on, and
    what has the same words or one name of several.
    """
    choices = tuple(sorted(set(known)))
    found = _nearest(word, choices)
    if found:
        return f"Did you mean '{found}'?"
    if 0 < len(choices) <= _FEW:
        return f"Known: {', '.join(choices)}."
    return ""


@lru_cache(maxsize=256)
def _nearest(word: str, choices: tuple[str, ...]) -> str:
    """Return the one of *choices* that is near *word*, or nothing."""
    wanted = plain_letters(word)
    ranked: list[tuple[int, bool, str]] = []
    for choice in choices:
        letters = plain_letters(choice)
        edits = edits_between(wanted, letters)
        if edits is not None:
            # People rarely miss the first letter.
            ranked.append((edits, letters[:1] != wanted[:1], choice))
    if ranked:
        return min(ranked)[2]
    # A first name is far from the whole name in letters, and yet says who is meant.
    words = set(wanted.split())
    within = [choice for choice in choices if words <= set(plain_letters(choice).split())]
    return within[0] if words and len(within) == 1 else ""


_OTHER_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae"})


def plain_letters(text: str) -> str:
    """Return *text* in small letters without accents, its words with one blank between."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_OTHER_LETTERS))
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split())


def edits_between(one: str, other: str) -> int | None:
    """Return how many letters are missing, too many, wrong or swapped; None if that is not near.

    One of four to seven letters is near, two of eight to eleven, three of more; none of fewer than
    three.
    """
    if one == other:
        return 0
    longest = max(len(one), len(other))
    most = 0 if longest < 3 else min(3, max(1, longest // 4))
    if abs(len(one) - len(other)) > most:
        return None
    # Each edit takes away one letter, puts one there, or both.
    differing = sum(((Counter(one) - Counter(other)) | (Counter(other) - Counter(one))).values())
    if differing > 2 * most:
        return None
    edits = _edits(one, other)
    return edits if edits <= most else None


def _edits(one: str, other: str) -> int:
    """Return the edits that turn *one* into *other*, by the table of Damerau and Levenshtein."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for k, letter in enumerate(one, start=1):
        older, before, row = before, row, [k]
        for j, wanted in enumerate(other, start=1):
            edits = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            swapped = k > 1 and j > 1 and letter == other[j - 2] and one[k - 2] == wanted
            row.append(min(edits, older[j - 2] + 1) if swapped else edits)
    return row[-1]


def count(number: int, one: str, many: str = "") -> str:
    """Return *number* with its noun, in agreement: ``1 day``, ``2 days``, ``3 people``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def visible(text: str) -> str:
    """Return *text* on one line and with signs in place of characters that do something instead of
    being seen: ``␛`` for escape, ``�`` for those that have no sign.

    Every character stays one, so that columns stay where they are.
    """
    return CONTROLS.sub(_sign, text)


def visible_lines(text: str) -> str:
    """Return *text* as ``visible`` does, but with its line breaks and tabs."""
    return _NOT_LINES.sub(_sign, text)


def _sign(found: re.Match[str]) -> str:
    number = ord(found.group())
    if number < ord(" "):
        return chr(0x2400 + number)
    return "\u2421" if number == 0x7F else "\ufffd"
