"""Who is on duty beside whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..clock import SLOT, from_instant, to_local
from ..facts import Facts, Person
from ..facts.people import Words
from ..roster import Roster
from ..roster.coverage import on_duty, site_window
from .base import Breach, Rule, holder_problems
from .vocabulary import Expr, SiteShift, Vocabulary

Crews = Mapping[tuple[str, str], tuple[str, ...]]
"""Names by site and code."""


class Mix(Rule):
    """Count the person-minutes with too many people of a level or skill among those on duty.

    Too many is above a number, above a share of all on duty, rounded down, or above those whom
    somebody beside them looks after; each quarter hour counts by who is there for the whole of it.
    People still on duty from before the horizon are never too many by themselves.
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
    """Whom it limits: people with any of these skills; with both given, a person needs one of each."""
    max: int | None = Field(default=None, ge=0, le=100_000)
    """How many of them at once."""
    max_share: int | None = Field(default=None, ge=0, le=100)
    """How many per cent of all on duty they may be."""
    beside_level: Words = ()
    """Who looks after them: people of any of these levels, who are then never limited themselves."""
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
        some, beside = _words(self.level, self.skill), _words(self.beside_level, self.beside_skill)
        where = " at a site" if self.per == "site" else ""
        if self.max is not None:
            return f"At most {self.max} with {some}{self.whom.words()} on duty at once{where}."
        if self.max_share is not None:
            return f"At most {self.max_share}% of all{self.whom.words()} on duty at once{where} have {some}."
        after = f", one for every {self.each}" if self.each else ""
        return f"With {some}{self.whom.words()} on duty{where}, {beside} is on duty too{after}."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield levels and skills nobody has, and that it limits nobody."""
        unknown = [
            text
            for key in ("level", "skill", "beside_level", "beside_skill")
            for text in holder_problems(facts, key, getattr(self, key))
        ]
        yield from unknown
        if unknown:
            return
        if not any(_has(p, self.level, self.skill) for p in self.people(facts)):
            key = "level" if self.level else "skill"
            yield f"{key}: nobody it is for has {_words(self.level, self.skill)}. Loosen 'for'."
        if (self.beside_level or self.beside_skill) and not self._beside(facts):
            key = "beside_level" if self.beside_level else "beside_skill"
            yield f"{key}: nobody it is for has {_words(self.beside_level, self.beside_skill)}. Loosen 'for'."
        elif not self._limited(facts) and any(
            _has(p, self.level, self.skill) for p in self.people(facts)
        ):
            key = "beside_level" if self.beside_level else "beside_skill"
            yield f"{key}: everyone it limits is one of these too, so it limits nobody. Name others."

    def _limited(self, facts: Facts) -> frozenset[str]:
        able = (p.name for p in self.people(facts) if _has(p, self.level, self.skill))
        return frozenset(able) - self._beside(facts)

    def _beside(self, facts: Facts) -> frozenset[str]:
        if not (self.beside_level or self.beside_skill):
            return frozenset()
        return frozenset(
            p.name for p in self.people(facts) if _has(p, self.beside_level, self.beside_skill)
        )

    def _places(self, facts: Facts) -> Iterator[tuple[str, frozenset[str], int, int]]:
        """Yield each site, or the team as a whole, with whom it is for there, and its window."""
        people, window = self.people(facts), facts.window
        if self.per == "team":
            home = facts.site(facts.team.home).timezone
            yield (
                "",
                frozenset(p.name for p in people),
                *self.whom.clip(window.start, window.end, home),
            )
            return
        for site in {p.site: None for p in people}:
            here = frozenset(p.name for p in people if p.site == site)
            yield site, here, *self.whom.clip(*site_window(facts, site), facts.site(site).timezone)

    def encode(self, model: Vocabulary) -> None:
        """Charge each stretch with the same shifts on duty by the heads over."""
        facts = model.facts
        for _, here, start, end in self._places(facts):
            limited = _crews(facts, here & self._limited(facts))
            beside = _crews(facts, here & self._beside(facts))
            everyone = _crews(facts, here)
            sites = {facts.person(who).site for who in here}
            alike: dict[frozenset[SiteShift], int] = defaultdict(int)
            for t in range(start, end, SLOT):
                alike[frozenset(s for s in model.covering.get(t, ()) if s[0] in sites)] += SLOT
            for shifts, minutes in alike.items():
                some = _heads(model, limited, shifts)
                recorded = _heads(model, limited, (s for s in shifts if s[1] < facts.first))
                assert isinstance(recorded, int)
                if isinstance(some, int) and some == recorded:
                    continue
                most = len(here)
                allowed: Expr
                if self.max is not None:
                    allowed = self.max
                elif self.max_share is not None:
                    allowed = _floor(model, self.max_share * _heads(model, everyone, shifts), most)
                else:
                    allowed = (self.each or most) * _heads(model, beside, shifts)
                model.at_most(
                    _higher(model, recorded, allowed, most), some, each=minutes, most=most
                )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per place and stretch in which as many are too many."""
        facts = roster.facts
        limited, beside = self._limited(facts), self._beside(facts)
        for place, here, start, end in self._places(facts):
            before = on_duty((d for d in roster.before if d.who in here), start, end)
            duties = (*roster.before, *roster.duties)
            slots = []
            for t, on in on_duty((d for d in duties if d.who in here), start, end).items():
                some = sum(who in limited for who in on)
                allowed = self._allowed(on, sum(who in beside for who in on))
                slots.append(
                    (max(0, some - max(allowed, sum(who in limited for who in before[t]))), t)
                )
            for over, stretch in groupby(slots, lambda s: s[0]):
                times = [t for _, t in stretch]
                if over:
                    what = f"{over} with {_words(self.level, self.skill)}"
                    if self.beside_level or self.beside_skill:
                        what += (
                            f" without {_words(self.beside_level, self.beside_skill)} beside them"
                        )
                    else:
                        what += " too many"
                    where, until = f" at {place}" if place else "", from_instant(times[-1] + SLOT)
                    text = f"{what}{where} from {from_instant(times[0]):%a %d %b %H:%M} to {until:%H:%M} UTC."
                    day = to_local(times[0], facts.site(place or facts.team.home).timezone).date()
                    inside = min(max(day, facts.first), facts.last)
                    yield self.breach(over * SLOT * len(times), text, day=inside)

    def _allowed(self, on: Counter[str], beside: int) -> int:
        """Return how many of those it limits may be among those on duty."""
        if self.max is not None:
            return self.max
        if self.max_share is not None:
            return len(on) * self.max_share // 100
        if self.each is None:
            return len(on) if beside else 0
        return self.each * beside


