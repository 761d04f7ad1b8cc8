"""Fairness from period to period: what a roster earns people beyond a fair share, carried over with
decay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from ..facts import Carried, Facts
from ..plan import Plan
from ..roster import Roster
from ..rules.fair_share import FairShare
from .doubled import doubled, opening_corrections
from .entry import OPENING, PREFIX, LedgerEntry
from .fairness_period import FairnessPeriod


def book(
    plan: Plan, roster: Roster, entries: Iterable[LedgerEntry], source: str
) -> list[LedgerEntry]:
    """Return the lines that book *roster* under *source*, given all the *entries* there are.

    Each person of a fair-share rule gets what they earned less a fair share of it (``earn``, dated
    the first day) and what is forgotten of the sum (``carry``, dated the last), so that the balance
    goes from c to rho (c + d). Points are hundredths; deviations of a group add up to zero, and
    forgetting keeps it so. What weighs under ``burden`` is booked kind by kind too. A source booked
    once gives no lines; one booked twice, and another roster for the same days, correct what was
    booked for them; of other days booked before, only those after are looked at.
    """
    found: list[LedgerEntry] = []
    roster = Roster(plan.facts, roster.cells, roster.pinned)
    booked = [entry for entry in entries if entry.account.startswith(PREFIX)]
    taken: set[tuple[str, str]] = set()
    for rule in _tracked(plan):
        lines = [entry for entry in booked if entry.account == PREFIX + rule.of]
        twice = opening_corrections(lines)
        found += twice
        lines += twice
        # What was booked twice under this source is corrected, and all else is as it was.
        if _is_booked(lines, source):
            continue
        period = FairnessPeriod(plan.facts, rule, roster, lines, source)
        for group in period.groups(taken):
            found += period.book(group)
            # Of two rules that count the same the first has a person.
            taken |= {(who, rule.of) for who in group}
    return found


def _is_booked(lines: Sequence[LedgerEntry], source: str) -> bool:
    """Say whether *source* is booked, and once."""
    there = any(line.source == source for line in lines)
    return there and all(line.source != source for line in doubled(lines))


def carried(facts: Facts, entries: Iterable[LedgerEntry]) -> tuple[Carried, ...]:
    """Return what people start the horizon of *facts* with: the balance of all periods over before
    it.
    """
    points = [entry for entry in entries if entry.account.startswith(PREFIX)]
    ends = _last_days(points)
    balance: dict[tuple[str, str], int] = {}
    for entry in points:
        if ends[entry.source] < facts.first and facts.has_person(entry.person):
            key = entry.person, entry.account.removeprefix(PREFIX)
            balance[key] = balance.get(key, 0) + entry.amount

    found: list[Carried] = []
    for (who, of), hundredths in balance.items():
        row = {"person": who, "of": of, "points": Decimal(hundredths) / 100}
        found.append(Carried.model_validate(row))
    return tuple(found)


def _last_days(entries: Iterable[LedgerEntry]) -> dict[str, date]:
    """Return the last day booked for each source; an opening balance is over from the start."""
    found: dict[str, date] = {}
    for entry in entries:
        day = date.min if entry.source == OPENING else entry.day
        found[entry.source] = max(day, found.get(entry.source, day))
    return found


def _tracked(plan: Plan) -> Iterator[FairShare]:
    """Yield the fair-share rules, then one for each kind of burden where there is one of
    ``burden``.
    """
    rules = [rule for rule in plan.rules if isinstance(rule, FairShare)]
    yield from rules
    for rule in rules:
        if rule.of == "burden":
            yield from (rule.model_copy(update={"of": kind}) for kind in plan.facts.burden.by_kind)
