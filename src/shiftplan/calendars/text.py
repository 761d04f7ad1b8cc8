"""Text that is safe in a calendar file, and file names made of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from hashlib import sha256

from .quirks import Text

_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""C0, C1, and the marks that turn the reading direction of what follows a name."""

_SURROGATES = re.compile("[\ud800-\udfff]")
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
)


def clean(text: str) -> str:
    """Return *text* as one line: breaks become blanks, other control characters go."""
    line = _CONTROLS.sub("", _BREAKS.sub(" ", text))
    return _SURROGATES.sub("\ufffd", line).strip()


def lines(*texts: str) -> Text:
    """Return *texts* as one value, each cleaned and on its own line."""
    return Text("\n".join(clean(t) for t in texts))


def file_names(people: Iterable[str]) -> dict[str, str]:
    """Return the name of each person's file: ASCII ``[a-z0-9-]``, and ``.ics``.

    The digits in it come from the person's name alone, and are always there: nobody's file is
    renamed because a colleague with a like name arrives.
    """
    names = list(people)
    found = _named(names, 8)
    alike = len(set(found.values())) < len(found)
    return _named(names, 64) if alike else found


def files_by_first_name(keys: Mapping[str, str], first: Mapping[str, str]) -> dict[str, str]:
    """Return the name of each person's file, by name; it stays when somebody is called otherwise.

    *keys* says, by name, who people are; *first*, by that, what they were first called.
    """
    called = {who: first.get(key, who) for who, key in keys.items()}
    files = file_names(called.values())
    return {who: files[name] for who, name in called.items()}


def _named(names: Iterable[str], digits: int) -> dict[str, str]:
    return {name: f"{_slug(name)}-{_digest(name)[:digits]}.ics" for name in names}


def _slug(name: str) -> str:
    # NFKD takes é apart, and not ø; such letters are replaced by hand before.
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    letters = plain.encode("ascii", "ignore").decode()
    slug = re.sub("[^a-z0-9]+", "-", letters)[:40].strip("-")
    return slug or "person"  # a name in another script leaves nothing


def _digest(name: str) -> str:
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
