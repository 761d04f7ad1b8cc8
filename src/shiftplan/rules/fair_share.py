"""A fair share, over time, of what nobody wants or everybody does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from math import ceil, floor, gcd
from random import Random
from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator

from ..facts import Cell, Facts, Person
from ..roster import Roster
from ..roster.points import COUNTED, PointsAndShare, earned, shared
from .base import Breach, Rule, selector_problems
from .earning import differs, quick_returns, was_told
from .vocabulary import Expr, Vocabulary

_PLURALS = ("nights", "lates", "weekends", "saturdays", "sundays", "holidays", "quick-returns")

ENDS = 2
"""People at either end whose duties may be exchanged at once."""
MOST = 20
"""People whose week is decided anew at once."""

_BY_ITSELF = ("early", "late", "night", "saturday", "sunday", "holiday")
"""The kinds of burden that one shift earns whatever stands beside it."""

_WITHIN = {
    "team": "",
    "site": " at their site",
    "level": " of their level",
    "contract": " on their contract",
}


class FairShare(Rule):
    """Count the points by which those with most and with least are too far apart.

    A person's share of all points goes by contract and by the days on which they can work a shift
    that counts. Where they stand is what they carry over and earn now, less that share. Who has no
    such day is left out. A point is one shift, one day worked, or 60 paid minutes; of ``burden``,
    what the section ``[burden]`` says.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"of": "nights"},
        {"of": "weekend", "spread": 0},
        {"of": "hours", "spread": 8},
        {"of": "holiday", "spread": 0},
        {"of": "any", "spread": 2, "for": {"site": ["North"]}},
        {"of": "burden", "spread": 3},
        {"of": "early", "spread": 0, "within": "site"},
        {"of": "saturday", "spread": 0, "within": "level"},
        {"of": "quick-return", "spread": 0},
        {"of": "short-notice", "spread": 0, "within": "contract"},
    )

    personal: ClassVar[bool] = False

    kind: Literal["fair-share"] = "fair-share"
    of: str = Field(default="night", min_length=1)
    """A code, a family, a kind or ``any``; ``weekend``, ``saturday``, ``sunday``, ``holiday`` or
    ``hours``; ``quick-return``, ``short-notice``, or ``burden`` for everything that weighs on
    people.
    """
    spread: int = Field(default=1, ge=0, le=10_000)
    within: Literal["team", "site", "level", "contract"] = "team"
    """With whom people are compared: everyone the rule is for, or those alike in this."""

    @field_validator("of", mode="before")
    @classmethod
    def _singular(cls, value: Any) -> Any:
        return value[:-1] if value in _PLURALS else value

    @property
    def counts_holidays(self) -> bool:
        """Whether the rule asks for public holidays."""
        return self.of in ("holiday", "burden")

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        points = f"{self.spread} point{'' if self.spread == 1 else 's'}"
        others = f"the others{_WITHIN[self.within]}"
        return f"Everyone{self.whom.words()} has a fair share of {self.of}, at most {points} from {others}."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield a word that counts nothing here."""
        if self.of == "holiday":
            if not facts.keeps_holidays:
                yield 'of: no site names a holiday calendar. Add one to a site, such as holidays = "IE".'
        elif self.of == "burden":
            if not any(kind in facts.burden.by_kind for kind in _BY_ITSELF):
                yield "of: no shift weighs anything by itself. Give one a weight in [burden]."
        elif self.of not in COUNTED:
            yield from selector_problems(facts, "of", (self.of,), self.people(facts))
        groups = self.groups(facts).values()
        if groups and all(len(group) < 2 for group in groups):
            yield "for: it leaves nobody to share with. Loosen it, or what 'within' says."

    def groups(self, facts: Facts) -> Mapping[str, tuple[Person, ...]]:
        """Return the people compared with each other, by what they are alike in."""
        found: dict[str, tuple[Person, ...]] = {}
        for p in self.people(facts):
            group = "" if self.within == "team" else str(getattr(p, self.within))
            found[group] = (*found.get(group, ()), p)
        return found

    # -- the solver's side -------------------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Hold everybody between a lowest and a highest stand, and charge the points these are
        apart.
        """
        for group in self.groups(model.facts).values():
            shares = {p.name: self._share(model.facts, p.name) for p in group}
            common = gcd(*shares.values())
            shares = {who: share // common for who, share in shares.items() if share}
            if len(shares) > 1:
                self._encode_group(model, shares)

    def _share(self, facts: Facts, who: str) -> int:
        """Return the contract's share times the days on which *who* can work a shift that counts."""
        if self.of == "burden":
            kinds = [kind for kind in _BY_ITSELF if kind in facts.burden.by_kind]
        else:
            kinds = [self.of]
        chosen = [(kind, None if kind in COUNTED else facts.select(kind)) for kind in kinds]
        return facts.share(who) * sum(
            any(
                _falls_on(facts, kind, who, day) and facts.able(who, day, codes)
                for kind, codes in chosen
            )
            for day in self.days_inside(facts)
        )

    def _encode_group(self, model: Vocabulary, shares: Mapping[str, int]) -> None:
        """Keep where people stand whole: in parts of a point times the sum of all shares."""
        facts, whole = model.facts, sum(shares.values())
        point, worth, carried = self._parts(facts, shares)
        most = max((s.paid for s in facts.shifts), default=0) if self.of == "hours" else 1
        top = len(self.days_inside(facts)) * sum(worth.values()) * most
        earns = {who: _named(model, sum(self._earnings(model, who, worth)), top) for who in shares}
        total = _named(model, sum(earns.values()), top * len(shares))
        stands = [whole * (carried[who] + earns[who]) - shares[who] * total for who in shares]
        fixed, unit = [stand for stand in stands if isinstance(stand, int)], whole * point
        if len(fixed) == len(stands):
            model.at_most(self.spread, -(-(max(fixed) - min(fixed)) // unit))
            return
        # Earnings and shares cancel out over everybody, so the mean stand is the mean carried over.
        mean = Fraction(whole * sum(carried.values()), len(shares))
        far = whole * max(map(abs, carried.values())) + top * max(
            whole, len(shares) * max(shares.values())
        )
        highest, lowest = model.number(ceil(mean), far), model.number(-far, floor(mean))
        apart = model.number(0, 2 * far // unit + 1)
        for stand in stands:
            model.require(highest >= stand, lowest <= stand)
        model.require(unit * apart >= highest - lowest)
        model.at_most(self.spread, apart)

    def _parts(
        self, facts: Facts, people: Iterable[str]
    ) -> tuple[int, dict[str, int], dict[str, int]]:
        """Return a point, what each kind is worth, and what each of *people* carries, in parts of a
        point.

        Parts are as large as they can be with all of these whole. Of hours, a minute is worth
        something.
        """
        carried = dict.fromkeys(people, 0)
        for row in facts.carried:
            if row.of == self.of and row.person in carried:
                carried[row.person] += row.points
        point, worth = 100, dict(facts.burden.by_kind) if self.of == "burden" else {self.of: 100}
        if self.of == "hours":
            point, worth = 300, {"hours": 5}
            carried = {who: 3 * points for who, points in carried.items()}
        part = gcd(point, *worth.values(), *carried.values())
        return (
            point // part,
            {kind: parts // part for kind, parts in worth.items()},
            {who: parts // part for who, parts in carried.items()},
        )

    def _earnings(self, model: Vocabulary, who: str, worth: Mapping[str, int]) -> Iterator[Expr]:
        """Yield the parts of points *who* may earn, day by day and kind by kind."""
        facts = model.facts
        days = self.days_inside(facts)
        for kind, parts in worth.items():
            if kind == "hours":
                paid = {code: facts.shift(code).paid for code in facts.codes(who)}
                for minutes in sorted(set(paid.values())):
                    alike = [code for code in paid if paid[code] == minutes]
                    yield from (parts * minutes * model.works(who, day, alike) for day in days)
            elif kind == "quick-return":
                yield from (
                    parts * returns for day in days for returns in quick_returns(model, who, day)
                )
            elif kind == "short-notice":
                late = (day for day in days if was_told(facts, who, day))
                yield from (parts * differs(model, who, day) for day in late)
            else:
                codes = None if kind in COUNTED else facts.select(kind)
                on = (day for day in days if _falls_on(facts, kind, who, day))
                yield from (parts * model.works(who, day, codes) for day in on)

    # -- the checker's side ------------------------------------------------------------------------

    def standings(self, roster: Roster) -> Iterator[dict[str, PointsAndShare]]:
        """Yield what each person with a share has earned and should have, group by group."""
        facts = roster.facts
        points: dict[str, Fraction] = {}
        for who, day, more in earned(roster, self.of):
            if self.whom.covers(day):
                points[who] = points.get(who, Fraction(0)) + more
        for group in self.groups(facts).values():
            yield shared(facts, self.of, points, [p.name for p in group], self.whom.covers)

    def _stands(self, roster: Roster) -> Iterator[dict[str, Fraction]]:
        """Yield how far people are above a fair share, what they carry over included, group by
        group.
        """
        for group in self.standings(roster):
            stands = {who: found.points - found.share for who, found in group.items()}
            for row in roster.facts.carried:
                if row.of == self.of and row.person in stands:
                    stands[row.person] += Fraction(row.points, 100)
            if len(stands) > 1:
                yield stands

    def near(self, roster: Roster, chance: Random) -> frozenset[Cell]:
        """Return cells to decide anew together: a group's week, or that and all days of both ends."""
        found = [(max(s.values()) - min(s.values()) - self.spread, s) for s in self._stands(roster)]
        found = [(over * Fraction(chance.random()), s) for over, s in found if over > 0]
        if not found:
            return frozenset()
        stands = max(found, key=lambda pair: pair[0])[1]
        people = sorted(stands, key=stands.__getitem__)
        week = chance.choice(roster.facts.weeks)
        cells = {
            (who, day) for who in chance.sample(people, min(MOST, len(people))) for day in week
        }
        if chance.random() < 0.5:
            cells |= {
                (who, day) for who in people[:ENDS] + people[-ENDS:] for day in roster.facts.days
            }
        return frozenset(cells)

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach for each group whose two ends are too far apart."""
        for stands in self._stands(roster):
            most, least = max(stands, key=stands.__getitem__), min(stands, key=stands.__getitem__)
            apart = stands[most] - stands[least]
            if apart > self.spread:
                text = (
                    f"{most} has {float(stands[most]):+.1f} points of {self.of} against a fair share and "
                    f"{least} {float(stands[least]):+.1f}, {float(apart):.1f} apart and not {self.spread}."
                )
                yield self.breach(ceil(apart - self.spread), text)


def _falls_on(facts: Facts, kind: str, who: str, day: date) -> bool:
    """Say whether work of *kind* can fall on *day*."""
    if kind == "holiday":
        return facts.holiday(who, day)
    return day.isoweekday() in {"weekend": (6, 7), "saturday": (6,), "sunday": (7,)}.get(
        kind, range(1, 8)
    )


def _named(model: Vocabulary, total: Expr, top: int) -> Expr:
    """Return *total* as one number, so that what refers to it stays short."""
    if isinstance(total, int):
        return total
    number = model.number(0, top)
    model.require(number == total)
    return number
