"""Time for one site to hand over to another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..clock import SLOT, WEEKDAYS, day_start, hours, slot_ceil, slot_floor
from ..errors import nearest
from ..facts import Facts
from ..facts.base import Minutes, Name, Weekdays
from ..facts.people import Words
from ..roster import Roster
from ..roster.coverage import on_duty, repeated
from .base import Breach, Rule, holder_problems
from .vocabulary import Expr, SiteShift, Vocabulary

NEAR = timedelta(days=4)
"""No shift before that reaches into the horizon, whatever the zones."""


class Handover(Rule):
    """Count the minutes by which, on each day, two sites have somebody on duty together for too
    short a time.

    A day is a local one of *to_site*; its quarter hours with somebody of both sites on duty for the
    whole of them are added up, wherever they lie. After the window the last week is taken to repeat
    itself. A first day that begins before anything is on record is left out.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"from_site": "North", "to_site": "South", "minutes": "30m"},
        {"from_site": "South", "to_site": "North", "minutes": "8h", "weekdays": "mon-fri"},
        {"from_site": "North", "to_site": "South", "minutes": "4h15", "skill": ["lead", "chat"]},
    )

    personal: ClassVar[bool] = False

    kind: Literal["handover"] = "handover"
    from_site: Name
    to_site: Name
    minutes: Minutes = Field(default=30, ge=SLOT, le=12 * 60, multiple_of=SLOT)
    """How long both are on duty, in whole quarter hours."""
    skill: Words = ()
    """Those who count have any of these skills; everyone counts unless given."""
    weekdays: Weekdays = Field(default=WEEKDAYS, min_length=1)
    """Days of *to_site* that need it."""

    @model_validator(mode="after")
    def _two_sites(self) -> Self:
        if self.from_site == self.to_site:
            raise ValueError("to_site: name another site than from_site")
        return self

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        days = (
            "every day" if set(self.weekdays) == set(WEEKDAYS) else f"on {', '.join(self.weekdays)}"
        )
        who = f"somebody with {' or '.join(self.skill)}" if self.skill else "somebody"
        return (
            f"{self.from_site} hands over to {self.to_site} {days}: {who}{self.whom.words()} of each is on "
            f"duty at once for {hours(self.minutes)}."
        )

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield sites that do not exist, or have nobody to hand over."""
        names = [s.name for s in facts.sites]
        unknown = list(holder_problems(facts, "skill", self.skill))
        yield from unknown
        yield from self.weekday_problems(facts, self.weekdays)
        for key, site in (("from_site", self.from_site), ("to_site", self.to_site)):
            if site not in names:
                yield f"{key}: there is no site '{site}'. {nearest(site, names)}".rstrip()
            elif not unknown and not self._able(facts, site):
                skill = f" with {' or '.join(self.skill)}" if self.skill else ""
                yield f"{key}: the rule is for nobody{skill} at {site}. Loosen 'for' or 'skill'."

    def _able(self, facts: Facts, site: str) -> tuple[str, ...]:
        """Return who of *site* counts."""
        return tuple(
            p.name
            for p in self.people(facts)
            if p.site == site and (not self.skill or any(s in p.skills for s in self.skill))
        )

    def _days(self, facts: Facts) -> Iterator[tuple[date, range]]:
        """Yield each day that needs a handover, with its slots."""
        if self.to_site not in {s.name for s in facts.sites}:
            return
        tz = facts.site(self.to_site).timezone
        recorded = facts.history.knows(facts.first - timedelta(days=1))
        for day in self.days_inside(facts):
            start, end = (slot_ceil(day_start(d, tz)) for d in (day, day + timedelta(days=1)))
            if WEEKDAYS[day.weekday()] in self.weekdays and (
                recorded or start >= facts.window.start
            ):
                yield day, range(start, min(end, facts.window.tail), SLOT)

    def encode(self, model: Vocabulary) -> None:
        """Charge each day by the slots it lacks; slots with the same shifts on duty are decided at
        once.
        """
        facts = model.facts
        crews = {site: self._able(facts, site) for site in (self.from_site, self.to_site)}
        recorded: defaultdict[int, set[SiteShift]] = defaultdict(set)
        for (who, day), code in facts.history.cells.items():
            if facts.first - NEAR <= day < facts.first and facts.has_person(who):
                start, end = facts.span(who, code, day)
                for t in range(slot_ceil(start), min(slot_floor(end), facts.window.start), SLOT):
                    recorded[t].add((facts.person(who).site, day, code))
        for _, slots in self._days(facts):
            alike: Counter[frozenset[SiteShift]] = Counter()
            for t in slots:
                shifts = recorded.get(t, ()) if t < facts.window.start else model.covering[t]
                alike[frozenset(s for s in shifts if s[0] in crews)] += 1
            together: Expr = 0
            for some, count in alike.items():
                heads = [self._heads(model, site, crew, some) for site, crew in crews.items()]
                together += count * self._both(model, heads)
            model.at_least(self.minutes // SLOT, together, each=SLOT, most=self.minutes // SLOT)

    def _heads(
        self, model: Vocabulary, site: str, crew: tuple[str, ...], shifts: frozenset[SiteShift]
    ) -> Expr:
        """Return how many of *crew* work one of *shifts* of their site."""
        facts = model.facts
        return sum(
            model.headcount(fit, day, code)
            for place, day, code in sorted(shifts)
            if place == site
            and (fit := tuple(w for w in crew if day < facts.first or code in facts.codes(w)))
        )

    def _both(self, model: Vocabulary, heads: list[Expr]) -> Expr:
        """Return 1 if none of *heads* is 0, or a number the solver may lower; 0 otherwise."""
        open_ = [h for h in heads if not isinstance(h, int)]
        if not all(h for h in heads if isinstance(h, int)):
            return 0
        if not open_:
            return 1
        both = model.number(0, 1)
        for some in open_:
            model.require(both <= some)
        return both

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per day."""
        facts = roster.facts
        window = facts.window
        days = list(self._days(facts))
        begin = min((slots.start for _, slots in days), default=0)
        ours, theirs = (set(self._able(facts, site)) for site in (self.from_site, self.to_site))
        crew = ours | theirs
        duties = [d for d in (*roster.before, *roster.duties) if d.who in crew and d.end > begin]
        again = [d for d in repeated(roster) if d.who in crew]
        for day, slots in days:
            known = on_duty(duties, slots.start, min(slots.stop, window.end))
            after = on_duty((*duties, *again), max(slots.start, window.end), slots.stop)
            both = sum(
                not ours.isdisjoint(on) and not theirs.isdisjoint(on)
                for on in (*known.values(), *after.values())
            )
            short = self.minutes - SLOT * both
            if short > 0:
                text = (
                    f"{self.from_site} and {self.to_site} are on duty together for {hours(SLOT * both)} on "
                    f"{day:%a %d %b}, not {hours(self.minutes)}."
                )
                yield self.breach(short, text, day=day)
