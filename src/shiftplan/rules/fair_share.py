"""A fair share, over time, of what nobody wants or everybody does."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor, gcd
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field, field_validator

from ..facts import Facts
from .base import Breach, Rule, selector_problems

if TYPE_CHECKING:
    from ..roster import Duty, Roster
    from ..solver.model import Expr, Model


class FairShare(Rule):
    """Count the points by which those with most and with least are too far apart.

    A person's share of all points goes by contract and by days due in the horizon. Where they stand is
    what they carry over and earn now, less that share. Who is due on no day is left out. A point is one
    shift, one day worked, or 60 paid minutes.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"of": "nights"},
        {"of": "weekend", "spread": 0},
        {"of": "hours", "spread": 8},
        {"of": "holiday", "spread": 0},
        {"of": "any", "spread": 2, "for": {"site": ["North"]}},
    )

    personal: ClassVar[bool] = False

    kind: Literal["fair-share"] = "fair-share"
    of: str = Field(default="night", min_length=1)
    """A code, a family, a kind or ``any``; or ``weekend``, ``holiday`` or ``hours``."""
    spread: int = Field(default=1, ge=0, le=10_000)

    @field_validator("of", mode="before")
    @classmethod
    def _singular(cls, value: Any) -> Any:
        return (
            {"nights": "night", "weekends": "weekend", "holidays": "holiday"}.get(value, value)
            if isinstance(value, str)
            else value
        )

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        points = f"{self.spread} point{'' if self.spread == 1 else 's'}"
        return f"Everyone{self.whom.words()} has a fair share of {self.of}, at most {points} from the others."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield a word that counts nothing here."""
        if self.of == "holiday":
            if not any(site.holidays for site in facts.sites):
                yield 'of: no site names a holiday calendar. Add one to a site, such as holidays = "IE".'
        elif self.of not in ("weekend", "hours"):
            yield from selector_problems(facts, "of", (self.of,))

    def encode(self, model: Model) -> None:
        """Hold everybody between a lowest and a highest stand, and charge the points these are apart.

        Where people stand is kept whole: in points (minutes, of hours) times the sum of all shares.
        """
        facts = model.facts
        due = {p.name: sum(facts.due(p.name, d) for d in facts.days) for p in self.people(facts)}
        shares = {who: facts.share(who) * days for who, days in due.items() if days}
        if len(shares) < 2:
            return
        common = gcd(*shares.values())
        shares = {who: share // common for who, share in shares.items()}
        whole = sum(shares.values())
        unit = whole * 60 if self.of == "hours" else whole
        carried = dict.fromkeys(shares, 0)
        for row in facts.carried:
            if row.of == self.of and row.person in carried:
                carried[row.person] += row.points
        top = len(facts.days) * max((s.paid if self.of == "hours" else 1 for s in facts.shifts), default=0)
        earned = {who: _named(model, sum(self._earnings(model, who)), top) for who in shares}
        total = _named(model, sum(earned.values()), top * len(shares))
        stands = [unit * carried[who] + whole * earned[who] - shares[who] * total for who in shares]
        fixed = [stand for stand in stands if isinstance(stand, int)]
        if len(fixed) == len(stands):
            model.at_most(self.spread, -(-(max(fixed) - min(fixed)) // unit))
            return
        # Earnings and shares cancel out over everybody, so the mean stand is the mean carried over.
        mean = Fraction(unit * sum(carried.values()), len(shares))
        far = unit * max(map(abs, carried.values())) + top * max(whole, len(shares) * max(shares.values()))
        highest, lowest = model.number(ceil(mean), far), model.number(-far, floor(mean))
        apart = model.number(0, 2 * far // unit + 1)
        for stand in stands:
            model.require(highest >= stand, lowest <= stand)
        model.require(unit * apart >= highest - lowest)
        model.at_most(self.spread, apart)

    def _earnings(self, model: Model, who: str) -> Iterator[Expr]:
        """Yield what *who* may earn, day by day: points, or minutes of hours."""
        facts = model.facts
        if self.of == "hours":
            paid = {code: facts.shift(code).paid for code in facts.codes(who)}
            for minutes in sorted(set(paid.values())):
                alike = [code for code in paid if paid[code] == minutes]
                yield from (minutes * model.works(who, day, alike) for day in facts.days)
        elif self.of == "weekend":
            yield from (model.works(who, day) for day in facts.days if day.isoweekday() > 5)
        elif self.of == "holiday":
            yield from (model.works(who, day) for day in facts.days if facts.holiday(who, day))
        else:
            yield from (model.works(who, day, facts.select(self.of)) for day in facts.days)

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach, if the two ends are too far apart."""
        facts = roster.facts
        days = {p.name: sum(facts.due(p.name, day) for day in facts.days) for p in self.people(facts)}
        weight = {who: facts.share(who) * there for who, there in days.items() if there}
        if len(weight) < 2:
            return
        points = dict.fromkeys(weight, Fraction(0))
        for duty in roster.duties:
            if duty.who in points:
                points[duty.who] += self._points(facts, duty)
        everything, everyone = sum(points.values()), sum(weight.values())
        stands = {who: points[who] - everything * weight[who] / everyone for who in weight}
        for row in facts.carried:
            if row.of == self.of and row.person in stands:
                stands[row.person] += row.points
        most, least = max(stands, key=stands.__getitem__), min(stands, key=stands.__getitem__)
        apart = stands[most] - stands[least]
        if apart > self.spread:
            text = (
                f"{most} has {float(stands[most]):+.1f} points of {self.of} against a fair share and {least} "
                f"{float(stands[least]):+.1f}, {float(apart):.1f} apart and not {self.spread}."
            )
            yield self.breach(ceil(apart - self.spread), text)

    def _points(self, facts: Facts, duty: Duty) -> Fraction:
        if self.of == "hours":
            return Fraction(duty.shift.paid, 60)
        if self.of == "weekend":
            return Fraction(duty.day.weekday() in (5, 6))
        if self.of == "holiday":
            return Fraction(facts.holiday(duty.who, duty.day))
        return Fraction(duty.shift.code in facts.select(self.of))


def _named(model: Model, total: Expr, top: int) -> Expr:
    """Return *total* as one number, so that what refers to it stays short."""
    if isinstance(total, int):
        return total
    number = model.number(0, top)
    model.require(number == total)
    return number
