"""What people ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

from ..facts import Facts, Wish
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

    facts_read: ClassVar[frozenset[str]] = frozenset({"wishes"})

    kind: Literal["wish"] = "wish"

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        who = f"Everyone{self.whom.restriction()}"
        return f"{who} gets the days off, days on and shifts they wish for."

    def encode(self, model: Vocabulary) -> None:
        """Charge the weight of each wish denied."""
        facts = model.facts
        for wish in facts.wishes:
            who, day = wish.person, wish.date
            applies = self.whom.matches(facts.person(who)) and self.whom.covers(day)
            # On leave or outside the contract the wish is void.
            if not (applies and facts.due(who, day)):
                continue
            codes = facts.select(wish.shift) if wish.shift else None
            works = model.works(who, day, codes)
            denied = works if wish.wish in ("day-off", "shift-off") else 1 - works
            model.never_all((denied,), amount=wish.weight)

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per wish denied."""
        facts = roster.facts
        wishes = self._by_person(facts)
        for p in self.people(facts):
            for wish in wishes.get(p.name, ()):
                # On leave or outside the contract the wish is void.
                if facts.on_leave(p.name, wish.date) or not p.employed(wish.date):
                    continue
                code = roster.at(p.name, wish.date)
                if _denied(facts, wish, code):
                    does = f"works {code}" if code else "is off"
                    text = f"{p.name} asked {_asked(wish)} on {wish.date:%a %d %b} but {does}."
                    yield self.breach(wish.weight, text, p.name, wish.date)

    def _by_person(self, facts: Facts) -> Mapping[str, list[Wish]]:
        """Return the wishes for days the rule looks at."""
        wishes: dict[str, list[Wish]] = {}
        for wish in facts.wishes:
            if self.whom.covers(wish.date):
                wishes.setdefault(wish.person, []).append(wish)
        return wishes


def _denied(facts: Facts, wish: Wish, code: str | None) -> bool:
    """Say whether a cell that holds *code*, or nothing, is not what was wished for."""
    match wish.wish:
        case "day-off":
            return code is not None
        case "day-on":
            return code is None
        case "shift-on":
            return code not in facts.select(wish.shift)
        case "shift-off":
            return code in facts.select(wish.shift)


def _asked(wish: Wish) -> str:
    """Return what was wished for, after ``asked``."""
    match wish.wish:
        case "day-off":
            return "for a day off"
        case "day-on":
            return "to work"
        case "shift-on":
            return f"for {wish.shift}"
        case "shift-off":
            return f"for anything but {wish.shift}"
