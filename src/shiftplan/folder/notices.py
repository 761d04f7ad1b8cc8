"""What a planner should know about a plan that is right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..clock import DAY, SLOT, day_length, iso, resolve, to_local
from ..errors import ShiftplanError
from ..facts import Facts, ShiftType, Site
from ..plan import Plan


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
    what = (
        f"{shift.name or shift.code} starts {shift.start:%H:%M} on {day:%a %d %b %Y} in {site.name}"
    )
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


def holiday_notices(plan: Plan) -> Iterator[str]:
    """Yield a sentence for each holiday of the horizon whose date is a forecast, where anything
    goes by it.

    The calendars take a while to load, so a plan for which holidays do not matter never asks for
    them.
    """
    facts = plan.facts
    named = any(site.holiday_names for site in facts.sites)
    if not (named or facts.leave_policies or any(rule.counts_holidays for rule in plan.rules)):
        return
    try:
        yield from _idle_rows(facts)
        yield from _forecasts(facts)
    except ShiftplanError as error:
        yield str(error)


def _forecasts(facts: Facts) -> Iterator[str]:
    for site in facts.sites:
        years = {day.year: facts.site_holidays(site.name, day.year) for day in facts.days}
        for day in facts.days:
            found = years[day.year].get(day)
            if found and found.estimated:
                yield (
                    f"{found.name} on {day:%a %d %b %Y} in {site.name} is a forecast of the calendar. Once "
                    "the date is official, write it into the table that [holidays] names: "
                    f"{site.name},{day},{found.name},yes; or no, and a line for the right date."
                )


def _idle_rows(facts: Facts) -> Iterator[str]:
    """Yield a sentence for each line of the holiday table that takes away what is not there."""
    without = facts.changed(holidays=()) if facts.holidays else facts
    for row in facts.holidays:
        sites = [s.name for s in facts.sites if row.site in ("", s.name)]
        if row.kept == "no" and not any(
            row.date in without.site_holidays(s, row.date.year) for s in sites
        ):
            where = f"in {row.site}" if row.site else "anywhere"
            yield (
                f"The table of holidays takes away {row.date:%a %d %b %Y}, which is no holiday {where}."
            )
