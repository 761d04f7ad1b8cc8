"""What rules name: people, shifts and skills, and what is wrong with a name nobody knows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Annotated

from pydantic import AfterValidator, Field

from ...errors import nearest
from ...facts import Facts, Person
from ...facts.base import Name


def _once_each(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"'{name}' is named twice")
    return names


Several = Annotated[tuple[Name, ...], Field(min_length=2), AfterValidator(_once_each)]
"""Two people or more, by name, each once."""


def selector_problems(
    facts: Facts, key: str, words: Iterable[str], people: Collection[Person] = ()
) -> Iterator[str]:
    """Yield each word that names no shift, family or kind, or none that any of *people* can work.

    Without *people* only the first is looked at.
    """
    able = {code for person in people for code in facts.codes(person.name)}
    for word in words:
        codes = facts.select(word)
        if not codes:
            advice = nearest(word, facts.selectors)
            yield f"{key}: '{word}' is no shift, family or kind. {advice}".rstrip()
        elif people and able.isdisjoint(codes):
            advice = "Name another shift or other people."
            yield f"{key}: nobody it applies to can work '{word}'. {advice}"


def holder_problems(facts: Facts, key: str, words: Iterable[str]) -> Iterator[str]:
    """Yield a sentence for each skill, or level if *key* says so, that nobody has."""
    if key.endswith("level"):
        what, found = "level", {p.level for p in facts.people if p.level}
    else:
        what, found = "skill", {skill for p in facts.people for skill in p.skills if skill}
    for word in words:
        if word not in found:
            yield f"{key}: nobody has the {what} '{word}'. {nearest(word, found)}".rstrip()
