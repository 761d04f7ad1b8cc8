"""Names of public holidays that no calendar has, and dates given twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ..errors import ShiftplanError, nearest
from .clash import Clash, not_one_of, repeats
from .given import GivenFacts
from .holidays import country_of, known_countries, names_of
from .team import Site

_CENTURY = range(2000, 2051)
"""Years in which a holiday may be kept; what a name means is clear then."""


def holiday_clashes(facts: GivenFacts) -> Iterator[Clash]:
    """Yield every contradiction about public holidays."""
    years = range(facts.first.year - 1, facts.last.year + 2)
    for k, site in enumerate(facts.sites):
        if site.holiday_names:
            yield from _names(k, site, years)
    yield from _dates(facts)


def _names(k: int, site: Site, years: range) -> Iterator[Clash]:
    """Yield each name of a holiday that the calendar of *site* does not have."""
    if site.holidays is None:
        message = "the site names no calendar to look them up in."
        hint = 'Add one, such as holidays = "US-CA".'
        yield Clash(("sites", k, "holiday_names"), message, hint)
        return
    if country_of(site.holidays) not in known_countries():
        return  # which is reported where the team is checked
    try:
        known = _known_names(site.holidays, site.holiday_names, years)
    except ShiftplanError as error:
        yield Clash(("sites", k, "holidays"), error.message, error.hint)
        return
    folded = {name.casefold() for name in known}
    for j, name in enumerate(site.holiday_names):
        if name.casefold() not in folded:
            message = f"{site.holidays} has no holiday called '{name}'."
            hint = nearest(name, known) or f"It has: {', '.join(sorted(known))}."
            yield Clash(("sites", k, "holiday_names", j), message, hint)


def _known_names(calendar: str, wanted: Collection[str], years: range) -> frozenset[str]:
    """Return the names the calendar has in *years*, or at all if that is not every one *wanted*."""
    known = names_of(calendar, years)
    folded = {name.casefold() for name in known}
    if all(name.casefold() in folded for name in wanted):
        return known
    # Perhaps it is not yet kept in these years, or no longer. A century takes a while to read.
    return names_of(calendar, _CENTURY)


def _dates(facts: GivenFacts) -> Iterator[Clash]:
    """Yield each line of the table for a site there is not, and each second line for a date."""
    sites = {s.name for s in facts.sites}
    again = set(repeats((row.site, row.date) for row in facts.holidays))
    for k, row in enumerate(facts.holidays):
        if row.site:
            yield from not_one_of("sites", ("holidays", k, "site"), row.site, sites)
        if k in again:
            message = f"{row.site or 'all sites'} has two lines for {row.date}."
            yield Clash(("holidays", k, "date"), message, "Keep one of them.")
