"""What is left of one account, by the day it expires: the first to expire is used first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .entry import LedgerEntry

Lot = tuple[date | None, int]
"""Last day on which it can be used (None: any day), and the minutes left."""

_Key = tuple[date, date | None]


class Lots:
    """The minutes left of one person's account; what is overdrawn stands in the lot that never
    expires.
    """

    def __init__(self, lines: Iterable[LedgerEntry] = ()) -> None:
        self._left: dict[date | None, int] = {}
        # A correction has the day and the expiry of what it corrects: only together do the lines
        # say what happened.
        net: dict[_Key, int] = {}
        for line in lines:
            key = line.day, line.expires
            net[key] = net.get(key, 0) + line.amount
        for (day, expires), amount in sorted(net.items(), key=_order):
            if amount >= 0:
                self.add(expires, amount)
            elif expires is None:
                self.use(-amount, day)
            else:
                self.drop(expires, -amount)

    @property
    def total(self) -> int:
        """The balance, below zero if more was used than there was."""
        return sum(self._left.values())

    @property
    def lots(self) -> list[Lot]:
        """What is left of each lot, the first to expire first."""
        left = [(expires, minutes) for expires, minutes in self._left.items() if minutes]
        return sorted(left, key=lambda lot: lot[0] or date.max)

    def _usable(self, day: date) -> list[Lot]:
        """Return the lots that something can be taken from on *day*, the first to expire first."""
        return [lot for lot in self.lots if lot[1] > 0 and (lot[0] is None or lot[0] >= day)]

    def add(self, expires: date | None, minutes: int) -> None:
        """Add *minutes*; what was overdrawn is paid off first."""
        debt = min(minutes, max(0, -self._left.get(None, 0)))
        if debt:
            self._left[None] += debt
        self._left[expires] = self._left.get(expires, 0) + minutes - debt

    def next(self, day: date) -> int:
        """Return the minutes of the lot that is used first on *day*, 0 if nothing is left."""
        usable = self._usable(day)
        return usable[0][1] if usable else 0

    def use(self, minutes: int, day: date) -> None:
        """Take *minutes* on *day*, first from what expires first, at last by overdrawing."""
        for expires, left in self._usable(day):
            taken = min(left, minutes)
            self._left[expires] -= taken
            minutes -= taken
        if minutes:
            self._left[None] = self._left.get(None, 0) - minutes

    def drop(self, expires: date, minutes: int) -> None:
        """Take *minutes* from the lot that expires on a day; what it lacks is overdrawn."""
        taken = min(minutes, self._left.get(expires, 0))
        self._left[expires] = self._left.get(expires, 0) - taken
        if minutes > taken:
            self._left[None] = self._left.get(None, 0) - (minutes - taken)

    def over(self, day: date) -> list[tuple[date, int]]:
        """Return the lots that expire on *day* or did before, with something left."""
        found: list[tuple[date, int]] = []
        for expires, minutes in self.lots:
            if expires is not None and expires <= day and minutes > 0:
                found.append((expires, minutes))
        return found


def _order(item: tuple[_Key, int]) -> tuple[date, int, date]:
    """Put what is earned on a day before what is used, and that before what expires."""
    (day, expires), amount = item
    if amount >= 0:
        rank = 0
    elif expires is None:
        rank = 1
    else:
        rank = 2
    return day, rank, expires or date.max
