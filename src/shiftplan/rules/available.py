"""When people can work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, Literal, TypeAlias

from ..clock import WEEKDAYS, resolve
from ..facts import Availability, Facts, Person
from ..roster import Assignment, Roster
from .base import Breach, Rule
from .vocabulary import Vocabulary

Begun: TypeAlias = Mapping[date, tuple[int, int] | None]
"""The days on which a row begins, with its hours as instants, or None for the whole day."""


class Available(Rule):
    """Count the shifts outside a person's contract or outside the times they can work.

    Hours go by the clock of the person's home, begin on each day of the row and may run into the
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

    kind: Literal["available"] = "available"

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        return f"Everyone{self.whom.words()} works only under contract and when available."

    def most_days(self, facts: Facts, who: str, week: Sequence[date]) -> int:
        """Return the days under contract on which no row speaks against every shift."""
        rows, person = facts.available(who), facts.person(who)
        return sum(not self.whom.covers(d) or (person.employed(d) and _can(rows, d)) for d in week)

    def encode(self, model: Vocabulary) -> None:
        """Charge each day once for all the shifts that do not fit it."""
        facts = model.facts
        for p in self.people(facts):
            rows = [(row, _begun(facts, row)) for row in facts.available(p.name)]
            never = [begun for row, begun in rows if row.can == "never"]
            for day in self.days_inside(facts):
                if not p.employed(day):
                    model.never_all((model.works(p.name, day),))
                elif rows:
                    only = [begun for row, begun in rows if row.can == "only" and row.applies(day)]
                    bad = [
                        c for c in facts.codes(p.name) if not _fits(facts, p, c, day, never, only)
                    ]
                    if bad:
                        model.never_all((model.works(p.name, day, bad),))

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per shift."""
        facts = roster.facts
        near = {p.name: self._near(facts, facts.available(p.name)) for p in self.people(facts)}
        for duty in roster.duties:
            person = facts.person(duty.who)
            concerned = self.whom.matches(person) and self.whom.covers(duty.day)
            reason = (
                self._reason(facts, person, duty, near[duty.who].get(duty.day, ()))
                if concerned
                else ""
            )
            if reason:
                text = f"{duty.who} works {duty.shift.code} on {duty.day:%a %d %b}, {reason}."
                yield self.breach(1, text, duty.who, duty.day)

    def _near(
        self, facts: Facts, rows: Iterable[Availability]
    ) -> Mapping[date, Sequence[Availability]]:
        """Return the rows whose dates come near enough to a day to judge a shift that starts on it."""
        margin = timedelta(days=3)
        found: dict[date, list[Availability]] = {}
        for row in rows:
            day = facts.first if row.from_date is None else max(facts.first, row.from_date - margin)
            until = facts.last if row.to_date is None else min(facts.last, row.to_date + margin)
            while day <= until:
                found.setdefault(day, []).append(row)
                day += timedelta(days=1)
        return found

    def _reason(
        self, facts: Facts, person: Person, duty: Assignment, rows: Sequence[Availability]
    ) -> str:
        """Return why *duty* is outside, or nothing."""
        if not person.employed(duty.day):
            return "a day outside the contract"
        if any(row.can == "never" and self._touches(facts, row, duty) for row in rows):
            return f"when {person.name} is not available"
        only = [row for row in rows if row.can == "only" and row.applies(duty.day)]
        if only and not any(self._holds(facts, row, duty) for row in only):
            return f"outside the times {person.name} can work"
        return ""

    def _touches(self, facts: Facts, row: Availability, duty: Assignment) -> bool:
        if row.start is None:
            return self._time(facts, row, duty.day) is not None
        times = [self._time(facts, row, duty.day + timedelta(days=k)) for k in range(-2, 4)]
        return any(
            isinstance(t, tuple) and max(t[0], duty.start) < min(t[1], duty.end) for t in times
        )

    def _holds(self, facts: Facts, row: Availability, duty: Assignment) -> bool:
        times = [self._time(facts, row, duty.day - timedelta(days=k)) for k in (0, 1)]
        if row.start is None:
            return duty.day in times
        return any(isinstance(t, tuple) and t[0] <= duty.start and duty.end <= t[1] for t in times)

    def _time(self, facts: Facts, row: Availability, day: date) -> tuple[int, int] | date | None:
        """Return the hours of *row* that begin on *day*, the day itself if it has none, None if not
        on it.
        """
        if not row.applies(day) or (row.weekdays and WEEKDAYS[day.weekday()] not in row.weekdays):
            return None
        if row.start is None or row.end is None:
            return day
        tz = facts.tz(row.person)
        until = day if row.end > row.start else day + timedelta(days=1)
        return resolve(day, row.start, tz).instant, resolve(until, row.end, tz).instant


def _can(rows: Sequence[Availability], day: date) -> bool:
    """Say whether some shift that starts on *day* may suit *rows*, going by their days alone."""

    def begins(row: Availability, on: date) -> bool:
        return row.applies(on) and (not row.weekdays or WEEKDAYS[on.weekday()] in row.weekdays)

    only = [row for row in rows if row.can == "only" and row.applies(day)]
    before = day - timedelta(days=1)
    return not any(
        row.can == "never" and row.start is None and begins(row, day) for row in rows
    ) and (
        not only
        or any(begins(row, day) or (row.start is not None and begins(row, before)) for row in only)
    )


def _begun(facts: Facts, row: Availability) -> Begun:
    """Return the days on which *row* begins, as far as they can meet a shift of the horizon."""
    wanted = {WEEKDAYS.index(w) for w in row.weekdays} or set(range(7))
    reach = (facts.first + timedelta(days=k) for k in range(-2, len(facts.days) + 3))
    days = [day for day in reach if day.weekday() in wanted and row.applies(day)]
    if row.start is None or row.end is None:
        return dict.fromkeys(days)
    tz, nights = facts.tz(row.person), timedelta(days=int(row.end <= row.start))
    return {
        d: (resolve(d, row.start, tz).instant, resolve(d + nights, row.end, tz).instant)
        for d in days
    }


def _fits(
    facts: Facts,
    person: Person,
    code: str,
    day: date,
    never: Sequence[Begun],
    only: Sequence[Begun],
) -> bool:
    """Say whether *code* on *day* keeps clear of every *never* and, if there are any, suits one
    *only*.
    """
    start, end = facts.span(person.name, code, day)
    near = [day + timedelta(days=k) for k in range(-2, 4)]
    for begun in never:
        hours = [begun[d] for d in near if d in begun]
        if any(h is not None and h[0] < min(end, h[1]) and start < h[1] for h in hours):
            return False
        if day in begun and begun[day] is None:
            return False
    for begun in only:
        hours = [begun[d] for d in near[1:3] if d in begun]
        if any(h is not None and h[0] <= start and end <= h[1] for h in hours):
            return True
        if day in begun and begun[day] is None:
            return True
    return not only
