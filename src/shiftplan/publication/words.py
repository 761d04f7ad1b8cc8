"""What differs between two versions, in words."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import count
from .change import Change


def in_short(changes: Sequence[Change]) -> str:
    """Return how many changes there are, for how many people, and the shortest notice."""
    if not changes:
        return "No shift changes."
    people = len({c.who for c in changes})
    shortest = hours_ahead(min(c.notice for c in changes))
    return (
        f"{count(len(changes), 'change')} for {count(people, 'person', 'people')}; "
        f"the shortest notice is {shortest}."
    )


def hours_ahead(notice: int) -> str:
    """Return a notice in words; below zero the shift had begun."""
    return f"{notice} h" if notice >= 0 else "none, it had begun"
