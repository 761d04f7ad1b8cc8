"""Whether a recurrence rule ever comes, by days alone.

What lays rules out would look for the next day of one that never comes until the year 9999. Here
its periods are gone through as far as anybody asks, and each is held against what the rule's parts
say of days (RFC 5545 §3.3.10). Where that would be difficult, the answer is that it may come.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

_DAY = timedelta(days=1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAILY, _WEEKLY, _MONTHLY, _YEARLY = "DAILY", "WEEKLY", "MONTHLY", "YEARLY"

DayTest = Callable[[date], bool]


def looked_at(rule: Any, start: date, last: date) -> int:
    """Return how many periods of *rule* lie between *start* and *last*, or its COUNT if fewer."""
    days = {_DAILY: 1, _WEEKLY: 7, _MONTHLY: 28, _YEARLY: 365}.get(frequency(rule), 1)
    periods = max(0, (last - start).days) // (days * interval(rule)) + 1
    return min(periods, int(_first(rule, "COUNT", periods)))


def interval(rule: Any) -> int:
    """Return how many of its periods a rule goes on at a time."""
    return int(_first(rule, "INTERVAL", 1))


def may_come(rule: Any, start: date, last: date) -> bool:
    """Say whether *rule*, begun on *start*, may have a day up to *last*."""
    tests = list(_tests(rule, start))
    fewest = min((abs(int(k)) for k in rule.get("BYSETPOS", ())), default=1)
    for days in _periods(rule, start, last):
        found = 0
        for day in days:
            found += all(test(day) for test in tests)
            if found >= fewest:
                return True
    return False


def frequency(rule: Any) -> str:
    """Return the length of a rule's periods, as in ``WEEKLY``."""
    return str(_first(rule, "FREQ", "")).upper()


def _first(rule: Any, key: str, otherwise: Any) -> Any:
    found = rule.get(key, [otherwise])
    return found[0] if isinstance(found, list) else found


# -- what a rule says of a day -------------------------------------------------------------------


def _tests(rule: Any, start: date) -> Iterator[DayTest]:
    """Yield what every day of *rule* has to pass; weeks of the year are not looked at."""
    months = [int(k) for k in rule.get("BYMONTH", ())]
    days = [int(k) for k in rule.get("BYMONTHDAY", ())]
    in_year = [int(k) for k in rule.get("BYYEARDAY", ())]
    weekdays = [str(k).upper() for k in rule.get("BYDAY", ())]
    if not (days or in_year or weekdays or rule.get("BYWEEKNO")):
        # Without any of these, the start says which day of the period is meant.
        if frequency(rule) == _YEARLY and not months:
            months = [start.month]
        if frequency(rule) in (_YEARLY, _MONTHLY):
            days = [start.day]
    if months:
        yield lambda day: day.month in months
    if days:
        yield lambda day: day.day in days or day.day - _length_of_month(day) - 1 in days
    if in_year:
        yield lambda day: _day_of_year(day) in in_year or _from_end_of_year(day) in in_year
    if weekdays:
        within_year = frequency(rule) == _YEARLY and not months
        yield lambda day: any(_is_weekday(day, one, within_year) for one in weekdays)


def _is_weekday(day: date, one: str, within_year: bool) -> bool:
    """Say whether *day* is meant by ``MO``, or ``-1MO``: the last of its month, or of its year."""
    if _WEEKDAYS[day.weekday()] != one[-2:]:
        return False
    place = one[:-2]
    if not place:
        return True
    before = _day_of_year(day) if within_year else day.day
    after = -_from_end_of_year(day) if within_year else _length_of_month(day) - day.day + 1
    return int(place) in ((before - 1) // 7 + 1, -((after - 1) // 7 + 1))


def _length_of_month(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def _day_of_year(day: date) -> int:
    return day.timetuple().tm_yday


def _from_end_of_year(day: date) -> int:
    """Return -1 for the last day of the year, -2 for that before it, and so on."""
    return (day - date(day.year, 12, 31)).days - 1


# -- its periods ---------------------------------------------------------------------------------


def _periods(rule: Any, start: date, last: date) -> Iterator[Sequence[date]]:
    """Yield the days of each period of *rule* that begins by *last*."""
    first, step = _first_period(rule, start), interval(rule)
    while first <= last:
        after = _later(rule, first, 1)
        yield [first + k * _DAY for k in range((after - first).days)]
        first = _later(rule, first, step)


def _first_period(rule: Any, start: date) -> date:
    length = frequency(rule)
    if length == _WEEKLY:
        begins = _WEEKDAYS.index(str(_first(rule, "WKST", "MO")).upper())
        return start - (start.weekday() - begins) % 7 * _DAY
    if length == _MONTHLY:
        return start.replace(day=1)
    return start.replace(month=1, day=1) if length == _YEARLY else start


def _later(rule: Any, first: date, periods: int) -> date:
    """Return the first day of the period so many *periods* on, or the last of all days."""
    length = frequency(rule)
    try:
        if length == _YEARLY:
            return first.replace(year=first.year + periods)
        if length == _MONTHLY:
            years, month = divmod(first.month - 1 + periods, 12)
            return first.replace(year=first.year + years, month=month + 1)
        return first + periods * (7 if length == _WEEKLY else 1) * _DAY
    except (ValueError, OverflowError):
        return date.max
