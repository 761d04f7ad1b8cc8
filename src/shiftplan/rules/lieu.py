"""Days off in lieu of public holidays worked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Literal, NamedTuple, TypeAlias

from pydantic import Field

from ..errors import count
from ..facts import Facts, LieuDay
from ..facts.lieu import deadline, earning, open_days, spare, terms
from ..facts.lieu_days import settle
from ..roster import Roster
from .base import Breach, Rule
from .vocabulary import Expr, Vocabulary, certain

Room: TypeAlias = Callable[[Vocabulary, str, Sequence[date]], Expr]
"""How many days of a week of a person can be off in lieu."""


class Lieu(Rule):
    """Count the days off owed in lieu of public holidays that are not placed in time.

    A holiday worked, by the calendar and the terms of the person's site, earns a day off. In lieu
    is what a week has beyond its ``days_off``, and leave of kind ``lieu``; the day owed that
    expires first comes first. Days owed before the horizon count, days that expire after it do not
    yet.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"days_off": 2},
        {"days_off": 1},
        {"days_off": 0, "for": {"site": ["North"]}},
        {"days_off": 4},
    )

    facts_read: ClassVar[frozenset[str]] = frozenset({"lieu"})

    kind: Literal["lieu"] = "lieu"
    days_off: int = Field(default=2, ge=0, le=7)
    """Days off a week has anyway."""

    @property
    def counts_holidays(self) -> bool:
        """Whether the rule needs public holidays."""
        return True

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        who = f"Everyone{self.whom.restriction()} who works a public holiday"
        days = f"{count(self.days_off, 'day')} off of a week"
        return f"{who} has a day off in lieu in time, beyond the {days}."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield that nobody it applies to keeps a holiday, so that nothing can be owed."""
        people = self.people(facts)
        owed = {lieu.person for lieu in facts.lieu_owed}
        if people and not any(facts.keeps(p.site) or p.name in owed for p in people):
            sites = " or ".join(sorted({p.site for p in people}))
            yield (
                f"kind: {sites} keeps no public holidays. "
                'Add them to the site, as in holidays = "IE".'
            )

    def _counts(self, facts: Facts, expires: date) -> bool:
        return facts.first <= expires <= facts.last and self.whom.covers(expires)

    def encode(self, model: Vocabulary) -> None:
        """Charge each day owed that no day off is given for."""
        facts = model.facts
        for person in self.people(facts):
            who = person.name
            claims = open_claims(model, who, self.days_off)
            owed = [claim for claim in claims if self._counts(facts, claim.expires)]
            days = {day for day in facts.days if facts.due(who, day) or facts.lieu_leave(who, day)}
            given = place(model, who, owed, days, self._room)
            for claim, choices in zip(owed, given, strict=True):
                model.at_least(claim.amount, sum(choices.values()), most=1)

    def _room(self, model: Vocabulary, who: str, week: Sequence[date]) -> Expr:
        # A day of leave in lieu is a day off given, however many others the week has.
        in_lieu = sum(model.off(who, day) for day in week if model.facts.lieu_leave(who, day))
        return beyond(model, who, week, self.days_off) + in_lieu

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per day owed."""
        facts = roster.facts
        for person in self.people(facts):
            who = person.name
            owed = [
                lieu
                for lieu in owed_days(roster, who, self.days_off)
                if self._counts(facts, lieu.expires)
            ]
            weeks = [spare(facts, who, week, self.days_off, roster.works) for week in facts.weeks]
            for lieu, day in settle(owed, weeks):
                if day is None:
                    holiday = _called(facts, lieu)
                    text = f"{who} has no day off in lieu of {holiday} by {lieu.expires:%a %d %b}."
                    yield self.breach(1, text, who, lieu.expires)


def _called(facts: Facts, lieu: LieuDay) -> str:
    """Return the holiday a day is owed for, by name and date; its year where that is another."""
    year = "" if lieu.earned.year == lieu.expires.year else f" {lieu.earned.year}"
    day = f"{lieu.earned:%a %d %b}{year}"
    name = facts.holiday_name(lieu.person, lieu.earned)
    return f"{name} ({day})" if name else day


# -- days owed, as the checker finds them ----------------------------------------------------------


