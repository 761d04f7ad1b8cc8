"""What a planner should know about a plan that is right."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from ..clock import DAY, SLOT, day_length, iso, resolve, to_local
from ..errors import ShiftplanError
from ..facts import Facts, HolidayDate, ShiftType, Site
from ..plan import Plan
from ..plan.surplus import open_surplus
from ..plan.unasked import unasked
from ..plan.unread import unread
from .crossref import Places


def clock_notices(facts: Facts) -> Iterator[str]:
    """Yield a sentence for each start that the clocks skip or show twice within the horizon."""
    for site in facts.sites:
        shifts = [s for s in facts.shifts if not s.sites or site.name in s.sites]
        for day in facts.days:
            # Only on a day of another length do clocks skip or repeat anything.
            if day_length(day, site.timezone) != DAY:
                for shift in shifts:
                    yield from _start(shift, day, site)


def _start(shift: ShiftType, day: date, site: Site) -> Iterator[str]:
    instant, status = resolve(day, shift.start, site.timezone)
    if status == "plain":
        return
    name = shift.name or shift.code
    what = f"{name} starts {shift.start:%H:%M} on {day:%a %d %b %Y} in {site.name}"
    if status == "fold":
        yield f"{what}, a time the clocks show twice; the first is meant ({iso(instant)})."
        return
    local = to_local(instant, site.timezone)
    taken = f"{local:%H:%M}" if local.date() == day else f"{local:%H:%M on %a %d %b}"
    yield f"{what}, a time the clocks skip; it is taken as {taken}."


def grid_notices(facts: Facts) -> Iterator[str]:
    """Yield a sentence for each shift that begins or ends inside a quarter hour."""
    for shift in facts.shifts:
        if shift.starts_at % SLOT or (shift.starts_at + shift.length) % SLOT:
            yield (
                f"{shift.name or shift.code} ({shift.code}) begins or ends inside a quarter hour; "
                "coverage counts only the whole quarter hours of it."
            )


def unread_notices(plan: Plan, places: Places, switched_off: Collection[str]) -> Iterator[str]:
    """Yield a sentence for each sort of facts that nothing reads, with where the first stands, and
    one if nothing says how much is too much.

    *switched_off* are the kinds of rules that are there and count for nothing.
    """
    for at, text in (*unread(plan, switched_off), *unasked(plan)):
        yield f"{places.where(at)}: {text}"
    if surplus := open_surplus(plan):
        yield surplus


def holiday_notices(plan: Plan) -> Iterator[str]:
    """Yield a sentence for each holiday of the horizon whose date is a forecast.

    The calendars take a while to load, so a plan for which holidays do not matter never asks for
    them.
    """
    if not _holidays_matter(plan):
        return
    try:
        yield from _idle_rows(plan.facts)
        yield from _forecasts(plan.facts)
    except ShiftplanError as error:
        yield str(error)


def _holidays_matter(plan: Plan) -> bool:
    if plan.facts.leave_policies or any(rule.counts_holidays for rule in plan.rules):
        return True
    # Names that a site keeps are looked up, so that a wrong one is found.
    return any(site.holiday_names for site in plan.facts.sites)


def _forecasts(facts: Facts) -> Iterator[str]:
    for site in facts.sites:
        years = {day.year: facts.site_holidays(site.name, day.year) for day in facts.days}
        for day in facts.days:
            found = years[day.year].get(day)
            if found and found.estimated:
                row = f"{site.name},{day},{found.name},yes"
                yield (
                    f"{found.name} on {day:%a %d %b %Y} in {site.name} is a forecast of the "
                    "calendar. Once the date is official, write it into the table that [holidays] "
                    f"names: {row}; or no, and a line for the right date."
                )


def _idle_rows(facts: Facts) -> Iterator[str]:
    """Yield a sentence for each line of the holiday table that takes away what is not there."""
    without = facts.changed(holidays=()) if facts.holidays else facts
    for row in facts.holidays:
        if row.kept == "no" and not _is_holiday(without, row):
            where = f"in {row.site}" if row.site else "anywhere"
            day = f"{row.date:%a %d %b %Y}"
            yield f"The table of holidays takes away {day}, which is no holiday {where}."


def _is_holiday(facts: Facts, row: HolidayDate) -> bool:
    """Say whether the day of a row is a holiday at its site, or at any if it names none."""
    sites = [site.name for site in facts.sites if row.site in ("", site.name)]
    return any(row.date in facts.site_holidays(site, row.date.year) for site in sites)
