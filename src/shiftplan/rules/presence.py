"""Somebody with a skill or a level, always on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from itertools import groupby
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..clock import SLOT, WEEKDAYS, from_to, to_local, weekday_names
from ..errors import count
from ..facts import Facts, Person
from ..facts.base import EndTime, WallTime, Weekdays, ZoneName
from ..facts.people import Words
from ..roster import Roster
from ..roster.coverage import Interval, on_duty, repeated
from ..roster.requirement import Requirement, joined_alike, wanted_in
from .base import Breach, Rule, WorkLimits, holder_problems
from .crews.most import most_on_duty
from .crews.qualified import qualified, requirement
from .crews.stretches import Stretch, assignments_of, joined
from .crews.working import Crew
from .vocabulary import SiteShift, Vocabulary


class Presence(Rule):
    """Count the person-minutes without enough people of a skill or level while it is open.

    They may serve a queue at the same time. After the horizon the last week is taken to repeat
    itself, as far as for demand. It begins when all shifts that could be on duty are known.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"skill": ["lead"]},
        {"level": ["L2"], "heads": 2},
        {"skill": ["lead", "chat"], "weekdays": "sat sun", "start": "06:00", "end": "22:00"},
        {"level": ["L1"], "start": "23:00", "end": "00:00", "clock": "Asia/Kathmandu"},
        {"level": ["L1"], "start": "20:00", "end": "06:00", "for": {"site": ["North"]}},
    )

    personal: ClassVar[bool] = False

    kind: Literal["presence"] = "presence"
    skill: Words = ()
    """Any of these skills will do."""
    level: Words = ()
    """Any of these levels will do; with both given, a person needs one of each."""
    heads: int = Field(default=1, ge=1, le=100)
    weekdays: Weekdays = Field(default=WEEKDAYS, min_length=1)
    start: WallTime = time(0)
    end: EndTime = time(0)
    """Open hours by *clock*; an end at or before the start means the next day."""
    clock: ZoneName | None = None
    """Whose time the hours are in; the team's time zone unless given."""

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if not (self.skill or self.level):
            raise ValueError("name a skill or a level")
        return self

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        staff = count(self.heads, "person", "people")
        are = "is" if self.heads == 1 else "are"
        who = f"{staff} with {self._named}{self.whom.restriction()}"
        return f"At least {who} {are} on duty{self._hours()}."

    def _hours(self) -> str:
        """Return the open hours, as the end of a sentence."""
        every_day = set(self.weekdays) == set(WEEKDAYS)
        all_day = self.start == self.end
        if every_day and all_day:
            return " at every hour"
        times = " all day" if all_day else f" from {self.start:%H:%M} to {self.end:%H:%M}"
        return times if every_day else f"{times} on {weekday_names(self.weekdays)}"

    # -- what is wrong with it, or cannot be met ---------------------------------------------------

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield skills and levels nobody has."""
        unknown = [
            *holder_problems(facts, "skill", self.skill),
            *holder_problems(facts, "level", self.level),
        ]
        yield from unknown
        yield from self.weekday_problems(facts, self.weekdays)
        found = len(self._able(facts))
        if not unknown and found < self.heads:
            key = "skill" if self.skill else "level"
            has = "have" if found > 1 else "has"
            yield (
                f"{key}: {found or 'none'} of the people it applies to {has} {self._named}, "
                f"and it requires {self.heads}. Lower 'heads' or name others."
            )

    def cannot_be_met(self, facts: Facts, limits: WorkLimits) -> Iterator[str]:
        """Yield stretches in which no shifts could bring enough of them on duty."""
        window = facts.window
        most = most_on_duty(facts, self._able(facts), limits)
        slots = [t for t in range(window.start, window.end, SLOT) if self._opened(facts, t)]
        for could, stretch in groupby(slots, key=lambda t: most[t]):
            times = list(stretch)
            if could < self.heads:
                yield self._beyond_any_shift(times, could)

    def _beyond_any_shift(self, times: list[int], could: int) -> str:
        """Return that only so many *could* be on duty in the slots *times*."""
        staff = f"{count(self.heads, 'person', 'people')} with {self._named}"
        # A stretch goes on where closed hours part it.
        parted = times[-1] - times[0] >= SLOT * len(times)
        when = "in the open hours " if parted else ""
        span = from_to(times[0], times[-1] + SLOT)
        bring = f"only {could}" if could else "nobody"
        return f"{staff} must be on duty {when}{span}, but shifts can bring {bring}."

    # -- the measure, for the solver ---------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge each stretch with the same shifts on duty by the people it lacks."""
        crew = Crew(model.facts, self._able(model.facts))
        for shifts, minutes in self._alike(model).items():
            there = crew.working(model, shifts)
            model.at_least(self.heads, there, each=minutes, most=self.heads)

    def _alike(self, model: Vocabulary) -> Counter[frozenset[SiteShift]]:
        """Return how many open minutes the same shifts can be on duty."""
        alike: Counter[frozenset[SiteShift]] = Counter()
        for t, shifts in model.covering.items():
            if self._opened(model.facts, t):
                alike[shifts] += SLOT
        return alike

    # -- the measure, for people -------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per stretch in which as many are missing."""
        facts = roster.facts
        for stretch in joined(self._missing(roster)):
            staff = f"{count(stretch.people, 'person', 'people')} with {self._named}"
            are = "is" if stretch.people == 1 else "are"
            text = f"{staff} {are} missing {stretch.span}."
            opened = self._opened(facts, stretch.start) or facts.first
            day = min(max(opened, facts.first), facts.last)
            yield self.breach(stretch.minutes, text, day=day)

    def _missing(self, roster: Roster) -> Iterator[Stretch]:
        """Yield how many are missing, slot by slot; nobody while it is closed."""
        for t, there in self._there(roster).items():
            opened = self._opened(roster.facts, t)
            yield Stretch(self.heads - there if opened else 0, t, t + SLOT)

    def _there(self, roster: Roster) -> Mapping[int, int]:
        """Return how many of them are on duty in each slot of the window and its tail."""
        window = roster.facts.window
        able = {p.name for p in self._able(roster.facts)}
        known = assignments_of(able, (*roster.before, *roster.assignments))
        assumed = assignments_of(able, repeated(roster))
        in_window = on_duty(known, window.start, window.end)
        in_tail = on_duty([*known, *assumed], window.end, window.tail)
        there = {t: len(on) for t, on in in_window.items()}
        # In the tail somebody may count twice, by a last shift and by a first one repeated.
        there |= {t: on.total() for t, on in in_tail.items()}
        return there

    def required(self, roster: Roster) -> Iterator[Requirement]:
        """Yield how many are required and there while it is open."""
        name = f"{self._several}{self._named}{self._hours()}{self.whom.group()}"
        pieces = joined_alike(self._pieces(roster, name))
        if pieces:
            yield Requirement(self.kind, name, pieces)

    def _pieces(self, roster: Roster, name: str) -> Iterator[Interval]:
        facts, window = roster.facts, roster.facts.window
        able = {p.name for p in self._able(facts)}
        assignments = assignments_of(able, (*roster.before, *roster.assignments))
        for t, on in on_duty(assignments, window.opens, window.end).items():
            if self._opened(facts, t):
                others = facts.could_have_worked.get(t, frozenset())
                unknown = len((others & able) - on.keys())
                yield wanted_in(name, t, t + SLOT, self.heads, len(on), unknown)

    # -- what both read in the plan ----------------------------------------------------------------

    @property
    def _several(self) -> str:
        return f"{self.heads} " if self.heads > 1 else ""

    @property
    def _named(self) -> str:
        return requirement(self.skill, self.level)

    def _able(self, facts: Facts) -> tuple[Person, ...]:
        return tuple(p for p in self.people(facts) if qualified(p, self.skill, self.level))

    def _opened(self, facts: Facts, instant: int) -> date | None:
        """Return the day whose hours are open at *instant*, if any; after midnight it is the day
        before.
        """
        local = to_local(instant, self.clock or facts.site(facts.team.home).timezone)
        now, day = local.time(), local.date()
        if not self._open_at(now):
            return None
        if now < self.start:
            day -= timedelta(days=1)
        judged = WEEKDAYS[day.weekday()] in self.weekdays and self.whom.covers(day)
        return day if judged else None

    def _open_at(self, now: time) -> bool:
        """Say whether it is open at *now*; an end at or before the start is on the next day."""
        if self.start < self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end
