"""XML of a workbook, element by element, with nothing kept that is not asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol
from xml.parsers.expat import ParserCreate

from .workbook_file import TooMuch

Attributes = Mapping[str, str]

MOST_DEPTH = 64
"""Elements inside each other."""
MOST_ELEMENTS = 2_000_000
"""Elements of one part: a cell has two or three."""
LONGEST_ELEMENT = 2**20
"""Bytes of one tag; Excel writes a few hundred."""


class Elements(Protocol):
    """What is done with elements as they come."""

    def begin(self, name: str, attributes: Attributes) -> None:
        """Take in the beginning of an element; *name* is without prefix."""

    def text(self, text: str) -> None:
        """Take in a part of the text between elements."""

    def end(self, name: str) -> None:
        """Take in the end of an element."""


class _Reading:
    """One part being read, and how much of it has come."""

    def __init__(self, elements: Elements) -> None:
        self._elements: Elements = elements
        self._depth: int = 0
        self._count: int = 0
        self._silent: int = 0
        """Bytes since anything came of them."""

    def begin(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        self._count += 1
        self._silent = 0
        if self._depth > MOST_DEPTH:
            raise ValueError("its elements lie too deep in each other")
        if self._count > MOST_ELEMENTS:
            raise TooMuch("it has too many elements.", "Copy the table into a new workbook.")
        self._elements.begin(name.rpartition(":")[2], attributes)

    def text(self, text: str) -> None:
        self._silent = 0
        self._elements.text(text)

    def end(self, name: str) -> None:
        self._depth -= 1
        self._silent = 0
        self._elements.end(name.rpartition(":")[2])

    def aside(self, *_: object) -> None:
        """Pass over a comment or an instruction."""
        self._silent = 0

    def check(self, piece: bytes) -> None:
        """Raise ``ValueError`` if one tag takes more than it can."""
        self._silent += len(piece)
        if self._silent > LONGEST_ELEMENT:
            raise ValueError("an element is too long")


def walk(pieces: Iterable[bytes], elements: Elements) -> None:
    """Have *elements* take in the XML in *pieces*.

    Raise ``ExpatError`` where it is damaged, ``ValueError`` or ``TooMuch`` where it is more than a
    workbook's would be.
    """
    reading = _Reading(elements)
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = reading.begin
    parser.CharacterDataHandler = reading.text
    parser.EndElementHandler = reading.end
    parser.CommentHandler = reading.aside
    parser.ProcessingInstructionHandler = reading.aside
    for piece in pieces:
        parser.Parse(piece, False)
        reading.check(piece)
    parser.Parse(b"", True)


def _refuse(*_: object) -> None:
    # Workbooks declare no document types; those that do hide bombs of entities.
    raise ValueError("it declares a document type")


class Found:
    """Elements by their beginnings alone: a function for each name that is of interest."""

    def __init__(self, **takes: Callable[[Attributes], None]) -> None:
        self._takes: Mapping[str, Callable[[Attributes], None]] = takes

    def begin(self, name: str, attributes: Attributes) -> None:
        """Hand the attributes on, if the element is of interest."""
        take = self._takes.get(name)
        if take is not None:
            take(attributes)

    def text(self, text: str) -> None:
        """Pass over text."""

    def end(self, name: str) -> None:
        """Pass over ends."""
