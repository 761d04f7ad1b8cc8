"""Public holidays of a site, from the ``holidays`` package, which is slow to load and so loaded
late.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from ..errors import ShiftplanError
from .names import canonical

_MARKS = re.compile(r" \(((?:observed|estimated)(?:, estimated)?)\)$")
_NEAR = 10
"""Days within which the day kept in place of a holiday lies."""


class Holiday(NamedTuple):
    """A public holiday; *estimated* if its date is a forecast that only the authorities can
    confirm.
    """

    name: str
    estimated: bool = False


class _Listed(NamedTuple):
    day: date
    name: str
    estimated: bool
    instead: bool
    """Whether it is kept in place of the day itself."""


def country_of(calendar: str) -> str:
    """Return the country of a calendar ``CC`` or ``CC-SUB``."""
    return calendar.partition("-")[0]


@cache
def known_countries() -> frozenset[str]:
    """Return the country codes there are holidays for; quick, because no calendar is made."""
    from holidays.registry import COUNTRIES

    return frozenset(code for _, code, *_ in COUNTRIES.values())


def public_holidays(
    calendar: str, year: int, names: tuple[str, ...] = (), observed: bool = False
) -> Mapping[date, Holiday]:
    """Return the public holidays of ``CC`` or ``CC-SUB`` in *year*, those called one of *names* if
    given.

    They stand on their actual dates: a team on duty around the clock works the day itself. With
    *observed*, one on a weekend stands on the day kept in its place, where the calendar has one.
    Raise ``ShiftplanError`` for a calendar the package does not have.
    """
    return _public_holidays(calendar, year, names, observed)


@cache
def _public_holidays(
    calendar: str, year: int, names: tuple[str, ...], observed: bool
) -> Mapping[date, Holiday]:
    wanted = {name.casefold() for name in names}
    # New Year's Day can be kept in December, and a holiday of December in January.
    years = (year - 1, year, year + 1) if observed else (year,)
    found: dict[date, Holiday] = {}
    for near in years:
        for entry in _listed(calendar, near, False):
            if wanted and entry.name.casefold() not in wanted:
                continue
            day = _kept_on(calendar, entry) if observed else entry.day
            if day.year == year:
                found.setdefault(day, Holiday(entry.name, entry.estimated))
    return found


def names_of(calendar: str, years: Iterable[int]) -> frozenset[str]:
    """Return the names of the holidays of *years*; raise ``ShiftplanError`` as ``public_holidays``
    does.
    """
    return frozenset(entry.name for year in years for entry in _listed(calendar, year, False))


def _kept_on(calendar: str, entry: _Listed) -> date:
    """Return the day on which a holiday is observed: its own, or the one kept in place of it."""
    kept = _observed(calendar, entry)
    # Some calendars mark the day in place, some leave out the day itself.
    moved = all(e.day != entry.day for e in kept)
    if not moved and entry.day.weekday() not in _weekend(calendar):
        return entry.day

    def distance(day: date) -> int:
        return abs((day - entry.day).days)

    in_place = (e.day for e in kept if e.instead or moved)
    near = [day for day in in_place if distance(day) <= _NEAR]
    return min(near, key=distance, default=entry.day)


def _observed(calendar: str, entry: _Listed) -> list[_Listed]:
    """Return the days of the same name, the year before and after included, as they are kept."""
    found: list[_Listed] = []
    for year in range(entry.day.year - 1, entry.day.year + 2):
        found += (e for e in _listed(calendar, year, True) if e.name == entry.name)
    return found


@cache
def _weekend(calendar: str) -> frozenset[int]:
    from holidays import country_holidays

    return frozenset(country_holidays(country_of(calendar)).weekend)


@cache
def _listed(calendar: str, year: int, observed: bool) -> tuple[_Listed, ...]:
    """Return what the package lists, by its English names whatever the computer's own language."""
    from holidays import country_holidays

    country, _, subdivision = calendar.partition("-")
    try:
        maker = type(country_holidays(country))
        languages = maker.supported_languages or ()
        language = "en_US" if "en_US" in languages else maker.default_language
        made = maker(subdiv=subdivision or None, years=year, observed=observed, language=language)
    except NotImplementedError as error:
        raise ShiftplanError(
            f"No holiday calendar is known for '{calendar}'.",
            f'Name the country alone (holidays = "{country}"), or leave the key out.',
        ) from error
    found: list[_Listed] = []
    for day in sorted(made):
        if day.year == year:  # asking for a year, one may be given days of the next
            found += (_read(day, canonical(text)) for text in made.get_list(day))
    return tuple(found)


def _read(day: date, text: str) -> _Listed:
    found = _MARKS.search(text)
    marks = found.group(1) if found else ""
    return _Listed(day, _MARKS.sub("", text), "estimated" in marks, "observed" in marks)
