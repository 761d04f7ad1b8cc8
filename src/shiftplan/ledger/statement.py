"""Accounts as people read them: every line with the balance after it, what expires, and what is
odd.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate, pairwise

from ..clock import hours
from ..facts import Facts, Horizon
from .entry import ACCOUNTS, OPENING, PREFIX, LedgerEntry
from .fairness_owed import owed
from .lots import Lots

TITLES = {"pto": "paid leave", "sick": "sick days", "lieu": "days in lieu"}

_OVERDRAWN = {
    "pto": "paid leave than accrued",
    "sick": "sick leave than there are sick days",
    "lieu": "leave in lieu than earned",
}


@dataclass(frozen=True)
class Account:
    """One account of one person; its *lines* by date, and as booked within a day."""

    person: str
    name: str
    lines: tuple[LedgerEntry, ...]

    @property
    def title(self) -> str:
        """What the account is called."""
        return TITLES.get(self.name, f"fairness, {self.name.removeprefix(PREFIX)}")

    @property
    def balance(self) -> int:
        """Minutes of leave, hundredths of points."""
        return sum(e.amount for e in self.lines)

    @property
    def running(self) -> tuple[int, ...]:
        """The balance after each line."""
        return tuple(accumulate(e.amount for e in self.lines))

    @cached_property
    def expiring(self) -> tuple[tuple[date, int], ...]:
        """The last day of what can be used only for a time and how much it is, in that order."""
        if self.name not in ACCOUNTS:
            return ()
        lots = Lots(self.lines).lots
        return tuple((expires, left) for expires, left in lots if expires is not None)

    def in_unit(self, amount: int, sign: bool = False) -> str:
        """Return *amount* in the account's unit: hours of leave, points with two decimals."""
        if self.name not in ACCOUNTS:
            return f"{amount / 100:{'+' if sign else ''}.2f}"
        if not amount:
            return "0h"
        plus = "+" if sign and amount > 0 else ""
        return f"{plus}{hours(amount)}"


def accounts(entries: Iterable[LedgerEntry], on: date | None = None) -> tuple[Account, ...]:
    """Return every account by person, leave before fairness, as it is at the end of day *on*."""
    found: dict[tuple[str, str], list[LedgerEntry]] = {}
    for entry in entries:
        if on is None or entry.day <= on:
            found.setdefault((entry.person, entry.account), []).append(entry)
    made: list[Account] = []
    for who, name in sorted(found, key=_leave_first):
        lines = sorted(found[who, name], key=lambda entry: entry.day)
        made.append(Account(who, name, tuple(lines)))
    return tuple(made)


def _leave_first(key: tuple[str, str]) -> tuple[str, int, str]:
    """Put the accounts of a person in order: those of leave, then fairness by its name."""
    who, name = key
    rank = ACCOUNTS.index(name) if name in ACCOUNTS else len(ACCOUNTS)
    return who, rank, name


def odd(facts: Facts, found: Sequence[Account]) -> Iterator[str]:
    """Yield a sentence for each balance below zero, each stretch nobody booked and each unknown
    tenure.
    """
    yield from _overdrawn(found)
    yield from _never_booked(found)
    yield from _unknown_tenure(facts)


def _overdrawn(found: Iterable[Account]) -> Iterator[str]:
    for account in found:
        if account.name in _OVERDRAWN and account.balance < 0:
            missing = hours(-account.balance)
            yield f"{account.person} has taken {missing} more {_OVERDRAWN[account.name]}."


def _never_booked(found: Iterable[Account]) -> Iterator[str]:
    """Yield each stretch between two bookings of paid leave, which is booked week by week."""
    paid = [account for account in found if account.name == "pto"]
    ends = {line.day for account in paid for line in account.lines if line.event == "earn"}
    for before, after in pairwise(sorted(ends)):
        if (after - before).days > 7:
            first, last = before + timedelta(days=1), after - timedelta(days=7)
            yield f"No leave is booked from {first} to {last}."


def _unknown_tenure(facts: Facts) -> Iterator[str]:
    new = [p.name for p in facts.people if p.start_date is None and _by_tenure(facts, p.name)]
    if not new:
        return
    names = ", ".join(new[:3])
    if len(new) > 3:
        names += f" and {len(new) - 3} more"
    yield (
        f"{names} {'has' if len(new) == 1 else 'have'} no start_date, so paid leave is counted as "
        "in the first year of service."
    )


def _by_tenure(facts: Facts, who: str) -> bool:
    policy = facts.leave_policy(who)
    return policy is not None and len(policy.pto) > 1


def owed_next(facts: Facts, entries: Iterable[LedgerEntry]) -> list[str]:
    """Return what the next roster owes in fairness: that of the horizon, or the one after what is
    booked.
    """
    known = list(entries)
    last = max((e.day for e in known if e.source != OPENING), default=facts.first)
    after = Horizon(start=_next_week(facts.first, last), weeks=1)
    given = {name: getattr(facts, name) for name in type(facts).model_fields}
    # Pins and wishes lie outside these days, so the facts are not checked against each other.
    return owed(Facts.model_construct(**{**given, "horizon": after}), known)


def _next_week(first: date, last: date) -> date:
    """Return the first day of the week after *last*, counted from *first*, which is the least."""
    if last < first:
        return first
    weeks = -(-((last - first).days + 1) // 7)
    return first + timedelta(weeks=weeks)


def added(lines: Iterable[LedgerEntry]) -> Mapping[str, int]:
    """Return how many of *lines* each account got."""
    found: dict[str, int] = {}
    for line in lines:
        found[line.account] = found.get(line.account, 0) + 1
    return found
