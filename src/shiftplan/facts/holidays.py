"""Public holidays of a site, from the ``holidays`` package."""

from __future__ import annotations

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=256)
def public_holidays(calendar: str, year: int) -> frozenset[date]:
    """Return the public holidays of ``CC`` or ``CC-SUB`` in *year*, on their actual dates.

    Substitute days for a holiday that falls on a weekend are left out: a team on duty around the clock
    works the day itself. Raise ``ValueError`` for a calendar the package does not have.
    """
    import holidays

    country, _, subdivision = calendar.partition("-")
    try:
        found = holidays.country_holidays(country, subdiv=subdivision or None, years=year, observed=False)
    except NotImplementedError as error:
        raise ValueError(f"no holiday calendar is known for '{calendar}'") from error
    return frozenset(found)
