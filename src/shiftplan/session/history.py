"""What was done, step by step, so that it can be undone, done again, and written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..facts import Cell

BeforeAndAfter = tuple[str | None, str | None]
"""None is no file, or a day off."""


@dataclass(frozen=True)
class Snapshot:
    """All there is to undo and redo: the text of every file, and the roster, fitting the plan or
    not.
    """

    texts: Mapping[str, str]
    cells: Mapping[Cell, str]
    pins: frozenset[Cell]

    def changed(
        self,
        texts: Mapping[str, str | None] | None = None,
        cells: Mapping[Cell, str | None] | None = None,
        pins: Mapping[Cell, bool] | None = None,
    ) -> Snapshot:
        """Return a copy with files, cells and pins changed; None takes a file or a cell out."""
        kept = set(self.pins)
        for cell, pinned in (pins or {}).items():
            if pinned:
                kept.add(cell)
            else:
                kept.discard(cell)
        return Snapshot(
            _patched(self.texts, texts or {}), _patched(self.cells, cells or {}), frozenset(kept)
        )

    def over(self, found: Snapshot) -> Snapshot:
        """Return all of this and, where this says nothing, what was *found*."""
        return Snapshot(
            {**found.texts, **self.texts}, {**found.cells, **self.cells}, found.pins | self.pins
        )

    def renewed(self, now: Snapshot, *, texts: bool, roster: bool) -> Snapshot:
        """Return a copy with the files, or the roster, of *now*."""
        return Snapshot(
            now.texts if texts else self.texts,
            now.cells if roster else self.cells,
            now.pins if roster else self.pins,
        )

    def same_roster(self, other: Snapshot) -> bool:
        """Say whether cells and pins are the same in *other*."""
        return (self.cells, self.pins) == (other.cells, other.pins)


@dataclass(frozen=True)
class Step:
    """One edit, as what it changes."""

    label: str
    texts: Mapping[str, BeforeAndAfter] = field(default_factory=dict)
    cells: Mapping[Cell, BeforeAndAfter] = field(default_factory=dict)
    pins: Mapping[Cell, tuple[bool, bool]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        label: str,
        snapshot: Snapshot,
        texts: Mapping[str, str | None] | None = None,
        cells: Mapping[Cell, str | None] | None = None,
        pins: Mapping[Cell, bool] | None = None,
    ) -> Step:
        """Return the step that changes files, cells and pins, without what is so already."""
        turned = {}
        for cell, pinned in (pins or {}).items():
            if (cell in snapshot.pins) != pinned:
                turned[cell] = (not pinned, pinned)
        return cls(
            label,
            _changes(snapshot.texts, texts or {}),
            _changes(snapshot.cells, cells or {}),
            turned,
        )

    @classmethod
    def between(cls, label: str, before: Snapshot, after: Snapshot) -> Step:
        """Return the step from one snapshot to another."""
        turned = before.pins ^ after.pins
        return cls(
            label,
            _differences(before.texts, after.texts),
            _differences(before.cells, after.cells),
            {cell: (cell in before.pins, cell in after.pins) for cell in sorted(turned)},
        )

    @property
    def people(self) -> frozenset[str]:
        """Whose cells it changes."""
        return frozenset(who for who, _ in self.cells)

    def __bool__(self) -> bool:
        return bool(self.texts or self.cells or self.pins)

    def forth(self, snapshot: Snapshot) -> Snapshot:
        """Return *snapshot* with the step done."""
        return self._applied(snapshot, 1)

    def back(self, snapshot: Snapshot) -> Snapshot:
        """Return *snapshot* with the step undone."""
        return self._applied(snapshot, 0)

    def _applied(self, snapshot: Snapshot, side: int) -> Snapshot:
        return snapshot.changed(
            {name: both[side] for name, both in self.texts.items()},
            {cell: both[side] for cell, both in self.cells.items()},
            {cell: both[side] for cell, both in self.pins.items()},
        )


@dataclass
class UndoHistory:
    """Steps done, and steps undone that can be done again."""

    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)

    def add(self, step: Step) -> None:
        """Take note of a new step; what was undone before cannot be done again."""
        self.done.append(step)
        self.undone.clear()

    def undo(self) -> Step:
        """Move the latest step over to those undone and return it; raise ``IndexError`` if there is
        none.
        """
        self.undone.append(self.done.pop())
        return self.undone[-1]

    def redo(self) -> Step:
        """Move the latest step undone back and return it; raise ``IndexError`` if there is none."""
        self.done.append(self.undone.pop())
        return self.done[-1]


def _patched(values: Mapping[Any, str], changes: Mapping[Any, str | None]) -> Mapping[Any, str]:
    if not changes:
        return values
    made = dict(values)
    for key, value in changes.items():
        if value is None:
            made.pop(key, None)
        else:
            made[key] = value
    return made


def _changes(
    before: Mapping[Any, str], wanted: Mapping[Any, str | None]
) -> dict[Any, BeforeAndAfter]:
    """Return what of *wanted* is not so *before*, with what is."""
    found = {}
    for key, now in wanted.items():
        was = before.get(key)
        if was != now:
            found[key] = (was, now)
    return found


def _differences(before: Mapping[Any, str], after: Mapping[Any, str]) -> dict[Any, BeforeAndAfter]:
    if before is after:
        return {}
    either = dict.fromkeys((*before, *after))
    return _changes(before, {key: after.get(key) for key in either})


# -- as JSON -------------------------------------------------------------------------------------


def to_json(step: Step) -> dict[str, Any]:
    """Return a step as a line of the journal holds it; what was before follows from the lines
    above.
    """
    found: dict[str, Any] = {"do": step.label}
    if step.texts:
        found["files"] = {name: now for name, (_, now) in step.texts.items()}
    if step.cells:
        found["cells"] = _rows((cell, now) for cell, (_, now) in step.cells.items())
    if step.pins:
        found["pins"] = _rows((cell, now) for cell, (_, now) in step.pins.items())
    return found


def after_line(line: Mapping[str, Any], snapshot: Snapshot) -> Snapshot:
    """Return *snapshot* after the step of a journal line."""
    return snapshot.changed(
        line.get("files", {}),
        dict(_cells(line.get("cells", ()))),
        dict(_cells(line.get("pins", ()))),
    )


def roster_json(cells: Mapping[Cell, str], pins: Iterable[Cell]) -> dict[str, Any]:
    """Return a whole roster as a line of the journal holds it."""
    return {"cells": _rows(cells.items()), "pins": _rows((cell, True) for cell in sorted(pins))}


def _rows(cells: Iterable[tuple[Cell, Any]]) -> list[list[Any]]:
    return [[who, day.isoformat(), value] for (who, day), value in cells]


def _cells(rows: Iterable[tuple[str, str, Any]]) -> Iterator[tuple[Cell, Any]]:
    for who, day, value in rows:
        yield (who, date.fromisoformat(day)), value
