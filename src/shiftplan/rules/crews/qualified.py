"""Who has the skills and levels that a rule names."""

from __future__ import annotations

from ...facts import Person
from ...facts.people import Words


def qualified(person: Person, skills: Words, levels: Words) -> bool:
    """Say whether *person* has one of *skills* and one of *levels*; what is not given will do."""
    has_skill = not skills or any(skill in person.skills for skill in skills)
    has_level = not levels or person.level in levels
    return has_skill and has_level


def requirement(skills: Words, levels: Words) -> str:
    """Return what ``qualified`` requires, in words: ``chat or lead and L2``."""
    parts = (" or ".join(skills), " or ".join(levels))
    return " and ".join(part for part in parts if part)
