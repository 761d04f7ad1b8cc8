"""The roster for others: as a sheet, as a list of shifts, as coverage, as calendars."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from ..delivery import calendar_files
from ..disk import write_bytes
from ..errors import ShiftplanError, StoreError, nearest
from ..folder.roster_csv import columns, rows
from ..roster import Roster
from ..store import open_store
from .judging import Judging
from .state import State

Export = Literal["roster", "shifts", "coverage", "calendars", "published"]


class Exports:
    """Files of the roster as it is on the screen; of calendars, those published too."""

    def __init__(self, state: State, judging: Judging) -> None:
        self._state: State = state
        self._judging: Judging = judging

    def write(self, kind: Export, path: Path) -> tuple[Path, ...]:
        """Write *kind* to *path* and return the files.

        The ``roster`` as a grid of people and days, its ``shifts`` one a line as
        ``RosterEdits.adopt_file`` takes them, and the ``coverage`` are CSV or XLSX by the ending of
        *path*. Calendars go into a folder: those ``published``, or, as tentative ``calendars``,
        those of the roster as it is. Raise ``CannotWrite``, and ``ShiftplanError`` for calendars
        ``published`` while none are.
        """
        roster = self._state.known_roster()
        match kind:
            case "roster":
                return _write_grid(roster, path)
            case "shifts":
                return _write_shifts(roster, path)
            case "coverage":
                return self._write_coverage(path)
            case "calendars":
                return self._write_tentative(roster, path)
            case "published":
                return self._write_published(path)
        raise ShiftplanError(f"'{kind}' cannot be exported.", nearest(kind, get_args(Export)))

    def _write_coverage(self, path: Path) -> tuple[Path, ...]:
        from ..reports import grids
        from ..reports.sheets import ending

        found, required = self._judging.intervals, self._judging.requirements
        write_bytes(path, grids.coverage(ending(path), found, required))
        return (path,)

    def _write_tentative(self, roster: Roster, path: Path) -> tuple[Path, ...]:
        from ..calendars import write_files

        now = datetime.now(UTC)
        try:
            with open_store(self._state.root, create=False) as store:
                files = calendar_files.tentative(roster, now, store=store)
        except StoreError:  # which is told elsewhere: then present names have to do
            files = calendar_files.tentative(roster, now)
        return write_files(files, path).paths

    def _write_published(self, path: Path) -> tuple[Path, ...]:
        from ..calendars import write_files

        facts = self._state.known_plan().facts
        with open_store(self._state.root, create=False) as store:
            found = calendar_files.published(store, facts, datetime.now(UTC))
        if found is None:
            raise ShiftplanError(
                "Nothing is published for these days yet.", "Publish the roster first."
            )
        return write_files(found.files, path).paths


def _write_grid(roster: Roster, path: Path) -> tuple[Path, ...]:
    from ..reports import grids
    from ..reports.sheets import ending

    write_bytes(path, grids.roster(ending(path), roster))
    return (path,)


def _write_shifts(roster: Roster, path: Path) -> tuple[Path, ...]:
    from ..reports.sheets import ending, table_file

    # As a table, in which no name is taken for a formula by a spreadsheet.
    header = columns(roster)
    lines = [tuple(row.get(column, "") for column in header) for row in rows(roster)]
    write_bytes(path, table_file(ending(path), "shifts", header, lines))
    return (path,)
