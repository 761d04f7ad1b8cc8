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
from .entry import OPENING, LedgerEntry
from .fairness import PREFIX, owed
from .leave import ACCOUNTS
from .lots import Lots

TITLES = {"pto": "paid leave", "sick": "sick days", "lieu": "days in lieu"}


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
        """The last day of what can be used only for a time, and how much it is, the first to expire
        first.
        """
        if self.name not in ACCOUNTS:
            return ()
        return tuple(
            (expires, left) for expires, left in Lots(self.lines).lots if expires is not None
        )

    def said(self, amount: int, sign: bool = False) -> str:
        """Return *amount* in the account's unit: hours of leave, points with two decimals."""
        if self.name in ACCOUNTS:
            return f"{'+' if sign and amount > 0 else ''}{hours(amount) if amount else '0h'}"
        return f"{amount / 100:{'+' if sign else ''}.2f}"


def accounts(entries: Iterable[LedgerEntry], on: date | None = None) -> tuple[Account, ...]:
    """Return every account by person, leave before fairness, as it stands at the end of day *on*."""
    found: dict[tuple[str, str], list[LedgerEntry]] = {}
    for entry in entries:
        if on is None or entry.day <= on:
            found.setdefault((entry.person, entry.account), []).append(entry)
    order = {name: k for k, name in enumerate(ACCOUNTS)}
    return tuple(
        Account(who, name, tuple(sorted(lines, key=lambda e: e.day)))
        for (who, name), lines in sorted(
            found.items(),
            key=lambda item: (item[0][0], order.get(item[0][1], len(order)), item[0][1]),
        )
    )


def odd(facts: Facts, found: Sequence[Account]) -> Iterator[str]:
    """Yield a sentence for each balance below zero, each stretch nobody booked and each unknown
    tenure.
    """
    more = {
        "pto": "paid leave than accrued",
        "sick": "sick leave than there are sick days",
        "lieu": "leave in lieu than earned",
    }
    for account in found:
        if account.name in more and account.balance < 0:
            yield f"{account.person} has taken {hours(-account.balance)} more {more[account.name]}."
    days = sorted({e.day for a in found if a.name == "pto" for e in a.lines if e.event == "earn"})
    for before, after in pairwise(days):
        if (after - before).days > 7:
            yield f"No leave is booked from {before + timedelta(days=1)} to {after - timedelta(days=7)}."
    new = [p.name for p in facts.people if p.start_date is None and _by_tenure(facts, p.name)]
    if new:
        rest = f" and {len(new) - 3} more" if len(new) > 3 else ""
        has = "has" if len(new) == 1 else "have"
        yield (
            f"{', '.join(new[:3])}{rest} {has} no start_date, so paid leave is counted as in the first "
            "year of service."
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
    start = max(
        facts.first, facts.first + timedelta(days=7 * -(-((last - facts.first).days + 1) // 7))
    )
    after = Horizon(start=facts.first if last < facts.first else start, weeks=1)
    given = {name: getattr(facts, name) for name in type(facts).model_fields}
    return owed(Facts.model_construct(**{**given, "horizon": after}), known)


def added(lines: Iterable[LedgerEntry]) -> Mapping[str, int]:
    """Return how many of *lines* each account got."""
    found: dict[str, int] = {}
    for line in lines:
        found[line.account] = found.get(line.account, 0) + 1
    return found
