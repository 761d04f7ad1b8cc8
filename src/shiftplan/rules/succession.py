"""Sequences of shifts that must not follow each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise, product
from typing import Any, ClassVar, Literal, Self, TypeAlias

from pydantic import field_validator, model_validator

from ..facts import Facts
from ..roster import Roster
from ..rota import OFF, RotaRequest
from .base import Breach, Rule, selector_problems
from .vocabulary import Expr, Vocabulary, all_of, codes_on, ruled_out

Earlier: TypeAlias = Sequence[frozenset[str] | None]
"""What the days before the last one of a pattern must be, the latest first; None is a day off."""


class Succession(Rule):
    """Count each forbidden sequence of two or three days, by the day it ends on.

    A word is a code, a family, a kind, or ``-`` for a day without a shift between two others.
    *forward* forbids a start earlier on the clock than the day before. A sequence counts once for
    each pattern it fits, and once more if it goes backward.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"forbid": ["night day"]},
        {"forbid": ["N - E", "L E", "late any"]},
        {"forward": True},
        {"forbid": ["any night any"], "forward": True, "for": {"site": ["North"]}},
        {"forbid": ["N - N"]},
    )

    kind: Literal["succession"] = "succession"
    forbid: tuple[str, ...] = ()
    """Two or three words each, with blanks between."""
    forward: bool = False

    @field_validator("forbid")
    @classmethod
    def _patterns(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        tidy = tuple(" ".join(pattern.split()) for pattern in patterns)
        for pattern in tidy:
            words = pattern.split()
            if len(words) not in (2, 3):
                example = 'write it like "N E" or "N - D"'
                raise ValueError(f"'{pattern}' is not two or three words; {example}")
            if OFF in (words[0], words[-1]):
                why = "a day off stands between two shifts"
                raise ValueError(f"'{pattern}' has '-' at its end; {why}")
            if tidy.count(pattern) > 1:
                raise ValueError(f"'{pattern}' is listed twice")
        return tidy

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.forbid and not self.forward:
            raise ValueError("give forbid, forward = true, or both")
        return self

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        sequences = []
        for pattern in self.forbid:
            words = ["a day off" if word == OFF else word for word in pattern.split()]
            sequences.append(" then ".join(words))
        if self.forward:
            sequences.append("a shift that starts earlier than that of the day before")
        return f"Nobody{self.whom.restriction()} works {', or '.join(sequences)}."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield each word that names no shift."""
        words = [word for pattern in self.forbid for word in pattern.split() if word != OFF]
        yield from selector_problems(facts, "forbid", dict.fromkeys(words), self.people(facts))

    def ask_of_rota(self, rota: RotaRequest) -> None:
        """Forbid each sequence, and each step to an earlier shift."""
        for pattern in self.forbid:
            rota.forbid(*map(rota.select, pattern.split()))
        if self.forward:
            starts = {code: rota.facts.shift(code).starts_at for code in rota.codes}
            for first, second in product(rota.codes, repeat=2):
                if starts[second] < starts[first]:
                    rota.forbid((first,), (second,))

    # -- for the solver --------------------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge each sequence all of whose days fit, and each step back."""
        for person in self.people(model.facts):
            for pattern in self.forbid:
                self._charge_pattern(model, person.name, pattern.split())
            if self.forward:
                self._charge_steps_back(model, person.name)

    def _charge_pattern(self, model: Vocabulary, who: str, words: Sequence[str]) -> None:
        """Charge each day of the horizon on which days that fit *words* end."""
        facts = model.facts
        days, inside = facts.known_days, set(self.days_inside(facts))
        for end in range(len(words), len(days) + 1):
            stretch = days[end - len(words) : end]
            if stretch[-1] not in inside:
                continue
            events: list[Expr] = []
            for day, word in zip(stretch, words, strict=True):
                if word == OFF:
                    events.append(model.off(who, day))
                else:
                    events.append(model.works(who, day, facts.select(word)))
            model.never_all(events)

    def _charge_steps_back(self, model: Vocabulary, who: str) -> None:
        """Charge each day that starts earlier than the day before."""
        inside = set(self.days_inside(model.facts))
        for earlier, later in pairwise(model.facts.known_days):
            if later not in inside:
                continue
            steps = [e for e in self._steps_back(model, who, earlier, later) if not ruled_out(e)]
            if steps:
                model.at_most_highest(steps, most=1)

    def _steps_back(
        self, model: Vocabulary, who: str, earlier: date, later: date
    ) -> Iterator[Expr]:
        """Yield an excess per start: 1 if *earlier* starts then or after, and *later* before."""
        start_of = {shift.code: shift.starts_at for shift in model.facts.shifts}
        first = codes_on(model.facts, who, earlier)
        second = model.facts.codes(who)
        for start in sorted({start_of[code] for code in first}):
            from_then = [code for code in first if start_of[code] >= start]
            before = [code for code in second if start_of[code] < start]
            yield all_of((model.works(who, earlier, from_then), model.works(who, later, before)))

    # -- for people ------------------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per sequence and pattern, and one per step back."""
        facts = roster.facts
        ending = self._ending(facts)
        for person in self.people(facts):
            for day in self.days_inside(facts):
                last = roster.at(person.name, day)
                if last is None:
                    continue
                if ending[last]:
                    yield from self._check_patterns(roster, person.name, day, ending[last])
                if self.forward:
                    yield from self._check_step(roster, person.name, day, last)

    def _ending(self, facts: Facts) -> Mapping[str, Sequence[tuple[str, Earlier]]]:
        """Return, for each code, the patterns that end with it and what comes before in each."""
        ending: dict[str, list[tuple[str, Earlier]]] = {shift.code: [] for shift in facts.shifts}
        for pattern in self.forbid:
            *before, last = pattern.split()
            earlier = [None if word == OFF else facts.select(word) for word in reversed(before)]
            for code in facts.select(last):
                ending[code].append((pattern, earlier))
        return ending

    def _check_patterns(
        self, roster: Roster, who: str, day: date, patterns: Sequence[tuple[str, Earlier]]
    ) -> Iterator[Breach]:
        """Yield a breach for each of *patterns* that the days before *day* fit."""
        second, third = (roster.at(who, day - timedelta(days=k)) for k in (1, 2))
        for pattern, earlier in patterns:
            # A pattern of two days looks at the day before only.
            pairs = zip(earlier, (second, third), strict=False)
            if all(_fits(wanted, code) for wanted, code in pairs):
                text = f"{who} works '{pattern}' up to {day:%a %d %b}."
                yield self.breach(1, text, who, day)

    def _check_step(self, roster: Roster, who: str, day: date, code: str) -> Iterator[Breach]:
        """Yield the breach if *code*, worked on *day*, starts earlier than the shift before."""
        shift, before = roster.facts.shift, roster.at(who, day - timedelta(days=1))
        if before and shift(code).starts_at < shift(before).starts_at:
            what = f"{code} on {day:%a %d %b}, earlier than {before} the day before"
            yield self.breach(1, f"{who} starts {what}.", who, day)


def _fits(wanted: frozenset[str] | None, code: str | None) -> bool:
    """Say whether *code* is one of those *wanted*, or no code where a day off is."""
    return code is None if wanted is None else code in wanted