def owed_days(roster: Roster, who: str, per_week: int) -> list[LieuDay]:
    """Return the days owed to *who*: those open at the start, and those *roster* earns."""
    facts = roster.facts
    found = open_days(facts, who, per_week)
    for day in facts.days:
        holiday = facts.holiday(who, day) and facts.person(who).employed(day)
        if holiday and _earns(roster, who, day):
            found.append(LieuDay(deadline(facts, who, day), day, who))
    return found


def _earns(roster: Roster, who: str, holiday: date) -> bool:
    facts = roster.facts
    for day, codes in earning(facts, who, holiday).items():
        if roster.at(who, day) in codes:
            return True
    # By some terms a holiday that falls on a day off is owed as well.
    resting = facts.due(who, holiday) and not roster.works(who, holiday)
    return terms(facts, who).rest_day and resting


# -- days owed, as the solver sees them ------------------------------------------------------------


class Claim(NamedTuple):
    """A day that may be owed: 1 if it is, and the first and the last day on which it can be off."""

    amount: Expr
    earned: date
    expires: date


def open_claims(model: Vocabulary, who: str, per_week: int) -> list[Claim]:
    """Return what *who* is or may be owed in the horizon."""
    facts = model.facts
    found = [Claim(1, lieu.earned, lieu.expires) for lieu in open_days(facts, who, per_week)]
    rest_day = terms(facts, who).rest_day
    for day in facts.days:
        if not (facts.holiday(who, day) and facts.person(who).employed(day)):
            continue
        events = [model.works(who, d, codes) for d, codes in earning(facts, who, day).items()]
        if rest_day and facts.due(who, day):
            events.append(model.off(who, day))
        found.append(Claim(_exactly_any(model, events), day, deadline(facts, who, day)))
    return found


def _exactly_any(model: Vocabulary, events: Sequence[Expr]) -> Expr:
    """Return 1 if one of *events* is, else 0; a claim is neither to be raised nor to be lowered."""
    if any(certain(event) for event in events):
        return 1
    undecided = [event for event in events if not isinstance(event, int)]
    if not undecided:
        return 0
    if len(undecided) == 1:
        return undecided[0]
    found = model.number(0, 1)
    model.require(*(found >= event for event in undecided), found <= sum(undecided))
    return found


def beyond(model: Vocabulary, who: str, week: Sequence[date], per_week: int) -> Expr:
    """Return a number that is at most the days off of *week* beyond *per_week*."""
    off = [model.off(who, day) for day in week if model.facts.due(who, day)]
    top, total = len(off) - per_week, sum(off)
    if top <= 0:
        return 0
    if isinstance(total, int):
        return max(0, total - per_week)
    extra, some = model.number(0, top), model.number(0, 1)
    # With fewer days off than usual, *some* has to be 0, and then there are none beyond.
    model.require(extra <= top * some, extra <= total - per_week + per_week * (1 - some))
    return extra


def place(
    model: Vocabulary, who: str, claims: Sequence[Claim], days: Iterable[date], room: Room
) -> list[Mapping[date, Expr]]:
    """Return for each claim, by its days, 1 if that day off is given for it.

    A day is given once, if it is off; a claim takes one in its time; a week gives no more than its
    *room*.
    """
    in_order = sorted(days)
    choices: list[Mapping[date, Expr]] = []
    for claim in claims:
        in_time = [day for day in in_order if claim.earned <= day <= claim.expires]
        choices.append({day: model.number(0, 1) for day in in_time})
    for claim, mine in zip(claims, choices, strict=True):
        if mine:
            # One day at most, and none if it turns out that nothing is owed.
            model.require(sum(mine.values()) <= claim.amount)
    for week in model.facts.weeks:
        _share_out(model, who, week, choices, room)
    return choices


def _share_out(
    model: Vocabulary,
    who: str,
    week: Sequence[date],
    choices: Sequence[Mapping[date, Expr]],
    room: Room,
) -> None:
    """State that *week* gives each of its days off once, and no more of them than its *room*."""
    given: dict[date, list[Expr]] = {}
    for day in week:
        takers = [mine[day] for mine in choices if day in mine]
        if takers:
            given[day] = takers
    if not given:
        return
    model.require(sum(sum(takers) for takers in given.values()) <= room(model, who, week))
    for day, takers in given.items():
        model.require(sum(takers) <= model.off(who, day))
