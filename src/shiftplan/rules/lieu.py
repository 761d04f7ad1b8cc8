"""Days off in lieu of public holidays worked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Literal, NamedTuple

from pydantic import Field

from ..facts import Facts, LieuDay
from ..facts.lieu import deadline, earning, open_days, spare, terms
from ..facts.lieu_days import settle
from ..roster import Roster
from .base import Breach, Rule
from .vocabulary import Expr, Vocabulary


class Lieu(Rule):
    """Count the days off owed in lieu of public holidays that are not placed in time.

    A holiday worked, by the calendar and the terms of the person's site, earns a day off. In lieu
    is what a week has beyond its ``days_off``, and leave of kind ``lieu``; the day owed that
    expires first comes first. Days brought in count, days that expire after the horizon do not yet.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"days_off": 2},
        {"days_off": 1},
        {"days_off": 0, "for": {"site": ["North"]}},
        {"days_off": 4},
    )

    kind: Literal["lieu"] = "lieu"
    days_off: int = Field(default=2, ge=0, le=7)
    """Days off a week has anyway."""

    @property
    def counts_holidays(self) -> bool:
        """Whether the rule asks for public holidays."""
        return True

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        days = f"{self.days_off} day{'' if self.days_off == 1 else 's'} off"
        return (
            f"Everyone{self.whom.words()} who works a public holiday has a day off in lieu in time, beyond "
            f"the {days} of a week."
        )

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield that nobody it is for keeps a holiday, so that nothing can be owed."""
        people = self.people(facts)
        owed = {lieu.person for lieu in facts.lieu_owed}
        if people and not any(facts.keeps(p.site) or p.name in owed for p in people):
            sites = " or ".join(sorted({p.site for p in people}))
            yield f'kind: {sites} keeps no public holidays. Add them to the site, as in holidays = "IE".'

    def encode(self, model: Vocabulary) -> None:
        """Charge each day owed that no day off is given for."""
        facts = model.facts
        for p in self.people(facts):
            found = open_claims(model, p.name, self.days_off)
            owed = [c for c in found if self._counts(facts, c.expires)]
            days = {d for d in facts.days if facts.due(p.name, d) or facts.lieu_leave(p.name, d)}
            for claim, choices in zip(
                owed, place(model, p.name, owed, days, self._room), strict=True
            ):
                model.at_least(claim.amount, sum(choices.values()), most=1)

    def _room(self, model: Vocabulary, who: str, week: Sequence[date]) -> Expr:
        in_lieu = sum(model.off(who, d) for d in week if model.facts.lieu_leave(who, d))
        return beyond(model, who, week, self.days_off) + in_lieu

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per day owed."""
        facts = roster.facts
        for p in self.people(facts):
            owed = [
                o
                for o in owed_days(roster, p.name, self.days_off)
                if self._counts(facts, o.expires)
            ]
            weeks = [
                spare(facts, p.name, week, self.days_off, roster.works) for week in facts.weeks
            ]
            for lieu, day in settle(owed, weeks):
                if day is None:
                    until = f"{lieu.expires:%a %d %b}"
                    text = f"{p.name} has no day off in lieu of {_called(facts, lieu)} by {until}."
                    yield self.breach(1, text, p.name, lieu.expires)

    def _counts(self, facts: Facts, expires: date) -> bool:
        return facts.first <= expires <= facts.last and self.whom.covers(expires)


def _called(facts: Facts, lieu: LieuDay) -> str:
    day = (
        f"{lieu.earned:%a %d %b}"
        if lieu.earned.year == lieu.expires.year
        else f"{lieu.earned:%a %d %b %Y}"
    )
    name = facts.holiday_name(lieu.person, lieu.earned)
    return f"{name} ({day})" if name else day


# -- days owed, as the checker finds them ----------------------------------------------------------


def owed_days(roster: Roster, who: str, per_week: int) -> list[LieuDay]:
    """Return the days owed to *who*: those open at the start, and those *roster* earns."""
    facts = roster.facts
    found = open_days(facts, who, per_week)
    for day in facts.days:
        if facts.holiday(who, day) and facts.person(who).employed(day) and _earns(roster, who, day):
            found.append(LieuDay(deadline(facts, who, day), day, who))
    return found


def _earns(roster: Roster, who: str, holiday: date) -> bool:
    facts = roster.facts
    if any(roster.at(who, day) in codes for day, codes in earning(facts, who, holiday).items()):
        return True
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
        found.append(Claim(_any(model, events), day, deadline(facts, who, day)))
    return found


def _any(model: Vocabulary, events: Sequence[Expr]) -> Expr:
    """Return 1 if one of *events* is."""
    if any(isinstance(event, int) and event for event in events):
        return 1
    open_ = [event for event in events if not isinstance(event, int)]
    if len(open_) < 2:
        return open_[0] if open_ else 0
    found = model.number(0, 1)
    model.require(*(found >= event for event in open_), found <= sum(open_))
    return found


def beyond(model: Vocabulary, who: str, week: Sequence[date], per_week: int) -> Expr:
    """Return a number that is at most the days off of *week* beyond *per_week*."""
    off = [model.off(who, d) for d in week if model.facts.due(who, d)]
    top, total = len(off) - per_week, sum(off)
    if top <= 0:
        return 0
    if isinstance(total, int):
        return max(0, total - per_week)
    extra, some = model.number(0, top), model.number(0, 1)
    model.require(extra <= top * some, extra <= total - per_week + per_week * (1 - some))
    return extra


def place(
    model: Vocabulary,
    who: str,
    claims: Sequence[Claim],
    days: Iterable[date],
    room: Callable[[Vocabulary, str, Sequence[date]], Expr],
) -> list[Mapping[date, Expr]]:
    """Return for each claim, by its days, 1 if that day off is given for it.

    A day is given once, if it is off; a claim takes one in its time; a week gives no more than its
    *room*.
    """
    choices: list[dict[date, Expr]] = [
        {d: model.number(0, 1) for d in sorted(days) if claim.earned <= d <= claim.expires}
        for claim in claims
    ]
    for claim, mine in zip(claims, choices, strict=True):
        if mine:
            model.require(sum(mine.values()) <= claim.amount)
    for week in model.facts.weeks:
        given = {d: [mine[d] for mine in choices if d in mine] for d in week}
        if any(given.values()):
            model.require(sum(y for ys in given.values() for y in ys) <= room(model, who, week))
            model.require(*(sum(ys) <= model.off(who, d) for d, ys in given.items() if ys))
    return list(choices)
