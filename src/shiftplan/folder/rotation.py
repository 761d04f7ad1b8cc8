"""Rotas written into a plan folder, comments kept and nothing overwritten unasked."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import tomlkit

from ..clock import WEEKDAYS
from ..errors import CannotWrite, ShiftplanError
from ..facts import Facts, RotaWeek
from .files import PLAN
from .write import write_text

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
    def dealt(self) -> tuple[RotaWeek, ...]:
        """The weeks of the new one."""
        return tuple(row for row in self.rows if row.rota == self.name)


def without(rows: Sequence[RotaWeek], people: Collection[str]) -> tuple[RotaWeek, ...]:
    """Return *rows* without *people*, and without the rotas that nobody is left in."""
    kept = [
        row.model_copy(update={"people": tuple(p for p in row.people if p not in people)})
        for row in rows
    ]
    followed = {row.rota for row in kept if row.people}
    before = {row.rota for row in rows if row.people}
    return tuple(row for row in kept if row.rota in followed or row.rota not in before)


def turned(facts: Facts, name: str, weeks: Sequence[RotaWeek], starts: Mapping[str, int]) -> Turned:
    """Return the rotas of *facts* and a new one of *weeks*, in which *starts* says who is where.

    *starts* are weeks counted from 0, as the horizon begins. Other rotas stay as they are, and with them
    the week that everything is counted from.
    """
    kept = without(facts.rotation, set(starts))
    start = facts.rotation_start if kept and facts.rotation_start else facts.first
    gone = (facts.first - start).days // 7
    there: dict[int, list[str]] = {}
    for who, k in starts.items():
        there.setdefault((k - gone) % len(weeks), []).append(who)
    taken = {row.rota for row in kept}
    name = next(
        n for n in (name, *(f"{name} {k}" for k in range(2, len(taken) + 3))) if n not in taken
    )
    new = [
        row.model_copy(update={"rota": name, "week": k + 1, "people": tuple(there.get(k, ()))})
        for k, row in enumerate(weeks)
    ]
    return Turned((*kept, *new), start, name)


def table_of(root: Path, out: str | None) -> str:
    """Return the name of the table that rotas of the plan in *root* go into: the one it names, or a
    new one.

    Raise ``ShiftplanError`` if *out* is another than the one it names, or cannot be a new table.
    """
    section = tomlkit.parse(_text(root)).get(SECTION)
    named = section.get("table") if section else None
    if named is not None:
        if out is not None and (root / out).resolve() != (root / str(named)).resolve():
            raise ShiftplanError(f"--out: the plan has its rotas in {named}.", "Leave out --out.")
        return str(named)
    name = out or TABLE
    if not (root / name).resolve().is_relative_to(root.resolve()):
        raise ShiftplanError(
            f"--out: '{name}' lies outside the plan folder.",
            "Name a file in it, such as rotation.csv.",
        )
    if (root / name).exists():
        raise CannotWrite(f"{root / name} is there already.", "Name another file with --out.")
    if not (root / name).parent.is_dir():
        raise CannotWrite(
            f"{root / name} cannot be written: there is no folder {(root / name).parent}."
        )
    return name


def write_rotation(root: Path, table: str, rotas: Turned, week_starts: str) -> None:
    """Write *rotas* into *table* and name it in the plan file, both or neither; comments stay.

    Raise ``CannotWrite``.
    """
    path, before = root / table, None
    plan = tomlkit.parse(_text(root))
    if SECTION in plan:
        plan[SECTION]["from"] = rotas.start
    else:
        section = tomlkit.table()
        section.add("table", Path(table).as_posix())
        section.add("from", rotas.start)
        section["from"].comment("the week in which people are where the table has them")
        plan.append(SECTION, section)
    if path.exists():
        before = path.read_bytes().decode("utf-8")
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
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("rota", "week", *weekdays, "people"))
    for row in rows:
        days = (getattr(row, weekday) or "-" for weekday in weekdays)
        writer.writerow((row.rota, row.week, *days, "; ".join(row.people)))
    return text.getvalue()


def _text(root: Path) -> str:
    return (root / PLAN).read_bytes().decode("utf-8-sig")  # ends of lines as they are
