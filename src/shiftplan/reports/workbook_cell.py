"""One cell of a workbook, and the texts that cells have or share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time

from ..errors import count
from .workbook_values import Formats, WrongCell, moment, number_text
from .workbook_xml import Attributes

LONGEST_TEXT = 32_767
"""Characters of the longest text a spreadsheet takes in one cell."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class CellText:
    """A text in the making, of one piece or of several that look different."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length: int = 0
        self._inside: bool = False
        self._reading_aid: bool = False
        """Whether this says how East Asian letters are read, which is no part of the text."""

    def begin(self, name: str) -> None:
        """Note the beginning of an element."""
        if name == "rPh":
            self._reading_aid = True
        self._inside = name == "t" and not self._reading_aid

    def end(self, name: str) -> None:
        """Note the end of an element."""
        if name == "rPh":
            self._reading_aid = False
        self._inside = False

    def add(self, text: str) -> None:
        """Take in a part of the text; raise ``WrongCell`` if it is too long."""
        if self._inside:
            self._length += len(text)
            if self._length > LONGEST_TEXT:
                raise WrongCell("there is a text too long for a cell", "Shorten it.")
            self._pieces.append(text)

    @property
    def value(self) -> str:
        """The whole text."""
        return _ESCAPED.sub(_unescaped, "".join(self._pieces)).strip()


def _unescaped(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    # Half a letter, or one that no text should have, stays as it is written.
    return letter if letter.isprintable() or letter in "\t\n\r" else found[0]


class Cell:
    """One cell in the making."""

    def __init__(self, attributes: Attributes) -> None:
        self._kind: str = attributes.get("t", "n")
        self._style: int = int(attributes.get("s", 0))
        self._text: CellText | None = CellText() if self._kind == "inlineStr" else None
        self._formula: bool = False
        self._value: list[str] | None = None
        self._length: int = 0
        self._inside: bool = False

    def begin(self, name: str) -> None:
        """Note the beginning of an element in the cell."""
        if self._text is not None:
            self._text.begin(name)
        elif name == "v":
            self._value, self._inside = [], True
        elif name == "f":
            self._formula = True

    def end(self, name: str) -> None:
        """Note the end of an element in the cell."""
        if self._text is not None:
            self._text.end(name)
        self._inside = False

    def add(self, text: str) -> None:
        """Take in a part of what the cell holds."""
        if self._text is not None:
            self._text.add(text)
        elif self._inside and self._value is not None:
            self._length += len(text)
            if self._length > LONGEST_TEXT:
                raise WrongCell("there is a text too long for a cell", "Shorten it.")
            self._value.append(text)

    def value(self, texts: Sequence[str], formats: Formats) -> str:
        """Return what the cell shows; raise ``WrongCell`` if that is nothing to be read."""
        if self._text is not None:
            return self._text.value
        if self._value is None:
            if self._formula:
                what = "there is a formula whose result the file does not have"
                raise WrongCell(what, "Open it in a spreadsheet program and save it again.")
            return ""
        return self._of_kind("".join(self._value), texts, formats)

    def _of_kind(self, written: str, texts: Sequence[str], formats: Formats) -> str:
        match self._kind:
            case "s":
                return _shared(written, texts)
            case "str":
                return _ESCAPED.sub(_unescaped, written).strip()
            case "b":
                return "yes" if written.strip() in ("1", "true") else "no"
            case "e":
                raise WrongCell(f"{written[:20]} is an error", "Correct the formula.")
            case "d":
                return _iso(written.strip())
            case "n" if not written.strip():
                return ""
            case "n":
                return number_text(written.strip(), formats.meaning(self._style), formats)
        raise ValueError(f"a cell is of the unknown kind '{self._kind[:20]}'")


def _iso(written: str) -> str:
    """Return a date, or a time, that stands as ISO 8601 has it."""
    try:
        if "-" not in written:
            return f"{time.fromisoformat(written.removeprefix('T').removesuffix('Z')):%H:%M}"
        return moment(datetime.fromisoformat(written).replace(tzinfo=None))
    except ValueError:
        raise WrongCell(f"'{written[:40]}' is not a date", "Type it again.") from None


def _shared(written: str, texts: Sequence[str]) -> str:
    number = int(written)
    if not 0 <= number < len(texts):
        raise ValueError(f"there is no text number {number} of {count(len(texts), 'text')}")
    return texts[number]
