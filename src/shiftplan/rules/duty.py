"""A duty of the day, and somebody at work to own it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar, Literal

from pydantic import Field

from ..clock import WEEKDAYS
from ..facts import Facts, Person
from ..facts.base import Name, Weekdays
from ..facts.people import Words
from ..roster import Roster
from .base import Breach, MostDays, Rule, holder_problems, selector_problems
from .vocabulary import Vocabulary


class Duty(Rule):
    """Count, day by day, the owners a duty lacks among those who work a shift on which they could
    own it.

    The day is that of the shift, local at each person's site. Who owns it among several is for
    ``owners``.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"name": "Daily report"},
        {"name": "Escalations", "skill": ["lead"], "of": "night Q"},
        {"name": "Review", "level": ["L2"], "count": 2, "weekdays": "mon-fri"},
        {
            "name": "Night report",
            "skill": ["chat", "lead"],
            "level": ["L1"],
            "of": "N",
            "for": {"site": ["North"]},
        },
    )

    personal: ClassVar[bool] = False

    kind: Literal["duty"] = "duty"
    name: Name
    """What it is called."""
    count: int = Field(default=1, ge=1, le=100)
    """How many owners it needs on each day."""
    skill: Words = ()
    """Any of these skills makes an owner; everyone can be one unless skill or level is given."""
    level: Words = ()
    """Any of these levels makes an owner; with both given, a person needs one of each."""
    of: Words = Field(default=("any",), min_length=1)
    """Shifts, families or kinds on which it can be owned."""
    weekdays: Weekdays = Field(default=WEEKDAYS, min_length=1)
    """Days that have the duty."""

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        named = " and ".join(filter(None, (" or ".join(self.skill), " or ".join(self.level))))
        who = "one person" if self.count == 1 else f"{self.count} people"
        who += f" with {named}" if named else ""
        days = (
            "Every day" if set(self.weekdays) == set(WEEKDAYS) else f"On {', '.join(self.weekdays)}"
        )
        shifts = "" if "any" in self.of else f" on {' or '.join(self.of)}"
        return f"{days} at least {who}{self.whom.words()} can own '{self.name}' at work{shifts}."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield shifts that do not exist, skills nobody has, and too few who could ever own it."""
        people = self.people(facts)
        wrong = [
            *selector_problems(facts, "of", self.of, people),
            *holder_problems(facts, "skill", self.skill),
        ]
        wrong += holder_problems(facts, "level", self.level)
        yield from wrong
        yield from self.weekday_problems(facts, self.weekdays)
        found = len(self._able(facts))
        if not wrong and found < self.count:
            key = "skill" if self.skill else "level" if self.level else "count"
            who = f"{found or 'nobody'} of the people it is for"
            yield f"{key}: {who} can own it, {self.count} wanted. Ask for fewer or name others."

    def _codes(self, facts: Facts) -> frozenset[str]:
        return frozenset().union(*(facts.select(word) for word in self.of))

    def _able(self, facts: Facts) -> tuple[Person, ...]:
        """Return who has the skill and level, and a shift to own it on."""
        codes = self._codes(facts)
        return tuple(
            p
            for p in self.people(facts)
            if (not self.skill or any(s in p.skills for s in self.skill))
            and (not self.level or p.level in self.level)
            and not codes.isdisjoint(facts.codes(p.name))
        )

    def out_of_reach(self, facts: Facts, most_days: MostDays) -> Iterator[str]:
        """Yield days on which too few can work."""
        able = self._able(facts)
        for day in self.days_inside(facts):
            if WEEKDAYS[day.weekday()] in self.weekdays:
                found = sum(most_days(p.name, (day,)) > 0 for p in able)
                if found < self.count:
                    yield (
                        f"'{self.name}' on {day:%a %d %b} needs {self.count} to own it, but "
                        f"{found or 'nobody'} of those who could can work."
                    )

    def encode(self, model: Vocabulary) -> None:
        """Charge each day by the owners it lacks."""
        facts = model.facts
        codes = self._codes(facts)
        for day in self.days_inside(facts):
            if WEEKDAYS[day.weekday()] in self.weekdays:
                owners = sum(model.works(p.name, day, codes) for p in self._able(facts))
                model.at_least(self.count, owners, most=self.count)

    def candidates(self, roster: Roster) -> Mapping[date, tuple[str, ...]]:
        """Return, for each day that has the duty, who could own it among those at work."""
        facts = roster.facts
        able, codes = [p.name for p in self._able(facts)], self._codes(facts)
        return {
            day: tuple(who for who in able if roster.at(who, day) in codes)
            for day in self.days_inside(facts)
            if WEEKDAYS[day.weekday()] in self.weekdays
        }

    def check(self, roster: Roster) -> Iterable[Breach]:
        """Yield one breach per day."""
        for day, there in self.candidates(roster).items():
            missing = self.count - len(there)
            if missing > 0:
                text = f"'{self.name}' on {day:%a %d %b} lacks {missing} of {self.count} to own it."
                yield self.breach(missing, text, day=day)
