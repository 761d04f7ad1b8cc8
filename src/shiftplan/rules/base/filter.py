"""The filter of a rule: whom it applies to, and on which dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Self

from pydantic import model_validator

from ...clock import day_start, slot_ceil
from ...errors import count, nearest
from ...facts import Facts, Frozen, Person


class Filter(Frozen):
    """Whom a rule applies to, and when; every key given must match, any value of a key will do.

    A rule with dates looks at those days only, both ends included. A day, a shift or a quarter hour
    counts if its date lies inside. What takes several days - a run, a pair of shifts, a sequence, a
    week, any N days - is looked at from its beginning, and counts if the day on which it is broken
    or ends lies inside. A limit for the horizon is one for the days inside. What the last date cuts
    is never too short.
    """

    site: tuple[str, ...] = ()
    skill: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    contract: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    from_date: date | None = None
    """First day the rule looks at; the first there is unless given."""
    to_date: date | None = None
    """Last day the rule looks at; the last there is unless given."""

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.from_date and self.to_date and self.to_date < self.from_date:
            raise ValueError(f"to_date {self.to_date} is before from_date {self.from_date}")
        return self

    # -- dates -----------------------------------------------------------------------------------

    @property
    def dated(self) -> bool:
        """Whether it leaves out any day."""
        return self.from_date is not None or self.to_date is not None

    def covers(self, day: date) -> bool:
        """Say whether *day* is one the rule looks at."""
        if self.from_date is not None and day < self.from_date:
            return False
        return self.to_date is None or day <= self.to_date

    def clip(self, start: int, end: int, tz: str) -> tuple[int, int]:
        """Return the instants from *start* to *end* whose date in *tz* is one the rule looks at.

        Both are on the grid of slots if *start* and *end* are. Nothing is left if the second is not
        later.
        """
        if self.from_date:
            start = max(start, slot_ceil(day_start(self.from_date, tz)))
        if self.to_date:
            end = min(end, slot_ceil(day_start(self.to_date + timedelta(days=1), tz)))
        return start, max(start, end)

    # -- people ----------------------------------------------------------------------------------

    def matches(self, person: Person) -> bool:
        """Say whether the rule applies to *person*."""
        if self.names and person.name not in self.names:
            return False
        if self.site and person.site not in self.site:
            return False
        return self._has_any(person)

    def _has_any(self, person: Person) -> bool:
        """Say whether *person* has a skill, a level and a contract of those named."""
        if self.skill and not any(skill in person.skills for skill in self.skill):
            return False
        if self.level and person.level not in self.level:
            return False
        return not self.contract or person.contract in self.contract

    # -- in words --------------------------------------------------------------------------------

    def group(self) -> str:
        """Return whom it applies to without naming people, as the end of a name: empty for
        everyone.
        """
        labels = {"": self.site, "skill ": self.skill, "level ": self.level}
        labels |= {"contract ": self.contract}
        parts = [label + " or ".join(values) for label, values in labels.items() if values]
        if self.names:
            parts.append(count(len(self.names), "person", "people") + " by name")
        return f" ({', '.join(parts)})" if parts else ""

    def restriction(self) -> str:
        """Return whom it names, as the end of a sentence: empty for everyone."""
        labels = {"": self.names, "level ": self.level, "contract ": self.contract}
        labels |= {"skill ": self.skill, "site ": self.site}
        parts = [label + " or ".join(values) for label, values in labels.items() if values]
        if self.from_date:
            parts.append(f"from {self.from_date}")
        if self.to_date:
            parts.append(f"until {self.to_date}")
        return f" ({', '.join(parts)})" if parts else ""

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield each value nobody has, a filter nobody passes, and dates outside the horizon."""
        unknown = list(self._unknown_values(facts))
        yield from unknown
        # A filter with a value nobody has matches nobody for that reason; once is enough.
        if not unknown and not any(map(self.matches, facts.people)):
            yield "for: the filter matches nobody. Loosen it or delete the rule."
        if not any(map(self.covers, facts.days)):
            yield self._outside(facts)

    def _unknown_values(self, facts: Facts) -> Iterator[str]:
        """Yield each value nobody has."""
        for key, values in _values(facts.people).items():
            what = "nobody is called" if key == "names" else f"nobody has the {key}"
            for value in getattr(self, key):
                if value not in values:
                    yield f"for.{key}: {what} '{value}'. {nearest(value, values)}".rstrip()

    def _outside(self, facts: Facts) -> str:
        """Return on which side the dates miss the horizon."""
        if self.to_date and self.to_date < facts.first:
            key, wrong = "to_date", f"{self.to_date} is before"
        else:
            key, wrong = "from_date", f"{self.from_date} is after"
        horizon = f"the horizon {facts.first} to {facts.last}"
        return f"for.{key}: {wrong} {horizon}. Correct it or delete the rule."


def _values(people: Sequence[Person]) -> Mapping[str, set[str]]:
    """Return what *people* have of each that a filter can name."""
    return {
        "site": {person.site for person in people},
        "skill": {skill for person in people for skill in person.skills},
        "level": {person.level for person in people if person.level},
        "contract": {person.contract for person in people},
        "names": {person.name for person in people},
    }
