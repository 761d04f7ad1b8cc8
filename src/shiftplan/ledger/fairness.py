"""Fairness from period to period: what a roster earns people beyond a fair share, carried over with
decay.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor

from ..facts import Carried, Facts
from ..plan import Plan
from ..roster import Roster
from ..roster.points import PointsAndShare
from ..rules.fair_share import FairShare
from .entry import OPENING, EntryKind, LedgerEntry

PREFIX = "fairness:"
"""What accounts begin with; what is counted follows, as in ``fairness:weekend``."""


NOTABLE = 50
"""Hundredths of points from which on a balance is worth a sentence."""

_NOUNS = {
    "early": "early shifts",
    "late": "late shifts",
    "night": "nights",
    "weekend": "weekend days",
    "saturday": "Saturdays",
    "sunday": "Sundays",
    "holiday": "holidays",
    "hours": "hours",
    "any": "shifts",
    "burden": "points of burden",
    "quick-return": "quick returns",
    "short-notice": "changes at short notice",
}
_HAD = ("burden", "quick-return", "short-notice")


def book(
    plan: Plan, roster: Roster, entries: Iterable[LedgerEntry], source: str
) -> list[LedgerEntry]:
    """Return the lines that book *roster* under *source*, given all the *entries* there are.

    Each person of a fair-share rule gets what they earned less a fair share of it (``earn``, dated
    the first day) and what is forgotten of the sum (``carry``, dated the last), so that the balance
    goes from c to rho (c + d). Points are hundredths; deviations of a group add up to nought, and
    forgetting keeps it so. What weighs under ``burden`` is booked kind by kind too. A source booked
    before gives no lines; another roster for the same days sets right what was booked for them; of
    other days booked before, only those after are looked at.
    """
    found: list[LedgerEntry] = []
    roster = Roster(plan.facts, roster.cells, roster.pinned)
    booked = [entry for entry in entries if entry.account.startswith(PREFIX)]
    taken: set[tuple[str, str]] = set()
    for rule in _tracked(plan):
        lines = [entry for entry in booked if entry.account == PREFIX + rule.of]
        if any(entry.source == source for entry in lines):
            continue
        period = _Period(plan.facts, rule, roster, lines, source)
        for group in period.groups(taken):
            found += period.book(group)
            taken |= {(who, rule.of) for who in group}
    return found


def carried(facts: Facts, entries: Iterable[LedgerEntry]) -> tuple[Carried, ...]:
    """Return what people start the horizon of *facts* with: the balance of all periods over before
    it.
    """
    found = [entry for entry in entries if entry.account.startswith(PREFIX)]
    ends: dict[str, date] = {}
    for entry in found:
        day = entry.day if entry.source != OPENING else date.min
        ends[entry.source] = max(day, ends.get(entry.source, day))
    balance: dict[tuple[str, str], int] = {}
    for entry in found:
        if ends[entry.source] < facts.first and facts.has_person(entry.person):
            key = entry.person, entry.account.removeprefix(PREFIX)
            balance[key] = balance.get(key, 0) + entry.amount
    return tuple(
        Carried.model_validate({"person": who, "of": of, "points": Decimal(points) / 100})
        for (who, of), points in balance.items()
    )


def owed(facts: Facts, entries: Iterable[LedgerEntry]) -> list[str]:
    """Return a sentence for each person and kind at least half a point off, the furthest first.

    It names whom of the same site the balance is to be evened out with most of all.
    """
    known = list(entries)
    rows = carried(facts, known)
    since = _since(known, facts.first)
    notable = [row for row in rows if abs(row.points) >= NOTABLE]
    notable.sort(key=lambda row: (-abs(row.points), row.of, row.person))
    return [_sentence(facts, row, rows, since) for row in notable]


def repays(plan: Plan) -> str:
    """Return in one line, empty if there is nothing, what the rules of *plan* repay of the points
    carried.
    """
    found = []
    for of in dict.fromkeys(rule.of for rule in plan.rules if isinstance(rule, FairShare)):
        points: dict[str, int] = {}
        for row in plan.facts.carried:
            if row.of == of:
                points[row.person] = points.get(row.person, 0) + row.points
        ends = (
            {max(points, key=points.__getitem__), min(points, key=points.__getitem__)}
            if points
            else set()
        )
        told = [
            f"{who} {points[who] / 100:+g}"
            for who in sorted(ends, key=points.__getitem__, reverse=True)
        ]
        if any(points.values()):
            found.append(f"{' to '.join(told)} of {of}")
    return f"fairness repays what is carried over: {', '.join(found)}" if found else ""


def _since(entries: Iterable[LedgerEntry], first: date) -> Mapping[str, date]:
    """Return the day from which on each kind is booked, by the kind."""
    found: dict[str, date] = {}
    for entry in entries:
        if entry.account.startswith(PREFIX) and entry.source != OPENING and entry.event == "earn":
            of = entry.account.removeprefix(PREFIX)
            found[of] = min(entry.day, found.get(of, first))
    return found


def _sentence(
    facts: Facts, row: Carried, rows: Iterable[Carried], since: Mapping[str, date]
) -> str:
    above = row.points > 0
    site = facts.person(row.person).site
    others = [
        r
        for r in rows
        if r.of == row.of
        and facts.person(r.person).site == site
        and (r.points <= -NOTABLE if above else r.points >= NOTABLE)
    ]
    furthest = max(others, key=lambda r: (abs(r.points), r.person), default=None)
    noun = _NOUNS.get(row.of, f"{row.of} shifts")
    done = "had" if row.of in _HAD else "worked"
    day = f" since {_plain(since[row.of], facts.first)}" if row.of in since else ""
    text = (
        f"{row.person} has {done} {abs(row.points) / 100:g} {noun} {'more' if above else 'fewer'} than "
        f"a fair share{day}; the next roster owes them {'fewer' if above else 'more'}"
    )
    if furthest:
        text += f", {'and gives' if above else 'taken'} most of all {'to' if above else 'from'} {furthest.person}"
    return f"{text}."


def _plain(day: date, near: date) -> str:
    return f"{day.day} {day:%b}" if day.year == near.year else f"{day.day} {day:%b %Y}"


def _tracked(plan: Plan) -> Iterator[FairShare]:
    """Yield the fair-share rules, then one for each kind of burden where there is one of
    ``burden``.
    """
    rules = [rule for rule in plan.rules if isinstance(rule, FairShare)]
    yield from rules
    for rule in rules:
        if rule.of == "burden":
            yield from (rule.model_copy(update={"of": kind}) for kind in plan.facts.burden.by_kind)


class _Period:
    """One roster held against one rule: whom it books, and by how much, given the *lines* of the
    account.
    """

    def __init__(
        self,
        facts: Facts,
        rule: FairShare,
        roster: Roster,
        lines: Sequence[LedgerEntry],
        source: str,
    ) -> None:
        self.facts, self.rule, self.roster, self.lines, self.source = (
            facts,
            rule,
            roster,
            lines,
            source,
        )
        ends = {e.source: e.day for e in lines if e.event == "carry" and e.source != OPENING}
        starts = {e.source: e.day for e in lines if e.event == "earn"}
        spans = {(starts.get(source), end) for source, end in ends.items()}
        self.again = (facts.first, facts.last) in spans
        self.later = sorted(end for end in set(ends.values()) if end > facts.last)
        self.first = facts.first
        if ends and not self.again:
            self.first = max(facts.first, max(ends.values()) + timedelta(days=1))

    def groups(
        self, taken: Collection[tuple[str, str]]
    ) -> Iterator[dict[str, PointsAndShare | None]]:
        """Yield the people of each group but those *taken*, with what they earned if they have a
        share.
        """
        if self.first > self.facts.last:
            return
        whom = self.rule.whom
        first = max(self.first, whom.from_date or self.first)
        rule = self.rule.model_copy(update={"whom": whom.model_copy(update={"from_date": first})})
        for people, found in zip(
            rule.groups(self.facts).values(), rule.standings(self.roster), strict=True
        ):
            yield {p.name: found.get(p.name) for p in people if (p.name, rule.of) not in taken}

    def book(self, group: Mapping[str, PointsAndShare | None]) -> Iterator[LedgerEntry]:
        """Yield the lines of *group*."""
        gained = _whole(
            {who: 100 * (s.points - s.share) if s else Fraction(0) for who, s in group.items()}
        )
        before = {who: self._before(who) for who in group}
        kept = self._kept(self.first, self.facts.last)
        after = _whole({who: kept * (before[who] + gained[who]) for who in group})
        if self.again:
            yield from self._set_right(group, {who: after[who] - before[who] for who in group})
            return
        for who, standing in group.items():
            if standing is None and not before[who]:
                continue
            yield from self._opening(who, before[who])
            yield self._line(who, self.first, "earn", gained[who], self._reason(standing))
            forgotten = after[who] - before[who] - gained[who]
            yield self._line(
                who, self.facts.last, "carry", forgotten, f"{float(kept):.0%} is carried over"
            )

    def _set_right(
        self, group: Mapping[str, PointsAndShare | None], meant: Mapping[str, int]
    ) -> Iterator[LedgerEntry]:
        """Yield what is missing of what the period was *meant* to add, and what of that is
        forgotten.
        """
        first, last = self.facts.first, self.facts.last
        left = dict(meant)
        for entry in self.lines:
            if entry.person in left and first <= entry.day <= last:
                left[entry.person] -= entry.amount
        for who, amount in left.items():
            if amount:
                yield from self._opening(who, self._before(who))
                yield self._line(who, last, "adjust", amount, self._reason(group[who]))
        for end in self.later:
            kept = self._kept(last + timedelta(days=1), end)
            faded, last = _whole({who: kept * amount for who, amount in left.items()}), end
            for who, amount in left.items():
                if faded[who] != amount:
                    text = f"{float(kept):.0%} of what was set right is carried over"
                    yield self._line(who, end, "carry", faded[who] - amount, text)
            left = faded

    def _before(self, who: str) -> int:
        """Return what *who* starts with: the ledger's balance, or what the plan has if it knows
        nothing.
        """
        theirs = [entry for entry in self.lines if entry.person == who]
        if theirs:
            return sum(e.amount for e in theirs if not self.again or e.day < self.facts.first)
        return sum(
            row.points for row in self.facts.carried if (row.person, row.of) == (who, self.rule.of)
        )

    def _opening(self, who: str, before: int) -> Iterator[LedgerEntry]:
        """Yield the line that opens the account of *who*, where there is something to open it with."""
        if before and not any(entry.person == who for entry in self.lines):
            day = self.facts.first - timedelta(days=1)
            yield LedgerEntry(
                PREFIX + self.rule.of, who, day, "carry", before, "brought along", OPENING
            )

    def _kept(self, first: date, last: date) -> Fraction:
        """Return rho, what is left of points after the days *first* to *last*; of four weeks,
        ``decay``.
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


def _whole(values: Mapping[str, Fraction]) -> dict[str, int]:
    """Round *values* up or down such that their sum is rounded too: the largest remainders go up."""
    found = {who: floor(value) for who, value in values.items()}
    rest = round(sum(values.values(), Fraction(0))) - sum(found.values())
    for who in sorted(values, key=lambda who: (found[who] - values[who], who))[:rest]:
        found[who] += 1
    return found
