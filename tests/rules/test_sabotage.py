"""The contract must catch a wrong rule; each one here is wrong in its own way, and found out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from shiftplan.clock import SLOT
from shiftplan.facts import Facts
from shiftplan.roster import Roster
from shiftplan.roster.coverage import on_duty
from shiftplan.rules import MUST, Breach, Filter, Rule, lieu
from shiftplan.rules.days_off import DaysOff
from shiftplan.rules.lieu import Claim, Lieu, open_claims, place
from shiftplan.rules.rest import Rest
from shiftplan.rules.seats import Seats
from shiftplan.rules.work_run import WorkRun
from shiftplan.solver.model import Model
from tests.plans import any_dates, any_facts, any_roster
from tests.rules.contract import hold, hold_at_the_border, hold_over_all_dates, hold_to_dates

SEEDS = range(40)

plans = cache(any_facts)


class WrongDirection(DaysOff):
    """Charges days off where it should charge days worked."""

    def encode(self, model: Model) -> None:
        for p in self.people(model.facts):
            for week in model.facts.weeks:
                days = [d for d in week if model.facts.due(p.name, d)]
                worked = sum(model.works(p.name, d) for d in days)
                model.at_least(len(days) - min(self.per_week, len(days)), worked, most=7)


class BlindToTheBorder(WorkRun):
    """Forgets what was worked before the first day."""

    def encode(self, model: Model) -> None:
        days = model.facts.days
        for p in self.people(model.facts):
            for k in range(self.max, len(days)):
                model.never_all(model.works(p.name, d) for d in days[k - self.max : k + 1])


class OneDayLateAtTheBorder(WorkRun):
    """Looks back, but skips the window that ends on the first day."""

    def encode(self, model: Model) -> None:
        days = model.facts.known_days
        for p in self.people(model.facts):
            for k in range(self.max, len(days)):
                if days[k] > model.facts.first:
                    model.never_all(model.works(p.name, d) for d in days[k - self.max : k + 1])


class NoLastWindow(WorkRun):
    """Stops one day before the end."""

    def encode(self, model: Model) -> None:
        days = model.facts.known_days
        for p in self.people(model.facts):
            for k in range(self.max, len(days) - 1):
                if days[k] >= model.facts.first:
                    model.never_all(model.works(p.name, d) for d in days[k - self.max : k + 1])


class TwiceAsMuchCharged(Rest):
    """Charges every pair of shifts twice."""

    def encode(self, model: Model) -> None:
        super().encode(model)
        super().encode(model)


class TwiceAsMuchFound(DaysOff):
    """Finds twice the days."""

    def check(self, roster: Roster) -> Iterator[Breach]:
        yield from (replace(b, amount=2 * b.amount) for b in super().check(roster))


class FindsNothing(Rest):
    """Charges, but tells nobody."""

    def check(self, roster: Roster) -> Iterator[Breach]:
        yield from ()


class NotWorthMentioning(WorkRun):
    """Reports what weighs nothing beside what does."""

    def check(self, roster: Roster) -> Iterator[Breach]:
        yield from super().check(roster)
        yield self.breach(0, "Nothing is wrong.")


class HardForbidsTooMuch(WorkRun):
    """Costs what it should, but as a hard rule also forbids a run that is just long enough."""

    def encode(self, model: Model) -> None:
        super().encode(model)
        days = model.facts.days
        for p in self.people(model.facts) if model._strength == MUST else ():
            for k in range(self.max - 1, len(days)):
                model.never_all(model.works(p.name, d) for d in days[k - self.max + 1 : k + 1])


class HardForbidsTooLittle(WorkRun):
    """Costs what it should, but as a hard rule forbids nothing."""

    def encode(self, model: Model) -> None:
        if self._costs(model):
            super().encode(model)

    def _costs(self, model: Model) -> bool:
        return model._strength != MUST


class ForbidsWhereItShouldCost(WorkRun):
    """Rules rosters out even where a breach is only to be paid for."""

    def encode(self, model: Model) -> None:
        super().encode(model)
        facts = model.facts
        for p in self.people(facts):
            for day in facts.days[: -self.max]:
                run = [model.works(p.name, day + timedelta(days=k)) for k in range(self.max + 1)]
                model.require(sum(run) <= self.max)


class OnlyWhereOpen(WorkRun):
    """Leaves out windows in which a cell is fixed."""

    def encode(self, model: Model) -> None:
        days = model.facts.known_days
        for p in self.people(model.facts):
            for k in range(self.max, len(days)):
                window = days[k - self.max : k + 1]
                if days[k] >= model.facts.first and all(
                    d < model.facts.first or model.open(p.name, d) for d in window
                ):
                    model.never_all(model.works(p.name, d) for d in window)


class DeafToDates(DaysOff):
    """Looks at every day, whatever the filter says, on both sides."""

    def days_inside(self, facts: Facts) -> tuple[date, ...]:
        return facts.days

    def weeks_inside(self, facts: Facts) -> tuple[tuple[date, ...], ...]:
        return facts.weeks


class DeafToDatesAndVague(DeafToDates):
    """The same, and never says when."""

    def check(self, roster: Roster) -> Iterator[Breach]:
        yield from (replace(b, day=None) for b in super().check(roster))


class ChargesOnEveryDate(Rest):
    """Finds what lies inside the dates and charges everything."""

    def encode(self, model: Model) -> None:
        super(type(self), self.model_copy(update={"whom": Filter()})).encode(model)


class FindsOnEveryDate(Rest):
    """Charges what lies inside the dates and finds everything."""

    def check(self, roster: Roster) -> Iterator[Breach]:
        yield from super(type(self), self.model_copy(update={"whom": Filter()})).check(roster)


class OneDayLess(WorkRun):
    """Leaves out the last date, on both sides."""

    def days_inside(self, facts: Facts) -> tuple[date, ...]:
        return super().days_inside(facts)[: -1 if self.whom.dated else None]


class ChargesTheRecord(Rest):
    """Looks at the days on record as at those of the horizon, on both sides."""

    def days_inside(self, facts: Facts) -> tuple[date, ...]:
        return facts.known_days


class ChargesTheWholeRun(WorkRun):
    """Leaves a run alone that is over, but charges all of one that goes on."""

    def check(self, roster: Roster) -> Iterator[Breach]:
        for breach in super().check(roster):
            # One day of the horizon makes this one too long, and three on record are charged too.
            more = 3 if breach.day == roster.facts.first else 0
            yield replace(breach, amount=breach.amount + more)


class BlamesPeopleOnRecord(Seats):
    """Charges people still on duty from before the horizon for sitting together."""

    def check(self, roster: Roster) -> Iterator[Breach]:
        for site, seats in self._limits(roster.facts).items():
            start, end = self._window(roster.facts, site)
            seated = {p.name for p in self._seated(roster.facts, site)}
            duties = [d for d in (*roster.before, *roster.assignments) if d.who in seated]
            for t, there in on_duty(duties, start, end).items():
                if len(there) > seats:
                    yield self.breach(SLOT * (len(there) - seats), f"Too many at {t}.")


class BeforeTheHoliday(Lieu):
    """Takes a day off before the holiday for one in lieu of it."""

    def encode(self, model: Model) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                lieu, "open_claims", lambda *args: [_earlier(c) for c in open_claims(*args)]
            )
            super().encode(model)


def _earlier(claim: Claim) -> Claim:
    return claim._replace(earned=claim.earned - timedelta(days=2))


class OneDayTooLate(Lieu):
    """Forgets that the last day counts."""

    def encode(self, model: Model) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                lieu,
                "place",
                lambda m, who, claims, days, room: place(
                    m, who, claims, {d for d in days if all(d != c.expires for c in claims)}, room
                ),
            )
            super().encode(model)


class AnyDayOff(Lieu):
    """Takes every day off for one in lieu."""

    def _room(self, model: Model, who: str, week: Sequence[date]) -> int:
        return 7


class MoreThanIsOwed(DaysOff):
    """Accepts every day off that is too many."""

    def _accepted(self, model: Model, who: str) -> dict[date, int]:
        return {week[0]: 7 for week in model.facts.weeks}


COST, CELLS, HARD, WEIGHS = "", "fixed", "as a hard rule", "weighs"
"""Which part of the contract catches it: the plain comparison has no words of its own."""

CASES = [
    (WrongDirection, DaysOff, {"per_week": 2, "count": "at-least"}, COST),
    (BlindToTheBorder, WorkRun, {"max": 5}, COST),
    (OneDayLateAtTheBorder, WorkRun, {"max": 1}, COST),
    (NoLastWindow, WorkRun, {"max": 4}, COST),
    (TwiceAsMuchCharged, Rest, {"hours": "12h"}, COST),
    (TwiceAsMuchFound, DaysOff, {"per_week": 2}, COST),
    (FindsNothing, Rest, {"hours": "11h"}, COST),
    (NotWorthMentioning, WorkRun, {"max": 5}, WEIGHS),
    (HardForbidsTooMuch, WorkRun, {"max": 6}, HARD),
    (HardForbidsTooLittle, WorkRun, {"max": 5}, HARD),
    (ForbidsWhereItShouldCost, WorkRun, {"max": 5}, COST),
    (OnlyWhereOpen, WorkRun, {"max": 3}, CELLS),
    (BeforeTheHoliday, Lieu, {"days_off": 1}, COST),
    (OneDayTooLate, Lieu, {"days_off": 1}, COST),
    (AnyDayOff, Lieu, {"days_off": 2}, COST),
    (MoreThanIsOwed, DaysOff, {"per_week": 1, "lieu": True}, COST),
]


AT_THE_BORDER = [
    (ChargesTheRecord, Rest, {"hours": "40h"}, "again"),
    (ChargesTheWholeRun, WorkRun, {"max": 2}, "again"),
    (BlamesPeopleOnRecord, Seats, {"seats": 0}, "alone"),
]


DATED = [
    (DeafToDates, DaysOff, {"per_week": 3}, "the breach on"),
    (DeafToDatesAndVague, DaysOff, {"per_week": 3}, "on matter"),
    (ChargesOnEveryDate, Rest, {"hours": "14h"}, "with dates, "),
    (FindsOnEveryDate, Rest, {"hours": "14h"}, "keeps to its dates"),
    (OneDayLess, WorkRun, {"max": 2}, "leave nothing out"),
]


def caught_by_dates(kind: type[Rule], parameters: dict[str, object]) -> list[str]:
    """Return what the contract says of *kind* with dates, by each seed on which it fails."""
    found = []
    for seed in SEEDS:
        facts = plans(seed)
        roster = any_roster(facts, seed)
        try:
            hold_over_all_dates(kind.model_validate(parameters), roster)
            hold_to_dates(
                kind.model_validate({**parameters, "for": any_dates(facts, seed)}), roster
            )
        except AssertionError as error:
            found.append(str(error))
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "honest", "parameters", "by"), DATED, ids=[c[0].__name__ for c in DATED]
)
def test_a_rule_that_does_not_keep_to_its_dates_breaks_the_contract(
    wrong: type[Rule], honest: type[Rule], parameters: dict[str, object], by: str
) -> None:
    assert caught_by_dates(honest, parameters) == []
    assert any(by in words for words in caught_by_dates(wrong, parameters))


def caught_at_the_border(made: Rule) -> list[str]:
    """Return what the contract says of what is on record, by each seed on which it fails."""
    found = []
    for seed in SEEDS:
        try:
            hold_at_the_border(made, any_roster(plans(seed), seed))
        except AssertionError as error:
            found.append(str(error))
    return found


@pytest.mark.parametrize(
    ("wrong", "honest", "parameters", "by"),
    AT_THE_BORDER,
    ids=[c[0].__name__ for c in AT_THE_BORDER],
)
def test_a_rule_that_charges_what_is_on_record_breaks_the_contract(
    wrong: type[Rule], honest: type[Rule], parameters: dict[str, object], by: str
) -> None:
    assert caught_at_the_border(honest.model_validate(parameters)) == []
    found = caught_at_the_border(wrong.model_validate(parameters))
    assert found
    assert all(by in words for words in found)


@pytest.mark.slow
def test_a_rule_that_charges_the_record_on_both_sides_is_caught_by_nothing_else() -> None:
    assert caught(ChargesTheRecord.model_validate({"hours": "40h"})) == []


def caught(made: Rule) -> list[str]:
    """Return what the contract says, for each seed on which it does not hold."""
    found = []
    for seed in SEEDS:
        try:
            hold(made, any_roster(plans(seed), seed))
        except AssertionError as error:
            found.append(str(error))
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "honest", "parameters", "by"), CASES, ids=[c[0].__name__ for c in CASES]
)
def test_a_wrong_rule_breaks_the_contract_and_the_honest_one_keeps_it(
    wrong: type[Rule], honest: type[Rule], parameters: dict[str, object], by: str
) -> None:
    assert caught(honest.model_validate(parameters)) == []
    found = caught(wrong.model_validate(parameters))
    assert found
    assert all(by in words for words in found)
