"""Somebody with a skill or a level, always on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import groupby
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..clock import SLOT, WEEKDAYS, from_instant, to_local
from ..facts import Facts, Person
from ..facts.base import WallTime, Weekdays, ZoneName
from ..facts.people import Words
from ..roster import Roster
from ..roster.coverage import on_duty, reach, repeated
from .base import Breach, MostDays, Rule, holder_problems
from .vocabulary import Vocabulary


class Presence(Rule):
    """Count the person-minutes without enough people of a skill or level, over the hours it is
    open.

    They may serve a queue at the same time. After the window the last week is taken to repeat
    itself, as for demand.
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
    end: WallTime = time(0)
    """Open hours by *clock*; an end at or before the start means the next day."""
    clock: ZoneName | None = None
    """The team's home unless given."""

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if not (self.skill or self.level):
            raise ValueError("name a skill or a level")
        return self

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        who = " and ".join(filter(None, (" or ".join(self.skill), " or ".join(self.level))))
        always = self.start == self.end and set(self.weekdays) == set(WEEKDAYS)
        days = "" if set(self.weekdays) == set(WEEKDAYS) else f" on {', '.join(self.weekdays)}"
        times = (
            f" from {self.start:%H:%M} to {self.end:%H:%M}"
            if self.start != self.end
            else " all day"
        )
        when = " at every hour" if always else f"{times}{days}"
        return f"At least {self.heads} with {who}{self.whom.words()} on duty{when}."

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
            named = " or ".join((*self.skill, *self.level))
            who = f"{found or 'nobody'} of the people it is for"
            yield f"{key}: {who} has {named}, {self.heads} wanted. Ask for fewer or name others."

    def _able(self, facts: Facts) -> tuple[Person, ...]:
        return tuple(
            p
            for p in self.people(facts)
            if (not self.skill or any(s in p.skills for s in self.skill))
            and (not self.level or p.level in self.level)
        )

    def _opened(self, facts: Facts, instant: int) -> date | None:
        """Return the day whose hours are open at *instant*, if any; after midnight it is the day
        before.
        """
        local = to_local(instant, self.clock or facts.site(facts.team.home).timezone)
        day = local.date()
        if local.time() < self.start:
            day -= timedelta(days=1)
        if self.start < self.end:
            open_ = self.start <= local.time() < self.end
        else:
            open_ = local.time() >= self.start or local.time() < self.end
        return (
            day
            if open_ and WEEKDAYS[day.weekday()] in self.weekdays and self.whom.covers(day)
            else None
        )

    def out_of_reach(self, facts: Facts, most_days: MostDays) -> Iterator[str]:
        """Yield stretches in which no shifts could bring enough of them on duty."""
        window = facts.window
        on = reach(facts, self._able(facts), lambda who, day: most_days(who, (day,)) > 0)
        slots = [t for t in range(window.start, window.end, SLOT) if self._opened(facts, t)]
        for (short, most), stretch in groupby(slots, lambda t: (on[t] < self.heads, on[t])):
            times = list(stretch)
            if short:
                named = " or ".join((*self.skill, *self.level))
                yield (
                    f"{self.heads} with {named} must be on duty on {from_instant(times[0]):%a %d %b %H:%M} "
                    f"UTC, but shifts can bring {most or 'nobody'}."
                )

    def encode(self, model: Vocabulary) -> None:
        """Charge each stretch with the same shifts on duty by the heads it lacks."""
        facts = model.facts
        crews: dict[str, list[str]] = defaultdict(list)
        for p in self._able(facts):
            crews[p.site].append(p.name)
        alike: dict[frozenset[tuple[str, Any, str]], int] = defaultdict(int)
        for t, shifts in model.covering.items():
            if self._opened(facts, t):
                alike[shifts] += SLOT
        for shifts, minutes in alike.items():
            on = sum(
                model.headcount(fit, day, code)
                for site, day, code in shifts
                if (
                    fit := tuple(
                        w for w in crews[site] if day < facts.first or code in facts.codes(w)
                    )
                )
            )
            model.at_least(self.heads, on, each=minutes, most=self.heads)

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per stretch in which as many are missing."""
        facts = roster.facts
        window = facts.window
        able = {p.name for p in self._able(facts)}
        known = [d for d in (*roster.before, *roster.duties) if d.who in able]
        assumed = [d for d in repeated(roster) if d.who in able]
        slots = {
            t: self.heads - len(on) for t, on in on_duty(known, window.start, window.end).items()
        } | {
            t: self.heads - on.total()
            for t, on in on_duty([*known, *assumed], window.end, window.tail).items()
        }
        opened = {t: self._opened(facts, t) for t in slots}
        short = ((t, max(0, missing) if opened[t] else 0) for t, missing in slots.items())
        for missing, stretch in groupby(short, lambda s: s[1]):
            times = [t for t, _ in stretch]
            if missing:
                text = (
                    f"{missing} with {' or '.join((*self.skill, *self.level))} missing from "
                    f"{from_instant(times[0]):%a %d %b %H:%M} to {from_instant(times[-1] + SLOT):%H:%M} UTC."
                )
                day = min(max(opened[times[0]] or facts.first, facts.first), facts.last)
                yield self.breach(missing * SLOT * len(times), text, day=day)
