"""A rota dealt out to people: made, written into the plan, and shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..errors import ShiftplanError
from ..facts import RotaWeek
from ..folder import Loaded
from ..folder.rotation import SECTION, Turned, table_of, turned, without, write_rotation
from ..plan import Plan
from ..plan.rota import Asked
from ..roster import following
from ..rota import OFF, Rota, Rotas
from ..solver.rota.assign import deal
from ..store import open_plan
from .common import ExitCode, print_json, say
from .page import TextPage, columns


class Dealing:
    """One deal to the people of one group, checked before the search for rotas begins.

    Raise ``ShiftplanError`` if they follow a rota already and it is not to be replaced, or a name
    cannot stand in the table, and ``CannotWrite`` if the table could not be written.
    """

    def __init__(self, loaded: Loaded, asked: Asked, out: str | None, *, replace: bool) -> None:
        facts, names = loaded.plan.facts, {p.name for p in asked.group}
        self.loaded, self.asked = loaded, asked
        self.table = table_of(loaded.root, out)
        if odd := sorted(who for who in names if ";" in who):
            raise ShiftplanError(
                f"'{odd[0]}' has a semicolon, which stands between names in the table.",
                "Rename them.",
            )
        followed = facts.dealt
        if followed and any(followed.names(who) for who in names) and not replace:
            who = next(p.name for p in asked.group if followed.names(p.name))
            raise ShiftplanError(
                f"{who} follows a rota already, in {self.table}.",
                "Deal anew with --replace, or edit that table.",
            )

    def deal(self, found: Rotas, number: int, *, as_json: bool) -> ExitCode:
        """Deal the rota with that *number*, write it and show it."""
        if number > len(found.rotas):
            raise ShiftplanError(
                f"no rota {number} was found; there {'is' if len(found.rotas) == 1 else 'are'} "
                f"{_count(len(found.rotas), 'rota')} to choose from.",
                "Give it more time with --time-limit." if not found.complete else "",
            )
        plan, weeks = self._plan(), self._weeks(found.rotas[number - 1])
        facts, group = plan.facts, self.asked.group
        starts = deal(plan, [p.name for p in group], weeks)
        rotas = turned(facts, group[0].site, weeks, starts)
        facts = facts.changed(rotation=rotas.rows, rotation_start=rotas.start)
        dealt = facts.dealt
        assert dealt is not None
        costs = Plan(facts, plan.rules).judge(following(facts, dealt)).costs
        write_rotation(self.loaded.root, self.table, rotas, facts.team.week_starts)
        if as_json:
            print_json(self._json(rotas, starts, costs, number))
        else:
            self._show(rotas, starts, costs, number)
        return ExitCode.DONE

    def _plan(self) -> Plan:
        """Return the plan with what was worked before it, and without the rotas of these people."""
        plan = open_plan(self.loaded).plan
        others = without(plan.facts.rotation, {p.name for p in self.asked.group})
        return replace(plan, facts=plan.facts.changed(rotation=others))

    def _weeks(self, rota: Rota) -> list[RotaWeek]:
        weekdays = self.asked.wish.weekdays
        rows = [dict(zip(weekdays, row, strict=True)) for row in rota.rows]
        return [RotaWeek.model_validate({"week": k, **row}) for k, row in enumerate(rows, 1)]

    def _show(
        self, rotas: Turned, starts: Mapping[str, int], costs: Mapping[str, int], number: int
    ) -> None:
        page, first = TextPage(), self.loaded.plan.facts.first
        page.line(f"Rota {number} dealt to {_count(len(starts), 'person', 'people')}", "bold")
        page.sentence(
            f"Where everyone is in the week of {first:%a %d %b %Y}; each week they go on to the next row, "
            "and after the last to the first"
        )
        page.lines(columns(self._grid(rotas.weeks, starts), right=(0,)))
        page.line()
        told = ", ".join(f"{goal} {cost}" for goal, cost in costs.items())
        page.sentence(f"As it stands, with leave and pins, the rota costs: {told}")
        weeks, people = len(rotas.weeks), len(starts)
        if people < weeks:
            say(f"note: nobody starts in {_count(weeks - people, 'row')} of the rota.")
        say(f"Written to {self.table}, which [{SECTION}] in shiftplan.toml names.")

    def _grid(
        self, weeks: Sequence[RotaWeek], starts: Mapping[str, int]
    ) -> Sequence[Sequence[str]]:
        weekdays = self.asked.wish.weekdays
        there = [[who for who, start in starts.items() if start == k] for k in range(len(weeks))]
        rows = [
            (str(week.week), *(getattr(week, day) or OFF for day in weekdays), ", ".join(who))
            for week, who in zip(weeks, there, strict=True)
        ]
        return (("week", *(day[:2].capitalize() for day in weekdays), "people"), *rows)

    def _json(
        self, rotas: Turned, starts: Mapping[str, int], costs: Mapping[str, int], number: int
    ) -> dict[str, Any]:
        weekdays = self.asked.wish.weekdays
        return {
            "outcome": "dealt",
            "number": number,
            "rota": rotas.name,
            "table": self.table,
            "from": str(self.loaded.plan.facts.first),
            "weekdays": weekdays,
            "rows": [[getattr(week, day) or OFF for day in weekdays] for week in rotas.weeks],
            "starts": {who: start + 1 for who, start in starts.items()},
            "notes": self.asked.notes,
            "goals": [{"name": name, "cost": cost} for name, cost in costs.items()],
        }


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
