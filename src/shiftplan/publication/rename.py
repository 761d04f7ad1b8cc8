"""People who are called otherwise than before, and those who only seem to have come and gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from ..errors import count

Named = tuple[str, str]
"""Who somebody is, and what they are called."""


@dataclass(frozen=True)
class Renamed:
    """Somebody whose name is another one than before."""

    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.before} is now called {self.after}."

    def to_json(self) -> dict[str, str]:
        """Return it as JSON has it."""
        return {"before": self.before, "after": self.after}


def renamed(before: Iterable[Named], after: Iterable[Named]) -> tuple[Renamed, ...]:
    """Return who of *before* has another name in *after*, by the new name."""
    old, found = dict(before), set[tuple[str, str]]()
    for key, name in after:
        if old.get(key, name) != name:
            found.add((name, old[key]))
    return tuple(Renamed(was, name) for name, was in sorted(found))


@dataclass(frozen=True)
class Seen:
    """Somebody as they are, or were, rostered."""

    name: str
    id: str
    """What an id has to be for the record to follow."""
    site: str
    shifts: Mapping[date, str]


@dataclass(frozen=True)
class LikelyRename:
    """Somebody who is gone and somebody who is new, and may well be the same person."""

    gone: Seen
    new: Seen

    @property
    def same(self) -> int:
        """How many shifts both have."""
        return len(self.gone.shifts.items() & self.new.shifts.items())

    def sentence(self, table: str) -> str:
        """Return what it looks like, and what to write into the *table* of people if it is so."""
        shifts = f" with the same {count(self.same, 'shift')}" if self.same else ""
        if self.gone.name == self.new.name:
            seen = f"{self.new.name} has another id than before{shifts}"
        else:
            seen = f"{self.gone.name} is gone and {self.new.name} is new{shifts}"
        remedy = f'give them the id "{self.gone.id}" in {table}'
        return f"{seen}: if they are one person, {remedy}, and their calendars only change names."


ALIKE = 0.7
"""From how much of two names on, in the same order, they are alike."""
MANY = 0.5
"""From which part of the shifts on they are much the same."""


def likely_renames(gone: Iterable[Seen], new: Iterable[Seen]) -> tuple[LikelyRename, ...]:
    """Return pairs of one who is *gone* and one who is *new* that may be one person, by name.

    Both are of the same site, and have much the same shifts or a name much alike; each is in one
    pair at most, the likeliest first.
    """
    pairs = [LikelyRename(one, other) for one in gone for other in new if one.site == other.site]
    ranked = [(_likeness(pair), pair) for pair in pairs]
    ranked.sort(key=lambda found: (-found[0], found[1].gone.name, found[1].new.name))
    taken = set[int]()
    found = list[LikelyRename]()
    for likeness, pair in ranked:
        if likeness > 0 and not taken & {id(pair.gone), id(pair.new)}:
            taken |= {id(pair.gone), id(pair.new)}
            found.append(pair)
    return tuple(sorted(found, key=lambda pair: (pair.gone.name, pair.new.name)))


def _likeness(pair: LikelyRename) -> float:
    """Return how much speaks for one person, 0 if too little does."""
    longest = max(len(pair.gone.shifts), len(pair.new.shifts))
    # One or two shifts are soon the same by chance.
    shared = pair.same / longest if pair.same > 2 else 0.0
    alike = _alike(pair.gone.name, pair.new.name)
    return shared + alike if shared >= MANY or alike >= ALIKE else 0.0


def _alike(one: str, other: str) -> float:
    """Return how much alike two names are, from 0 to 1; a name within the other is wholly so."""
    first, second = one.casefold(), other.casefold()
    words, others = _words(first), _words(second)
    if words and others and (words <= others or others <= words):
        return 1.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _words(name: str) -> set[str]:
    return set(name.replace("-", " ").split())


def free_name(name: str, taken: Collection[str]) -> str:
    """Return what to call somebody who has left, unlike all names *taken*."""
    shown, number = name, 1
    while shown in taken:
        shown = f"{name} (left)" if number == 1 else f"{name} (left {number})"
        number += 1
    return shown
