"""Who is on duty beside whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from ..clock import SLOT
from ..errors import count
from ..facts import Facts
from ..facts.people import Words
from ..roster import Roster
from ..roster.coverage import Interval, on_duty, site_window
from ..roster.requirement import Requirement, joined_alike, wanted_in
from .base import Breach, Rule, holder_problems
from .crews.limits import higher_of, whole_hundreds
from .crews.places import SiteOrTeam, alike_at
from .crews.qualified import qualified, requirement
from .crews.stretches import Stretch, assignments_of, joined
from .crews.working import Crew
from .vocabulary import Expr, SiteShift, Vocabulary


class Crews(NamedTuple):
    """Who is counted at a place, for the solver."""

    limited: Crew
    beside: Crew
    everyone: Crew
    size: int
    """How many there are at all."""


class Mix(Rule):
    """Count the person-minutes with too many people of a level or skill among those on duty.

    Too many is above a number, above a share of all on duty, rounded down, or above those whom
    somebody beside them looks after; each quarter hour counts by who is there for the whole of it.
    People still on duty from before the horizon are never too many by themselves. It begins when
    all shifts that could be on duty are known, as for demand.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"level": ["L1"], "max": 1},
        {"level": ["L1"], "max_share": 50},
        {"skill": ["chat"], "max_share": 34, "per": "team"},
        {"level": ["L1"], "beside_level": ["L2"]},
        {"level": ["L1"], "beside_skill": ["lead"], "each": 1, "per": "team"},
        {"skill": ["tickets"], "max": 0, "for": {"site": ["South"]}},
    )

    personal: ClassVar[bool] = False

    kind: Literal["mix"] = "mix"
    level: Words = ()
    """Whom it limits: people of any of these levels."""
    skill: Words = ()
    """Whom it limits: people with any of these skills; with both given, with one of each."""
    max: int | None = Field(default=None, ge=0, le=100_000)
    """How many of them at once."""
    max_share: int | None = Field(default=None, ge=0, le=100)
    """How many per cent of all on duty they may be."""
    beside_level: Words = ()
    """Who looks after them: people of any of these levels, who are never limited themselves."""
    beside_skill: Words = ()
    """Who looks after them: people with any of these skills; with both given, one of each."""
    each: int | None = Field(default=None, ge=1, le=100_000)
    """How many one of those can look after; any number unless given."""
    per: Literal["site", "team"] = "site"
    """Whether those on duty are taken site by site or all together."""

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        if not (self.level or self.skill):
            raise ValueError("name a level or a skill")
        beside = bool(self.beside_level or self.beside_skill)
        if (self.max is not None) + (self.max_share is not None) + beside != 1:
            raise ValueError(
                "give one of 'max', 'max_share' and who is 'beside_level' or 'beside_skill'"
            )
        if self.each is not None and not beside:
            raise ValueError("each: name who looks after them, by 'beside_level' or 'beside_skill'")
        return self

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        named = requirement(self.skill, self.level)
        whom, where = self.whom.restriction(), " at a site" if self.per == "site" else ""
        if self.max is not None:
            staff = count(self.max, "person", "people")
            are = "is" if self.max == 1 else "are"
            return f"At most {staff} with {named}{whom} {are} on duty at once{where}."
        if self.max_share is not None:
            return f"At most {self.max_share}% of all{whom} on duty at once{where} have {named}."
        beside = requirement(self.beside_skill, self.beside_level)
        after = f", one for every {self.each}" if self.each else ""
        some = f"somebody with {named}{whom}"
        return f"When {some} is on duty{where}, somebody with {beside} is on duty too{after}."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield levels and skills nobody has, and that it limits nobody."""
        unknown: list[str] = []
        for key in ("level", "skill", "beside_level", "beside_skill"):
            unknown += holder_problems(facts, key, getattr(self, key))
        yield from unknown
        if not unknown:
            yield from self._unlimited(facts)

    def _unlimited(self, facts: Facts) -> Iterator[str]:
        """Yield that it limits nobody, or that nobody can ever look after those it limits."""
        named = any(qualified(p, self.skill, self.level) for p in self.people(facts))
        if not named:
            key = "level" if self.level else "skill"
            some = requirement(self.skill, self.level)
            yield f"{key}: nobody it applies to has {some}. Loosen 'for'."
        key = "beside_level" if self.beside_level else "beside_skill"
        if self._looks_after and not self._beside(facts):
            beside = requirement(self.beside_skill, self.beside_level)
            yield f"{key}: nobody it applies to has {beside}. Loosen 'for'."
        elif named and not self._limited(facts):
            yield (
                f"{key}: everyone it limits is one of these too, so it limits nobody. Name others."
            )

    # -- the measure, for the solver ---------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge each stretch with the same shifts on duty by the people over."""
        for place in self._places(model.facts):
            crews = self._crews(model.facts, place)
            for shifts, minutes in alike_at(model, place).items():
                self._charge(model, crews, shifts, minutes)

    def _crews(self, facts: Facts, place: SiteOrTeam) -> Crews:
        """Return those at *place* whom it limits, who look after them, and everyone."""
        limited, beside = self._limited(facts), self._beside(facts)
        return Crews(
            Crew(facts, [p for p in place.people if p.name in limited]),
            Crew(facts, [p for p in place.people if p.name in beside]),
            Crew(facts, place.people),
            len(place.people),
        )

    def _charge(
        self, model: Vocabulary, crews: Crews, shifts: frozenset[SiteShift], minutes: int
    ) -> None:
        """Charge one stretch, *minutes* long, in which *shifts* can be on duty."""
        recorded = crews.limited.on_record(model, shifts)
        there = crews.limited.working(model, shifts)
        # Those on record are never too many by themselves.
        if isinstance(there, int) and there == recorded:
            return
        allowed = self._allowed_of(model, crews, shifts)
        limit = higher_of(model, recorded, allowed, crews.size)
        model.at_most(limit, there, each=minutes, most=crews.size)

    def _allowed_of(self, model: Vocabulary, crews: Crews, shifts: frozenset[SiteShift]) -> Expr:
        """Return how many of those it limits may be on duty while *shifts* can be."""
        if self.max is not None:
            return self.max
        if self.max_share is not None:
            hundredths = self.max_share * crews.everyone.working(model, shifts)
            return whole_hundreds(model, hundredths, crews.size)
        # Unless it says for how many, one person beside them is enough for all there are.
        each = self.each or crews.size
        return each * crews.beside.working(model, shifts)

    # -- the measure, for people -------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per place and stretch in which as many are too many."""
        facts = roster.facts
        for place in self._places(facts):
            zone = facts.site(place.name or facts.team.home).timezone
            for stretch in joined(self._excesses(roster, place)):
                text = self._too_many(stretch, place)
                yield self.breach(stretch.minutes, text, day=stretch.day(facts, zone))

    def _excesses(self, roster: Roster, place: SiteOrTeam) -> Iterator[Stretch]:
        """Yield by how many there are too many, slot by slot."""
        for t, there, most in self._limits(roster, place, place.start):
            yield Stretch(there - most, t, t + SLOT)

    def _limits(
        self, roster: Roster, place: SiteOrTeam, start: int
    ) -> Iterator[tuple[int, int, int]]:
        """Yield each slot from *start* on, how many of those it limits are on duty, and how many
        may be.
        """
        limited, beside = self._limited(roster.facts), self._beside(roster.facts)
        here = {p.name for p in place.people}
        before = assignments_of(here, roster.before)
        assignments = [*before, *assignments_of(here, roster.assignments)]
        recorded = on_duty(before, start, place.end)
        for t, on in on_duty(assignments, start, place.end).items():
            allowed = self._allowed(len(on), len(beside & on.keys()))
            # Those on record are never too many by themselves.
            on_record = len(limited & recorded[t].keys())
            yield t, len(limited & on.keys()), max(allowed, on_record)

    def required(self, roster: Roster) -> Iterator[Requirement]:
        """Yield, place by place, how many of those it limits are on duty, and how many may be."""
        for place in self._places(roster.facts):
            name = self._name_of(place)
            pieces = joined_alike(self._pieces(roster, place, name))
            if pieces:
                yield Requirement(self.kind, name, pieces)

    def _pieces(self, roster: Roster, place: SiteOrTeam, name: str) -> Iterator[Interval]:
        unknown = roster.facts.could_have_worked
        here = {p.name for p in place.people}
        for t, there, most in self._limits(roster, place, place.opens):
            if t < place.start and not here.isdisjoint(unknown.get(t, ())):
                # Others may have been beside them, or may have been too many with them.
                yield wanted_in(name, t, t + SLOT, there, 0, there)
            else:
                yield wanted_in(name, t, t + SLOT, there, min(there, most))

    def _name_of(self, place: SiteOrTeam) -> str:
        """Return what it requires there in a few words."""
        some = requirement(self.skill, self.level)
        if self.max is not None:
            what = f"at most {self.max} {some}"
        elif self.max_share is not None:
            what = f"at most {self.max_share}% {some}"
        else:
            what = f"{some} beside {requirement(self.beside_skill, self.beside_level)}"
        where = f", {place.name}" if place.name else ""
        return f"{what}{where}{self.whom.group()}"

    def _allowed(self, everyone: int, beside: int) -> int:
        """Return how many of those it limits may be among *everyone* on duty."""
        if self.max is not None:
            return self.max
        if self.max_share is not None:
            return everyone * self.max_share // 100
        if self.each is not None:
            return self.each * beside
        # Unless it says for how many, one person beside them is enough for all there are.
        return everyone if beside else 0

    def _too_many(self, stretch: Stretch, place: SiteOrTeam) -> str:
        """Return the sentence of a breach."""
        people = count(stretch.people, "person", "people")
        some = requirement(self.skill, self.level)
        are = "is" if stretch.people == 1 else "are"
        where = f" at {place.name}" if place.name else ""
        if self._looks_after:
            beside = requirement(self.beside_skill, self.beside_level)
            what = (
                f"{people} with {some} {are} on duty{where} without enough people with {beside} "
                "beside them"
            )
        else:
            what = f"{people} too many with {some} {are} on duty{where}"
        return f"{what} {stretch.span}."

    # -- what both read in the plan ----------------------------------------------------------------

    @property
    def _looks_after(self) -> bool:
        """Whether the limit is given by who is beside them."""
        return bool(self.beside_level or self.beside_skill)

    def _limited(self, facts: Facts) -> frozenset[str]:
        """Return whom it limits; who looks after others is not limited."""
        named = [p.name for p in self.people(facts) if qualified(p, self.skill, self.level)]
        return frozenset(named) - self._beside(facts)

    def _beside(self, facts: Facts) -> frozenset[str]:
        """Return who looks after those it limits."""
        if not self._looks_after:
            return frozenset()
        people = self.people(facts)
        return frozenset(
            p.name for p in people if qualified(p, self.beside_skill, self.beside_level)
        )

    def _places(self, facts: Facts) -> Iterator[SiteOrTeam]:
        """Yield each site, or the team as a whole."""
        people = self.people(facts)
        if self.per == "team":
            home = facts.site(facts.team.home).timezone
            start, end = self.whom.clip(facts.window.start, facts.window.end, home)
            opens, _ = self.whom.clip(facts.window.opens, facts.window.end, home)
            yield SiteOrTeam("", people, start, end, opens)
            return
        for site in {p.site: None for p in people}:
            here = tuple(p for p in people if p.site == site)
            zone = facts.site(site).timezone
            start, end = self.whom.clip(*site_window(facts, site), zone)
            opens, _ = self.whom.clip(*site_window(facts, site, judged=False), zone)
            yield SiteOrTeam(site, here, start, end, opens)
