"""Names as they are compared: the same letters whatever bytes they are written in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

_BLANKS = re.compile(r"[\t\n\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
"""Blanks of any width, tabs and ends of lines."""
_UNSEEN = re.compile(r"[\u00ad\u061c\u180e\u200b\u200e\u200f\u2060\ufeff]")
"""Marks without width that copying brings along: where a word may break, which way it is read.

The joiners of Indian and Persian scripts are letters of a name, and stay.
"""
_MORE_THAN_PLAIN = re.compile(r"[^!-~ ]|  |^ | $")


def canonical(name: str) -> str:
    """Return *name* as every name is kept and compared: in NFC, with single plain blanks between
    words.
    """
    # Nearly every name is plain, and there are many.
    if not _MORE_THAN_PLAIN.search(name):
        return name
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", name))
    return _BLANKS.sub(" ", seen).strip(" ")


def canonical_in(value: Any) -> Any:
    """Return what a file holds with every text in it ``canonical``, keys too."""
    if isinstance(value, str):
        return canonical(value)
    if isinstance(value, Mapping):
        return {canonical_in(key): canonical_in(inside) for key, inside in value.items()}
    if isinstance(value, list):
        return [canonical_in(inside) for inside in value]
    return value


def spelled_out(name: str) -> str:
    """Return *name* with the blanks and marks that no eye tells apart shown by their numbers."""
    return "".join(
        f"<U+{ord(letter):04X}>"
        if unicodedata.combining(letter) or not letter.isprintable()
        else letter
        for letter in name
    )
