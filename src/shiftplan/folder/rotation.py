"""Rotas written into a plan folder, comments kept and nothing overwritten unasked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import tomlkit

from ..clock import WEEKDAYS
from ..disk import read_bytes, write_text
from ..disk.formulas import csv_text
from ..errors import CannotWrite, ShiftplanError
from ..facts import Facts, RotaWeek
from .files import PLAN

TABLE = "rotation.csv"
SECTION = "rotation"


@dataclass(frozen=True)
class Turned:
    """What ``Facts`` hold of rotas, with a new one among them."""

    rows: tuple[RotaWeek, ...]
    start: date
    name: str
    """What the new one is called."""

    @property
    def weeks(self) -> tuple[RotaWeek, ...]:
        """The weeks of the new one."""
        return tuple(row for row in self.rows if row.rota == self.name)


def without(rows: Sequence[RotaWeek], people: Collection[str]) -> tuple[RotaWeek, ...]:
    """Return *rows* without *people*, and without the rotas that nobody is left in."""
    kept = []
    for row in rows:
        others = tuple(who for who in row.people if who not in people)
        kept.append(row.model_copy(update={"people": others}))
    # A rota that nobody followed before stays.
    left_empty = _followed(rows) - _followed(kept)
    return tuple(row for row in kept if row.rota not in left_empty)


def _followed(rows: Sequence[RotaWeek]) -> set[str]:
    return {row.rota for row in rows if row.people}


def turned(facts: Facts, name: str, weeks: Sequence[RotaWeek], starts: Mapping[str, int]) -> Turned:
    """Return the rotas of *facts* and a new one of *weeks*, in which *starts* says who is where.

    *starts* are weeks counted from 0, as the horizon begins. Other rotas stay as they are, and with
    them the week that everything is counted from.
    """
    kept = without(facts.rotation, set(starts))
    start = facts.rotation_start if kept and facts.rotation_start else facts.first
    # The table says where people are in the week of *start*, which may lie before the horizon.
    gone = (facts.first - start).days // 7
    people: dict[int, list[str]] = {}
    for who, k in starts.items():
        people.setdefault((k - gone) % len(weeks), []).append(who)
    name = _free_name(name, {row.rota for row in kept})
    new = []
    for k, row in enumerate(weeks):
        there = tuple(people.get(k, ()))
        new.append(row.model_copy(update={"rota": name, "week": k + 1, "people": there}))
    return Turned((*kept, *new), start, name)


def _free_name(name: str, taken: Collection[str]) -> str:
    """Return *name*, or with the first number from 2 on that makes it another than all *taken*."""
    numbered, number = name, 1
    while numbered in taken:
        number += 1
        numbered = f"{name} {number}"
    return numbered


def table_of(root: Path, out: str | None) -> str:
    """Return the name of the table for the rotas of the plan in *root*: the one it names, or a new
    one.

    Raise ``ShiftplanError`` if *out* is another than the one it names, or cannot be a new table.
    """
    section = tomlkit.parse(_text(root)).get(SECTION)
    named = section.get("table") if section else None
    if named is None:
        name = out or TABLE
        _check_new_table(root, name)
        return name
    if out is not None and (root / out).resolve() != (root / str(named)).resolve():
        raise ShiftplanError(f"--out: the plan has its rotas in {named}.", "Leave out --out.")
    return str(named)


def _check_new_table(root: Path, name: str) -> None:
    path = root / name
    if not path.resolve().is_relative_to(root.resolve()):
        message = f"--out: '{name}' lies outside the plan folder."
        raise ShiftplanError(message, "Name a file in it, such as rotation.csv.")
    if path.exists():
        raise CannotWrite(f"{path} is there already.", "Name another file with --out.")
    if not path.parent.is_dir():
        raise CannotWrite(f"{path} cannot be written: there is no folder {path.parent}.")


def write_rotation(root: Path, table: str, rotas: Turned, week_starts: str) -> None:
    """Write *rotas* into *table* and name it in the plan file, both or neither; comments stay.

    Raise ``CannotWrite``.
    """
    path = root / table
    before = read_bytes(path).decode("utf-8") if path.exists() else None
    plan = tomlkit.parse(_text(root))
    if SECTION in plan:
        plan[SECTION]["from"] = rotas.start
    else:
        section = tomlkit.table()
        section.add("table", Path(table).as_posix())
        section.add("from", rotas.start)
        section["from"].comment("the week in which people are where the table has them")
        plan.append(SECTION, section)
    write_text(path, rotation_csv(rotas.rows, week_starts))
    try:
        write_text(root / PLAN, tomlkit.dumps(plan))
    except CannotWrite:
        if before is None:
            path.unlink()
        else:
            write_text(path, before)
        raise


def rotation_csv(rows: Sequence[RotaWeek], week_starts: str) -> str:
    """Return *rows* as a table, the days from the first of the team's week."""
    first = WEEKDAYS.index(week_starts)
    weekdays = (*WEEKDAYS[first:], *WEEKDAYS[:first])
    lines = []
    for row in rows:
        days = (getattr(row, weekday) or "-" for weekday in weekdays)
        lines.append((row.rota, row.week, *days, "; ".join(row.people)))
    return csv_text(("rota", "week", *weekdays, "people"), lines)


def _text(root: Path) -> str:
    return read_bytes(root / PLAN).decode("utf-8-sig")  # ends of lines as they are
