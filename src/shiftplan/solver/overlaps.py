"""Nobody works two shifts at the same time, whatever the rules say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..facts.shifts import LASTS_INTO
from ..rules.vocabulary import Vocabulary, codes_on
from .linear import sum_of


def forbid_overlaps(model: Vocabulary) -> None:
    """Forbid two shifts of one person at the same time; of fixed cells nothing is asked."""
    facts = model.facts
    earlier = {}
    for day in facts.days:
        earlier[day] = [d for d in facts.known_days if 0 < (day - d).days <= LASTS_INTO]
    for person in facts.people:
        for day in facts.days:
            _forbid(model, person.name, earlier[day], day)


def _forbid(model: Vocabulary, who: str, earlier: Sequence[date], day: date) -> None:
    """Forbid each shift of *day* together with those of *earlier* days that last into it."""
    facts = model.facts
    if not any(model.open(who, d) for d in (*earlier, day)):
        return  # nothing is left to decide, and pairs of spans cost time
    for code in facts.codes(who):
        start = facts.span(who, code, day)[0]
        for other in earlier:
            before = codes_on(facts, who, other)
            lasting = [c for c in before if facts.span(who, c, other)[1] > start]
            if not lasting:
                continue
            both = sum_of([model.works(who, other, lasting), model.works(who, day, (code,))])
            if not isinstance(both, int):
                model.require(both <= 1)
