"""Heads wanted on a shift."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..facts import Facts, ShiftNeed
from .base import Breach, Rule

if TYPE_CHECKING:
    from ..roster import Roster
    from ..solver.model import Expr, Model


class ShiftDemand(Rule):
    """Count the heads that shifts lack, or have beyond what is preferred, line by line and day by day.

    A head is a person of the line's site, with its skill, who works one of its shifts on that local day.
    Below the minimum each counts one; against what is preferred each counts by the line's own weights.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"level": "minimum"},
        {"level": "preferred"},
        {"level": "preferred", "for": {"skill": ["lead", "chat"]}},
        {"level": "minimum", "for": {"site": ["South"]}},
    )

    personal: ClassVar[bool] = False

    kind: Literal["shift-demand"] = "shift-demand"
    level: Literal["minimum", "preferred"] = "minimum"

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        heads = "at least the minimum of heads" if self.level == "minimum" else "the heads preferred"
        return f"Every shift has {heads}, counting everyone{self.whom.words()} who can be a head."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield that nothing is asked for."""
        if not facts.shift_needs:
            yield "kind: the plan has no [shift_demand] table. Add one, or delete the rule."
        elif self.level == "minimum" and not any(need.minimum for need in facts.shift_needs):
            yield "level: no line has a minimum above 0. Give one, or use 'preferred'."
        elif self.level == "preferred" and all(need.preferred is None for need in facts.shift_needs):
            yield "level: no line says what is preferred. Give one, or use 'minimum'."

    def encode(self, model: Model) -> None:
        """Charge the heads of each line and day, counted once per group of people alike."""
        facts, inside = model.facts, self.days_inside(model.facts)
        for need in facts.shift_needs:
            least = need.minimum if self.level == "minimum" else need.preferred
            if least is None:
                continue
            under, over = (1, 0) if self.level == "minimum" else (need.under, need.over)
            groups = self._groups(facts, need)
            for day in (need.date,) if need.date else inside:
                if not need.on(day) or day not in inside:
                    continue
                heads: Expr = sum(model.heads(names, day, code) for code, names in groups)
                if under:
                    model.at_least(least, heads, each=under, most=least)
                if over:
                    model.at_most(least, heads, each=over, most=len(facts.people))

    def _groups(self, facts: Facts, need: ShiftNeed) -> list[tuple[str, tuple[str, ...]]]:
        """Return each code of the line with the people of one site who can work it as its heads."""
        groups: dict[tuple[str, str], list[str]] = {}
        for p in self.people(facts):
            if need.site in ("", p.site) and (not need.skill or need.skill in p.skills):
                for code in facts.codes(p.name):
                    if code in facts.select(need.shift):
                        groups.setdefault((p.site, code), []).append(p.name)
        return [(code, tuple(names)) for (_, code), names in groups.items()]

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per line and day."""
        facts, inside = roster.facts, self.days_inside(roster.facts)
        for need in facts.shift_needs:
            codes = facts.select(need.shift)
            people = [
                p.name
                for p in self.people(facts)
                if (need.site == "" or p.site == need.site) and (need.skill == "" or need.skill in p.skills)
            ]
            for day in (need.date,) if need.date else inside:
                if need.on(day) and day in inside:
                    heads = sum(roster.at(who, day) in codes for who in people)
                    yield from self._measured(need, day, heads)

    def _measured(self, need: ShiftNeed, day: date, heads: int) -> Iterator[Breach]:
        """Yield the breach of one line on one day, if *heads* are not what it asks for."""
        if self.level == "minimum":
            wanted, amount = need.minimum, max(0, need.minimum - heads)
        elif need.preferred is None:
            return
        elif heads < need.preferred:
            wanted, amount = need.preferred, need.under * (need.preferred - heads)
        else:
            wanted, amount = need.preferred, need.over * (heads - need.preferred)
        if amount:
            where = f" at {need.site}" if need.site else ""
            skill = f" with {need.skill}" if need.skill else ""
            text = f"{need.shift}{where} on {day:%a %d %b} has {heads} heads{skill}, not {wanted}."
            yield self.breach(amount, text, day=day)