def _words(level: Words, skill: Words) -> str:
    return " and ".join(filter(None, (" or ".join(level), " or ".join(skill))))


def _has(person: Person, level: Words, skill: Words) -> bool:
    """Say whether *person* has one of each that is given."""
    return (not level or person.level in level) and (
        not skill or any(s in person.skills for s in skill)
    )


def _crews(facts: Facts, people: frozenset[str]) -> Crews:
    """Return *people* by site and the code they can work; by site and an empty code, all of them."""
    crews: dict[tuple[str, str], list[str]] = {}
    for p in facts.people:
        for code in ("", *facts.codes(p.name)) if p.name in people else ():
            crews.setdefault((p.site, code), []).append(p.name)
    return {key: tuple(names) for key, names in crews.items()}


def _heads(model: Vocabulary, crews: Crews, shifts: Iterable[SiteShift]) -> Expr:
    """Return how many of *crews* work one of *shifts*."""
    first = model.facts.first
    return sum(
        model.headcount(crews.get((site, "" if day < first else code), ()), day, code)
        for site, day, code in sorted(shifts)
    )


def _floor(model: Vocabulary, hundredths: Expr, most: int) -> Expr:
    """Return the whole number of hundreds in *hundredths*, or a number the solver may lower."""
    if isinstance(hundredths, int):
        return hundredths // 100
    whole = model.number(0, most)
    model.require(100 * whole <= hundredths)
    return whole


def _higher(model: Vocabulary, least: int, number: Expr, most: int) -> Expr:
    """Return the higher of *least* and *number*, or a number the solver may lower."""
    if isinstance(number, int):
        return max(least, number)
    if not least:
        return number
    higher, which = model.number(0, max(least, most)), model.number(0, 1)
    model.require(higher <= number + least * which, higher <= least + most * (1 - which))
    return higher
