"""What people ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from ..facts import Wish
from ..roster import Roster
from .base import Breach, Rule
from .vocabulary import Vocabulary


class WishRule(Rule):
    """Count the weight of each wish denied: a day off or on, a shift worked or not worked.

    A wish for a day on leave or outside the contract is void.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {},
        {"for": {"level": ["L2"]}},
        {"for": {"names": ["Ana"]}},
    )

    about_own_days: ClassVar[bool] = True

    kind: Literal["wish"] = "wish"

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        return f"Everyone{self.whom.words()} gets the days off, days on and shifts they wish for."

    def encode(self, model: Vocabulary) -> None:
        """Charge the weight of each wish denied."""
        facts = model.facts
        for wish in facts.wishes:
            who, day = wish.person, wish.date
            concerned = self.whom.matches(facts.person(who)) and self.whom.covers(day)
            if not (concerned and facts.due(who, day)):
                continue
            codes = facts.select(wish.shift) if wish.shift else None
            works = model.works(who, day, codes)
            denied = works if wish.wish in ("day-off", "shift-off") else 1 - works
            model.never_all((denied,), amount=wish.weight)

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per wish denied."""
        facts = roster.facts
        wishes: dict[str, list[Wish]] = {}
        for wish in facts.wishes:
            if self.whom.covers(wish.date):
                wishes.setdefault(wish.person, []).append(wish)
        for p in self.people(facts):
            for wish in wishes.get(p.name, ()):
                if facts.on_leave(p.name, wish.date) or not p.employed(wish.date):
                    continue
                code = roster.at(p.name, wish.date)
                match wish.wish:
                    case "day-off":
                        denied, asked = code is not None, "a day off"
                    case "day-on":
                        denied, asked = code is None, "to work"
                    case "shift-on":
                        denied, asked = code not in facts.select(wish.shift), f"{wish.shift}"
                    case "shift-off":
                        denied, asked = (
                            code in facts.select(wish.shift),
                            f"anything but {wish.shift}",
                        )
                if denied:
                    does = f"works {code}" if code else "is off"
                    text = f"{p.name} asked for {asked} on {wish.date:%a %d %b} but {does}."
                    yield self.breach(wish.weight, text, p.name, wish.date)
