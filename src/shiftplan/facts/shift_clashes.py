"""Shifts and demand that do not fit the rest."""

from __future__ import annotations

from collections.abc import Iterator

from .clash import Clash, no_shift, not_one_of, outside, same_names
from .demand import Curve
from .given import GivenFacts
from .shifts import ShiftType


def shift_clashes(facts: GivenFacts) -> Iterator[Clash]:
    """Yield shifts of the same code, and those whose words mean something else too."""
    sites = {s.name for s in facts.sites}
    yield from same_names("shifts", "code", [s.code for s in facts.shifts])
    for k, shift in enumerate(facts.shifts):
        for site in shift.sites:
            yield from not_one_of("sites", ("shifts", k, "sites"), site, sites)
        yield from _ambiguous_kind(facts, k, shift)
        if "any" in (shift.code, shift.family, shift.kind):
            message = "'any' means every shift and cannot be a code or a kind."
            yield Clash(("shifts", k, "code"), message, "Rename it.")


def _ambiguous_kind(facts: GivenFacts, k: int, shift: ShiftType) -> Iterator[Clash]:
    """Yield that the kind of *shift* is the code of another one, if so."""
    codes = {s.code for s in facts.shifts} | {s.family for s in facts.shifts}
    # A kind that only this shift and its family go by is no trouble: it selects the same.
    if shift.kind in codes and facts.select(shift.kind) != facts.select(shift.family):
        message = f"'{shift.kind}' is both a kind and the code of another shift."
        yield Clash(
            ("shifts", k, "kind"), message, "Rename one, so that rules can tell them apart."
        )


def demand_clashes(facts: GivenFacts) -> Iterator[Clash]:
    """Yield queues with two skills, stretches that overlap, and needs of what there is not."""
    skills: dict[str, str] = {}
    for k, curve in enumerate(facts.curves):
        here = curve.needs_skill
        elsewhere = skills.setdefault(curve.queue, here)
        if here != elsewhere:
            message = f"queue '{curve.queue}' requires '{elsewhere}' elsewhere and '{here}' here."
            yield Clash(("curves", k, "skill"), message, "Use one skill for one queue.")
        yield from _overlaps(k, curve)
    yield from _shift_needs(facts)


def _overlaps(k: int, curve: Curve) -> Iterator[Clash]:
    for first, second in curve.overlaps():
        row = curve.rows[second]
        message = f"{row.start:%H:%M}-{row.end:%H:%M} overlaps line {first + 1} of the same curve."
        yield Clash(("curves", k, "rows", second, "start"), message, "Keep one of them.")


def _shift_needs(facts: GivenFacts) -> Iterator[Clash]:
    sites = {s.name for s in facts.sites}
    for k, need in enumerate(facts.shift_needs):
        yield from no_shift(("shift_needs", k, "shift"), need.shift, facts)
        if need.site:
            yield from not_one_of("sites", ("shift_needs", k, "site"), need.site, sites)
        if need.date:
            yield from outside(("shift_needs", k, "date"), need.date, facts)
