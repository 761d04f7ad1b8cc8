"""People wanted on a shift."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, Literal, TypeAlias

from ..clock import day_start
from ..errors import count
from ..facts import Facts, Person, ShiftNeed
from ..roster import Roster
from ..roster.coverage import Interval
from ..roster.requirement import Requirement
from ..rota import RotaRequest
from .base import Breach, Fact, Rule, WorkLimits
from .crews.needs import all_have_skill, called, concerns, note_left_out, shares_people
from .vocabulary import Expr, Vocabulary

Staffed: TypeAlias = tuple[ShiftNeed, Sequence[str]]
"""A line, and who could fill it."""


class ShiftDemand(Rule):
    """Count the people that shifts lack, or have beyond what is preferred, line by line and day by
    day.

    Who counts is of the line's site, has its skill, and works one of its shifts on that local day.
    Below the minimum each person counts one; against what is preferred each counts by the line's
    own weights.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"level": "minimum"},
        {"level": "preferred"},
        {"level": "preferred", "for": {"skill": ["lead", "chat"]}},
        {"level": "minimum", "for": {"site": ["South"]}},
    )

    personal: ClassVar[bool] = False

    facts_read: ClassVar[frozenset[str]] = frozenset({"shift_needs"})

    kind: Literal["shift-demand"] = "shift-demand"
    level: Literal["minimum", "preferred"] = "minimum"

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        if self.level == "minimum":
            staff = "at least the minimum staff"
        else:
            staff = "the preferred staff"
        return (
            f"Every shift has {staff}, counting everyone{self.whom.restriction()} who can work it."
        )

    def reads(self, facts: Facts, fact: Fact) -> bool:
        """Say whether it reads that level of a line."""
        return super().reads(facts, fact) and fact.key == self.level

    # -- what counting alone shows ---------------------------------------------------------------

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield that no line requires anything, and lines that require nobody there is."""
        lines = facts.shift_needs
        if not lines:
            yield "kind: the plan has no [shift_demand] table. Add one, or delete the rule."
        elif self.level == "minimum" and not any(need.minimum for need in lines):
            yield "level: no line has a minimum above 0. Give one, or use 'preferred'."
        elif self.level == "preferred" and all(need.preferred is None for need in lines):
            yield "level: no line says what is preferred. Give one, or use 'minimum'."
        yield from self._impossible_lines(facts)

    def _impossible_lines(self, facts: Facts) -> Iterator[str]:
        """Yield each line that needs people and has none who could work it."""
        for need in facts.shift_needs:
            if self._least(need) and not self._groups(facts, need):
                what = f"[shift_demand] requires {called(need)}"
                yield f"kind: {what}, and nobody it applies to can work that. Correct it."

    def least_duty(self, facts: Facts) -> int:
        """Return the minutes of the shortest shifts on which the lines can have their people."""
        total = 0
        for day in self.days_inside(facts):
            today = [need for need in facts.shift_needs if need.on(day) and self._least(need)]
            codes = {code for need in today for code in facts.select(need.shift)}
            shortest = min((facts.shift(code).length for code in codes), default=0)
            total += shortest * self._wanted_apart(facts, today)
        return total

    def cannot_be_met(self, facts: Facts, limits: WorkLimits) -> Iterator[str]:
        """Yield lines too few people can fill, and weeks that require more than all can work."""
        lines = [need for need in facts.shift_needs if self._least(need)]
        staffed = [(need, self._able(facts, need)) for need in lines]
        for week in facts.weeks:
            days = [day for day in week if self.whom.covers(day)]
            yield from self._too_much(facts, days, staffed, limits)

    def _too_much(
        self, facts: Facts, days: Sequence[date], staffed: Sequence[Staffed], limits: WorkLimits
    ) -> Iterator[str]:
        """Yield the lines too few can fill on *days*, and that all *days* require too much."""
        wanted, people, codes = 0, set[str](), set[str]()
        for day in days:
            today = [(need, able) for need, able in staffed if need.on(day)]
            wanted += self._wanted_apart(facts, [need for need, _ in today])
            for need, able in today:
                people.update(able)
                codes |= facts.select(need.shift)
                yield from self._too_few(facts, need, day, able, limits)
        given = sum(limits.most_days(who, days, codes) for who in people)
        if wanted > given:
            work = f"{count(wanted, 'day')} of work from {days[0]:%a %d %b} to {days[-1]:%a %d %b}"
            most = count(given, "day")
            yield f"The shifts need {work}, but everyone who could can work {most} at most."

    def _too_few(
        self, facts: Facts, need: ShiftNeed, day: date, able: Sequence[str], limits: WorkLimits
    ) -> Iterator[str]:
        """Yield that fewer of those *able* to fill a line can work on *day* than it needs."""
        least, codes = self._least(need), facts.select(need.shift)
        found = sum(limits.most_days(who, (day,), codes) > 0 for who in able)
        if found < least:
            needs = f"{need.shift} on {day:%a %d %b} needs {count(least, 'person', 'people')}"
            yield f"{needs}, but {found or 'none'} of those who could can work."

    def _wanted_apart(self, facts: Facts, lines: Sequence[ShiftNeed]) -> int:
        """Return the people that *lines* of one day need, none of them counted for two lines.

        A line with a shift in common with one that needs more is left out: the same people may
        serve both.
        """
        counted: list[ShiftNeed] = []
        for need in sorted(lines, key=self._least, reverse=True):
            if not any(shares_people(facts, need, other) for other in counted):
                counted.append(need)
        return sum(map(self._least, counted))

    def _least(self, need: ShiftNeed) -> int:
        """Return the people on *need* below which it costs."""
        if self.level == "minimum":
            return need.minimum
        # Without a weight to being under it, what is preferred is no least.
        return need.preferred or 0 if need.under else 0

    def _able(self, facts: Facts, need: ShiftNeed) -> Sequence[str]:
        """Return who can fill *need*, each once."""
        names = [who for _, group in self._groups(facts, need) for who in group]
        return list(dict.fromkeys(names))

    # -- what it asks of a cyclic rota -----------------------------------------------------------

    def ask_of_rota(self, rota: RotaRequest) -> None:
        """Require the people of each line, and note what of the lines a rota cannot have."""
        lines = [need for need in rota.facts.shift_needs if concerns(need, rota)]
        for_some = [need for need in lines if not all_have_skill(need, rota)]
        for need in lines:
            if need not in for_some:
                self._ask_of_line(need, rota)
        note_left_out(lines, rota)
        if for_some:
            rota.note("people required with a skill that not everybody has are left out.")

    def _ask_of_line(self, need: ShiftNeed, rota: RotaRequest) -> None:
        """Require the people of one line on its weekdays; a line for a date has none."""
        least, most = self._least(need), None
        if self.level == "preferred" and need.over:
            most = need.preferred
        if least or most is not None:
            for weekday in need.weekday:
                rota.headcount(weekday, rota.select(need.shift), least, most)

    # -- for the solver --------------------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge the people of each line and day, counted once per group of people alike."""
        inside = self.days_inside(model.facts)
        for need in model.facts.shift_needs:
            wanted = need.minimum if self.level == "minimum" else need.preferred
            if wanted is None:
                continue
            under, over = (1, 0) if self.level == "minimum" else (need.under, need.over)
            groups = self._groups(model.facts, need)
            for day in _days_of(need, inside):
                on: Expr = sum(model.headcount(names, day, code) for code, names in groups)
                if under:
                    model.at_least(wanted, on, each=under, most=wanted)
                if over:
                    model.at_most(wanted, on, each=over, most=len(model.facts.people))

    def _groups(self, facts: Facts, need: ShiftNeed) -> list[tuple[str, tuple[str, ...]]]:
        """Return each code of the line with the people of one site who can work it."""
        groups: dict[tuple[str, str], list[str]] = {}
        for person in self.people(facts):
            if not _counts_for(need, person):
                continue
            for code in facts.codes(person.name):
                if code in facts.select(need.shift):
                    groups.setdefault((person.site, code), []).append(person.name)
        return [(code, tuple(names)) for (_, code), names in groups.items()]

    # -- for people ------------------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per line and day."""
        for need, day, on in self._on(roster):
            yield from self._measured(need, day, on)

    def _on(self, roster: Roster) -> Iterator[tuple[ShiftNeed, date, int]]:
        """Yield each line and day, and how many people are on it."""
        facts, inside = roster.facts, self.days_inside(roster.facts)
        staff: dict[tuple[str, str], Counter[tuple[date, str]]] = {}
        for need in facts.shift_needs:
            # Lines for the same people count them once.
            who = need.site, need.skill
            if who not in staff:
                staff[who] = self._counted(roster, *who)
            codes = facts.select(need.shift)
            for day in _days_of(need, inside):
                yield need, day, sum(staff[who][day, code] for code in codes)

    def required(self, roster: Roster) -> Iterator[Requirement]:
        """Yield how many people each shift has to have, and has, day by day."""
        home = roster.facts.site(roster.facts.team.home).timezone
        found: dict[str, list[Interval]] = {}
        for need, day, on in self._on(roster):
            if least := self._least(need):
                name = f"{called(need)}{self.whom.group()}"
                # The day is that of each person's shift; where one line stands for all, the team's.
                start, end = day_start(day, home), day_start(day + timedelta(days=1), home)
                # What is preferred is a target; only a minimum leaves a gap.
                minimum = least if self.level == "minimum" else 0
                interval = Interval(name, start, end, minimum, least, None, on)
                found.setdefault(name, []).append(interval)
        for name, pieces in found.items():
            days = tuple(sorted(pieces, key=_start))
            yield Requirement(self.kind, name, days, "day", zone=home)

    def _counted(self, roster: Roster, site: str, skill: str) -> Counter[tuple[date, str]]:
        """Return how many work each shift of each day: of *site* and with *skill*, if given."""
        names = set()
        for person in self.people(roster.facts):
            if site in ("", person.site) and (not skill or skill in person.skills):
                names.add(person.name)
        return Counter((d.day, d.shift.code) for d in roster.assignments if d.who in names)

    def _measured(self, need: ShiftNeed, day: date, on: int) -> Iterator[Breach]:
        """Yield the breach of one line on one day, if the people *on* it are not what it asks."""
        if self.level == "minimum":
            wanted, amount = need.minimum, max(0, need.minimum - on)
        elif need.preferred is None:
            return
        elif on < need.preferred:
            wanted, amount = need.preferred, need.under * (need.preferred - on)
        else:
            wanted, amount = need.preferred, need.over * (on - need.preferred)
        if amount:
            where = f" at {need.site}" if need.site else ""
            skill = f" with {need.skill}" if need.skill else ""
            found = f"{count(on, 'person', 'people')}{skill}, not {wanted}"
            text = f"{need.shift}{where} on {day:%a %d %b} has {found}."
            yield self.breach(amount, text, day=day)


def _start(interval: Interval) -> int:
    return interval.start


def _days_of(need: ShiftNeed, inside: Sequence[date]) -> Iterator[date]:
    """Yield the days *inside* of which the line speaks."""
    if need.date:
        if need.date in inside:
            yield need.date
        return
    for day in inside:
        if need.on(day):
            yield day


def _counts_for(need: ShiftNeed, person: Person) -> bool:
    """Say whether *person* is of the line's site and has its skill, if it names these."""
    return need.site in ("", person.site) and (not need.skill or need.skill in person.skills)
