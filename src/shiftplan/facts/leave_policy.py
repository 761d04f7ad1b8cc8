"""What leave people earn, and what a public holiday worked earns them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from .base import Frozen, Minutes, Name

_SPAN = re.compile(r"(\d{1,3})\s*(day|week|month)s?")


def _span(value: str) -> str:
    match = _SPAN.fullmatch(value)
    if not match or not int(match.group(1)):
        raise ValueError(f'\'{value}\' is no span of days. Write it like "30 days" or "1 month".')
    return value


Span = Annotated[str, AfterValidator(_span)]
"""A stretch of whole days: ``30 days``, ``4 weeks``, ``1 month``."""


def after(day: date, span: str) -> date:
    """Return the day that lies *span* after *day*; a month later is the same day of it, or its
    last.
    """
    match = _SPAN.fullmatch(span)
    assert match is not None
    number, unit = int(match.group(1)), match.group(2)
    if unit == "day":
        return day + timedelta(days=number)
    if unit == "week":
        return day + timedelta(weeks=number)
    year, months = divmod(day.year * 12 + day.month - 1 + number, 12)
    month = months + 1
    last = monthrange(year, month)[1]
    return date(year, month, min(day.day, last))


class LieuTerms(Frozen):
    """What a public holiday worked earns: a day off on top of pay, to be taken in time."""

    within: Span = "30 days"
    """How long after the holiday its day off can be: days, weeks or months."""
    unmet: Literal["cash-out", "expire"] = "cash-out"
    """What becomes of a day not taken in time: it is paid out, or it is lost."""
    counts: Literal["start", "majority", "minutes"] = "start"
    """Which shifts are worked on a holiday: those that start on it, those with more than half
    inside it, or all, and then only the minutes inside are credited. An hour must lie inside,
    always.
    """
    rest_day: bool = False
    """Whether a holiday on a day off earns a day too."""


class LeavePolicy(Frozen):
    """Leave earned by the people of some sites or contracts; the first policy that fits holds."""

    sites: tuple[Name, ...] = ()
    contracts: tuple[Name, ...] = ()
    day: Minutes = Field(default=480, gt=0, le=24 * 60)
    """What one day of leave is worth."""
    pto: tuple[tuple[int, float], ...] = ()
    """Days of paid leave a year by tenure: pairs of years of service and days, the first from year
    0 on.
    """
    pto_cap: float | None = Field(default=1.5, gt=0, le=100, allow_inf_nan=False)
    """Accrual stops while the balance is at so many times the year's days; nothing is ever taken
    away.
    """
    sick_days: float = Field(default=0, ge=0, le=366, allow_inf_nan=False)
    """Sick days given on 1 January, or on the first day of service, and gone at the end of the
    year.
    """
    days_per_week: int = Field(default=5, ge=1, le=7)
    """Days of leave one week can use up at most; the rest of it are days off."""
    lieu: LieuTerms | None = None
    """What a public holiday worked earns in days off."""

    @model_validator(mode="after")
    def _ladder(self) -> Self:
        years = [since for since, _ in self.pto]
        in_order = years == sorted(set(years))
        if years and (years[0] != 0 or not in_order):
            raise ValueError("pto: begin with year 0 and go up, as in [[0, 17], [3, 20], [5, 22]]")
        if any(not 0 <= days <= 366 for _, days in self.pto):
            raise ValueError("pto: a year has 0 to 366 days of leave")
        return self

    def applies_to(self, site: str, contract: str) -> bool:
        """Say whether it applies to *site* on *contract*; one that names none is for all."""
        of_site = not self.sites or site in self.sites
        return of_site and (not self.contracts or contract in self.contracts)

    def rate(self, years: int) -> Fraction:
        """Return the days of paid leave a year after *years* of service."""
        days = [days for since, days in self.pto if since <= years]
        return exact(days[-1]) if days else Fraction(0)


def exact(number: float) -> Fraction:
    """Return a number as it was written: 0.1 is a tenth."""
    return Fraction(str(number))
