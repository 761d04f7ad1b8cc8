"""One contradiction between facts, and the kinds that many tables share."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ..clock import WEEKDAYS
from ..errors import nearest
from .given import GivenFacts

FactPath = tuple[str | int, ...]


class Clash(NamedTuple):
    """Two facts that cannot both be right."""

    at: FactPath
    """Path of the fact, as in ``people, 3, site``."""
    message: str
    hint: str
    """What to do."""


def repeats(keys: Iterable[Hashable]) -> Iterator[int]:
    """Yield the place of each of *keys* that was there before."""
    seen: set[Hashable] = set()
    for k, key in enumerate(keys):
        if key in seen:
            yield k
        seen.add(key)


def same_names(what: str, key: str, names: Sequence[str]) -> Iterator[Clash]:
    """Yield each of *names* that is there twice, in whatever case it is written."""
    for k in repeats(name.casefold() for name in names):
        yield Clash((what, k, key), f"'{names[k]}' is there twice.", "Give each its own name.")


def not_one_of(what: str, at: FactPath, name: str, known: Collection[str]) -> Iterator[Clash]:
    """Yield that *name* is none of the *known* names of what is called *what*, if so."""
    if name not in known:
        yield Clash(at, f"'{name}' is not one of the {what}.", nearest(name, known))


def nobody(at: FactPath, name: str, known: Collection[str]) -> Iterator[Clash]:
    """Yield that none of the people *known* is called *name*, if so."""
    if name not in known:
        yield Clash(at, f"nobody is called '{name}'.", nearest(name, known))


def no_shift(at: FactPath, word: str, facts: GivenFacts) -> Iterator[Clash]:
    """Yield that *word* selects no shift, if so."""
    if not facts.select(word):
        hint = nearest(word, facts.selectors)
        yield Clash(at, f"'{word}' is no shift, family or kind.", hint)


def outside(at: FactPath, day: date, facts: GivenFacts) -> Iterator[Clash]:
    """Yield that *day* is no day of the horizon, if so."""
    if not facts.first <= day <= facts.last:
        message = f"{day} is outside the horizon {facts.first} to {facts.last}."
        yield Clash(at, message, "Correct it or delete the line.")


def wrong_weekday(at: FactPath, day: date, week_starts: str) -> Iterator[Clash]:
    """Yield that *day* does not begin a week of the team, if so."""
    behind = (day.weekday() - WEEKDAYS.index(week_starts)) % 7
    if behind:
        before = day - timedelta(days=behind)
        found, wanted = WEEKDAYS[day.weekday()].capitalize(), week_starts.capitalize()
        message = f"{day} is a {found}, but the team's week starts on {wanted}."
        yield Clash(at, message, f"Use {before} or {before + timedelta(days=7)}.")
