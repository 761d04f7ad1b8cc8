"""One roster compared with one fair-share rule: whom it books, and by how much."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from ..facts import Facts
from ..roster import Roster
from ..roster.points import PointsAndShare
from ..rules.fair_share import FairShare
from .entry import OPENING, PREFIX, EntryKind, LedgerEntry

_ONE = timedelta(days=1)

Group = Mapping[str, PointsAndShare | None]
"""People who share among themselves, with what they earned; None for whoever has no share."""


class FairnessPeriod:
    """The lines that *roster* adds to one account, given the *lines* it has already."""

    def __init__(
        self,
        facts: Facts,
        rule: FairShare,
        roster: Roster,
        lines: Sequence[LedgerEntry],
        source: str,
    ) -> None:
        self.facts = facts
        self.rule = rule
        self.roster = roster
        self.lines = lines
        self.source = source

        spans = _booked_spans(lines)
        ends = {end for _, end in spans}
        self.again = (facts.first, facts.last) in spans
        """Whether the same days were booked before, for another roster."""
        self.later = sorted(end for end in ends if end > facts.last)
        """The last days of periods booked after this one."""
        self.first = facts.first
        """The first day that is not booked yet."""
        if ends and not self.again:
            self.first = max(facts.first, max(ends) + _ONE)

    def groups(self, taken: Collection[tuple[str, str]]) -> Iterator[Group]:
        """Yield the people of each group but those *taken*, with what they earned if they have a
        share.
        """
        if self.first > self.facts.last:
            return
        rule = self._from_first_day()
        standings = rule.standings(self.roster)
        for people, found in zip(rule.groups(self.facts).values(), standings, strict=True):
            names = (p.name for p in people if (p.name, rule.of) not in taken)
            yield {who: found.get(who) for who in names}

    def _from_first_day(self) -> FairShare:
        """Return the rule as it counts from the first day that is not booked yet."""
        whom = self.rule.whom
        first = max(self.first, whom.from_date or self.first)
        return self.rule.model_copy(update={"whom": whom.model_copy(update={"from_date": first})})

    def book(self, group: Group) -> Iterator[LedgerEntry]:
        """Yield the lines of *group*."""
        gained = _whole({who: _deviation(standing) for who, standing in group.items()})
        before = {who: self._before(who) for who in group}
        kept = self._kept(self.first, self.facts.last)
        after = _whole({who: kept * (before[who] + gained[who]) for who in group})
        if self.again:
            meant = {who: after[who] - before[who] for who in group}
            yield from self._corrections(group, meant)
            return
        for who, standing in group.items():
            if standing is None and not before[who]:
                continue  # nothing to share and nothing that fades
            yield from self._opening(who, before[who])
            yield self._line(who, self.first, "earn", gained[who], self._reason(standing))
            forgotten = after[who] - before[who] - gained[who]
            yield self._line(who, self.facts.last, "carry", forgotten, _fades(kept))

    def _corrections(self, group: Group, meant: Mapping[str, int]) -> Iterator[LedgerEntry]:
        """Yield what is missing of what the period was *meant* to add, and how that fades."""
        first, last = self.facts.first, self.facts.last
        missing = dict(meant)
        for entry in self.lines:
            if entry.person in missing and first <= entry.day <= last:
                missing[entry.person] -= entry.amount
        for who, amount in missing.items():
            if amount:
                yield from self._opening(who, self._before(who))
                yield self._line(who, last, "adjust", amount, self._reason(group[who]))
        yield from self._fading(missing)

    def _fading(self, amounts: Mapping[str, int]) -> Iterator[LedgerEntry]:
        """Yield what later periods, which are booked already, forget of corrected *amounts*."""
        begin = self.facts.last + _ONE
        for end in self.later:
            kept = self._kept(begin, end)
            faded = _whole({who: kept * amount for who, amount in amounts.items()})
            for who, amount in amounts.items():
                if faded[who] != amount:
                    reason = f"the correction {_fades(kept)}"
                    yield self._line(who, end, "carry", faded[who] - amount, reason)
            amounts = faded
            begin = end + _ONE

    def _before(self, who: str) -> int:
        """Return what *who* starts with: the ledger's balance, or what the plan has if it knows
        nothing.
        """
        theirs = [entry for entry in self.lines if entry.person == who]
        if not theirs:
            return self._in_plan(who)
        if self.again:
            # Booked once more, the days start from what was there before they were first booked.
            theirs = [entry for entry in theirs if entry.day < self.facts.first]
        return sum(entry.amount for entry in theirs)

    def _in_plan(self, who: str) -> int:
        """Return what *who* has by the plan's own table."""
        rows = (row for row in self.facts.carried if row.person == who)
        return sum(row.points for row in rows if row.of == self.rule.of)

    def _opening(self, who: str, before: int) -> Iterator[LedgerEntry]:
        """Yield the opening balance of *who*, where there is one and no line yet."""
        if before and not any(entry.person == who for entry in self.lines):
            account, day = PREFIX + self.rule.of, self.facts.first - _ONE
            yield LedgerEntry(account, who, day, "carry", before, "opening balance", OPENING)

    def _kept(self, first: date, last: date) -> Fraction:
        """Return rho, what is left of points after the days *first* to *last*.

        Of four weeks it is ``decay``, of other lengths in proportion, rounded to millionths.
        """
        weeks = Fraction((last - first).days + 1, 7)
        return Fraction(str(round(self.facts.burden.decay ** float(weeks / 4), 6)))

    def _reason(self, standing: PointsAndShare | None) -> str:
        days = f"from {self.first} to {self.facts.last}"
        if standing is None:
            return f"nothing to share {days}"
        earned, share = (f"{float(points):.2f}" for points in standing)
        return f"{earned} of {self.rule.of} {days}, a fair share is {share}"

    def _line(self, who: str, day: date, event: EntryKind, amount: int, reason: str) -> LedgerEntry:
        return LedgerEntry(PREFIX + self.rule.of, who, day, event, amount, reason, self.source)


def _booked_spans(lines: Sequence[LedgerEntry]) -> set[tuple[date | None, date]]:
    """Return the first and the last day of each period that *lines* book."""
    starts = {line.source: line.day for line in lines if line.event == "earn"}
    fading = (line for line in lines if line.event == "carry" and line.source != OPENING)
    ends = {line.source: line.day for line in fading}
    return {(starts.get(source), end) for source, end in ends.items()}


def _deviation(standing: PointsAndShare | None) -> Fraction:
    """Return the hundredths of points earned beyond a fair share; none without a share."""
    if standing is None:
        return Fraction(0)
    return 100 * (standing.points - standing.share)


def _fades(kept: Fraction) -> str:
    return f"fades by {float(1 - kept):.0%}"


def _whole(values: Mapping[str, Fraction]) -> dict[str, int]:
    """Round *values* up or down so that their sum is rounded too: largest remainders go up."""
    found = {who: floor(value) for who, value in values.items()}
    rest = round(sum(values.values(), Fraction(0))) - sum(found.values())
    for who in sorted(values, key=lambda who: (found[who] - values[who], who))[:rest]:
        found[who] += 1
    return found
