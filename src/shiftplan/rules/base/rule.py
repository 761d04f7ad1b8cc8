"""What every rule is: a measure, taken once for the solver and once for people."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, ClassVar

from pydantic import Field

from ...clock import WEEKDAYS
from ...facts import Cell, Facts, Frozen, Person
from ...roster import Roster
from ...roster.requirement import Requirement
from ...rota import RotaRequest
from ..vocabulary import Vocabulary
from .fact import Fact
from .filter import Filter
from .limits import WorkLimits
from .working_days import Keeps

MUST = "must"


@dataclass(frozen=True)
class Breach:
    """One place where a rule is broken: by how much, who, when, in one sentence."""

    rule: str
    amount: int
    text: str
    who: str | None = None
    day: date | None = None


class Rule(Frozen):
    """A rule measures how far a roster breaks it; whether that is forbidden is its *strength*.

    ``encode`` and ``check`` must agree on the measure for every roster:
    ``tests/rules/test_contract.py`` holds every rule to it.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({},)
    """Parameters shown in the reference and tried by the contract test, one set at least on the
    boundary.
    """

    personal: ClassVar[bool] = True
    """Whether it judges each person alone; a rule about people together says False."""

    about_own_days: ClassVar[bool] = False
    """Whether it is about days of a person's own. A rota asks nothing of it: whoever assigns people
    to the rota does.
    """

    facts_read: ClassVar[frozenset[str]] = frozenset()
    """The sorts of facts it reads that have no effect otherwise, by ``Fact.section``."""

    tells_shifts_apart: ClassVar[bool] = False
    """Whether ``most_days`` of one day depends on the shifts it is asked about."""

    gains_by_more: ClassVar[bool] = False
    """Whether a shift that nobody needs can make it cost less, by making shares of work even."""

    kind: str
    strength: str = MUST
    """``must``, or the name of the goal that pays for a breach."""
    weight: int = Field(default=1, ge=1, le=1_000_000)
    whom: Filter = Field(default=Filter(), alias="for")
    enabled: bool = True
    """False switches the rule off: it stays in the plan file and counts for nothing."""
    source: str = Field(default="", max_length=1000)
    """Where the rule comes from: a statute, an agreement, a study; shown with its breaches."""

    @property
    def counts_holidays(self) -> bool:
        """Whether the rule needs public holidays."""
        return False

    @abstractmethod
    def sentence(self) -> str:
        """Return the rule as one sentence a planner would say."""

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield what in the facts makes this rule meaningless, each starting with its key."""
        yield from ()

    def notices(self, facts: Facts) -> Iterator[str]:
        """Yield what is no mistake and yet worth knowing about the rule and these facts."""
        yield from ()

    # -- beside other rules ------------------------------------------------------------------------

    def keeps_free(self) -> Keeps | None:
        """Return what the rule keeps free of work in each week, if anything."""
        return None

    def beside(self, rules: Sequence[Rule]) -> Rule:
        """Return the rule as it is in a plan with *rules*: the same, unless what it counts goes by
        what others keep free.
        """
        return self

    # -- what it reads ---------------------------------------------------------------------------

    def reads(self, facts: Facts, fact: Fact) -> bool:
        """Say whether the rule reads *fact*, whatever its dates leave out."""
        if fact.section == "holidays":
            # A date without a site is one of all sites.
            sites = {person.site for person in self.people(facts)}
            return self.counts_holidays and (fact.key in sites or not fact.key)
        if fact.section not in self.facts_read:
            return False
        return not fact.who or self.whom.matches(facts.person(fact.who))

    def reads_share(self, facts: Facts, fact: Fact) -> bool:
        """Say whether a limit on work is one for the contract's share of the person of *fact*.

        It is if it applies to nobody with another share.
        """
        if fact.section != "share" or not self.whom.matches(facts.person(fact.who)):
            return False
        share = facts.share(fact.who)
        return all(facts.share(person.name) == share for person in self.people(facts))

    # -- the measure, twice ----------------------------------------------------------------------

    @abstractmethod
    def encode(self, model: Vocabulary) -> None:
        """Add the measure to the model."""

    @abstractmethod
    def check(self, roster: Roster) -> Iterable[Breach]:
        """Yield every breach in *roster*, without looking at the model."""

    def required(self, roster: Roster) -> Iterator[Requirement]:
        """Yield what the rule requires to be there, and how much of it is, for coverage to show.

        Nothing for a rule that requires nobody at a time or on a day, and for the queues' demand,
        which coverage counts by itself.
        """
        yield from ()

    # -- what it asks of a cyclic rota, and what counting alone shows ----------------------------

    def ask_of_rota(self, rota: RotaRequest) -> None:
        """Ask of a rota what the rule asks of everyone; unless a rule says how, it is left out.

        Only asked of a hard rule without dates that applies to everyone who follows the rota.
        """
        self.leave_out_of(rota)

    def leave_out_of(self, rota: RotaRequest) -> None:
        """Note that the rota may break the rule, or break it in part."""
        rota.note(f"the rota may break {self.kind}: {self.sentence()}")

    def most_days(
        self, facts: Facts, who: str, days: Sequence[date], codes: Collection[str]
    ) -> int:
        """Return on how many of *days* the rule, if hard, leaves *who* to work one of *codes* at
        most.

        *days* follow each other and are of one week; *codes* are shifts that *who* can work.
        """
        return len(days)

    def most_paid(self, facts: Facts, who: str, days: Sequence[date]) -> int | None:
        """Return how many paid minutes the rule, if hard, leaves *who* to work on *days* at most.

        *days* are of one week, or all of the horizon; None is no limit.
        """
        return None

    def most_at_once(self, facts: Facts, site: str) -> int | None:
        """Return how many people the rule, if hard, leaves on duty at *site* at once; None is no
        limit.
        """
        return None

    def least_duty(self, facts: Facts) -> int:
        """Return the minutes of duty that the rule, if hard, requires of all people together."""
        return 0

    def least_days(self, facts: Facts, who: str, week: Sequence[date]) -> tuple[str, int]:
        """Return how many days of *week* the rule, if hard, makes *who* work a sort of shifts at
        least, and the sort.
        """
        return "any", 0

    def cannot_be_met(self, facts: Facts, limits: WorkLimits) -> Iterator[str]:
        """Yield what the rule requires and no roster can give, by counting.

        *limits* are what all hard rules together leave and require.
        """
        yield from ()

    def least_paid(self, facts: Facts, who: str, days: Sequence[date]) -> int:
        """Return how many paid minutes the rule, if hard, makes *who* work in *days* at least.

        *days* is a week of the horizon, or all of it.
        """
        return 0

    def near(self, roster: Roster, chance: Random) -> frozenset[Cell]:
        """Return cells a search does well to decide anew together, drawn by *chance*, or none."""
        return frozenset()

    # -- what an author of rules calls -----------------------------------------------------------

    def people(self, facts: Facts) -> tuple[Person, ...]:
        """Return the people the rule applies to."""
        named = self.whom.names
        pool = facts.people
        if len(named) == 1:
            # A roster that is edited is judged person by person: look one up, not all through.
            pool = (facts.person(named[0]),) if facts.has_person(named[0]) else ()
        return tuple(filter(self.whom.matches, pool))

    def days_inside(self, facts: Facts) -> tuple[date, ...]:
        """Return the days of the horizon the rule looks at."""
        if not self.whom.dated:
            return facts.days
        return tuple(filter(self.whom.covers, facts.days))

    def weeks_inside(self, facts: Facts) -> tuple[tuple[date, ...], ...]:
        """Return the weeks of the horizon the rule looks at: those whose last day it looks at."""
        return tuple(week for week in facts.weeks if self.whom.covers(week[-1]))

    def judges_week_of(self, facts: Facts, day: date) -> bool:
        """Say whether the week of *day* is one the rule looks at."""
        return not self.whom.dated or any(day in week for week in self.weeks_inside(facts))

    def week_problems(self, facts: Facts) -> Iterator[str]:
        """Yield that a rule that goes by the week looks at none."""
        if self.days_inside(facts) and not self.weeks_inside(facts):
            what = "no week ends on the dates it applies to"
            yield f"for: {what}, so it judges nothing. Widen them."

    def weekday_problems(self, facts: Facts, weekdays: Collection[str]) -> Iterator[str]:
        """Yield that a rule for *weekdays* looks at none of them."""
        days = self.days_inside(facts)
        if days and not any(WEEKDAYS[day.weekday()] in weekdays for day in days):
            wanted = " or ".join(day.capitalize() for day in weekdays)
            yield f"for: none of the dates it applies to is a {wanted}. Widen them."

    def breach(
        self, amount: int, text: str, who: str | None = None, day: date | None = None
    ) -> Breach:
        """Return a breach of this rule."""
        return Breach(self.kind, amount, text, who, day)
