"""Lines that bring what was booked to what is meant, without changing any that is there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .entry import Entry

_Key = tuple[str, str, date, date | None]


def set_right(meant: Iterable[Entry], booked: Iterable[Entry], source: str) -> list[Entry]:
    """Return the lines to add to *booked* so that every day, account and expiry is as *meant*.

    What nobody booked is added as it is meant. Where lines are booked and come to another amount,
    one more makes up the difference.
    """
    have: dict[_Key, list[Entry]] = {}
    want: dict[_Key, list[Entry]] = {}
    for lines, by_key in ((booked, have), (meant, want)):
        for line in lines:
            by_key.setdefault(_key(line), []).append(line)
    found: list[Entry] = []
    for key in sorted(have | want, key=lambda k: (k[0], k[1], k[2], k[3] or date.max)):
        mine, theirs = want.get(key, []), have.get(key, [])
        if not theirs:
            found += mine
        elif missing := sum(e.amount for e in mine) - sum(e.amount for e in theirs):
            now = " and ".join(e.reason for e in mine) or "nothing"
            account, who, day, expires = key
            found.append(
                Entry(account, who, day, "adjust", missing, f"set right: {now}", source, expires)
            )
    return found


def _key(line: Entry) -> _Key:
    return line.account, line.person, line.day, line.expires
