"""A fair share, over time, of what nobody wants or everybody does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import ceil, floor, gcd
from random import Random
from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator

from ..errors import count
from ..facts import Cell, Facts, Person
from ..roster import Roster
from ..roster.points import COUNTED, PointsAndShare, earned, shared
from .base import Breach, Fact, Rule, selector_problems
from .earning import earnings, falls_on
from .earning.parts import Parts, parts_of
from .vocabulary import Expr, Vocabulary

_PLURALS = ("nights", "lates", "weekends", "saturdays", "sundays", "holidays", "quick-returns")

ENDS = 2
"""People at either end whose duties may be exchanged at once."""
MOST = 20
"""People whose week is decided anew at once."""

_BY_ITSELF = ("early", "late", "night", "saturday", "sunday", "holiday")
"""The kinds of burden that one shift earns whatever stands beside it."""

_LIMIT_OF = {"quick-return": "quick_return_below", "short-notice": "notice_days"}
"""The key of [burden] that says what such a point is."""

_WITHIN = {
    "team": "",
    "site": " at their site",
    "level": " of their level",
    "contract": " on their contract",
}


class FairShare(Rule):
    """Count the points by which those with most and with least are too far apart.

    A person's share of all points goes by contract and by the days on which they can work a shift
    that counts. Where they stand is their opening balance and what they earn now, less that share.
    Who has no such day is left out. A point is one shift, one day worked, or 60 paid minutes; of
    ``burden``, what the section ``[burden]`` says. The points by which the two are too far apart
    are rounded up to a whole number; shares themselves are exact.
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
    gains_by_more: ClassVar[bool] = True

    facts_read: ClassVar[frozenset[str]] = frozenset({"carried", "share", "burden", "published"})

    kind: Literal["fair-share"] = "fair-share"
    of: str = Field(default="night", min_length=1)
    """A code, a family, a kind or ``any``; ``weekend``, ``saturday``, ``sunday``, ``holiday`` or
    ``hours``; ``quick-return``, ``short-notice``, or ``burden`` for everything that weighs on
    people.
    """
    spread: int = Field(default=1, ge=0, le=10_000)
    within: Literal["team", "site", "level", "contract"] = "team"
    """With whom people are compared: everyone the rule applies to, or those alike in this."""

    @field_validator("of", mode="before")
    @classmethod
    def _singular(cls, value: Any) -> Any:
        return value[:-1] if value in _PLURALS else value

    @property
    def counts_holidays(self) -> bool:
        """Whether the rule needs public holidays."""
        return self.of in ("holiday", "burden")

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        apart = f"at most {count(self.spread, 'point')} from the others{_WITHIN[self.within]}"
        return f"Everyone{self.whom.restriction()} has a fair share of {self.of}, {apart}."

    def reads(self, facts: Facts, fact: Fact) -> bool:
        """Say whether *fact* is about what is shared, or says whose share it is."""
        of_burden = self.of == "burden"
        counted = {
            "carried": self.of == fact.key,
            "share": self.of == "hours",
            "burden": of_burden or fact.key == _LIMIT_OF.get(self.of, ""),
            "published": of_burden or self.of == "short-notice",
        }
        return counted.get(fact.section, True) and super().reads(facts, fact)

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield a word that counts nothing here, and that there is nobody to share with."""
        yield from self._earns_nothing(facts)
        groups = self.groups(facts).values()
        if groups and all(len(group) < 2 for group in groups):
            yield "for: it leaves nobody to share with. Loosen it, or what 'within' says."

    def _earns_nothing(self, facts: Facts) -> Iterator[str]:
        if self.of == "holiday":
            if not facts.keeps_holidays:
                yield (
                    "of: no site names a holiday calendar. "
                    'Add one to a site, such as holidays = "IE".'
                )
        elif self.of == "burden":
            if not any(kind in facts.burden.by_kind for kind in _BY_ITSELF):
                yield "of: no shift weighs anything by itself. Give one a weight in [burden]."
        elif self.of not in COUNTED:
            yield from selector_problems(facts, "of", (self.of,), self.people(facts))

    def groups(self, facts: Facts) -> Mapping[str, tuple[Person, ...]]:
        """Return the people compared with each other, by what they are alike in."""
        found: dict[str, tuple[Person, ...]] = {}
        for p in self.people(facts):
            group = "" if self.within == "team" else str(getattr(p, self.within))
            found[group] = (*found.get(group, ()), p)
        return found

    # -- for the solver --------------------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge the points by which the two ends of each group are too far apart."""
        for group in self.groups(model.facts).values():
            shares = {p.name: self._share(model.facts, p.name) for p in group}
            common = gcd(*shares.values())
            shares = {who: share // common for who, share in shares.items() if share}
            if len(shares) > 1:
                self._charge_group(model, shares)

    def _share(self, facts: Facts, who: str) -> int:
        """Return the contract's share times the days on which *who* can work what counts."""
        kinds: Sequence[str] = [self.of]
        if self.of == "burden":
            kinds = [kind for kind in _BY_ITSELF if kind in facts.burden.by_kind]
        days = 0
        for day in self.days_inside(facts):
            days += any(self._can_earn(facts, kind, who, day) for kind in kinds)
        return facts.share(who) * days

    def _can_earn(self, facts: Facts, kind: str, who: str, day: date) -> bool:
        if not falls_on(facts, kind, who, day):
            return False
        return facts.able(who, day, None if kind in COUNTED else facts.select(kind))

    def _charge_group(self, model: Vocabulary, shares: Mapping[str, int]) -> None:
        """Charge the points by which the two ends of one group are too far apart.

        Where people stand is kept whole: in parts of a point times the sum of all shares.
        """
        parts = parts_of(model.facts, self.of, shares)
        top = parts.most_earned(model.facts, len(self.days_inside(model.facts)))
        stands = self._where_they_stand(model, shares, parts, top)
        whole = sum(shares.values())
        unit = whole * parts.point
        settled = [stand for stand in stands if isinstance(stand, int)]
        if len(settled) == len(stands):
            apart = max(settled) - min(settled)
            model.at_most(self.spread, -(-apart // unit))  # rounded up
            return
        far = whole * max(map(abs, parts.opening.values()))
        far += top * max(whole, len(shares) * max(shares.values()))
        # Earnings and shares cancel out over everybody: the mean stand is the mean opening balance.
        mean = Fraction(whole * sum(parts.opening.values()), len(shares))
        self._charge_apart(model, stands, unit, mean, far)

    def _where_they_stand(
        self, model: Vocabulary, shares: Mapping[str, int], parts: Parts, top: int
    ) -> list[Expr]:
        """Return the stand of each person: what they have, less their share of what all earn."""
        days, whole = self.days_inside(model.facts), sum(shares.values())
        earns: dict[str, Expr] = {}
        for who in shares:
            earns[who] = _named(model, sum(earnings(model, who, days, parts.worth)), top)
        total = _named(model, sum(earns.values()), top * len(shares))
        stands: list[Expr] = []
        for who, share in shares.items():
            stands.append(whole * (parts.opening[who] + earns[who]) - share * total)
        return stands

    def _charge_apart(
        self, model: Vocabulary, stands: Sequence[Expr], unit: int, mean: Fraction, far: int
    ) -> None:
        """Charge the distance of the highest and the lowest of *stands*, none beyond *far*."""
        highest = model.number(ceil(mean), far)
        lowest = model.number(-far, floor(mean))
        apart = model.number(0, 2 * far // unit + 1)
        for stand in stands:
            model.require(highest >= stand, lowest <= stand)
        model.require(unit * apart >= highest - lowest)
        model.at_most(self.spread, apart)

    # -- for people ------------------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach for each group whose two ends are too far apart."""
        for stands in self._stands(roster):
            most = max(stands, key=stands.__getitem__)
            least = min(stands, key=stands.__getitem__)
            apart = stands[most] - stands[least]
            if apart > self.spread:
                text = (
                    f"{most} has {_from_fair(stands[most])} points of {self.of} than a fair share "
                    f"and {least} {_from_fair(stands[least])}, {float(apart):.1f} apart; "
                    f"the limit is {self.spread}."
                )
                yield self.breach(ceil(apart - self.spread), text)

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
        """Yield how far people are above a fair share, opening balance included, group by group."""
        for group in self.standings(roster):
            stands = {who: found.points - found.share for who, found in group.items()}
            for row in roster.facts.carried:
                if row.of == self.of and row.person in stands:
                    stands[row.person] += Fraction(row.points, 100)
            if len(stands) > 1:
                yield stands

    # -- for a search ----------------------------------------------------------------------------

    def near(self, roster: Roster, chance: Random) -> frozenset[Cell]:
        """Return cells to decide anew together: a group's week, at times all days of its ends."""
        stands = self._unfair_group(roster, chance)
        if not stands:
            return frozenset()
        people = sorted(stands, key=stands.__getitem__)
        week = chance.choice(roster.facts.weeks)
        some = chance.sample(people, min(MOST, len(people)))
        cells = {(who, day) for who in some for day in week}
        if chance.random() < 0.5:
            ends = people[:ENDS] + people[-ENDS:]
            cells |= {(who, day) for who in ends for day in roster.facts.days}
        return frozenset(cells)

    def _unfair_group(self, roster: Roster, chance: Random) -> Mapping[str, Fraction]:
        """Return a group too far apart, rather one that is further, or nobody."""
        chosen: Mapping[str, Fraction] = {}
        furthest = Fraction(-1)
        for stands in self._stands(roster):
            over = max(stands.values()) - min(stands.values()) - self.spread
            if over <= 0:
                continue
            drawn = over * Fraction(chance.random())
            if drawn > furthest:
                chosen, furthest = stands, drawn
        return chosen


def _from_fair(stand: Fraction) -> str:
    return f"{float(abs(stand)):.1f} {'fewer' if stand < 0 else 'more'}"


def _named(model: Vocabulary, total: Expr, top: int) -> Expr:
    """Return *total* as one number, so that what refers to it stays short."""
    if isinstance(total, int):
        return total
    number = model.number(0, top)
    model.require(number == total)
    return number
