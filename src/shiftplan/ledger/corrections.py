"""Lines that bring what was booked to what is meant, without changing any that is there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .entry import LedgerEntry

_Key = tuple[str, str, date, date | None]


def set_right(
    meant: Iterable[LedgerEntry], booked: Iterable[LedgerEntry], source: str
) -> list[LedgerEntry]:
    """Return the lines to add to *booked* so that every day, account and expiry is as *meant*.

    What nobody booked is added as it is meant. Where lines are booked and come to another amount,
    one more makes up the difference.
    """
    have: dict[_Key, list[LedgerEntry]] = {}
    want: dict[_Key, list[LedgerEntry]] = {}
    for lines, by_key in ((booked, have), (meant, want)):
        for line in lines:
            by_key.setdefault(_key(line), []).append(line)
    found: list[LedgerEntry] = []
    for key in sorted(have | want, key=lambda k: (k[0], k[1], k[2], k[3] or date.max)):
        mine, theirs = want.get(key, []), have.get(key, [])
        if not theirs:
            found += mine
        elif missing := sum(e.amount for e in mine) - sum(e.amount for e in theirs):
            now = " and ".join(e.reason for e in mine) or "nothing"
            account, who, day, expires = key
            found.append(
                LedgerEntry(
                    account, who, day, "adjust", missing, f"set right: {now}", source, expires
                )
            )
    return found


def _key(line: LedgerEntry) -> _Key:
    return line.account, line.person, line.day, line.expires
