"""Heads wanted on a shift."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, ClassVar, Literal

from ..facts import Facts, ShiftNeed
from ..roster import Roster
from .base import Breach, MostDays, Rule
from .vocabulary import Expr, Vocabulary


class ShiftDemand(Rule):
    """Count the heads that shifts lack, or have beyond what is preferred, line by line and day by
    day.

    A head is a person of the line's site, with its skill, who works one of its shifts on that local
    day. Below the minimum each counts one; against what is preferred each counts by the line's own
    weights.
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
        heads = (
            "at least the minimum of heads" if self.level == "minimum" else "the heads preferred"
        )
        return f"Every shift has {heads}, counting everyone{self.whom.words()} who can be a head."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield that nothing is asked for, and lines that ask for nobody there is."""
        if not facts.shift_needs:
            yield "kind: the plan has no [shift_demand] table. Add one, or delete the rule."
        elif self.level == "minimum" and not any(need.minimum for need in facts.shift_needs):
            yield "level: no line has a minimum above 0. Give one, or use 'preferred'."
        elif self.level == "preferred" and all(
            need.preferred is None for need in facts.shift_needs
        ):
            yield "level: no line says what is preferred. Give one, or use 'minimum'."
        for need in facts.shift_needs:
            if self._least(need) and not self._groups(facts, need):
                what = need.shift + (f" at {need.site}" if need.site else "")
                what += f" with {need.skill}" if need.skill else ""
                yield f"kind: [shift_demand] asks for {what}, and nobody it is for can be that. Correct it."

    def out_of_reach(self, facts: Facts, most_days: MostDays) -> Iterator[str]:
        """Yield lines that too few people can fill, and weeks that ask for more than all can work."""
        needs = [
            (n, w, self._heads_of(facts, n)) for n in facts.shift_needs if (w := self._least(n))
        ]
        inside = set(self.days_inside(facts))
        for week in facts.weeks:
            wanted, days = 0, [d for d in week if d in inside]
            for day in days:
                lines = [(need, least, heads) for need, least, heads in needs if need.on(day)]
                for need, least, heads in lines:
                    found = sum(most_days(who, (day,)) > 0 for who in heads)
                    if found < least:
                        yield (
                            f"{need.shift} on {day:%a %d %b} needs {least}, but {found or 'nobody'} of those "
                            "who could can work."
                        )
                wanted += _apart(facts, [(need, least) for need, least, _ in lines])
            people = {who for need, _, heads in needs if any(map(need.on, days)) for who in heads}
            given = sum(most_days(who, days) for who in people) if days else 0
            if wanted > given:
                yield (
                    f"The shifts ask for {wanted} heads from {days[0]:%a %d %b} to {days[-1]:%a %d %b}, but "
                    f"everyone who could can work {given} days at most."
                )

    def _least(self, need: ShiftNeed) -> int:
        """Return the heads of *need* below which it costs."""
        if self.level == "minimum":
            return need.minimum
        return need.preferred or 0 if need.under else 0

    def _heads_of(self, facts: Facts, need: ShiftNeed) -> list[str]:
        """Return who can be a head of *need*."""
        return list({who: None for _, names in self._groups(facts, need) for who in names})

    def encode(self, model: Vocabulary) -> None:
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
                heads: Expr = sum(model.headcount(names, day, code) for code, names in groups)
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
        heads: dict[tuple[str, str], Counter[tuple[date, str]]] = {}
        for need in facts.shift_needs:
            codes, who = facts.select(need.shift), (need.site, need.skill)
            if who not in heads:
                heads[who] = self._counted(roster, *who)
            for day in (need.date,) if need.date else inside:
                if need.on(day) and day in inside:
                    yield from self._measured(
                        need, day, sum(heads[who][day, code] for code in codes)
                    )

    def _counted(self, roster: Roster, site: str, skill: str) -> Counter[tuple[date, str]]:
        """Return how many people of *site* with *skill*, if these are given, work each shift of
        each day.
        """
        people = {
            p.name
            for p in self.people(roster.facts)
            if (site == "" or p.site == site) and (skill == "" or skill in p.skills)
        }
        return Counter((d.day, d.shift.code) for d in roster.duties if d.who in people)

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


def _apart(facts: Facts, lines: Sequence[tuple[ShiftNeed, int]]) -> int:
    """Return the heads that lines of one day ask for, leaving out those that others may serve too."""
    counted: list[tuple[ShiftNeed, frozenset[str]]] = []
    wanted = 0
    for need, least in sorted(lines, key=lambda line: -line[1]):
        codes = facts.select(need.shift)
        if all(
            codes.isdisjoint(c) or (need.site and n.site and need.site != n.site)
            for n, c in counted
        ):
            counted.append((need, codes))
            wanted += least
    return wanted
