"""Shifts in turn: along a rota, or kind after kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator

from ..facts import Facts
from ..facts.base import Name
from ..roster import Roster
from .base import Breach, Rule, selector_problems
from .vocabulary import Expr, Vocabulary

WEEK = timedelta(days=7)


class RotationRule(Rule):
    """Count the cells off the rotation: those that differ from a person's rota, or come out of
    their turn.

    Of a rota, *what* says what must be the same: the shift, its kind, or which days are off. A day
    of leave or outside the contract is void.

    With *order*, a shift is out of turn if its kind is neither that of the shift worked before nor
    the next in the order, or if it is worked more than *weeks* weeks after the first of a stretch
    of its kind. Days off do not end a stretch, nor do shifts of no kind in the order. Kinds a
    person cannot work are passed over.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {},
        {"what": "kind", "for": {"site": ["North"]}},
        {"what": "days-off"},
        {"order": ["early", "late", "night"], "weeks": 1},
        {"order": ["E", "day", "L", "night"], "weeks": 2},
        {"order": ["early", "late"], "weeks": 1, "for": {"level": ["L1"]}},
    )

    kind: Literal["rotation"] = "rotation"
    what: Literal["shift", "kind", "days-off"] = "shift"
    """What of a rota people are held to: each shift, only its kind, or only which days are off."""
    order: tuple[Name, ...] = ()
    """Kinds (or codes, or families) in the order of their turns; without it people follow their
    rota.
    """
    weeks: int = Field(default=2, ge=1, le=26)
    """How long at most people stay with one kind of the *order*."""

    @field_validator("order")
    @classmethod
    def _turns(cls, order: tuple[str, ...]) -> tuple[str, ...]:
        if len(order) == 1:
            raise ValueError("one kind alone is no order; name two or more")
        for word in order:
            if order.count(word) > 1:
                raise ValueError(f"'{word}' is listed twice")
        return order

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        who = f"Everyone{self.whom.words()}"
        if self.order:
            count = f"{self.weeks} week{'' if self.weeks == 1 else 's'}"
            turns = ", ".join(self.order)
            return f"{who} works {turns} in turn, then {self.order[0]} again, each for at most {count}."
        what = {"shift": "shifts", "kind": "kinds of shifts", "days-off": "days off"}[self.what]
        return f"{who} has the {what} of the rota they follow."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield words that name no shift, and two words that name the same."""
        yield from selector_problems(facts, "order", self.order, self.people(facts))
        for a, b in combinations(self.order, 2):
            if both := facts.select(a) & facts.select(b):
                yield f"order: '{min(both)}' is both '{a}' and '{b}'. Name words without a shift in common."

    def notices(self, facts: Facts) -> Iterator[str]:
        """Yield that there is no rota yet, which is no mistake: the rule can wait for one to be
        dealt.
        """
        if not self.order and (facts.dealt is None or not facts.dealt.places):
            yield "A rule of kind 'rotation' holds nobody to a rota yet; 'shiftplan rota --deal 1' deals one."

    # -- for the solver --------------------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge each cell off the rota, or out of its turn."""
        for p in self.people(model.facts):
            if self.order:
                self._encode_turns(model, p.name)
            else:
                self._encode_rota(model, p.name)

    def _encode_rota(self, model: Vocabulary, who: str) -> None:
        facts = model.facts
        rota = facts.dealt
        for day in facts.days if rota and rota.names(who) else ():
            if rota is None or not facts.due(who, day) or not self.whom.covers(day):
                continue
            code = rota.at(who, day)
            if code is None:
                model.never_all((model.works(who, day),))
            else:
                alike = {
                    "shift": {code},
                    "kind": {s.code for s in facts.shifts if s.kind == facts.shift(code).kind},
                    "days-off": {s.code for s in facts.shifts},
                }[self.what]
                model.never_all((1 - model.works(who, day, alike),))

    def _encode_turns(self, model: Vocabulary, who: str) -> None:
        """Charge each kind that may not follow the last one worked, or that goes on for too long."""
        facts, turns = model.facts, self._turns_of(model.facts, who)
        if len(turns) < 2:
            return
        on = [{day: model.works(who, day, codes) for day in facts.known_days} for codes in turns]
        any_on = {day: model.works(who, day, frozenset().union(*turns)) for day in facts.known_days}
        last: list[Mapping[date, Expr]] = [self._last(model, works, any_on) for works in on]
        for day in facts.days:
            if not self.whom.covers(day):
                continue
            before, began = day - timedelta(days=1), day - self.weeks * WEEK
            for k, works in enumerate(on):
                if before in last[k]:
                    wrong = [last[j][before] for j in range(len(turns)) if (k - j) % len(turns) > 1]
                    model.never_all((works[day], sum(wrong)))
                if began in last[k]:
                    between = [began + timedelta(days=n) for n in range(1, 7 * self.weeks)]
                    others = (1 - any_on[d] + works[d] for d in between)
                    model.never_all((works[day], last[k][began], *others))

    def _last(
        self, model: Vocabulary, works: Mapping[date, Expr], any_on: Mapping[date, Expr]
    ) -> dict[date, Expr]:
        """Return, for each day, whether the last shift up to it that counts is one of *works*."""
        found: dict[date, Expr] = {}
        before: Expr = 0
        for day, here in works.items():
            some = any_on[day]
            if isinstance(some, int):
                before = here if some else before
            elif not isinstance(before, int) or before or not isinstance(here, int) or here:
                now = model.number(0, 1)
                model.require(now >= here, now <= here + 1 - some)
                model.require(now >= before - some, now <= before + here)
                before = now
            found[day] = before
        return found

    def _turns_of(self, facts: Facts, who: str) -> Sequence[frozenset[str]]:
        """Return the codes of each kind in the order that *who* can work, no code in two."""
        turns: list[frozenset[str]] = []
        for word in self.order:
            codes = facts.select(word).difference(*turns)
            turns += [codes] if codes.intersection(facts.codes(who)) else []
        return turns

    # -- for people ------------------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per cell."""
        for p in self.people(roster.facts):
            yield from (
                self._check_turns(roster, p.name)
                if self.order
                else self._check_rota(roster, p.name)
            )

    def _check_rota(self, roster: Roster, who: str) -> Iterator[Breach]:
        facts = roster.facts
        if facts.dealt is None or not facts.dealt.names(who):
            return
        for day in facts.days:
            wanted, found = facts.dealt.at(who, day), roster.at(who, day)
            if (
                facts.on_leave(who, day)
                or not facts.person(who).employed(day)
                or not self.whom.covers(day)
            ):
                continue
            if wanted and found and self.what != "shift":
                same = (
                    self.what == "days-off" or facts.shift(wanted).kind == facts.shift(found).kind
                )
            else:
                same = wanted == found
            if not same:
                does = f"works {found}" if found else "is off"
                text = (
                    f"{who} {does} on {day:%a %d %b}, where the rota has {wanted or 'a day off'}."
                )
                yield self.breach(1, text, who, day)

    def _check_turns(self, roster: Roster, who: str) -> Iterator[Breach]:
        facts = roster.facts
        words = [w for w in self.order if any(c in facts.select(w) for c in facts.codes(who))]
        if len(words) < 2:
            return
        last, since = "", facts.known_days[0]
        for day in facts.known_days:
            code = roster.at(who, day)
            word = next((w for w in words if code in facts.select(w)), "")
            if not word:
                continue
            late = (day - since).days
            if day >= facts.first and self.whom.covers(day) and last:
                following = words[(words.index(last) + 1) % len(words)]
                if word not in (last, following):
                    text = (
                        f"{who} works {code} on {day:%a %d %b}, and after {last} comes {following}."
                    )
                    yield self.breach(1, text, who, day)
                elif word == last and late >= 7 * self.weeks:
                    what = f"{late} days after the first {last} in a row, and {following} is due"
                    text = f"{who} works {code} on {day:%a %d %b}, {what}."
                    yield self.breach(1, text, who, day)
            if word != last:
                last, since = word, day
