"""A year of weekly publishing with random edits, made from a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from shiftplan.calendars import Style, contents, person_calendar, render_published
from shiftplan.facts import Cell, Facts, Horizon, Leave, Person, ShiftSpec, Site, Team
from shiftplan.publication import Event, Publication
from shiftplan.roster import Roster
from shiftplan.store import open_store

START = date(2026, 9, 7)
"""A Monday; the clocks of both sites change in October, November, and March."""

WEEKS = 3
"""Weeks in each version; every week is so published at least three times."""

PEOPLE = (
    ("Ana", "West"),
    ("Ben", "West"),
    ('Zoë "O\'Hara"; \\n BEGIN:VEVENT', "East"),
    ("Dee", "East"),
)
SHIFTS = (
    ShiftSpec(code="E", name="Early", start=time(5), length="8h"),
    ShiftSpec(code="L", name="Late", start=time(13), length="8h"),
    ShiftSpec(code="N", name="Night", start=time(22), length="6h30"),
)


@dataclass(frozen=True)
class Week:
    """What stands after one week's publication; *version* is None if there was none."""

    at: datetime
    version: Publication | None
    facts: Facts
    """As of the latest publication."""
    shifts: dict[Cell, tuple[int, int]]
    """Start and end of every shift ever published, as it stands now."""
    off: frozenset[Cell]
    """Every day off ever published, as it stands now."""
    events: tuple[Event, ...]

    def own(self, who: str, style: Style | None = None) -> bytes:
        """Return *who*'s calendar."""
        return person_calendar(self.events, who, team="Team", at=self.at, style=style or Style())

    def files(self, style: Style | None = None, *, minutes: int = 0) -> dict[str, bytes]:
        """Return the calendars some minutes after the publication."""
        return render_published(
            self.events,
            team="Team",
            at=self.at + timedelta(minutes=minutes),
            members=[p.name for p in self.facts.people],
            style=style or Style(),
        )


def year(root: Path, seed: int, weeks: int = 52) -> Iterator[Week]:
    """Publish week by week into a store in *root* and yield what stands after each."""
    rng = random.Random(seed)
    codes: dict[Cell, str] = {}
    shifts: dict[Cell, tuple[int, int]] = {}
    off: frozenset[Cell] = frozenset()
    leave: list[Leave] = []
    standing = None
    with open_store(root) as store:
        for week in range(weeks):
            first = START + timedelta(days=7 * week)
            at = datetime.combine(first, time(rng.randint(0, 22), rng.randint(0, 59)), UTC)
            leave = _leave(rng, leave, first)
            facts = _facts(first, leave, week)
            roster = Roster(facts, _edited(rng, facts, codes))
            version = None
            if standing is None or rng.random() < 0.9:
                says = contents(roster)
                seen = store.publications.standing(facts, says).number
                version = store.publications.publish(
                    roster, says, author="Mara", digest="d", expects=seen, at=at
                )
                standing = facts
                before = {c: code for c, code in codes.items() if c[1] < first}
                codes = {**before, **roster.cells}
                spans = {(d.who, d.day): (d.start, d.end) for d in roster.assignments}
                shifts = {**{c: span for c, span in shifts.items() if c[1] < first}, **spans}
                free = {
                    (p.name, day)
                    for p in facts.people
                    for day in facts.days
                    if facts.due(p.name, day) and (p.name, day) not in roster.cells
                }
                off = frozenset({c for c in off if c[1] < first} | free)
            yield Week(at, version, standing, shifts, off, store.publications.events(facts, at))


def _facts(first: date, leave: list[Leave], week: int) -> Facts:
    """Return the facts of three weeks from *first*; people, one shift and leave vary."""
    people = [Person(name=n, site=s) for n, s in PEOPLE]
    if 20 <= week < 26:
        people = people[:3]  # Dee leaves, and comes back
    names = {p.name for p in people}
    shifts = SHIFTS
    if week >= 30:  # a shift is renamed, and starts later
        shifts = (SHIFTS[0].model_copy(update={"name": "Dawn", "start": time(5, 30)}), *SHIFTS[1:])
    return Facts(
        team=Team(name="Team", home="West"),
        horizon=Horizon(start=first, weeks=WEEKS),
        sites=(
            Site(name="West", timezone="America/Los_Angeles"),
            Site(name="East", timezone="Europe/Dublin"),
        ),
        shifts=tuple(s for spec in shifts for s in spec.expand()),
        people=tuple(people),
        leave=tuple(row for row in leave if row.person in names),
    )


def _leave(rng: random.Random, leave: list[Leave], first: date) -> list[Leave]:
    """Return the leave of the week's plan: some of it new, some grown, some withdrawn."""
    found = [row for row in leave if row.to_date >= first or rng.random() < 0.5]
    for row in tuple(found):
        if row.to_date >= first and rng.random() < 0.2:
            found.remove(row)
        elif row.to_date >= first and rng.random() < 0.2:
            found.remove(row)
            longer = row.to_date + timedelta(days=rng.randint(1, 3))
            found.append(Leave(person=row.person, from_date=row.from_date, to_date=longer))
    if rng.random() < 0.5:
        day = first + timedelta(days=rng.randint(-2, 40))
        who = rng.choice(PEOPLE)[0]
        found.append(
            Leave(person=who, from_date=day, to_date=day + timedelta(days=rng.randint(0, 9)))
        )
    return found


def _edited(rng: random.Random, facts: Facts, standing: dict[Cell, str]) -> dict[Cell, str]:
    """Return a roster made of what stands: a new week filled, shifts moved, swapped, changed,
    cancelled.
    """
    names, days = [p.name for p in facts.people], facts.days
    codes = [s.code for s in facts.shifts]
    found = {
        (w, d): c for (w, d), c in standing.items() if w in names and facts.first <= d <= facts.last
    }
    for who in names:
        filled = max((d for w, d in found if w == who), default=facts.first - timedelta(days=1))
        for day in days:
            if day > filled and rng.random() < 0.7:
                found[who, day] = rng.choice(codes)
    for _ in range(rng.randint(0, 8)):
        who, day = rng.choice(names), rng.choice(days)
        deed = rng.choice(("cancel", "change", "move", "swap"))
        if deed == "change":
            found[who, day] = rng.choice(codes)
            continue
        code = found.pop((who, day), None)
        if deed == "move" and code:
            found[who, rng.choice(days)] = code
        elif deed == "swap":
            other = rng.choice(names)
            theirs = found.pop((other, day), None)
            found.update({(other, day): code} if code else {})
            found.update({(who, day): theirs} if theirs else {})
    return found
