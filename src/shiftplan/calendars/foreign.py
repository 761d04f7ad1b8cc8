"""Other people's calendar files, read as far as they can be: a damaged part spoils itself alone."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field

import icalendar
from icalendar import Calendar, Component

from ..errors import ShiftplanError
from .text import clean

LARGEST = 10_000_000
"""Bytes of a file; a calendar of ten years has about one million."""

UNREADABLE = (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError)
"""What the library raises for text that is no calendar."""

_AGAIN = "Export the calendar again as .ics."
_ZONE = "VTIMEZONE"
_FREE_BUSY = "VFREEBUSY"

Lines = list[str]


@dataclass
class ForeignCalendar:
    """One calendar of a file, and the title of each part of it that cannot be read."""

    calendar: Calendar
    unreadable: list[str] = field(default_factory=list)


def read_calendars(data: bytes, name: str) -> list[ForeignCalendar]:
    """Return the calendars in *data*, the bytes of the file called *name*.

    Raise ``ShiftplanError`` if there is none.
    """
    if len(data) > LARGEST:
        message = f"{name} is larger than {LARGEST // 1_000_000} MB."
        raise ShiftplanError(message, "Export fewer years.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ShiftplanError(f"{name} is not UTF-8 text.", _AGAIN) from None
    # The library remembers zones by name: those of the last file say nothing about this one.
    icalendar.use_zoneinfo()  # type: ignore[no-untyped-call]
    found = _read(text, name)
    if not found:
        raise ShiftplanError(f"{name} holds no calendar.", "It should start with BEGIN:VCALENDAR.")
    return found


def _read(text: str, name: str) -> list[ForeignCalendar]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as of names of zones that are guessed
            whole = Calendar.from_ical(text, multiple=True)
    except UNREADABLE as error:
        parts = [_piece_by_piece(lines) for lines in _components(_logical(text), 0, "VCALENDAR")]
        if parts:
            return parts
        reason = clean(str(error)).rstrip(".")[:200]
        raise ShiftplanError(f"{name} is not a calendar: {reason}.", _AGAIN) from None
    return [ForeignCalendar(part) for part in whole if part.name == "VCALENDAR"]


# -- piece by piece ------------------------------------------------------------------------------


def _piece_by_piece(lines: Lines) -> ForeignCalendar:
    """Read each component of a damaged calendar by itself, zones first, since others name them."""
    read = ForeignCalendar(_header(lines))
    parts = [part for whole in _components(lines, 1) for part in _pieces(whole)]
    for part in sorted(parts, key=lambda part: _kind(part) != _ZONE):
        try:
            read.calendar.subcomponents.append(Component.from_ical("\r\n".join([*part, ""])))
        except UNREADABLE:
            # Events in a zone that cannot be read name it, if it is not known anyway.
            if _kind(part) != _ZONE:
                read.unreadable.append(_title(part))
    return read


def _header(lines: Lines) -> Calendar:
    """Return the calendar of its own properties alone."""
    own, depth = [], 0
    for line in lines:
        depth += _opens(line)
        if depth == 1 and not _opens(line):
            own.append(line)
        depth -= _closes(line)
    text = "\r\n".join(["BEGIN:VCALENDAR", *own, ""])
    try:
        read = Calendar.from_ical(text if _closes(own[-1]) else f"{text}END:VCALENDAR\r\n")
    except UNREADABLE:
        return Calendar()
    return read


def _pieces(lines: Lines) -> Iterator[Lines]:
    """Yield a component, but that of busy times once for each of them."""
    if _kind(lines) != _FREE_BUSY:
        yield lines
        return
    times = [line for line in lines if line.upper().startswith("FREEBUSY")]
    others = [line for line in lines[1:-1] if line not in times]
    for line in times:
        property_, _, values = line.partition(":")
        for value in values.split(","):
            yield [lines[0], *others, f"{property_}:{value}", lines[-1]]


def _title(lines: Lines) -> str:
    """Return what a component that cannot be read is called."""
    named = "FREEBUSY" if _kind(lines) == _FREE_BUSY else "SUMMARY"
    for line in lines:
        property_, _, value = line.partition(":")
        if property_.partition(";")[0].upper() == named:
            return clean(value.replace("\\,", ",").replace("\\;", ";"))
    return ""


def _logical(text: str) -> Lines:
    """Return the lines of *text* with folded ones put together (RFC 5545 §3.1)."""
    lines: Lines = []
    for line in text.splitlines():
        if line[:1] in (" ", "\t") and lines:
            lines[-1] += line[1:]
        elif line:
            lines.append(line)
    return lines


def _components(lines: Lines, depth: int, kind: str = "") -> Iterator[Lines]:
    """Yield the lines of each whole component at *depth*, of one *kind* alone if given."""
    begun, level = 0, 0
    for number, line in enumerate(lines):
        if _opens(line):
            begun = number if level == depth else begun
            level += 1
        elif _closes(line) and level:
            level -= 1
            whole = lines[begun : number + 1]
            if level == depth and kind in ("", _kind(whole)):
                yield whole


def _kind(lines: Lines) -> str:
    return lines[0].partition(":")[2].strip().upper()


def _opens(line: str) -> bool:
    return line.upper().startswith("BEGIN:")


def _closes(line: str) -> bool:
    return line.upper().startswith("END:")
