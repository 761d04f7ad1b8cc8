"""When people can work."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, Literal, TypeAlias

from ..clock import WEEKDAYS, resolve
from ..facts import Availability, Facts, Person
from ..facts.availability import suits
from ..roster import Assignment, Roster
from .base import Breach, Keeps, Rule
from .vocabulary import Vocabulary

Begun: TypeAlias = Mapping[date, tuple[int, int] | None]
"""The days on which a row begins, with its hours as instants, or None for the whole day."""


class Available(Rule):
    """Count the shifts outside the times a person can work.

    Hours are in local time at the person's site, begin on each day of the row and may run into the
    next. Hours of *never* must not overlap a shift. Where *only* rows are in force on the day a
    shift starts, one of them must allow it: hours that begin on that day or the day before hold all
    of it. Rows without hours judge a shift by the day it starts.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {},
        {"for": {"site": ["North"]}},
        {"for": {"names": ["Ben"]}},
    )

    about_own_days: ClassVar[bool] = True
    tells_shifts_apart: ClassVar[bool] = True

    facts_read: ClassVar[frozenset[str]] = frozenset({"availability"})

    kind: Literal["available"] = "available"

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        return f"Everyone{self.whom.restriction()} works only when available."

    def keeps_free(self) -> Keeps:
        """Return the times at which people cannot work."""
        return Keeps(self.whom, 0, unavailable=True)

    def most_days(
        self, facts: Facts, who: str, days: Sequence[date], codes: Collection[str]
    ) -> int:
        """Return the days on which one of *codes* suits the times they can work."""
        if not facts.available(who):
            return len(days)
        left = 0
        for day in days:
            suited = any(suits(facts, who, code, day) for code in codes)
            left += suited or not self.whom.covers(day)
        return left

    # -- the measure, for the solver ---------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge each day once for all the shifts that do not fit it."""
        facts = model.facts
        for p in self.people(facts):
            rows = [(row, _begun(facts, row)) for row in facts.available(p.name)]
            for day in self.days_inside(facts):
                unfit = _unfit(facts, p, day, rows) if rows else []
                if unfit:
                    model.never_all((model.works(p.name, day, unfit),))

    # -- the measure, for people -------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per shift."""
        facts = roster.facts
        near = {p.name: self._near(facts, facts.available(p.name)) for p in self.people(facts)}
        for worked in roster.assignments:
            person = facts.person(worked.who)
            if not (self.whom.matches(person) and self.whom.covers(worked.day)):
                continue
            reason = self._reason(facts, worked, near[worked.who].get(worked.day, ()))
            if reason:
                text = f"{worked.who} works {worked.shift.code} on {worked.day:%a %d %b}, {reason}."
                yield self.breach(1, text, worked.who, worked.day)

    def _near(
        self, facts: Facts, rows: Iterable[Availability]
    ) -> Mapping[date, Sequence[Availability]]:
        """Return, by day, the rows near enough to judge a shift that starts on it."""
        margin = timedelta(days=3)
        found: dict[date, list[Availability]] = {}
        for row in rows:
            day = facts.first if row.from_date is None else max(facts.first, row.from_date - margin)
            until = facts.last if row.to_date is None else min(facts.last, row.to_date + margin)
            while day <= until:
                found.setdefault(day, []).append(row)
                day += timedelta(days=1)
        return found

    def _reason(self, facts: Facts, worked: Assignment, rows: Sequence[Availability]) -> str:
        """Return why *worked* is outside, or nothing."""
        if self._barred(facts, worked, rows):
            return "when they are not available"
        if not self._allowed(facts, worked, rows):
            return "outside the times they can work"
        return ""

    def _barred(self, facts: Facts, worked: Assignment, rows: Sequence[Availability]) -> bool:
        """Say whether any row of *never* speaks against *worked*."""
        return any(row.can == "never" and self._touches(facts, row, worked) for row in rows)

    def _allowed(self, facts: Facts, worked: Assignment, rows: Sequence[Availability]) -> bool:
        """Say whether a row of *only* allows *worked*, or none is in force."""
        only = [row for row in rows if row.can == "only" and row.applies(worked.day)]
        return not only or any(self._holds(facts, row, worked) for row in only)

    def _touches(self, facts: Facts, row: Availability, worked: Assignment) -> bool:
        """Say whether *row* and *worked* share any time; without hours the day it starts counts."""
        if row.start is None:
            return self._time(facts, row, worked.day) is not None
        for day in (worked.day + timedelta(days=k) for k in range(-2, 4)):
            time = self._time(facts, row, day)
            # Hours that the clocks skip, and that are over before they begin, touch nothing.
            if isinstance(time, tuple) and max(time[0], worked.start) < min(time[1], worked.end):
                return True
        return False

    def _holds(self, facts: Facts, row: Availability, worked: Assignment) -> bool:
        """Say whether *row* allows all of *worked*; without hours it goes by the day it starts."""
        times = [self._time(facts, row, worked.day - timedelta(days=k)) for k in (0, 1)]
        if row.start is None:
            return worked.day in times
        hours = [time for time in times if isinstance(time, tuple)]
        return any(begin <= worked.start and worked.end <= end for begin, end in hours)

    def _time(self, facts: Facts, row: Availability, day: date) -> tuple[int, int] | date | None:
        """Return the hours of *row* that begin on *day*, the day itself if it has none, None if not
        on it.
        """
        if not row.applies(day) or (row.weekdays and WEEKDAYS[day.weekday()] not in row.weekdays):
            return None
        if row.start is None or row.end is None:
            return day
        zone = facts.tz(row.person)
        until = day if row.end > row.start else day + timedelta(days=1)
        return resolve(day, row.start, zone).instant, resolve(until, row.end, zone).instant


