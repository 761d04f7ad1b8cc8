"""What was done, step by step, so that it can be undone, done again, and written down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..facts import Cell

Was = tuple[str | None, str | None]
"""Before and after; None is no file, or a day off."""


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
        pins = pins or {}
        held = (self.pins | {c for c, on in pins.items() if on}) - {
            c for c, on in pins.items() if not on
        }
        return Snapshot(_patched(self.texts, texts or {}), _patched(self.cells, cells or {}), held)


@dataclass(frozen=True)
class Step:
    """One edit, as what it changes."""

    label: str
    texts: Mapping[str, Was] = field(default_factory=dict)
    cells: Mapping[Cell, Was] = field(default_factory=dict)
    pins: Mapping[Cell, tuple[bool, bool]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        label: str,
        state: Snapshot,
        texts: Mapping[str, str | None] | None = None,
        cells: Mapping[Cell, str | None] | None = None,
        pins: Mapping[Cell, bool] | None = None,
    ) -> Step:
        """Return the step that changes files, cells and pins of *state*, without what is so
        already.
        """
        return cls(
            label,
            {
                n: (was, now)
                for n, now in (texts or {}).items()
                if (was := state.texts.get(n)) != now
            },
            {
                c: (was, now)
                for c, now in (cells or {}).items()
                if (was := state.cells.get(c)) != now
            },
            {c: (not on, on) for c, on in (pins or {}).items() if (c in state.pins) != on},
        )

    @classmethod
    def between(cls, label: str, before: Snapshot, after: Snapshot) -> Step:
        """Return the step from one state to another."""
        changed = before.pins ^ after.pins
        return cls(
            label,
            _differences(before.texts, after.texts),
            _differences(before.cells, after.cells),
            {c: (c in before.pins, c in after.pins) for c in sorted(changed)},
        )

    def __bool__(self) -> bool:
        return bool(self.texts or self.cells or self.pins)

    def forth(self, state: Snapshot) -> Snapshot:
        """Return *state* with the step done."""
        return self._applied(state, 1)

    def back(self, state: Snapshot) -> Snapshot:
        """Return *state* with the step undone."""
        return self._applied(state, 0)

    def _applied(self, state: Snapshot, side: int) -> Snapshot:
        return state.changed(
            {name: was[side] for name, was in self.texts.items()},
            {cell: was[side] for cell, was in self.cells.items()},
            {cell: held[side] for cell, held in self.pins.items()},
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


def _differences(before: Mapping[Any, str], after: Mapping[Any, str]) -> dict[Any, Was]:
    if before is after:
        return {}
    return {
        key: (before.get(key), after.get(key))
        for key in dict.fromkeys((*before, *after))
        if before.get(key) != after.get(key)
    }


# -- as JSON -------------------------------------------------------------------------------------


def to_json(step: Step) -> dict[str, Any]:
    """Return a step as a line of the journal holds it; what was before follows from the lines
    above.
    """
    found: dict[str, Any] = {"do": step.label}
    if step.texts:
        found["files"] = {name: now for name, (_, now) in step.texts.items()}
    if step.cells:
        found["cells"] = [
            [who, day.isoformat(), now] for (who, day), (_, now) in step.cells.items()
        ]
    if step.pins:
        found["pins"] = [[who, day.isoformat(), now] for (who, day), (_, now) in step.pins.items()]
    return found


def after_line(line: Mapping[str, Any], state: Snapshot) -> Snapshot:
    """Return *state* after the step of a journal line."""
    return state.changed(
        line.get("files", {}),
        dict(_cells(line.get("cells", ()))),
        dict(_cells(line.get("pins", ()))),
    )


def roster_json(cells: Mapping[Cell, str], pins: Iterable[Cell]) -> dict[str, Any]:
    """Return a whole roster as a line of the journal holds it."""
    return {
        "cells": [[who, day.isoformat(), code] for (who, day), code in cells.items()],
        "pins": [[who, day.isoformat(), True] for who, day in sorted(pins)],
    }


def _cells(rows: Iterable[tuple[str, str, Any]]) -> Iterable[tuple[Cell, Any]]:
    return (((who, date.fromisoformat(day)), value) for who, day, value in rows)
