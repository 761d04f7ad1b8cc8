"""One account of leave over the days of one roster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..facts import Facts, Person
from ..roster import Roster
from .entry import OPENING, EntryKind, LedgerEntry
from .lots import Lots


@dataclass(frozen=True)
class AccountPeriod:
    """What the account called *name* of one person goes through in the days of one roster."""

    facts: Facts
    roster: Roster
    person: Person
    name: str
    before: Sequence[LedgerEntry]
    """The account's lines booked for earlier days, and its opening balance."""
    used: Mapping[date, int]
    """The minutes taken on each day of leave."""
    source: str

    @property
    def who(self) -> str:
        """The person's name."""
        return self.person.name

    @property
    def full_day(self) -> int:
        """Minutes of one day of leave."""
        return self.facts.leave_day(self.who)

    @property
    def share(self) -> int:
        """The contract's share of full time, per cent."""
        return self.facts.share(self.who)

    def start(self) -> Lots:
        """Return what is left at the start of the first day."""
        return Lots(line for line in self.before if line.day < self.facts.first)

    def days(self, lots: Lots) -> Iterator[date]:
        """Yield the days to book, once the opening balance of each is in *lots*."""
        opening = [line for line in self.before if line.source == OPENING]
        # An opening balance contains everything before its day.
        since = max((line.day for line in opening), default=self.facts.first)
        for day in self.facts.days:
            for line in opening:
                if line.day == day:
                    _add(line, lots)
            if day >= since:
                yield day

    def use(self, lots: Lots, day: date, minutes: int, reason: str) -> LedgerEntry:
        """Take *minutes* of leave from *lots* and return the line that says so."""
        lots.use(minutes, day)
        return self.line(day, "use", -minutes, reason)

    def expire(self, lots: Lots, day: date, event: EntryKind) -> Iterator[LedgerEntry]:
        """Take every lot whose last day has come from *lots*, and yield a line for each."""
        for expires, left in lots.over(day):
            lots.drop(expires, left)
            how = "paid out" if event == "cash-out" else "lost"
            yield self.line(day, event, -left, f"not taken by {expires}, {how}", expires)

    def line(
        self, day: date, event: EntryKind, amount: int, reason: str, expires: date | None = None
    ) -> LedgerEntry:
        """Return a line of the account."""
        return LedgerEntry(self.name, self.who, day, event, amount, reason, self.source, expires)


def _add(line: LedgerEntry, lots: Lots) -> None:
    if line.amount > 0:
        lots.add(line.expires, line.amount)
    else:
        lots.use(-line.amount, line.day)
