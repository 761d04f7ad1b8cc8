"""What is given and has no effect unless a rule reads it, fact by fact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ..facts import Availability, Facts
from ..facts.tables import LeaveBalance
from ..rules.base import Fact


def readable(facts: Facts) -> Iterator[Fact]:
    """Yield everything given that some rule has to read."""
    yield from _dated(facts)
    yield from _of_people(facts)
    yield from _of_demand(facts)
    yield from _of_the_team(facts)


def _dated(facts: Facts) -> Iterator[Fact]:
    """Yield what tables say of people on days of the horizon on which they are under contract."""
    for k, leave in enumerate(facts.leave):
        days = _employed(facts, leave.person, leave.from_date, leave.to_date)
        if days:
            yield Fact(("leave", k), "leave", who=leave.person, days=days)
    for k, row in enumerate(facts.availability):
        if days := _of_availability(facts, row):
            yield Fact(("availability", k), "availability", who=row.person, days=days)
    for k, wish in enumerate(facts.wishes):
        if facts.due(wish.person, wish.date):  # else it is void
            yield Fact(("wishes", k), "wishes", who=wish.person, days=(wish.date,))
    for k, pin in enumerate(facts.pins):
        if facts.person(pin.person).employed(pin.date):
            yield Fact(("pins", k), "pins", who=pin.person, days=(pin.date,))


def _employed(facts: Facts, who: str, first: date, last: date) -> tuple[date, ...]:
    first, last = max(first, facts.first), min(last, facts.last)
    days = (first + timedelta(days=k) for k in range((last - first).days + 1))
    return tuple(filter(facts.person(who).employed, days))


def _of_availability(facts: Facts, row: Availability) -> tuple[date, ...]:
    first, last = row.from_date or facts.first, row.to_date or facts.last
    return _employed(facts, row.person, first, last)


def _of_people(facts: Facts) -> Iterator[Fact]:
    """Yield pay, points carried over, rotas and part-time shares."""
    for k, person in enumerate(facts.people):
        if person.hourly_rate is not None:
            yield Fact(("people", k), "hourly_rate", who=person.name)
    for k, row in enumerate(facts.carried):
        if row.points:
            yield Fact(("carried", k), "carried", key=row.of, who=row.person)
    for k, owed in enumerate(facts.leave_balances):
        if owed.account == "lieu" and owed.balance and _expires_here(facts, owed):
            yield Fact(("leave_balances", k), "lieu", who=owed.person)
    for k, week in enumerate(facts.rotation):
        for who in week.people:
            yield Fact(("rotation", k), "rotation", who=who)
    shares = {contract.name: (k, contract.share) for k, contract in enumerate(facts.contracts)}
    for person in facts.people:
        number, share = shares[person.contract]
        if share < 100:
            at = ("contracts", number, "share")
            yield Fact(at, "share", key=person.contract, who=person.name)


def _expires_here(facts: Facts, owed: LeaveBalance) -> bool:
    """Say whether a day off owed in lieu is lost if it is not taken in the horizon."""
    return owed.expires is not None and facts.first <= owed.expires <= facts.last


def _of_demand(facts: Facts) -> Iterator[Fact]:
    """Yield each level of demand that a line has, the first line of each curve that has it."""
    for k, curve in enumerate(facts.curves):
        levels: dict[str, int] = {}
        for number, row in enumerate(curve.rows):
            if row.minimum:
                levels.setdefault("minimum", number)
            if row.target is not None and row.target > row.minimum:
                levels.setdefault("target", number)
            if row.maximum is not None:
                levels.setdefault("maximum", number)
        for level, number in levels.items():
            yield Fact(("curves", k, "rows", number, level), "curves", key=level)
    for k, need in enumerate(facts.shift_needs):
        if need.minimum:
            yield Fact(("shift_needs", k, "minimum"), "shift_needs", key="minimum")
        wanted = need.preferred is not None and (need.preferred > need.minimum or need.over)
        if wanted:
            yield Fact(("shift_needs", k, "preferred"), "shift_needs", key="preferred")


def _of_the_team(facts: Facts) -> Iterator[Fact]:
    """Yield what is given of sites, of burden, and of a roster that was published."""
    for k, site in enumerate(facts.sites):
        if site.seats is not None:
            yield Fact(("sites", k, "seats"), "seats", key=site.name)
        if site.holidays is not None:
            yield Fact(("sites", k, "holidays"), "holidays", key=site.name)
    for k, row in enumerate(facts.holidays):
        if row.kept == "yes" and facts.first <= row.date <= facts.last:
            yield Fact(("holidays", k), "holidays", key=row.site)
    for key in sorted(facts.burden.model_fields_set - {"decay"}):
        yield Fact(("burden", key), "burden", key=key)
    if facts.published is not None:
        yield Fact(("published",), "published")
