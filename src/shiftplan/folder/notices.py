"""What a planner should know about a plan that is right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..clock import DAY, SLOT, day_length, iso, resolve, to_local
from ..facts import Facts, ShiftType, Site


def clock_notices(facts: Facts) -> Iterator[str]:
    """Yield a sentence for each start that the clocks skip or show twice on a day of the horizon."""
    for site in facts.sites:
        odd_days = [d for d in facts.days if day_length(d, site.timezone) != DAY]
        for day in odd_days:
            for shift in facts.shifts:
                if not shift.sites or site.name in shift.sites:
                    yield from _start(shift, day, site)


def _start(shift: ShiftType, day: date, site: Site) -> Iterator[str]:
    instant, status = resolve(day, shift.start, site.timezone)
    if status == "plain":
        return
    local = to_local(instant, site.timezone)
    what = f"{shift.name or shift.code} starts {shift.start:%H:%M} on {day:%a %d %b %Y} in {site.name}"
    taken = f"{local:%H:%M}" if local.date() == day else f"{local:%H:%M on %a %d %b}"
    if status == "gap":
        yield f"{what}, a time the clocks skip; it is taken as {taken}."
    else:
        yield f"{what}, a time the clocks show twice; the first is meant ({iso(instant)})."


def grid_notices(facts: Facts) -> Iterator[str]:
    """Yield a sentence for each shift that begins or ends inside a quarter hour."""
    for shift in facts.shifts:
        if shift.starts_at % SLOT or (shift.starts_at + shift.length) % SLOT:
            yield (
                f"{shift.name or shift.code} ({shift.code}) begins or ends inside a quarter hour; "
                "coverage counts only the whole quarter hours of it."
            )
