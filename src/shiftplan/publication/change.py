"""What differs between two rosters, person by person, and how long before people could know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, Self

from ..clock import from_instant
from .pairs import pairs
from .shift import PublishedShift

ChangeKind = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True)
class Change:
    """One assignment that came, went, became another shift, or moved to another day."""

    what: ChangeKind
    before: PublishedShift | None
    after: PublishedShift | None
    notice: int
    """Whole hours from the publication to the first start it touches; below zero once that has
    begun.
    """

    @property
    def who(self) -> str:
        """The person, by the name they have after it."""
        return self._either.who

    @property
    def person(self) -> tuple[str, str]:
        """Name and key: two people of one name, one of whom has left, are two."""
        return self.who, self._either.key

    @property
    def tz(self) -> str:
        """The zone the person lives by."""
        return self._either.tz

    @property
    def day(self) -> date:
        """The earlier of the days it touches."""
        return min(s.day for s in (self.before, self.after) if s)

    @property
    def _either(self) -> PublishedShift:
        found = self.after or self.before
        assert found is not None
        return found

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "what": self.what,
            "before": self.before.to_json() if self.before else None,
            "after": self.after.to_json() if self.after else None,
            "notice": self.notice,
        }

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """Return what ``to_json`` made *raw* of."""
        before, after = (
            PublishedShift.from_json(raw[k]) if raw[k] else None for k in ("before", "after")
        )
        return cls(raw["what"], before, after, raw["notice"])


def difference(
    before: Iterable[PublishedShift], after: Iterable[PublishedShift], at: datetime
) -> tuple[Change, ...]:
    """Return what turns *before* into *after* as published at *at*, by person and day."""
    old, new = _by_person(before), _by_person(after)
    found: list[Change] = []
    for key in sorted({*old, *new}):
        is_now = new.get(key, {})
        was = _by_new_name(old.get(key, {}), is_now)
        for left, right in pairs(_codes(was), _codes(is_now)):
            change = _change(was[left] if left else None, is_now[right] if right else None, at)
            if change is not None:
                found.append(change)
    return tuple(sorted(found, key=lambda c: (c.person, c.day, c.what)))


def _codes(shifts: Mapping[date, PublishedShift]) -> dict[date, str]:
    return {day: shift.code for day, shift in shifts.items()}


def _by_person(shifts: Iterable[PublishedShift]) -> dict[str, dict[date, PublishedShift]]:
    found: dict[str, dict[date, PublishedShift]] = {}
    for s in shifts:
        found.setdefault(s.key, {})[s.day] = s
    return found


def _by_new_name(
    before: Mapping[date, PublishedShift], after: Mapping[date, PublishedShift]
) -> dict[date, PublishedShift]:
    """Return one person's shifts *before* under the name they have *after*, if they have any."""
    name = next((shift.who for shift in after.values()), None)
    return {day: shift.called(name or shift.who) for day, shift in before.items()}


def _change(
    before: PublishedShift | None, after: PublishedShift | None, at: datetime
) -> Change | None:
    # Who is called otherwise works the same; old versions name nobody's key.
    if before and after and before.work == after.work:
        return None
    starts = [from_instant(s.start) for s in (before, after) if s]
    notice = (min(starts) - at) // timedelta(hours=1)
    if before is None:
        return Change("added", before, after, notice)
    if after is None:
        return Change("removed", before, after, notice)
    return Change("changed" if before.day == after.day else "moved", before, after, notice)


def in_words(change: Change) -> str:
    """Return *change* as its person reads it, in their local time, without their name."""
    if change.before is None:
        return f"+ {change.after}"
    if change.after is None:
        return f"- {change.before}"
    return f"{change.before} → {_after(change.after, change.before)}"


def _after(shift: PublishedShift, before: PublishedShift) -> str:
    """Return *shift* without the day if that stays."""
    text = str(shift)
    return text.removeprefix(f"{shift.day:%a %d %b} ") if shift.day == before.day else text
