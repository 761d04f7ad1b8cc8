"""Lines that bring what was booked to what is meant, without changing any that is there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .entry import LedgerEntry

_Key = tuple[str, str, date, date | None]


def corrections(
    meant: Iterable[LedgerEntry], booked: Iterable[LedgerEntry], source: str
) -> list[LedgerEntry]:
    """Return the lines to add to *booked* so that every day, account and expiry is as *meant*.

    What nobody booked is added as it is meant. Where lines are booked and come to another amount,
    one more makes up the difference.
    """
    have = _by_key(booked)
    want = _by_key(meant)
    found: list[LedgerEntry] = []
    for key in sorted(have | want, key=_in_order):
        if key in have:
            found += _difference(key, want.get(key, []), have[key], source)
        else:
            found += want[key]
    return found


def _by_key(lines: Iterable[LedgerEntry]) -> dict[_Key, list[LedgerEntry]]:
    found: dict[_Key, list[LedgerEntry]] = {}
    for line in lines:
        key = line.account, line.person, line.day, line.expires
        found.setdefault(key, []).append(line)
    return found


def _in_order(key: _Key) -> tuple[str, str, date, date]:
    account, who, day, expires = key
    return account, who, day, expires or date.max


def _difference(
    key: _Key, meant: list[LedgerEntry], booked: list[LedgerEntry], source: str
) -> list[LedgerEntry]:
    """Return the line that brings those *booked* to those *meant*, or none if they come to it."""
    missing = sum(line.amount for line in meant) - sum(line.amount for line in booked)
    if not missing:
        return []
    account, who, day, expires = key
    reason = f"correction: now {' and '.join(line.reason for line in meant) or 'nothing'}"
    return [LedgerEntry(account, who, day, "adjust", missing, reason, source, expires)]
