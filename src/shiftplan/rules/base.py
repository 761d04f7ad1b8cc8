"""What every rule is: a measure, taken once for the solver and once for people."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, Field, model_validator

from ..clock import WEEKDAYS, day_start, slot_ceil
from ..errors import nearest
from ..facts import Cell, Facts, Frozen, Person
from ..facts.base import Name
from ..roster import Roster
from .vocabulary import Vocabulary

MUST = "must"

MostDays = Callable[[str, Sequence[date]], int]
"""How many days of a week a person can work at most."""


LeastPaid = Callable[[str, Callable[[date], bool]], int]
"""How many paid minutes a person cannot but work on those days of the horizon that a condition
names.
"""


def _once_each(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"'{name}' is named twice")
    return names


Several = Annotated[tuple[Name, ...], Field(min_length=2), AfterValidator(_once_each)]
"""Two people or more, by name, each once."""


@dataclass(frozen=True)
class Breach:
    """One place where a rule is broken: by how much, who, when, in one sentence."""

    rule: str
    amount: int
    text: str
    who: str | None = None
    day: date | None = None


class Filter(Frozen):
    """Whom a rule is for, and when; every key given must match, any value of a key will do.

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

    def covers(self, day: date) -> bool:
        """Say whether *day* is one the rule looks at."""
        return (self.from_date is None or self.from_date <= day) and (
            self.to_date is None or day <= self.to_date
        )

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

    @property
    def dated(self) -> bool:
        """Whether it leaves out any day."""
        return self.from_date is not None or self.to_date is not None

    def matches(self, person: Person) -> bool:
        """Say whether the rule is for *person*."""
        return (
            (not self.site or person.site in self.site)
            and (not self.skill or any(s in person.skills for s in self.skill))
            and (not self.level or person.level in self.level)
            and (not self.contract or person.contract in self.contract)
            and (not self.names or person.name in self.names)
        )

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield each value nobody has, and a filter nobody passes."""
        known: Mapping[str, set[str]] = {
            "site": {p.site for p in facts.people},
            "skill": {s for p in facts.people for s in p.skills},
            "level": {p.level for p in facts.people if p.level},
            "contract": {p.contract for p in facts.people},
            "names": {p.name for p in facts.people},
        }
        whole = True
        for key, values in known.items():
            for value in getattr(self, key):
                if value not in values:
                    whole = False
                    what = "nobody is called" if key == "names" else f"nobody has the {key}"
                    yield f"for.{key}: {what} '{value}'. {nearest(value, values)}".rstrip()
        if whole and not any(self.matches(p) for p in facts.people):
            yield "for: the filter matches nobody. Loosen it or delete the rule."
        if not any(self.covers(day) for day in facts.days):
            first, last = facts.first, facts.last
            key, wrong = "from_date", f"{self.from_date} is after"
            if self.to_date and self.to_date < first:
                key, wrong = "to_date", f"{self.to_date} is before"
            yield f"for.{key}: {wrong} the horizon {first} to {last}. Correct it or delete the rule."

    def words(self) -> str:
        """Return whom it names, as the end of a sentence: empty for everyone."""
        parts = []
        if self.names:
            parts.append(" or ".join(self.names))
        parts += [f"level {' or '.join(self.level)}"] if self.level else []
        parts += [f"contract {' or '.join(self.contract)}"] if self.contract else []
        parts += [f"skill {' or '.join(self.skill)}"] if self.skill else []
        parts += [f"site {' or '.join(self.site)}"] if self.site else []
        parts += [f"from {self.from_date}"] if self.from_date else []
        parts += [f"until {self.to_date}"] if self.to_date else []
        return f" ({', '.join(parts)})" if parts else ""


class Rule(Frozen):
    """A rule measures how far a roster breaks it; whether that is forbidden is its *strength*.

    ``encode`` and ``check`` must agree on the measure for every roster:
    ``tests/rules/test_contract.py`` holds every rule to it.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({},)
    """Parameters shown in the reference and tried by the contract test, one set at least on the
    boundary.
    """

    personal: ClassVar[bool] = True
    """Whether it judges each person alone; a rule about people together says False."""

    kind: str
    strength: str = MUST
    """``must``, or the name of the goal that pays for a breach."""
    weight: int = Field(default=1, ge=1, le=1_000_000)
    whom: Filter = Field(default=Filter(), alias="for")
    enabled: bool = True
    """False switches the rule off: it stays in the plan file and counts for nothing."""
    source: str = Field(default="", max_length=1000)
    """Where the rule comes from: a statute, an agreement, a study; told with its breaches."""

    @property
    def counts_holidays(self) -> bool:
        """Whether the rule asks for public holidays."""
        return False

    @abstractmethod
    def sentence(self) -> str:
        """Return the rule as one sentence a planner would say."""

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield what in the facts makes this rule meaningless, each starting with the key at fault."""
        yield from ()

    def notices(self, facts: Facts) -> Iterator[str]:
        """Yield what is no mistake and yet worth knowing about the rule and these facts."""
        yield from ()

    @abstractmethod
    def encode(self, model: Vocabulary) -> None:
        """Add the measure to the model."""

    @abstractmethod
    def check(self, roster: Roster) -> Iterable[Breach]:
        """Yield every breach in *roster*, without looking at the model."""

    def most_days(self, facts: Facts, who: str, week: Sequence[date]) -> int:
        """Return how many days of *week* the rule, as a must, leaves *who* to work at most."""
        return len(week)

    def out_of_reach(self, facts: Facts, most_days: MostDays) -> Iterator[str]:
        """Yield what the rule wants and no roster can give, by counting; *most_days* is by all
        musts.
        """
        yield from ()

    def least_paid(self, facts: Facts, who: str, days: Sequence[date]) -> int:
        """Return how many paid minutes the rule, as a must, makes *who* work in *days* at least.

        *days* is a week of the horizon, or all of it.
        """
        return 0

    def exceeded(self, facts: Facts, least_paid: LeastPaid) -> Iterator[str]:
        """Yield what the rule allows and the work that all musts ask for exceeds, by counting."""
        yield from ()

    def near(self, roster: Roster, chance: Random) -> frozenset[Cell]:
        """Return cells a search does well to decide anew together, drawn by *chance*, or none."""
        return frozenset()

    def people(self, facts: Facts) -> tuple[Person, ...]:
        """Return the people the rule is for."""
        named = self.whom.names
        pool = facts.people
        if (
            len(named) == 1
        ):  # asked for one person after another when a roster is judged as it is edited
            pool = (facts.person(named[0]),) if facts.has_person(named[0]) else ()
        return tuple(p for p in pool if self.whom.matches(p))

    def days_inside(self, facts: Facts) -> tuple[date, ...]:
        """Return the days of the horizon the rule looks at."""
        return tuple(filter(self.whom.covers, facts.days)) if self.whom.dated else facts.days

    def weeks_inside(self, facts: Facts) -> tuple[tuple[date, ...], ...]:
        """Return the weeks of the horizon the rule looks at: those whose last day it looks at."""
        return tuple(week for week in facts.weeks if self.whom.covers(week[-1]))

    def judges_week_of(self, facts: Facts, day: date) -> bool:
        """Say whether the week of *day* is one the rule looks at."""
        return not self.whom.dated or any(day in week for week in self.weeks_inside(facts))

    def week_problems(self, facts: Facts) -> Iterator[str]:
        """Yield that a rule that goes by the week looks at none."""
        if self.days_inside(facts) and not self.weeks_inside(facts):
            yield "for: no week ends on the dates it is for, so it judges nothing. Widen them."

    def weekday_problems(self, facts: Facts, weekdays: Collection[str]) -> Iterator[str]:
        """Yield that a rule for *weekdays* looks at none of them."""
        days = self.days_inside(facts)
        if days and not any(WEEKDAYS[day.weekday()] in weekdays for day in days):
            yield f"for: none of the dates it is for is a {' or '.join(weekdays)}. Widen them."

    def breach(
        self, amount: int, text: str, who: str | None = None, day: date | None = None
    ) -> Breach:
        """Return a breach of this rule."""
        return Breach(self.kind, amount, text, who, day)


def selector_problems(
    facts: Facts, key: str, words: Iterable[str], people: Collection[Person] = ()
) -> Iterator[str]:
    """Yield a sentence for each word that names no shift, family or kind, or none that *people* can
    work.
    """
    able = {code for p in people for code in facts.codes(p.name)}
    for word in words:
        codes = facts.select(word)
        if people and codes and able.isdisjoint(codes):
            yield f"{key}: nobody it is for can work '{word}'. Name another shift or other people."
        if not codes:
            yield f"{key}: '{word}' is no shift, family or kind. {nearest(word, facts.selectors)}".rstrip()


def holder_problems(facts: Facts, key: str, words: Iterable[str]) -> Iterator[str]:
    """Yield a sentence for each skill, or level if *key* says so, that nobody has."""
    what = "level" if key.endswith("level") else "skill"
    found = {
        word for p in facts.people for word in ((p.level,) if what == "level" else p.skills) if word
    }
    for word in words:
        if word not in found:
            yield f"{key}: nobody has the {what} '{word}'. {nearest(word, found)}".rstrip()