# -- for the solver --------------------------------------------------------------------------------


def _begun(facts: Facts, row: Availability) -> Begun:
    """Return the days on which *row* begins, as far as they can meet a shift of the horizon."""
    wanted = {WEEKDAYS.index(name) for name in row.weekdays} or set(range(7))
    begun: dict[date, tuple[int, int] | None] = {}
    for k in range(-2, len(facts.days) + 3):
        day = facts.first + timedelta(days=k)
        if day.weekday() in wanted and row.applies(day):
            begun[day] = _hours(facts, row, day)
    return begun


def _hours(facts: Facts, row: Availability, day: date) -> tuple[int, int] | None:
    """Return the hours of *row* that begin on *day* as instants, None if it has no hours."""
    if row.start is None or row.end is None:
        return None
    zone = facts.tz(row.person)
    until = day + timedelta(days=int(row.end <= row.start))
    return resolve(day, row.start, zone).instant, resolve(until, row.end, zone).instant


def _unfit(
    facts: Facts, person: Person, day: date, rows: Sequence[tuple[Availability, Begun]]
) -> list[str]:
    """Return the codes that *person* cannot work on *day*."""
    never = [begun for row, begun in rows if row.can == "never"]
    only = [begun for row, begun in rows if row.can == "only" and row.applies(day)]
    unfit = []
    for code in facts.codes(person.name):
        span = facts.span(person.name, code, day)
        if not _fits(span, day, never, only):
            unfit.append(code)
    return unfit


def _fits(span: tuple[int, int], day: date, never: Sequence[Begun], only: Sequence[Begun]) -> bool:
    """Say whether a shift of *day* keeps clear of every *never* and suits an *only*, if any."""
    if any(_meets(begun, span, day) for begun in never):
        return False
    return not only or any(_allows(begun, span, day) for begun in only)


def _meets(never: Begun, span: tuple[int, int], day: date) -> bool:
    """Say whether a shift of *day* shares any time with *never*, or is on a day of it."""
    if day in never and never[day] is None:
        return True
    start, end = span
    for near in (day + timedelta(days=k) for k in range(-2, 4)):
        hours = never.get(near)
        # Hours that the clocks skip, and that are over before they begin, meet nothing.
        if hours is not None and hours[0] < min(end, hours[1]) and start < hours[1]:
            return True
    return False


def _allows(only: Begun, span: tuple[int, int], day: date) -> bool:
    """Say whether all of a shift of *day* lies within hours of *only*, or is on a day of it."""
    if day in only and only[day] is None:
        return True
    start, end = span
    for begins in (day - timedelta(days=1), day):
        hours = only.get(begins)
        if hours is not None and hours[0] <= start and end <= hours[1]:
            return True
    return False
