"""Shifts in turn: along a rota, or kind after kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator

from ..errors import count
from ..facts import Facts
from ..facts.base import Name
from ..roster import Roster
from ..rota import RotaRequest
from .base import Breach, Fact, Rule, selector_problems
from .vocabulary import Expr, Vocabulary, ruled_out

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Turns:
    """What the model knows of one person's turns, each as an expression per known day."""

    on: Sequence[Mapping[date, Expr]]
    """Whether a shift of each kind is worked."""
    any_on: Mapping[date, Expr]
    """Whether a shift of any of the kinds is."""
    last: Sequence[Mapping[date, Expr]]
    """Whether the last shift of any of the kinds, up to that day, is of each kind."""


class RotationRule(Rule):
    """Count the cells off the rotation: different from a person's rota, or out of their turn.

    Of a rota, *what* says what must be the same: the shift, its kind, or which days are off. A day
    of leave or outside the contract is void.

    With *order*, a shift is out of turn if its kind is neither that of the shift worked before nor
    the next in the order, or if it is worked more than *weeks* weeks after the first of a stretch
    of its kind. Days off do not end a stretch, nor do shifts of no kind in the order. Kinds a
    person cannot work are passed over. Somebody who can work only one kind of the order has no
    turns to take and is not judged.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {},
        {"what": "kind", "for": {"site": ["North"]}},
        {"what": "days-off"},
        {"order": ["early", "late", "night"], "weeks": 1},
        {"order": ["E", "day", "L", "night"], "weeks": 2},
        {"order": ["early", "late"], "weeks": 1, "for": {"level": ["L1"]}},
    )

    facts_read: ClassVar[frozenset[str]] = frozenset({"rotation"})

    tells_shifts_apart: ClassVar[bool] = True

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
        who = f"Everyone{self.whom.restriction()}"
        if self.order:
            turns = f"{', '.join(self.order)} in turn, then {self.order[0]} again"
            return f"{who} works {turns}, each for at most {count(self.weeks, 'week')}."
        what = {"shift": "shifts", "kind": "kinds of shifts", "days-off": "days off"}[self.what]
        return f"{who} has the {what} of the rota they follow."

    def reads(self, facts: Facts, fact: Fact) -> bool:
        """Say whether it holds people to the rota they follow."""
        return not self.order and super().reads(facts, fact)

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield words that name no shift, and two words that name the same."""
        yield from selector_problems(facts, "order", self.order, self.people(facts))
        for a, b in combinations(self.order, 2):
            both = facts.select(a) & facts.select(b)
            if both:
                what = f"'{min(both)}' is both '{a}' and '{b}'"
                yield f"order: {what}. Name words without a shift in common."

    def notices(self, facts: Facts) -> Iterator[str]:
        """Yield that nobody follows a rota yet, which is no mistake: the rule can wait for one."""
        if not self.order and (facts.assigned_rotas is None or not facts.assigned_rotas.places):
            what = "A rule of kind 'rotation' holds nobody to a rota yet"
            yield f"{what}; 'shiftplan rota --assign 1' assigns one."

    def most_days(
        self, facts: Facts, who: str, days: Sequence[date], codes: Collection[str]
    ) -> int:
        """Return the days on which the rota, if they follow one, has one of *codes*."""
        rota = facts.assigned_rotas
        if self.order or rota is None or not rota.names(who):
            return len(days)
        left = 0
        for day in days:
            judged = self.whom.covers(day) and facts.due(who, day)
            code = rota.at(who, day)
            as_good = () if code is None else self.as_good_as(facts, code)
            left += not judged or not set(codes).isdisjoint(as_good)
        return left

    def ask_of_rota(self, rota: RotaRequest) -> None:
        """Ask nothing, for the rule is about the rota itself; turns in an *order* are left out."""
        if self.order:
            self.leave_out_of(rota)

    # -- for the solver --------------------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge each cell off the rota, or out of its turn."""
        for person in self.people(model.facts):
            if self.order:
                self._encode_turns(model, person.name)
            else:
                self._encode_rota(model, person.name)

    def _encode_rota(self, model: Vocabulary, who: str) -> None:
        facts, rota = model.facts, model.facts.assigned_rotas
        if rota is None or not rota.names(who):
            return
        for day in self.days_inside(facts):
            if not facts.due(who, day):
                continue
            code = rota.at(who, day)
            if code is None:
                differs = model.works(who, day)
            else:
                differs = 1 - model.works(who, day, self.as_good_as(facts, code))
            model.never_all((differs,))

    def as_good_as(self, facts: Facts, code: str) -> Collection[str]:
        """Return the codes that are no different from *code* of a rota."""
        if self.what == "shift":
            return (code,)
        if self.what == "kind":
            kind = facts.shift(code).kind
            return [shift.code for shift in facts.shifts if shift.kind == kind]
        return [shift.code for shift in facts.shifts]

    def _encode_turns(self, model: Vocabulary, who: str) -> None:
        """Charge each kind that may not follow the last one worked, or goes on for too long."""
        kinds = self._kinds(model.facts, who)
        if len(kinds) < 2:
            return  # whoever can work one kind only has no turns to take
        turns = self._known_turns(model, who, kinds)
        for day in self.days_inside(model.facts):
            for k in range(len(kinds)):
                self._charge_out_of_turn(model, turns, k, day)
                self._charge_too_long(model, turns, k, day)

    def _kinds(self, facts: Facts, who: str) -> Sequence[frozenset[str]]:
        """Return the codes of each kind in the order that *who* can work, no code in two."""
        kinds: list[frozenset[str]] = []
        for word in self.order:
            codes = facts.select(word).difference(*kinds)
            if codes.intersection(facts.codes(who)):
                kinds.append(codes)
        return kinds

    def _known_turns(self, model: Vocabulary, who: str, kinds: Sequence[frozenset[str]]) -> Turns:
        days = model.facts.known_days
        every = frozenset[str]().union(*kinds)
        on = [{day: model.works(who, day, codes) for day in days} for codes in kinds]
        any_on = {day: model.works(who, day, every) for day in days}
        return Turns(on, any_on, [self._last(model, works, any_on) for works in on])

    def _last(
        self, model: Vocabulary, works: Mapping[date, Expr], any_on: Mapping[date, Expr]
    ) -> dict[date, Expr]:
        """Return, for each day, whether the last shift up to it that counts is one of *works*."""
        found: dict[date, Expr] = {}
        last: Expr = 0
        for day, here in works.items():
            some = any_on[day]
            if isinstance(some, int):
                last = here if some else last
            elif not (ruled_out(last) and ruled_out(here)):
                last = self._here_or_before(model, here, some, last)
            found[day] = last
        return found

    def _here_or_before(self, model: Vocabulary, here: Expr, some: Expr, before: Expr) -> Expr:
        """Return *here* if *some* shift that counts is worked, else *before*; each 0 or 1."""
        last = model.number(0, 1)
        model.require(last >= here, last <= here + 1 - some)
        model.require(last >= before - some, last <= before + here)
        return last

    def _charge_out_of_turn(self, model: Vocabulary, turns: Turns, k: int, day: date) -> None:
        """Charge kind *k* on *day* if the last one worked is neither *k* nor the one before it."""
        before = day - timedelta(days=1)
        if before not in turns.any_on:
            return
        number = len(turns.last)
        others = [j for j in range(number) if (k - j) % number > 1]
        wrong = sum(turns.last[j][before] for j in others)
        model.never_all((turns.on[k][day], wrong))

    def _charge_too_long(self, model: Vocabulary, turns: Turns, k: int, day: date) -> None:
        """Charge kind *k* on *day* if it was the last one worked for *weeks* weeks before."""
        began = day - self.weeks * WEEK
        if began not in turns.any_on:
            return
        works = turns.on[k]
        between = [began + timedelta(days=n) for n in range(1, 7 * self.weeks)]
        no_other = [1 - turns.any_on[other] + works[other] for other in between]
        model.never_all((works[day], turns.last[k][began], *no_other))

    # -- for people ------------------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per cell."""
        for person in self.people(roster.facts):
            if self.order:
                yield from self._check_turns(roster, person.name)
            else:
                yield from self._check_rota(roster, person.name)

    def _check_rota(self, roster: Roster, who: str) -> Iterator[Breach]:
        facts, rota = roster.facts, roster.facts.assigned_rotas
        if rota is None or not rota.names(who):
            return
        for day in self.days_inside(facts):
            # A day of leave or outside the contract is void.
            if facts.on_leave(who, day) or not facts.person(who).employed(day):
                continue
            wanted, found = rota.at(who, day), roster.at(who, day)
            if not self._same(facts, wanted, found):
                does = f"works {found}" if found else "is off"
                where = f"where the rota has {wanted or 'a day off'}"
                yield self.breach(1, f"{who} {does} on {day:%a %d %b}, {where}.", who, day)

    def _same(self, facts: Facts, wanted: str | None, found: str | None) -> bool:
        """Say whether *found* is as good as what the rota has."""
        if wanted is None or found is None or self.what == "shift":
            return wanted == found
        if self.what == "kind":
            return facts.shift(wanted).kind == facts.shift(found).kind
        return True

    def _check_turns(self, roster: Roster, who: str) -> Iterator[Breach]:
        facts = roster.facts
        words = self._words(facts, who)
        if len(words) < 2:
            return
        judged = set(self.days_inside(facts))
        last, since = "", facts.known_days[0]
        for day in facts.known_days:
            code = roster.at(who, day)
            word = next((word for word in words if code in facts.select(word)), "")
            if not word:
                continue  # days off and shifts of no kind in the order end no stretch
            wrong = self._wrong(words, last, word, (day - since).days) if last else ""
            if wrong and day in judged:
                yield self.breach(1, f"{who} works {code} on {day:%a %d %b}, {wrong}.", who, day)
            if word != last:
                last, since = word, day

    def _words(self, facts: Facts, who: str) -> Sequence[str]:
        """Return the kinds of the order, by name, that *who* can work."""
        able = set(facts.codes(who))
        return [word for word in self.order if not able.isdisjoint(facts.select(word))]

    def _wrong(self, words: Sequence[str], last: str, word: str, days: int) -> str:
        """Return what is wrong with *word* after *last*, begun *days* ago; nothing if right."""
        following = words[(words.index(last) + 1) % len(words)]
        if word not in (last, following):
            return f"and after {last} comes {following}"
        if word == last and days >= 7 * self.weeks:
            return f"{days} days after the first {last} in a row, and {following} is due"
        return ""
