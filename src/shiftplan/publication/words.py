"""What differs between two versions, in words."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import count
from .change import Change


def in_short(changes: Sequence[Change]) -> str:
    """Return how many changes there are, for how many people, and the shortest notice."""
    if not changes:
        return "No shift changes."
    people = len({c.person for c in changes})
    shortest = min(c.notice for c in changes)
    how_many = f"{count(len(changes), 'change')} for {count(people, 'person', 'people')}"
    if shortest < 0:
        return f"{how_many}, some after the shift had begun."
    return f"{how_many}; the shortest notice is {hours_ahead(shortest)}."


def hours_ahead(notice: int) -> str:
    """Return a notice in words; below zero the shift had begun."""
    return f"{notice}h" if notice >= 0 else "none, it had begun"
