"""Rotas that cannot be followed, each with where that stands and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from ..clock import WEEKDAYS
from ..errors import nearest

if TYPE_CHECKING:
    from .facts import Facts

FactPath = tuple[str | int, ...]
Clash = tuple[FactPath, str, str]
"""Path of the fact (as in ``people, 3, site``), what is wrong, what to do."""


def rotation_clashes(facts: Facts) -> Iterator[Clash]:
    """Yield every contradiction between the rotas and other facts, and inside a rota."""
    start, weekday = facts.rotation_start, WEEKDAYS.index(facts.team.week_starts)
    if start and start.weekday() != weekday:
        before = start - timedelta(days=(start.weekday() - weekday) % 7)
        yield (
            ("rotation_start", "from"),
            f"{start} is a {WEEKDAYS[start.weekday()].capitalize()}, but the team's week starts on "
            f"{facts.team.week_starts.capitalize()}.",
            f"Use {before} or {before + timedelta(days=7)}.",
        )
    yield from _weeks(facts)
    yield from _shifts(facts)
    yield from _people(facts)


def _weeks(facts: Facts) -> Iterator[Clash]:
    """Yield each week that is there twice, and each that is missing before one that is there."""
    seen: dict[str, dict[int, int]] = {}
    for k, row in enumerate(facts.rotation):
        if seen.setdefault(row.rota, {}).setdefault(row.week, k) != k:
            what = f"week {row.week} of {_called(row.rota)} is there twice."
            yield ("rotation", k, "week"), what, "Number the weeks of a rota 1, 2, 3 and so on."
    for rota, weeks in seen.items():
        missing = next((n for n in range(1, max(weeks)) if n not in weeks), None)
        if missing:
            after = weeks[min(n for n in weeks if n > missing)]
            what = f"week {missing} of {_called(rota)} is missing."
            yield ("rotation", after, "week"), what, "Number the weeks of a rota 1, 2, 3 and so on."


def _shifts(facts: Facts) -> Iterator[Clash]:
    codes = {s.code for s in facts.shifts}
    for k, row in enumerate(facts.rotation):
        for weekday in WEEKDAYS:
            code = getattr(row, weekday)
            if code and code not in codes:
                hint = nearest(code, codes) or "A day off is '-'."
                yield ("rotation", k, weekday), f"'{code}' is no shift.", hint


def _people(facts: Facts) -> Iterator[Clash]:
    """Yield whoever is unknown, in two rows, or in a rota with shifts they cannot work."""
    names, codes = {p.name for p in facts.people}, {s.code for s in facts.shifts}
    worked: dict[str, set[str]] = {}
    for row in facts.rotation:
        worked.setdefault(row.rota, set()).update(
            {getattr(row, weekday) for weekday in WEEKDAYS} & codes
        )
    seen: dict[str, int] = {}
    for k, row in enumerate(facts.rotation):
        for who in row.people:
            at = ("rotation", k, "people")
            if who not in names:
                yield at, f"nobody is called '{who}'.", nearest(who, names)
            elif who in seen:
                yield (
                    at,
                    f"{who} is in two weeks at once.",
                    "A person starts in one week of one rota.",
                )
            else:
                cannot = sorted(worked[row.rota] - set(facts.codes(who)))
                if cannot:
                    yield (
                        at,
                        f"{who} cannot work '{cannot[0]}', which {_called(row.rota)} has: it is for another "
                        "site or asks for other skills.",
                        "Give them a rota of their own, or none.",
                    )
            seen[who] = k


def _called(rota: str) -> str:
    return f"the rota '{rota}'" if rota else "the rota"
