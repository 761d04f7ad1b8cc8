"""Entries of ``[[rules]]``: rules, and packs that stand for several."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import nearest
from ..facts import Facts
from ..plan import Plan
from ..rules import MUST, Rule
from ..rules.packs import PackEntry
from .draft import Draft
from .report import Place


def expanded(facts: Facts, draft: Draft) -> tuple[list[tuple[Rule, Place]], list[str]]:
    """Return all rules, those of packs among them, and what packs leave out."""
    rules, notices = list[tuple[Rule, Place]](), list[str]()
    for entry, place in draft.rules:
        found: tuple[Rule, ...] = ()
        if isinstance(entry, PackEntry):
            found, left_out = entry.expand(facts)
            notices += left_out
        else:
            found = (entry,)
        rules += [(rule, place) for rule in found]
    return rules, notices


def wrong_entries(
    facts: Facts, draft: Draft, *, sound: bool
) -> Iterator[tuple[Rule | PackEntry, Place, str]]:
    """Yield what is wrong about entries; while the facts are not *sound*, what can be said anyway."""
    goals = facts.team.goals
    for entry, place in draft.rules if sound or draft.whole("team") else ():
        texts: Iterator[str] = iter(())
        if isinstance(entry, PackEntry):
            texts = entry.problems(facts) if sound else entry.strange_goals(goals)
        elif sound:
            texts = (text for _, text in Plan(facts, (entry,)).problems())
        elif entry.strength not in (MUST, *goals):
            hint = nearest(entry.strength, (MUST, *goals))
            texts = iter((f"strength: '{entry.strength}' is not one of the goals. {hint}",))
        yield from ((entry, place, text) for text in texts)
