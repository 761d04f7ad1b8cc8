"""Public holidays of a site, from the ``holidays`` package, which is slow to load and so loaded late."""

from __future__ import annotations

from datetime import date
from functools import cache

from ..errors import ShiftplanError


@cache
def known_countries() -> frozenset[str]:
    """Return the country codes there are holidays for; quick, because no calendar is made."""
    from holidays.registry import COUNTRIES

    return frozenset(code for _, code, *_ in COUNTRIES.values())


@cache
def public_holidays(calendar: str, year: int) -> frozenset[date]:
    """Return the public holidays of ``CC`` or ``CC-SUB`` in *year*, on their actual dates.

    Substitute days for a holiday that falls on a weekend are left out: a team on duty around the clock
    works the day itself. Raise ``ShiftplanError`` for a calendar the package does not have.
    """
    import holidays

    country, _, subdivision = calendar.partition("-")
    try:
        found = holidays.country_holidays(country, subdiv=subdivision or None, years=year, observed=False)
    except NotImplementedError as error:
        raise ShiftplanError(
            f"No holiday calendar is known for '{calendar}'.",
            f'Name the country alone (holidays = "{country}"), or leave the key out.',
        ) from error
    return frozenset(found)
