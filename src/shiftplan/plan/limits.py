"""What the hard rules of a plan leave and ask together, put together from what each says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from ..facts import Facts
from ..rules import MUST, Rule
from .plan import Plan


class HardLimits:
    """The bounds that counting knows for each person of a plan; what was asked once is kept."""

    def __init__(self, plan: Plan) -> None:
        self._facts: Facts = plan.facts
        self._limiting: Mapping[str, list[Rule]] = _hard_rules(plan, "most_days")
        self._paying: Mapping[str, list[Rule]] = _hard_rules(plan, "most_paid")
        self._forcing: Mapping[str, list[Rule]] = _hard_rules(plan, "least_paid")
        self._asking: Mapping[str, list[Rule]] = _hard_rules(plan, "least_days")
        self._hard: list[Rule] = [rule for rule in plan.rules if rule.strength == MUST]
        self._left: dict[tuple[str, date], tuple[str, ...]] = {}

    # -- days ------------------------------------------------------------------------------------

    def most_days(
        self, who: str, days: Sequence[date], codes: Collection[str] | None = None
    ) -> int:
        """Return on how many of *days*, of one week, *who* can work one of *codes*, or any shift,
        at most.
        """
        able = self._facts.codes(who)
        wanted = able if codes is None else tuple(code for code in able if code in codes)
        if not wanted:
            return 0
        possible = sum(not set(wanted).isdisjoint(self.codes_left(who, day)) for day in days)
        limits = (rule.most_days(self._facts, who, days, wanted) for rule in self._limiting[who])
        return min((possible, *limits))

    def codes_left(self, who: str, day: date) -> tuple[str, ...]:
        """Return the shifts that *who* can work on *day*, as far as each by itself."""
        found = self._left.get((who, day))
        if found is None:
            found = self._left[who, day] = self._codes_left(who, day)
        return found

    def _codes_left(self, who: str, day: date) -> tuple[str, ...]:
        # Outside a contract nobody works, rule or no rule.
        left = self._facts.codes_on(who, day)
        for rule in self._limiting[who]:
            if not rule.most_days(self._facts, who, (day,), left):
                return ()
            if rule.tells_shifts_apart:
                left = tuple(c for c in left if rule.most_days(self._facts, who, (day,), (c,)))
        return left

    def least_days(self, who: str, week: Sequence[date]) -> Mapping[str, int]:
        """Return the days *who* has to work in *week*, by the sorts of shifts that hard rules call
        them, no shift in two.
        """
        asked = [rule.least_days(self._facts, who, week) for rule in self._asking[who]]
        taken: set[str] = set()
        found: dict[str, int] = {}
        for sort, days in sorted(asked, key=lambda one: -one[1]):
            codes = self._facts.select(sort)
            if days and taken.isdisjoint(codes):
                found[sort] = days
                taken |= codes
        return found

    # -- all together ----------------------------------------------------------------------------

    def most_at_once(self, site: str) -> int:
        """Return how many can be on duty at *site* at once, besides those on record."""
        found = (rule.most_at_once(self._facts, site) for rule in self._hard)
        return min((limit for limit in found if limit is not None), default=len(self._facts.people))

    def least_duty(self) -> int:
        """Return the minutes of duty that a hard rule requires of all people together."""
        return max((rule.least_duty(self._facts) for rule in self._hard), default=0)

    # -- paid minutes ----------------------------------------------------------------------------

    def most_paid(self, who: str, days: Sequence[date]) -> int:
        """Return the paid minutes *who* can work on *days*, of one week or the whole horizon, at
        most.
        """
        total = 0
        for week in self._facts.weeks:
            inside = [day for day in week if day in days]
            if inside:
                total += self._most_paid_in(who, inside)
        return min((total, *self._paid_limits(who, days)))

    def _most_paid_in(self, who: str, days: Sequence[date]) -> int:
        """Return the paid minutes *who* can work on *days* of one week at most."""
        left = {code for day in days for code in self.codes_left(who, day)}
        longest = max((self._facts.shift(code).paid for code in left), default=0)
        return min((longest * self.most_days(who, days), *self._paid_limits(who, days)))

    def _paid_limits(self, who: str, days: Sequence[date]) -> list[int]:
        found = (rule.most_paid(self._facts, who, days) for rule in self._paying[who])
        return [limit for limit in found if limit is not None]

    def least_paid(self, who: str, covers: Callable[[date], bool]) -> int:
        """Return the paid minutes *who* has to work on the days that *covers* names, at least."""
        facts = self._facts
        longest = max((facts.shift(code).paid for code in facts.codes(who)), default=0)
        total = 0
        for week in facts.weeks:
            # As much of it as can be is done on days that the condition does not name.
            elsewhere = longest * sum(not covers(day) for day in week)
            total += max(0, self._forced(who, week) - elsewhere)
        if all(map(covers, facts.days)):
            total = max(total, self._forced(who, facts.days))
        return total

    def _forced(self, who: str, days: Sequence[date]) -> int:
        # A rule that leaves out one of the days says nothing about the others by themselves.
        rules = [rule for rule in self._forcing[who] if all(map(rule.whom.covers, days))]
        return max((rule.least_paid(self._facts, who, days) for rule in rules), default=0)


def _hard_rules(plan: Plan, hook: str) -> Mapping[str, list[Rule]]:
    """Return for each person the hard rules that answer to *hook*."""
    answering = [r for r in plan.rules if r.strength == MUST and _answers(r, hook)]
    return {p.name: [r for r in answering if r.whom.matches(p)] for p in plan.facts.people}


def _answers(rule: Rule, hook: str) -> bool:
    """Say whether *rule* has a method *hook* of its own, not only the one that says nothing."""
    return getattr(type(rule), hook) is not getattr(Rule, hook)
