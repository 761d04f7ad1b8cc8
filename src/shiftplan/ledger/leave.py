"""Leave booked for one roster: what is earned and used in its days, and what of it is left over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from ..facts import Facts, LieuDay, Person
from ..plan import Plan
from ..roster import Roster
from ..rules.lieu import Lieu
from .account_period import AccountPeriod
from .corrections import corrections
from .days_in_lieu import lieu_lines
from .entry import ACCOUNTS, OPENING, LedgerEntry
from .leave_taken import leave_taken
from .lots import Lots
from .opening import opening_lines
from .paid_leave import paid_leave_lines
from .sick_days import sick_day_lines


def book(
    plan: Plan, roster: Roster, entries: Iterable[LedgerEntry], source: str
) -> list[LedgerEntry]:
    """Return the lines that book the leave of *roster* under *source*, given all the *entries*
    there are.

    Of lines booked for these days before, only what differs is corrected; nothing is booked twice.
    """
    facts = plan.facts
    roster = Roster(facts, roster.cells, roster.pinned)
    by_person = _by_person(e for e in entries if e.account in ACCOUNTS)
    found: list[LedgerEntry] = []
    for person in facts.people:
        booked = by_person.get(person.name, [])
        opening = opening_lines(facts, person.name, booked)
        before, again = _before_and_again(facts, [*booked, *opening])
        meant = _lines(plan, roster, person, before, source)
        found += opening
        found += corrections(meant, again, source)
    return found


def _before_and_again(
    facts: Facts, booked: Iterable[LedgerEntry]
) -> tuple[list[LedgerEntry], list[LedgerEntry]]:
    """Return the lines a roster starts from, and those that were booked for its days already."""
    before: list[LedgerEntry] = []
    again: list[LedgerEntry] = []
    for line in booked:
        if line.source == OPENING or line.day < facts.first:
            before.append(line)
        elif line.day <= facts.last:
            again.append(line)
    return before, again


def _lines(
    plan: Plan, roster: Roster, person: Person, before: Sequence[LedgerEntry], source: str
) -> Iterator[LedgerEntry]:
    """Yield what the days of *roster* do to the accounts of *person*, account by account."""
    facts = plan.facts
    policy = facts.leave_policy(person.name)
    rule = _lieu_rule(plan, person)
    used = leave_taken(facts, roster, person)

    def period(account: str) -> AccountPeriod:
        lines = [line for line in before if line.account == account]
        return AccountPeriod(facts, roster, person, account, lines, used[account], source)

    if policy and policy.pto:
        yield from paid_leave_lines(period("pto"), policy)
    if policy and policy.sick_days:
        yield from sick_day_lines(period("sick"), policy)
    # Days in lieu can be earned by a rule alone, on the usual terms.
    if rule or (policy and policy.lieu):
        yield from lieu_lines(period("lieu"), rule)


def _lieu_rule(plan: Plan, person: Person) -> Lieu | None:
    """Return the first rule about days in lieu that applies to *person*."""
    rules = (rule for rule in plan.rules if isinstance(rule, Lieu))
    return next((rule for rule in rules if rule.whom.matches(person)), None)


def owed(facts: Facts, entries: Iterable[LedgerEntry]) -> tuple[tuple[LieuDay, ...], date] | None:
    """Return the days in lieu the ledger owes at the start of the first day, and the day it is
    settled to.

    Return None while nothing is booked.
    """
    leave = (e for e in entries if e.account in ACCOUNTS and e.day < facts.first)
    booked = [e for e in leave if facts.has_person(e.person)]
    last = max((e.day for e in booked if e.source != OPENING), default=None)
    if last is None:
        return None
    by_person = _by_person(booked)
    found: list[LieuDay] = []
    for person in facts.people:
        found += _days_left(facts, person.name, by_person.get(person.name, []))
    # Weeks are counted back from the first day, as those of the history are: the week in which the
    # ledger ends is settled.
    whole_weeks = (facts.first - last - timedelta(days=1)).days // 7
    return tuple(found), facts.first - timedelta(weeks=whole_weeks)


def _days_left(facts: Facts, who: str, booked: Sequence[LedgerEntry]) -> Iterator[LieuDay]:
    """Yield the days off in lieu that the lines *booked* for *who* leave open on the first day."""
    known = [*booked, *opening_lines(facts, who, booked)]
    lines = [line for line in known if line.account == "lieu" and line.day < facts.first]
    full_day = facts.leave_day(who)
    for expires, left in Lots(lines).lots:
        if expires is None or expires < facts.first:
            continue
        # Part of a day left over is still a day off that is owed.
        number = -(-left // full_day)
        for earned in _earned_on(lines, expires, number):
            yield LieuDay(expires, earned, who)


def _earned_on(lines: Iterable[LedgerEntry], expires: date, number: int) -> list[date]:
    """Return the days on which the last *number* days off that expire on *expires* were earned."""
    gained = Counter[date]()
    for line in lines:
        if line.expires == expires:
            gained[line.day] += line.amount
    earned = sorted(day for day, amount in gained.items() if amount > 0)
    # One day can bring several, as an opening balance does: the earliest stands for the rest.
    missing = number - len(earned)
    return [earned[0]] * missing + earned[-number:]


def _by_person(entries: Iterable[LedgerEntry]) -> Mapping[str, list[LedgerEntry]]:
    found: dict[str, list[LedgerEntry]] = {}
    for entry in entries:
        found.setdefault(entry.person, []).append(entry)
    return found
