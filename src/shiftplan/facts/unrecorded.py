"""What nobody knows of the hours at the beginning, where the days before are not on record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ..clock import SLOT, slot_ceil, slot_floor
from .given import GivenFacts
from .window import SiteDay, Window


def could_have_worked(
    facts: GivenFacts, window: Window, unrecorded: Sequence[SiteDay]
) -> Mapping[int, frozenset[str]]:
    """Return who could be on duty, for the whole of each slot, by a shift of an *unrecorded* day.

    Nobody could outside their contract and on leave. Empty where everything is on record.
    """
    found: defaultdict[int, set[str]] = defaultdict(set)
    for site, day in unrecorded:
        for person in facts.people:
            if person.site != site or not facts.due(person.name, day):
                continue
            for code in facts.codes(person.name):
                begin, until = facts.site_span(site, code, day)
                first = max(window.opens, slot_ceil(begin))
                for t in range(first, min(window.start, slot_floor(until)), SLOT):
                    found[t].add(person.name)
    return {t: frozenset(names) for t, names in found.items()}


def not_on_record(facts: GivenFacts, window: Window, unrecorded: Sequence[SiteDay]) -> str:
    """Return of which days nobody knows who worked, as half a sentence; empty if there are none.

    ``who worked on Sun 29 Nov is not on record``; where some sites are, the others are named.
    """
    unknown: dict[str, set[date]] = {}
    for site, day in unrecorded:
        if _reaches_in(facts, window, site, day):
            unknown.setdefault(site, set()).add(day)
    if not unknown:
        return ""
    # Where nothing is on record at all, a site is not the reason.
    where = f" at {' and '.join(sorted(unknown))}" if facts.history.start else ""
    days = set().union(*unknown.values())
    return f"who worked{where} {_on(days)} is not on record"


def _reaches_in(facts: GivenFacts, window: Window, site: str, day: date) -> bool:
    """Say whether a shift of *day* at *site* could be on duty in the hours that are not judged."""
    codes = {c for p in facts.people if p.site == site for c in facts.codes(p.name)}
    ends = [facts.site_span(site, code, day)[1] for code in codes]
    return max(ends, default=0) > window.opens


def _on(days: Iterable[date]) -> str:
    first, *others = sorted(days)
    if not others:
        return f"on {first:%a %d %b}"
    return f"from {first:%a %d %b} to {others[-1]:%a %d %b}"
