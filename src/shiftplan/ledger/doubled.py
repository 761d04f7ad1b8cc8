"""Lines booked twice: earlier versions let two programs book the same roster at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from ..errors import count
from .entry import ACCOUNTS, OPENING, LedgerEntry

_Key = tuple[str, str, date, str, str, date | None]


def doubled(entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    """Return the lines among *entries*, in the order of booking, that repeat an earlier one.

    Those that change no balance, and those that a later line corrects, are left out. Corrections
    themselves may repeat each other: what is corrected and corrected back, and then once more.
    """
    ends = _ends(entries)
    seen: set[_Key] = set()
    found: list[LedgerEntry] = []
    for line in entries:
        if line.event == "adjust":
            found = [double for double in found if not _corrects(line, double, ends)]
            continue
        key = line.account, line.person, line.day, line.event, line.source, line.expires
        if key in seen:
            found.append(line)
        seen.add(key)
    weight = _weights(found)
    return [line for line in found if weight[_period(line)]]


def _ends(entries: Iterable[LedgerEntry]) -> Mapping[str, date]:
    """Return the last day that each source was booked for."""
    found: dict[str, date] = {}
    for line in entries:
        found[line.source] = max(line.day, found.get(line.source, line.day))
    return found


def _corrects(line: LedgerEntry, double: LedgerEntry, ends: Mapping[str, date]) -> bool:
    if (line.account, line.person) != (double.account, double.person):
        return False
    if double.account in ACCOUNTS or double.source == OPENING:
        return (line.day, line.expires) == (double.day, double.expires)
    # Fairness is corrected at the end of its period, as a whole.
    return line.day == ends[double.source]


def _period(line: LedgerEntry) -> tuple[object, ...]:
    """Return what is summed up before it is corrected: a day of leave, a period of fairness."""
    if line.account in ACCOUNTS or line.source == OPENING:
        return line.account, line.person, line.day, line.expires
    return line.account, line.person, line.source


def _weights(found: Iterable[LedgerEntry]) -> Mapping[tuple[object, ...], int]:
    weights: dict[tuple[object, ...], int] = {}
    for line in found:
        weights[_period(line)] = weights.get(_period(line), 0) + line.amount
    return weights


def opening_corrections(entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    """Return the lines that take back opening balances among *entries* that were booked twice."""
    found = []
    for double in doubled(entries):
        if double.source == OPENING:
            reason = "correction: the opening balance was booked twice"
            found.append(
                LedgerEntry(
                    *(double.account, double.person, double.day, "adjust", -double.amount, reason),
                    OPENING,
                    double.expires,
                )
            )
    return found


def twice_booked(entries: Sequence[LedgerEntry]) -> Iterator[str]:
    """Yield a sentence on each person who has lines booked twice."""
    by_person: dict[str, list[LedgerEntry]] = {}
    for line in doubled(entries):
        by_person.setdefault(line.person, []).append(line)
    for who, lines in by_person.items():
        accounts = ", ".join(sorted({line.account for line in lines}))
        days = sorted(line.day for line in lines)
        were = "was" if len(lines) == 1 else "were"
        span = f"on {days[0]}" if days[0] == days[-1] else f"from {days[0]} to {days[-1]}"
        yield (
            f"{who} has {count(len(lines), 'line')} of {accounts} {span} that {were} booked twice; "
            "'shiftplan ledger --book' corrects that while the plan is of these days."
        )
