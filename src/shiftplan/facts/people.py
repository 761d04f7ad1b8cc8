"""People, and when they can work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal, Self
from unicodedata import category

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from .base import EndTime, Frozen, Name, WallTime, Weekdays


def _words(value: Any) -> Any:
    if isinstance(value, str):
        words = value.replace(",", " ").replace(";", " ").split()
        return tuple(dict.fromkeys(words))
    return value


Words = Annotated[
    tuple[str, ...],
    BeforeValidator(_words),
    WithJsonSchema({"type": ["string", "array"], "items": {"type": "string"}}),
]
"""Several words: a list, or in a table one cell with blanks or semicolons between."""


def _plain(value: str) -> str:
    # Control characters, and ends of lines and paragraphs, cannot be told apart by eye.
    if any(category(letter) in ("Cc", "Zl", "Zp") for letter in value):
        raise ValueError("id: it has a character that cannot be seen. Type it anew.")
    return value


PersonId = Annotated[str, Field(max_length=200), AfterValidator(_plain)]
"""Who somebody is, whatever they are called; empty where the name says so."""


class Person(Frozen):
    """Somebody who can be rostered."""

    name: Name
    site: Name
    skills: Words = ()
    level: str = ""
    contract: str = "full-time"
    hourly_rate: float | None = Field(default=None, ge=0, allow_inf_nan=False, repr=False)
    start_date: date | None = None
    end_date: date | None = None
    id: PersonId = ""
    """Who it is, whatever the name, such as a staff number; the name unless given.

    Calendars, links, balances and rosters on record follow it when the name changes. Where somebody
    was on record by name alone, the former name is their id. No calendar shows it.
    """

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValueError(f"end_date {self.end_date} is before start_date {self.start_date}")
        return self

    @property
    def key(self) -> str:
        """Who it is, for what has to outlast a change of name."""
        return self.id or self.name

    @property
    def limited(self) -> bool:
        """Whether the contract has a first or a last day."""
        return self.start_date is not None or self.end_date is not None

    def employed(self, day: date) -> bool:
        """Say whether the contract covers *day*."""
        if self.start_date is not None and day < self.start_date:
            return False
        return self.end_date is None or day <= self.end_date

    def off_contract(self, day: date) -> str:
        """Return, as the end of a sentence, on which side of the contract *day* lies; nothing if it
        is inside.
        """
        if self.start_date is not None and day < self.start_date:
            return f"before their contract starts on {self.start_date:%a %d %b %Y}"
        if self.end_date is not None and day > self.end_date:
            return f"after their contract ends on {self.end_date:%a %d %b %Y}"
        return ""


def name_of(people: Iterable[Person], word: str) -> str:
    """Return the name of whoever has *word* as their id and is called otherwise, else *word*."""
    ids: dict[str, str] = {}
    for person in people:
        if person.name == word:
            return word
        if person.id:
            ids[person.id] = person.name
    return ids.get(word, word)


class Availability(Frozen):
    """When a person can work *only*, or *never*: weekdays or a span of dates, and local hours.

    With no hours it means whole days, judged by the day a shift starts.
    """

    person: Name
    can: Literal["only", "never"]
    weekdays: Weekdays = ()
    from_date: date | None = None
    to_date: date | None = None
    start: WallTime | None = None
    end: EndTime | None = None
    """End of the hours; at or before *start* it means the next day."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.from_date and self.to_date and self.to_date < self.from_date:
            raise ValueError(f"to_date {self.to_date} is before from_date {self.from_date}")
        if (self.start is None) != (self.end is None):
            raise ValueError("give both start and end of the hours, or neither for whole days")
        return self

    def applies(self, day: date) -> bool:
        """Say whether *day* is in the span of dates."""
        if self.from_date is not None and day < self.from_date:
            return False
        return self.to_date is None or day <= self.to_date
