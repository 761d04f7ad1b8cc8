"""A rota assigned to people: who starts in which week, written into the plan, and shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..errors import ShiftplanError, count
from ..facts import Facts, RotaWeek
from ..folder import Loaded, load
from ..folder.rotation import SECTION, Turned, table_of, turned, without, write_rotation
from ..folder.turn import turn_in
from ..plan import Plan
from ..plan.amounts import cost_words
from ..plan.rota import Asked
from ..roster import following
from ..rota import OFF, Rota, Rotas
from ..solver.rota.assign import assign
from ..store import open_plan
from .common import ExitCode, note, print_json, say
from .page import TextPage, columns


@dataclass(frozen=True)
class _Assigned:
    """A rota with its people in it, as it was written."""

    number: int
    """Which of the rotas found it is, counted from 1."""
    rotas: Turned
    starts: Mapping[str, int]
    """The week each person starts in, counted from 0."""
    costs: Mapping[str, int]

    @property
    def weeks(self) -> Sequence[RotaWeek]:
        """The weeks of the rota."""
        return self.rotas.weeks


class RotaAssignment:
    """A rota to be assigned to one group, checked before the search for rotas begins.

    Raise ``ShiftplanError`` if they follow a rota already and it is not to be replaced, or a name
    cannot stand in the table, and ``CannotWrite`` if the table could not be written.
    """

    def __init__(self, loaded: Loaded, asked: Asked, out: str | None, *, replace: bool) -> None:
        self.loaded: Loaded = loaded
        self.asked: Asked = asked
        self.names: list[str] = [person.name for person in asked.group]
        self.table: str = table_of(loaded.root, out)
        self._out: str | None = out
        self._replace: bool = replace
        _check_names(self.names)
        self._check_free(loaded.plan.facts)

    def assign(self, found: Rotas, number: int, *, as_json: bool) -> ExitCode:
        """Assign the rota with that *number*, write it and show it."""
        _check_found(found, number)
        made = self._assign(found.rotas[number - 1], number)
        if as_json:
            print_json(self._json(made))
        else:
            self._show(made)
        return ExitCode.DONE

    def _assign(self, rota: Rota, number: int) -> _Assigned:
        plan, weeks = self._plan(), self._weeks(rota)
        starts = assign(plan, self.names, weeks)
        rotas = self._write(weeks, starts)
        facts = plan.facts.changed(rotation=rotas.rows, rotation_start=rotas.start)
        followed = facts.assigned_rotas
        assert followed is not None
        costs = Plan(facts, plan.rules).judge(following(facts, followed)).costs
        return _Assigned(number, rotas, starts, costs)

    def _write(self, weeks: Sequence[RotaWeek], starts: Mapping[str, int]) -> Turned:
        """Write the rota beside those there are by now, however long the search for it took."""
        root = self.loaded.root
        with turn_in(root):
            facts = load(root).plan.facts
            self.table = table_of(root, self._out)
            self._check_free(facts)
            rotas = turned(facts, self.asked.group[0].site, weeks, starts)
            write_rotation(root, self.table, rotas, facts.team.week_starts)
        return rotas

    def _check_free(self, facts: Facts) -> None:
        """Raise ``ShiftplanError`` if somebody follows a rota already, and is not to leave it."""
        if not self._replace:
            _check_free(facts, self.names, self.table)

    def _plan(self) -> Plan:
        """Return the plan with what was worked before it, and without the rotas of these people."""
        plan = open_plan(self.loaded).plan
        others = without(plan.facts.rotation, set(self.names))
        return replace(plan, facts=plan.facts.changed(rotation=others))

    def _weeks(self, rota: Rota) -> list[RotaWeek]:
        weekdays = self.asked.wish.weekdays
        weeks = []
        for number, row in enumerate(rota.rows, 1):
            days = dict(zip(weekdays, row, strict=True))
            weeks.append(RotaWeek.model_validate({"week": number, **days}))
        return weeks

    def _show(self, made: _Assigned) -> None:
        page, first = TextPage(), self.loaded.plan.facts.first
        people, weeks = len(made.starts), len(made.weeks)
        page.line(f"Rota {made.number} assigned to {count(people, 'person', 'people')}", "bold")
        page.sentence(
            f"Where everyone is in the week of {first:%a %d %b %Y}; each week they go on to the "
            "next row, and after the last to the first"
        )
        page.lines(columns([self._header(), *self._rows(made)], right=(0,)))
        page.line()
        costs = cost_words(self.loaded.plan.rules).all(made.costs)
        page.sentence(f"As it stands, with leave and pins, the rota costs: {costs}")
        if people < weeks:
            note([f"nobody starts in {count(weeks - people, 'row')} of the rota."])
        say(f"Written to {self.table}, which [{SECTION}] in shiftplan.toml names.")

    def _header(self) -> Sequence[str]:
        return ("week", *(day[:2].capitalize() for day in self.asked.wish.weekdays), "people")

    def _rows(self, made: _Assigned) -> Iterator[Sequence[str]]:
        """Yield each week of the rota, with who starts in it."""
        for number, week in enumerate(made.weeks):
            there = [who for who, start in made.starts.items() if start == number]
            yield (str(week.week), *self._codes(week), ", ".join(there))

    def _codes(self, week: RotaWeek) -> list[str]:
        return [getattr(week, day) or OFF for day in self.asked.wish.weekdays]

    def _json(self, made: _Assigned) -> dict[str, Any]:
        return {
            "outcome": "dealt",
            "number": made.number,
            "rota": made.rotas.name,
            "table": self.table,
            "from": str(self.loaded.plan.facts.first),
            "weekdays": self.asked.wish.weekdays,
            "rows": [self._codes(week) for week in made.weeks],
            "starts": {who: start + 1 for who, start in made.starts.items()},
            "notes": self.asked.notes,
            "goals": [{"name": name, "cost": cost} for name, cost in made.costs.items()],
        }


def _check_names(names: Collection[str]) -> None:
    odd = sorted(who for who in names if ";" in who)
    if odd:
        raise ShiftplanError(
            f"'{odd[0]}' has a semicolon, which stands between names in the table.",
            "Rename them.",
        )


def _check_free(facts: Facts, names: Sequence[str], table: str) -> None:
    """Raise ``ShiftplanError`` if one of *names* follows a rota already."""
    for who in names:
        if facts.assigned_rotas is not None and facts.assigned_rotas.names(who):
            raise ShiftplanError(
                f"{who} follows a rota already, in {table}.",
                "Assign a new one with --replace, or edit that table.",
            )


def _check_found(found: Rotas, number: int) -> None:
    there = len(found.rotas)
    if number <= there:
        return
    are = "is" if there == 1 else "are"
    raise ShiftplanError(
        f"no rota {number} was found; there {are} {count(there, 'rota')} to choose from.",
        "" if found.complete else "Give it more time with --time-limit.",
    )
