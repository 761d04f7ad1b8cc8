"""What somebody's own calendar says of their absences, looked at and then taken into the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..calendars import Skipped, read_absences
from ..calendars.absent import AbsenceRow, Become, cells_of, check, rows_of, whole_days
from ..disk import read_bytes
from ..errors import ShiftplanError, nearest
from ..facts import Facts
from ..folder.append import append_rows

TABLES = {Become.LEAVE: "leave", Become.UNAVAILABLE: "availability"}
"""The table of the plan that absences go into."""


@dataclass(frozen=True)
class FoundAbsences:
    """The absences of one person in a calendar file, as rows of a table of the plan."""

    become: Become
    rows: Sequence[AbsenceRow]
    """New ones, and those the plan has already."""
    skipped: Sequence[Skipped]
    cells: Sequence[dict[str, str]]
    """The cells of the new rows, by column."""


def find_absences(
    facts: Facts, person: str, file: Path, become: Become, kind: str, first: date, last: date
) -> FoundAbsences:
    """Return the absences of *person* from *first* to *last*; *kind* is that of leave.

    Changes nothing. Raise ``ShiftplanError`` if nobody is called so, if *file* is no calendar that
    can be read, or if the plan could not be read with the new rows.
    """
    if not facts.has_person(person):
        names = [p.name for p in facts.people]
        raise ShiftplanError(f"Nobody is called '{person}'.", nearest(person, names))
    try:
        data = read_bytes(file)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ShiftplanError(f"{file} cannot be read: {reason}.") from None
    absences, skipped = read_absences(data, str(file), facts.tz(person), first, last)
    if become is Become.LEAVE:
        # Leave is by whole days; parts of days would be times somebody is not available.
        absences, parts = whole_days(absences)
        skipped += parts
    rows = rows_of(facts, person, absences, become)
    cells = [cells_of(person, row, become, kind) for row in rows if row.new]
    check(facts, cells, become)
    return FoundAbsences(become, rows, skipped, cells)


def take_absences(root: Path, found: FoundAbsences) -> str:
    """Add the new rows to the plan in *root* and return the name of their table.

    Raise ``ShiftplanError`` or ``CannotWrite``.
    """
    return append_rows(root, TABLES[found.become], found.cells)
