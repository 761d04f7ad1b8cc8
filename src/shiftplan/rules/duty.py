"""A duty of the day, and somebody at work to be assigned it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar, Literal

from pydantic import Field

from ..clock import WEEKDAYS, day_start, weekday_names
from ..errors import count as counted
from ..facts import Facts, Person
from ..facts.base import Name, Weekdays
from ..facts.people import Words
from ..roster import Roster
from ..roster.coverage import Interval
from ..roster.requirement import Requirement, wanted_in
from .base import Breach, Rule, WorkLimits, holder_problems, selector_problems
from .crews.qualified import qualified, requirement
from .vocabulary import Vocabulary


class Duty(Rule):
    """Count, day by day, how many people a duty is short of among those at work who can be assigned
    it.

    The day is that of the shift, local at each person's site, so the first day is judged whatever
    is on record before. Who of several is assigned it is for ``assign_duties``.
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
    """How many people are assigned it on each day."""
    skill: Words = ()
    """Any of these skills will do; everyone can be assigned it unless skill or level is given."""
    level: Words = ()
    """Any of these levels will do; with both given, a person needs one of each."""
    of: Words = Field(default=("any",), min_length=1)
    """Shifts, families or kinds of those who can be assigned it."""
    weekdays: Weekdays = Field(default=WEEKDAYS, min_length=1)
    """Days that have the duty."""

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        every_day = set(self.weekdays) == set(WEEKDAYS)
        days = "Every day" if every_day else f"On {weekday_names(self.weekdays)}"
        who = "one person" if self.count == 1 else f"{self.count} people"
        named = requirement(self.skill, self.level)
        who += f" with {named}" if named else ""
        shifts = "" if "any" in self.of else f" on {' or '.join(self.of)}"
        staff = f"{who}{self.whom.restriction()} at work{shifts}"
        return f"{days} at least {staff} can be assigned '{self.name}'."

    # -- what is wrong with it, or cannot be met ---------------------------------------------------

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield shifts that do not exist, skills nobody has, and too few who can be assigned it."""
        wrong = [
            *selector_problems(facts, "of", self.of, self.people(facts)),
            *holder_problems(facts, "skill", self.skill),
            *holder_problems(facts, "level", self.level),
        ]
        yield from wrong
        yield from self.weekday_problems(facts, self.weekdays)
        found = len(self._able(facts))
        if not wrong and found < self.count:
            yield (
                f"{self._key}: {found or 'none'} of the people it applies to can be assigned it, "
                f"and it requires {self.count}. Lower 'count' or name others."
            )

    @property
    def _key(self) -> str:
        """The parameter that leaves too few people."""
        if self.skill:
            return "skill"
        return "level" if self.level else "count"

    def cannot_be_met(self, facts: Facts, limits: WorkLimits) -> Iterator[str]:
        """Yield days on which too few can work."""
        able, codes = self._able(facts), self._codes(facts)
        for day in self._days(facts):
            found = sum(limits.most_days(p.name, (day,), codes) > 0 for p in able)
            if found < self.count:
                staff = counted(self.count, "person", "people")
                can_work = f"only {found}" if found else "none"
                yield (
                    f"'{self.name}' on {day:%a %d %b} requires {staff}, but {can_work} of those "
                    "who can be assigned it can work."
                )

    # -- the measure, for the solver ---------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge each day by how many people short it is."""
        able, codes = self._able(model.facts), self._codes(model.facts)
        for day in self._days(model.facts):
            there = sum(model.works(p.name, day, codes) for p in able)
            model.at_least(self.count, there, most=self.count)

    # -- the measure, for people -------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterable[Breach]:
        """Yield one breach per day."""
        for day, there in self.candidates(roster).items():
            missing = self.count - len(there)
            if missing > 0:
                people = counted(missing, "person", "people")
                text = f"'{self.name}' on {day:%a %d %b} is {people} short of {self.count}."
                yield self.breach(missing, text, day=day)

    def required(self, roster: Roster) -> Iterator[Requirement]:
        """Yield how many are required and could be assigned it, day by day."""
        home = roster.facts.site(roster.facts.team.home).timezone
        name = f"{self.name}{self.whom.group()}"
        found: list[Interval] = []
        for day, there in self.candidates(roster).items():
            # The day is that of each person's shift; where one line stands for all, the team's.
            start, end = day_start(day, home), day_start(day + timedelta(days=1), home)
            found.append(wanted_in(name, start, end, self.count, len(there)))
        if found:
            yield Requirement(self.kind, name, tuple(found), "day", zone=home)

    def candidates(self, roster: Roster) -> Mapping[date, tuple[str, ...]]:
        """Return, for each day that has the duty, who at work can be assigned it."""
        facts = roster.facts
        able, codes = self._able(facts), self._codes(facts)
        found = {}
        for day in self._days(facts):
            found[day] = tuple(p.name for p in able if roster.at(p.name, day) in codes)
        return found

    # -- what both read in the plan ----------------------------------------------------------------

    def _days(self, facts: Facts) -> Iterator[date]:
        """Yield the days that have the duty."""
        for day in self.days_inside(facts):
            if WEEKDAYS[day.weekday()] in self.weekdays:
                yield day

    def _codes(self, facts: Facts) -> frozenset[str]:
        return frozenset().union(*(facts.select(word) for word in self.of))

    def _able(self, facts: Facts) -> tuple[Person, ...]:
        """Return who has the skill and level, and a shift on which to be assigned it."""
        codes = self._codes(facts)
        named = [p for p in self.people(facts) if qualified(p, self.skill, self.level)]
        return tuple(p for p in named if not codes.isdisjoint(facts.codes(p.name)))
