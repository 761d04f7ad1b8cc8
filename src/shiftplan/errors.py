"""What can go wrong, one class per situation a person can be in; and words that messages share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

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
    """Return ``Did you mean 'x'?`` for the known word most like *word*, or the choices if they are
    few.
    """
    choices = sorted(set(known))
    by_lower = {choice.lower(): choice for choice in choices}
    close = get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    if close:
        return f"Did you mean '{by_lower[close[0]]}'?"
    # A first name is far from the whole name in letters, and yet says who is meant.
    part = word.strip().lower()
    within = [choice for lower, choice in by_lower.items() if part in lower.split()]
    if len(within) == 1:
        return f"Did you mean '{within[0]}'?"
    if 0 < len(choices) <= _FEW:
        return f"Known: {', '.join(choices)}."
    return ""


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
