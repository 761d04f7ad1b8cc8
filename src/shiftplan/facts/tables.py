"""Dated tables about people: leave, wishes, pins, what was worked before."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Self

from pydantic import Field, model_validator

from .base import Balance, Frozen, Name, Points


class Leave(Frozen):
    """Approved absence, first and last day included. A day of leave is not a day off."""

    person: Name
    from_date: dt.date
    to_date: dt.date
    kind: str = "leave"
    """What it is: pto, sick, training, lieu ... Never shown outside the team's leads."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to_date < self.from_date:
            raise ValueError(f"to_date {self.to_date} is before from_date {self.from_date}")
        return self


class Wish(Frozen):
    """What a person asks for on one day; *shift* is a code, a family or a kind."""

    person: Name
    date: dt.date
    wish: Literal["day-off", "day-on", "shift-on", "shift-off"]
    shift: str = ""
    weight: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _shift_named(self) -> Self:
        needs_shift = self.wish in ("shift-on", "shift-off")
        if needs_shift != bool(self.shift):
            raise ValueError(
                "name a shift for shift-on and shift-off, and none for day-off and day-on"
            )
        return self


class Worked(Frozen):
    """One cell of a roster as a table holds it: a shift, or a day off where *shift* is empty."""

    person: Name
    date: dt.date
    shift: str = ""


class Carried(Frozen):
    """Points a person has left from earlier periods, by what is counted."""

    person: Name
    of: str
    points: Points
    """Hundredths of points above (below zero: under) a fair share."""


class HolidayDate(Frozen):
    """A date on which a site keeps a public holiday, or does not, whatever the calendar says."""

    site: str = ""
    """The site it applies to; all unless given."""
    date: dt.date
    name: str = ""
    kept: Literal["yes", "no"] = "yes"


class LeaveBalance(Frozen):
    """What somebody had in all at the start of a day; the ledger goes on from there."""

    person: Name
    account: Literal["pto", "sick", "lieu"]
    date: dt.date
    balance: Balance
    """Minutes, written in hours."""
    expires: dt.date | None = None
    """Last day on which it can be used."""

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it can be used; sick days last until the year ends."""
        if self.account == "sick" and not self.expires:
            return dt.date(self.date.year, 12, 31)
        return self.expires

    @model_validator(mode="after")
    def _expiry(self) -> Self:
        if self.account == "pto" and self.expires:
            raise ValueError("expires: paid leave does not expire. Leave the cell empty.")
        if self.account == "lieu" and not self.expires:
            raise ValueError("expires: a day in lieu has a last day. Give it.")
        if self.expires and self.expires < self.date:
            raise ValueError(
                f"expires: {self.expires} is before {self.date}. Leave out what has expired."
            )
        if self.account != "pto" and self.balance < 0:
            raise ValueError(
                "balance: only paid leave can be overdrawn. Write it without the minus."
            )
        return self
