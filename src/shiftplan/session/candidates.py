"""Who could fill a gap, and what giving them a shift would do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from ..clock import SLOT, slot_ceil, slot_floor
from ..facts import Cell, Person
from ..roster import Roster
from ..roster.coverage import Gap
from .effects import tried
from .judged_roster import JudgedRoster
from .values import Candidate, Effect

AsEffect = Callable[[str, JudgedRoster, JudgedRoster, tuple[str, ...]], Effect]


class Filler(NamedTuple):
    """A shift that would fill a part of a gap."""

    minutes: int
    day: date
    code: str


def find_candidates(judged: JudgedRoster, gap: Gap) -> list[Candidate]:
    """Return who is off and could fill a part of *gap* with some shift, the best first.

    The best break the fewest hard rules, then fill the most, then cost the goals the least in their
    order. What they would do to rules about several people is not looked at.
    """
    found = []
    for person in judged.plan.facts.people:
        for filler in _fillers(judged.roster, person, gap):
            cells: dict[Cell, str | None] = {(person.name, filler.day): filler.code}
            effect = would_do(judged, cells, f"{person.name}: {filler.code}", tried)
            found.append(Candidate(person.name, filler.day, filler.code, filler.minutes, effect))
    return sorted(found, key=lambda candidate: _rank(candidate, judged.plan.goals))


def would_do(
    judged: JudgedRoster, cells: Mapping[Cell, str | None], label: str, as_effect: AsEffect
) -> Effect:
    """Return what assigning *cells* would do, without doing it."""
    touched = frozenset(who for who, _ in cells)
    roster = judged.roster.with_cells(cells)
    judged.judge.edited(judged.roster, roster, touched)
    after = JudgedRoster(judged.judge, roster, judged.numbers, judged, touched)
    return as_effect(label, judged, after, tuple(sorted(touched)))


def _rank(candidate: Candidate, goals: tuple[str, ...]) -> tuple[int, ...]:
    worse = dict.fromkeys(goals, 0)
    for change in candidate.effect.rules:
        worse[change.strength] += change.after - change.before
    hard, *others = worse.values()  # hard rules are the first of the goals
    return hard, -candidate.fills, *others


def _fillers(roster: Roster, person: Person, gap: Gap) -> Iterator[Filler]:
    """Yield the shift that fills most of *gap* on each day *person* is off."""
    facts = roster.facts
    if facts.queues.get(gap.queue) not in person.skills:
        return
    for day in facts.days:
        if roster.works(person.name, day) or not facts.due(person.name, day):
            continue
        most = Filler(0, day, "")
        for code in facts.codes_on(person.name, day):
            minutes = _overlap(facts.span(person.name, code, day), gap)
            if minutes > most.minutes:
                most = Filler(minutes, day, code)
        if most.minutes:
            yield most


def _overlap(span: tuple[int, int], gap: Gap) -> int:
    """Return the minutes of whole slots of *gap* inside *span*."""
    start = max(slot_ceil(span[0]), gap.start)
    end = min(slot_floor(span[1]), gap.end)
    return max(0, end - start) // SLOT * SLOT
