"""What the code of a shift may be, beyond the characters it is made of."""

from __future__ import annotations

import unicodedata

JOINERS = "\u200c\u200d"
"""Marks without width that say whether the letters around them join."""

_JOINING = {
    *("ARABIC", "SYRIAC", "MANDAIC", "NKO", "MONGOLIAN", "TIBETAN", "MYANMAR", "KHMER"),
    *("DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA"),
    *("MALAYALAM", "SINHALA", "BALINESE", "JAVANESE", "SUNDANESE"),
}
"""Scripts that are written with joiners, as Unicode names their letters.

In any other a joiner changes nothing that is seen: two codes would look the same.
"""

_OFF = "off"
_HOLIDAY = "PH"


def joined(word: str) -> str:
    """Return *word* if every joiner in it stands between letters of a script that needs it.

    Raise ``ValueError``.
    """
    for k, letter in enumerate(word):
        around = (word[k - 1 : k], word[k + 1 : k + 2])
        if letter in JOINERS and not all(map(_joins, around)):
            mark = f"U+{ord(letter):04X}, a joiner that changes nothing there"
            raise ValueError(f"holds a character that cannot be seen, {mark}. Delete it.")
    return word


def _joins(letter: str) -> bool:
    if not letter or unicodedata.category(letter)[0] not in "LM":
        return False
    return unicodedata.name(letter, "").partition(" ")[0] in _JOINING


def told_from_day_off(code: str) -> str:
    """Return *code* if no roster shows a day off so; raise ``ValueError``."""
    if not any(unicodedata.category(letter)[0] in "LN" for letter in code):
        raise ValueError(
            f"'{code}' cannot be told from a day off in a roster. "
            "A code has at least one letter or digit."
        )
    if code.casefold() == _OFF:
        raise ValueError(f"'{code}' means a day off and cannot be a code. Rename it.")
    if code == _HOLIDAY:
        raise ValueError(f"'{code}' means a public holiday off and cannot be a code. Rename it.")
    return code
