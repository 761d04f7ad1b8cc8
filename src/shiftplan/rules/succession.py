"""Sequences of shifts that must not follow each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, ClassVar, Literal, Self

from pydantic import field_validator, model_validator

from ..facts import Facts
from ..roster import Roster
from .base import Breach, Rule, selector_problems
from .vocabulary import Expr, Vocabulary

OFF = "-"


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
                raise ValueError(
                    f'\'{pattern}\' is not two or three words; write it like "N E" or "N - D"'
                )
            if OFF in (words[0], words[-1]):
                raise ValueError(
                    f"'{pattern}' has '-' at its end; a day off stands between two shifts"
                )
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
        names = [
            " then ".join("a day off" if w == OFF else w for w in p.split()) for p in self.forbid
        ]
        names += ["a shift that starts earlier than that of the day before"] if self.forward else []
        return f"Nobody{self.whom.words()} works {', or '.join(names)}."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield each word that names no shift."""
        words = dict.fromkeys(w for pattern in self.forbid for w in pattern.split() if w != OFF)
        yield from selector_problems(facts, "forbid", words, self.people(facts))

    def encode(self, model: Vocabulary) -> None:
        """Charge each sequence all of whose days fit, and each step back."""
        facts = model.facts
        days, inside = facts.known_days, set(self.days_inside(facts))
        patterns = [p.split() for p in self.forbid]
        for p in self.people(facts):
            for words in patterns:
                for k in range(len(words) - 1, len(days)):
                    if days[k] in inside:
                        stretch = zip(days[k - len(words) + 1 :], words, strict=False)
                        model.never_all(
                            model.off(p.name, d)
                            if w == OFF
                            else model.works(p.name, d, facts.select(w))
                            for d, w in stretch
                        )
            for earlier, later in pairwise(days) if self.forward else ():
                if later in inside:
                    steps = list(self._steps_back(model, p.name, earlier, later))
                    if steps:
                        model.at_most_highest(steps, most=1)

    def _steps_back(
        self, model: Vocabulary, who: str, earlier: date, later: date
    ) -> Iterator[Expr]:
        """Yield for each start an excess: 1 if *earlier* starts then or after, and *later* before
        it.
        """
        facts = model.facts
        known = facts.history.cells.get((who, earlier))
        first = facts.codes(who) if earlier >= facts.first else [known] if known else []
        for start in sorted({facts.shift(c).starts_at for c in first}):
            from_then = [c for c in first if facts.shift(c).starts_at >= start]
            before = [c for c in facts.codes(who) if facts.shift(c).starts_at < start]
            pair = (model.works(who, earlier, from_then), model.works(who, later, before))
            if not any(isinstance(e, int) and e == 0 for e in pair):
                yield sum(pair) - 1

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per sequence and pattern, and one per step back."""
        facts = roster.facts
        patterns = [
            (p, [None if word == OFF else facts.select(word) for word in p.split()])
            for p in self.forbid
        ]
        ending = {
            s.code: [(p, words[-2::-1]) for p, words in patterns if s.code in (words[-1] or ())]
            for s in facts.shifts
        }
        for p in self.people(facts):
            for day in self.days_inside(facts):
                last = roster.at(p.name, day)
                if last is None:
                    continue
                third, second = (roster.at(p.name, day - timedelta(days=k)) for k in (2, 1))
                for pattern, earlier in ending[last]:
                    if all(
                        code is None if words is None else code in words
                        for words, code in zip(earlier, (second, third), strict=False)
                    ):
                        text = f"{p.name} works '{pattern}' up to {day:%a %d %b}."
                        yield self.breach(1, text, p.name, day)
                if not (self.forward and second):
                    continue
                if facts.shift(last).starts_at < facts.shift(second).starts_at:
                    text = f"{p.name} starts {last} on {day:%a %d %b}, earlier than {second} the day before."
                    yield self.breach(1, text, p.name, day)
