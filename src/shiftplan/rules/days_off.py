"""Days off in each week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator

from ..errors import count as counted
from ..facts import Facts
from ..facts.lieu_days import Spare, settle
from ..roster import Roster
from ..rota import RotaRequest
from .base import Breach, Fact, Keeps, Rule, WorkLimits
from .lieu import Claim, beyond, open_claims, owed_days, place
from .vocabulary import Expr, Vocabulary, ruled_out


class DaysOff(Rule):
    """Count the days off missing, or too many, per person and week.

    A day of leave, or outside the contract, is neither worked nor off. In a week with fewer other
    days than days off are due, all of those are off. With ``lieu`` a day off more is none too many
    if it is owed in lieu of a public holiday; days of leave in lieu use up what is owed as well.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"per_week": 2},
        {"per_week": 2, "count": "at_least"},
        {"per_week": 7},
        {"per_week": 0, "for": {"site": ["North"]}},
        {"per_week": 2, "lieu": True},
        {"per_week": 1, "lieu": True},
    )

    kind: Literal["days-off"] = "days-off"
    per_week: int = Field(default=2, ge=0, le=7)
    count: Literal["exactly", "at-least"] = "exactly"
    lieu: bool = False
    """Whether days off owed in lieu of public holidays may come on top."""

    @field_validator("count", mode="before")
    @classmethod
    def _dashes(cls, value: Any) -> Any:
        return value.replace("_", "-") if isinstance(value, str) else value

    @property
    def counts_holidays(self) -> bool:
        """Whether the rule needs public holidays."""
        return self.lieu

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        how_many = f"{self.count.replace('-', ' ')} {counted(self.per_week, 'day')} off"
        more = ", and those owed in lieu" if self.lieu else ""
        return f"Everyone{self.whom.restriction()} has {how_many} in each week{more}."

    def reads(self, facts: Facts, fact: Fact) -> bool:
        """Say whether the days off go with a share of full time, or holidays earn days in lieu."""
        if fact.section == "lieu":
            return self.lieu and self.whom.matches(facts.person(fact.who))
        return self.reads_share(facts, fact) or super().reads(facts, fact)

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield dates without the end of a week, and days in lieu where they make no difference."""
        yield from self.week_problems(facts)
        if self.lieu and self.count == "at-least":
            what = 'with count = "at-least" no day off is too many anyway'
            yield f"lieu: {what}. Delete one of the two."

    def keeps_free(self) -> Keeps:
        """Return the days off."""
        return Keeps(self.whom, self.per_week, unavailable=False)

    def ask_of_rota(self, rota: RotaRequest) -> None:
        """Require the days off in each row; a rota has no holidays, and so none in lieu."""
        most = self.per_week if self.count == "exactly" else 7
        rota.days_off(self.per_week, most)

    def most_days(
        self, facts: Facts, who: str, days: Sequence[date], codes: Collection[str]
    ) -> int:
        """Return what the days off leave."""
        week = next(week for week in facts.weeks if days[-1] in week)
        if not self.judges_week_of(facts, days[-1]):
            return len(days)
        # Days that are not due, such as those of leave, may be worked as far as this rule goes.
        due = [day for day in week if facts.due(who, day)]
        to_work = max(0, len(due) - self.per_week)
        return min(len(days), sum(day not in due for day in days) + to_work)

    def cannot_be_met(self, facts: Facts, limits: WorkLimits) -> Iterator[str]:
        """Yield the first week of each person with fewer days to work than are not to be off."""
        if self.count != "exactly" or self.lieu:
            return
        for person in self.people(facts):
            for week in self.weeks_inside(facts):
                due = sum(facts.due(person.name, day) for day in week)
                to_work = max(0, due - self.per_week)
                most = limits.most_days(person.name, week)
                if to_work > most:
                    off = counted(min(self.per_week, due), "day")
                    yield (
                        f"{person.name} is to have only {off} off in the week of "
                        f"{week[0]:%a %d %b}, but can work {counted(most, 'day')} at most."
                    )
                    break

    def least_paid(self, facts: Facts, who: str, days: Sequence[date]) -> int:
        """Return the shortest shift on every day that is not to be off.

        Nothing if days off in lieu may come on top, for nobody knows yet how many.
        """
        if self.count != "exactly" or self.lieu:
            return 0
        shortest = min((facts.shift(code).paid for code in facts.codes(who)), default=0)
        to_work = 0
        for week in facts.weeks:
            if week[0] in days:
                due = sum(facts.due(who, day) for day in week)
                to_work += due - min(self.per_week, due)
        return shortest * to_work

    # -- for the solver --------------------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge each day off missing, or too many."""
        facts = model.facts
        for person in self.people(facts):
            accepted = self._accepted(model, person.name)
            for week in self.weeks_inside(facts):
                days = [day for day in week if facts.due(person.name, day)]
                worked = sum(model.works(person.name, day) for day in days)
                # A week with fewer due days than days off has all of them off, and lacks none.
                to_work = len(days) - min(self.per_week, len(days))
                model.at_most(to_work, worked, most=7)
                if self.count == "exactly":
                    model.at_least(to_work, worked + accepted.get(week[0], 0), most=7)

    def _accepted(self, model: Vocabulary, who: str) -> Mapping[date, Expr]:
        """Return how many days off beyond ``per_week`` are owed, by the first day of each week."""
        weeks = self.weeks_inside(model.facts)
        if not self.lieu or self.count != "exactly" or not weeks:
            return {}
        until = weeks[-1][-1]
        claims = open_claims(model, who, self.per_week)
        owed = [claim for claim in claims if claim.earned <= until]
        days = [day for week in weeks for day in week if model.facts.due(who, day)]
        placed = place(model, who, owed, days, self._beyond)
        by_week = {week[0]: _placed_in(week, placed) for week in weeks}
        self._leave_first(model, who, owed, until, sum(by_week.values()))
        return by_week

    def _beyond(self, model: Vocabulary, who: str, week: Sequence[date]) -> Expr:
        return beyond(model, who, week, self.per_week)

    def _leave_first(
        self, model: Vocabulary, who: str, owed: Sequence[Claim], until: date, placed: Expr
    ) -> None:
        """State that days of leave in lieu use up what is owed before days off *placed* do."""
        facts = model.facts
        days = [day for day in facts.days if day <= until and facts.lieu_leave(who, day)]
        on_leave = sum(model.off(who, day) for day in days)
        if ruled_out(on_leave):
            return
        total, most = sum(claim.amount for claim in owed), len(facts.days)
        left, any_left = model.number(0, len(owed)), model.number(0, 1)
        # More leave than is owed leaves nothing, not less than nothing.
        model.require(
            left <= len(owed) * any_left,
            left <= total - on_leave + most * (1 - any_left),
        )
        model.require(placed <= left)

    # -- for people ------------------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per person and week."""
        for person in self.people(roster.facts):
            in_lieu = self._in_lieu(roster, person.name) if self.lieu else Counter[date]()
            for week in self.weeks_inside(roster.facts):
                yield from self._check_week(roster, person.name, week, in_lieu[week[0]])

    def _check_week(
        self, roster: Roster, who: str, week: Sequence[date], in_lieu: int
    ) -> Iterator[Breach]:
        """Yield the breach of one week, of whose days off *in_lieu* may come on top."""
        free = [day for day in week if roster.facts.due(who, day)]
        off = sum(not roster.works(who, day) for day in free)
        due = min(self.per_week, len(free))
        missing = max(0, due - off)
        too_many = max(0, off - due - in_lieu) if self.count == "exactly" else 0
        if missing or too_many:
            more = f", {in_lieu} of them in lieu," if in_lieu else ""
            found = f"{counted(off, 'day')} off{more} in the week of {week[0]:%a %d %b}"
            text = f"{who} has {found}, not {due}."
            first = max(week[0], self.days_inside(roster.facts)[0])
            yield self.breach(missing or too_many, text, who, first)

    def _in_lieu(self, roster: Roster, who: str) -> Counter[date]:
        """Return how many days off beyond ``per_week`` are in lieu, by the first day of each week.

        Days of leave in lieu go off what is owed first.
        """
        judged = self.weeks_inside(roster.facts)
        if not judged:
            return Counter()
        until = judged[-1][-1]
        owed = [lieu for lieu in owed_days(roster, who, self.per_week) if lieu.earned <= until]
        settled = settle(owed, [self._spare(roster, who, week) for week in judged])
        left = max(0, len(owed) - self._on_leave(roster, who, until))
        kept = [day for _, day in settled if day is not None][:left]
        first_of = {day: week[0] for week in judged for day in week}
        return Counter(first_of[day] for day in kept)

    def _on_leave(self, roster: Roster, who: str, until: date) -> int:
        """Return how many days of leave in lieu *who* has up to *until*; none is one worked."""
        days = [day for day in roster.facts.days if day <= until]
        leave = [day for day in days if roster.facts.lieu_leave(who, day)]
        return sum(not roster.works(who, day) for day in leave)

    def _spare(self, roster: Roster, who: str, week: Sequence[date]) -> Spare:
        """Return the days off of *week*, and how many of them can be in lieu."""
        free = [day for day in week if roster.facts.due(who, day)]
        off = tuple(day for day in free if not roster.works(who, day))
        return Spare(off, max(0, len(off) - self.per_week))


def _placed_in(week: Sequence[date], placed: Sequence[Mapping[date, Expr]]) -> Expr:
    """Return how many of the days owed, each with its possible days off, are off in *week*."""
    in_lieu: list[Expr] = []
    for possible in placed:
        in_lieu += [off for day, off in possible.items() if day in week]
    return sum(in_lieu)
