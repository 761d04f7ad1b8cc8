"""Points in whole numbers, as the solver needs them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import gcd
from typing import NamedTuple

from ...facts import Facts


class Parts(NamedTuple):
    """What a point, each kind of work and each opening balance are in whole parts of a point."""

    point: int
    worth: Mapping[str, int]
    opening: Mapping[str, int]

    def most_earned(self, facts: Facts, days: int) -> int:
        """Return parts of a point that nobody can earn more than in so many *days*."""
        a_day = sum(self.worth.values())
        if "hours" in self.worth:  # they are counted by the minute
            a_day *= max((shift.paid for shift in facts.shifts), default=0)
        return days * a_day


def parts_of(facts: Facts, of: str, people: Iterable[str]) -> Parts:
    """Return what counts in parts of a point, as large as they can be with all of it whole."""
    opening = dict.fromkeys(people, 0)
    for row in facts.carried:
        if row.of == of and row.person in opening:
            opening[row.person] += row.points
    # Points are kept in hundredths.
    point, worth = 100, {of: 100}
    if of == "burden":
        worth = dict(facts.burden.by_kind)
    if of == "hours":
        # A minute earns a sixtieth of a point: five of three hundred parts.
        point, worth = 300, {"hours": 5}
        opening = {who: 3 * points for who, points in opening.items()}
    part = gcd(point, *worth.values(), *opening.values())
    return Parts(
        point // part,
        {kind: parts // part for kind, parts in worth.items()},
        {who: parts // part for who, parts in opening.items()},
    )
