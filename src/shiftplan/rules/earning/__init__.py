"""What earns points by more than one cell, for the solver.

Shares nothing with ``points``, by which people's rosters are judged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from ...facts import Facts
from ..vocabulary import Expr, Vocabulary


def was_told(facts: Facts, who: str, day: date) -> bool:
    """Say whether *who* was told what they do on *day*, and hears of changes with too little
    notice.
    """
    notice = facts.notice(day)
    late = notice is not None and notice < facts.burden.notice_days
    return (
        late and facts.published is not None and facts.published.names(who) and facts.due(who, day)
    )


def differs(model: Vocabulary, who: str, day: date) -> Expr:
    """Return 1 where *day* of *who* is not as it was published, else 0."""
    told = model.facts.published.at(who, day) if model.facts.published else None
    return model.works(who, day) if told is None else 1 - model.works(who, day, (told,))


def quick_returns(model: Vocabulary, who: str, day: date) -> Iterator[Expr]:
    """Yield numbers, at most one of them 1: *who* starts work on *day* too soon after the duty
    before.

    A shift has at most 36 hours and rest is too short below 24: three days back is far enough.
    """
    facts = model.facts
    alike: dict[tuple[tuple[date, frozenset[str]], ...], list[str]] = {}
    for code in facts.codes(who):
        free = facts.span(who, code, day)[0] - facts.burden.quick_return_below
        close = []
        for earlier in (day - timedelta(days=gap) for gap in (1, 2, 3)):
            if earlier >= facts.first:
                before: Collection[str] = facts.codes(who)
            else:
                known = facts.history.cells.get((who, earlier))
                before = (known,) if known else ()
            late = frozenset(c for c in before if facts.span(who, c, earlier)[1] > free)
            close += [(earlier, late)] if late else []
        alike.setdefault(tuple(close), []).append(code)
    for found, codes in alike.items():
        if found:
            came = [model.works(who, earlier, late) for earlier, late in found]
            yield _both(model, model.works(who, day, codes), came)


def _both(model: Vocabulary, one: Expr, others: Sequence[Expr]) -> Expr:
    """Return 1 exactly where *one* and any of *others* is 1; all of them are 0 or 1."""
    open_ = [other for other in others if not isinstance(other, int)]
    if any(isinstance(other, int) and other for other in others):
        return one
    if not open_ or (isinstance(one, int) and not one):
        return 0
    both = model.number(0, 1)
    model.require(both <= one, both <= sum(open_), *(both >= one + other - 1 for other in open_))
    return both
