"""Rotas that cannot be followed, each with where that stands and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..clock import WEEKDAYS
from ..errors import nearest
from .clash import Clash, FactPath, nobody, repeats, wrong_weekday
from .given import GivenFacts

_NUMBERS = "Number the weeks of a rota 1, 2, 3 and so on."


def rotation_clashes(facts: GivenFacts) -> Iterator[Clash]:
    """Yield every contradiction between the rotas and other facts, and inside a rota."""
    if facts.rotation_start:
        at = ("rotation_start", "from")
        yield from wrong_weekday(at, facts.rotation_start, facts.team.week_starts)
    yield from _weeks(facts)
    yield from _shifts(facts)
    yield from _people(facts)


def _weeks(facts: GivenFacts) -> Iterator[Clash]:
    """Yield each week that is there twice, and each that is missing before one that is there."""
    for k in repeats((row.rota, row.week) for row in facts.rotation):
        row = facts.rotation[k]
        message = f"week {row.week} of {_called(row.rota)} is there twice."
        yield Clash(("rotation", k, "week"), message, _NUMBERS)

    lines: dict[str, dict[int, int]] = {}
    for k, row in enumerate(facts.rotation):
        lines.setdefault(row.rota, {}).setdefault(row.week, k)
    for rota, line_of in lines.items():
        missing = next((week for week in range(1, max(line_of)) if week not in line_of), None)
        if missing is not None:
            following = min(week for week in line_of if week > missing)
            message = f"week {missing} of {_called(rota)} is missing."
            yield Clash(("rotation", line_of[following], "week"), message, _NUMBERS)


def _shifts(facts: GivenFacts) -> Iterator[Clash]:
    codes = {s.code for s in facts.shifts}
    for k, row in enumerate(facts.rotation):
        for weekday in WEEKDAYS:
            code = getattr(row, weekday)
            if code and code not in codes:
                hint = nearest(code, codes) or "A day off is '-'."
                yield Clash(("rotation", k, weekday), f"'{code}' is no shift.", hint)


def _people(facts: GivenFacts) -> Iterator[Clash]:
    """Yield whoever is unknown, in two rows, or in a rota with shifts they cannot work."""
    names = {p.name for p in facts.people}
    worked = _worked(facts)
    seen: set[str] = set()
    for k, row in enumerate(facts.rotation):
        at = ("rotation", k, "people")
        for who in row.people:
            if who not in names:
                yield from nobody(at, who, names)
            elif who in seen:
                hint = "A person starts in one week of one rota."
                yield Clash(at, f"{who} is in two weeks at once.", hint)
            else:
                yield from _cannot_work(facts, at, who, row.rota, worked[row.rota])
            seen.add(who)


def _worked(facts: GivenFacts) -> Mapping[str, set[str]]:
    """Return the codes there are in each rota."""
    known = {s.code for s in facts.shifts}
    found: dict[str, set[str]] = {}
    for row in facts.rotation:
        codes = {getattr(row, weekday) for weekday in WEEKDAYS}
        found.setdefault(row.rota, set()).update(codes & known)
    return found


def _cannot_work(
    facts: GivenFacts, at: FactPath, who: str, rota: str, codes: set[str]
) -> Iterator[Clash]:
    cannot = sorted(codes - set(facts.codes(who)))
    if cannot:
        week = _week_with(facts, rota, cannot[0])
        message = (
            f"{who} cannot work '{cannot[0]}', which {_called(rota)} has in week {week}: it is for "
            "another site or requires other skills."
        )
        yield Clash(at, message, "Give them a rota of their own, or none.")


def _week_with(facts: GivenFacts, rota: str, code: str) -> int:
    """Return the first week of *rota* that has *code*."""
    weeks = (row for row in facts.rotation if row.rota == rota)
    having = [row for row in weeks if any(getattr(row, day) == code for day in WEEKDAYS)]
    return min(row.week for row in having)


def _called(rota: str) -> str:
    return f"the rota '{rota}'" if rota else "the rota"
