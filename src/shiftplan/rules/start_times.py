"""How early and how late shifts may start."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from ..facts import Facts
from ..facts.base import Name, WallTime
from ..roster import Roster
from .base import Breach, Rule, selector_problems
from .vocabulary import Vocabulary


class StartTimes(Rule):
    """Count the shifts of a sort that start too early or too late, in local time at the person's
    site.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"of": "early", "earliest": "06:00:00"},
        {"latest": "13:30:00"},
        {"earliest": "09:00:00", "latest": "09:00:00", "for": {"site": ["North"]}},
    )

    kind: Literal["start-times"] = "start-times"
    of: Name = "any"
    """A code, a family, a kind, or ``any``."""
    earliest: WallTime | None = None
    latest: WallTime | None = None

    @model_validator(mode="after")
    def _limits(self) -> Self:
        if self.earliest is None and self.latest is None:
            raise ValueError("give earliest, latest, or both")
        if self.earliest and self.latest and self.latest < self.earliest:
            raise ValueError(f"latest {self.latest:%H:%M} is before earliest {self.earliest:%H:%M}")
        return self

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        limits = [f"before {self.earliest:%H:%M}"] if self.earliest else []
        limits += [f"after {self.latest:%H:%M}"] if self.latest else []
        what = "shift" if self.of == "any" else f"{self.of} shift"
        return (
            f"Nobody{self.whom.restriction()} starts {_article(what)} {what} {' or '.join(limits)}."
        )

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield a word that names no shift."""
        yield from selector_problems(facts, "of", (self.of,), self.people(facts))

    def encode(self, model: Vocabulary) -> None:
        """Charge each day on which one of the wrong shifts is worked."""
        facts = model.facts
        wrong = self._wrong(facts)
        if not wrong:
            return
        for p in self.people(facts):
            for day in self.days_inside(facts):
                model.never_all((model.works(p.name, day, wrong),))

    def _wrong(self, facts: Facts) -> list[str]:
        """Return the codes that start too early or too late."""
        earliest, latest = self.earliest or time.min, self.latest or time.max
        codes = facts.select(self.of)
        return [code for code in codes if not earliest <= facts.shift(code).start <= latest]

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per shift."""
        facts = roster.facts
        codes, inside = facts.select(self.of), set(self.days_inside(facts))
        for worked in roster.assignments:
            judged = worked.shift.code in codes and worked.day in inside
            if not judged or self._in_time(worked.shift.starts_at):
                continue
            if self.whom.matches(facts.person(worked.who)):
                text = (
                    f"{worked.who} starts {worked.shift.code} at {worked.shift.start:%H:%M} on "
                    f"{worked.day:%a %d %b}."
                )
                yield self.breach(1, text, worked.who, worked.day)

    def _in_time(self, start: int) -> bool:
        """Say whether a shift may start at that minute of its day; both limits are allowed."""
        early = self.earliest is not None and start < _minute(self.earliest)
        late = self.latest is not None and start > _minute(self.latest)
        return not early and not late


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _article(words: str) -> str:
    return "an" if words[0].lower() in "aeiou" else "a"
