"""Text that is safe in a calendar file, and file names made of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

from icalendar import vText

_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""C0, C1, and the marks that turn the reading direction of what follows a name."""

_SURROGATES = re.compile("[\ud800-\udfff]")
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
)


def clean(text: str) -> str:
    """Return *text* as one line: breaks become blanks, other control characters go."""
    line = _CONTROLS.sub("", _BREAKS.sub(" ", text))
    return _SURROGATES.sub("\ufffd", line).strip()


class Text(vText):
    r"""A TEXT value: lines that were cleaned, put together with ``\n``.

    It escapes by RFC 5545 §3.3.11 itself, because icalendar 7.3 reads a written ``\N``, as in
    ``Ops\Night``, for a line break.
    """

    def to_ical(self) -> bytes:
        """Return the value as it stands in the file, before folding."""
        return str(self).translate(_ESCAPES).encode()


def lines(*texts: str) -> Text:
    """Return *texts* as one value, each cleaned and on its own line."""
    return Text("\n".join(clean(t) for t in texts))


def file_names(people: Iterable[str]) -> dict[str, str]:
    """Return the name of each person's file: ASCII ``[a-z0-9-]``, and ``.ics``.

    The digits in it come from the person's name alone, and are always there: nobody's file is
    renamed because a colleague with a like name arrives.
    """
    names = list(people)
    found: dict[str, str] = {}
    for digits in (8, 64):
        found = {n: f"{_slug(n)}-{_digest(n)[:digits]}.ics" for n in names}
        if len(set(found.values())) == len(found):
            break
    return found


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    return (
        re.sub("[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode())[:40].strip("-")
        or "person"
    )


def _digest(name: str) -> str:
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
