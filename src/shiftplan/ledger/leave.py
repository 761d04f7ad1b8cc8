"""Leave booked for one roster: what is earned and used in its days, and what becomes of what is
left over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from ..clock import hours
from ..facts import Facts, LeavePolicy, LieuDay, Person
from ..facts.leave_policy import exact
from ..facts.lieu import credit, deadline, spare, terms
from ..facts.lieu_days import Spare
from ..plan import Plan
from ..roster import Roster
from ..rules.lieu import Lieu
from .accrual import minutes, years_of_service
from .corrections import set_right
from .entry import OPENING, EntryKind, LedgerEntry
from .lots import Lots

ACCOUNTS = ("pto", "sick", "lieu")
"""Accounts of leave, in minutes; a line of the leave table with one of these kinds uses it."""


def book(
    plan: Plan, roster: Roster, entries: Iterable[LedgerEntry], source: str
) -> list[LedgerEntry]:
    """Return the lines that book the leave of *roster* under *source*, given all the *entries*
    there are.

    Of lines booked for these days before, only what differs is set right; nothing is booked twice.
    """
    facts = plan.facts
    roster = Roster(facts, roster.cells, roster.pinned)
    by_person = _by_person(e for e in entries if e.account in ACCOUNTS)
    found = []
    for person in facts.people:
        booked = by_person.get(person.name, [])
        opening = _opening(facts, person.name, booked)
        found += opening
        booked += opening
        again = [e for e in booked if e.source != OPENING and facts.first <= e.day <= facts.last]
        before = [e for e in booked if e.source == OPENING or e.day < facts.first]
        meant = _Leave(plan, roster, person, before, source).lines()
        found += set_right(meant, again, source)
    return found


def owed(facts: Facts, entries: Iterable[LedgerEntry]) -> tuple[tuple[LieuDay, ...], date] | None:
    """Return the days in lieu the ledger owes at the start of the first day, and the day it is
    settled to.

    Return None while nothing is booked.
    """
    booked = [
        e
        for e in entries
        if e.account in ACCOUNTS and e.day < facts.first and facts.has_person(e.person)
    ]
    days = [e.day for e in booked if e.source != OPENING]
    if not days:
        return None
    by_person = _by_person(booked)
    found: list[LieuDay] = []
    for person in facts.people:
        theirs = by_person.get(person.name, [])
        theirs += _opening(facts, person.name, theirs)
        lines = [e for e in theirs if e.account == "lieu" and e.day < facts.first]
        day = (facts.leave_policy(person.name) or LeavePolicy()).day
        for expires, left in Lots(lines).lots:
            if expires is None or expires < facts.first:
                continue
            count = -(-left // day)
            gained = Counter[date]()
            for e in lines:
                gained[e.day] += e.amount if e.expires == expires else 0
            earned = sorted(on for on, amount in gained.items() if amount > 0)
            since = [*[earned[0]] * (count - len(earned)), *earned[-count:]]
            found += (LieuDay(expires, on, person.name) for on in since)
    weeks = (facts.first - max(days) - timedelta(days=1)).days // 7
    return tuple(found), facts.first - timedelta(days=7 * weeks)


def _by_person(entries: Iterable[LedgerEntry]) -> Mapping[str, list[LedgerEntry]]:
    found: dict[str, list[LedgerEntry]] = {}
    for entry in entries:
        found.setdefault(entry.person, []).append(entry)
    return found


def _opening(facts: Facts, who: str, booked: Iterable[LedgerEntry]) -> list[LedgerEntry]:
    """Return the lines that bring the ledger of *who* to what the table of balances begins with."""
    have: dict[tuple[str, date | None], int] = {}
    for e in booked:
        if e.source == OPENING:
            have[e.account, e.expires] = have.get((e.account, e.expires), 0) + e.amount
    found = []
    for row in facts.leave_balances:
        if row.person != who:
            continue
        expires = (
            date(row.date.year, 12, 31)
            if row.account == "sick" and not row.expires
            else row.expires
        )
        known = (row.account, expires) in have
        amount = row.balance - have.get((row.account, expires), 0)
        if amount:
            event: EntryKind = "adjust" if known else "carry"
            reason = "the table of balances was changed" if known else "brought along"
            found.append(
                LedgerEntry(row.account, who, row.date, event, amount, reason, OPENING, expires)
            )
    return found


class _Leave:
    """What the days of one roster do to the accounts of one person, given the lines booked
    *before*.
    """

    def __init__(
        self, plan: Plan, roster: Roster, person: Person, before: Sequence[LedgerEntry], source: str
    ) -> None:
        self.facts, self.roster, self.person, self.source = plan.facts, roster, person, source
        self.who = person.name
        self.before = {account: [e for e in before if e.account == account] for account in ACCOUNTS}
        self.policy = self.facts.leave_policy(self.who)
        self.rule = next(
            (r for r in plan.rules if isinstance(r, Lieu) and r.whom.matches(person)), None
        )
        self.full = (self.policy or LeavePolicy()).day
        self.share = self.facts.share(self.who)
        self.used = self._used()

    def lines(self) -> Iterator[LedgerEntry]:
        """Yield the lines, account by account."""
        if self.policy and self.policy.pto:
            yield from self._paid(self.policy)
        if self.policy and self.policy.sick_days:
            yield from self._sick(self.policy)
        if self.rule or (self.policy and self.policy.lieu):
            yield from self._lieu()

    def _since(self, account: str) -> date:
        """Return the first day the ledger is to say anything about: what was before is brought
        along.
        """
        opening = [e.day for e in self.before[account] if e.source == OPENING]
        return max(opening, default=self.facts.first)

    def _days(self, account: str, lots: Lots) -> Iterator[date]:
        """Yield the days to book, what is brought along on each being in *lots* already."""
        since = self._since(account)
        for day in self.facts.days:
            for e in self.before[account]:
                if e.source == OPENING and e.day == day:
                    lots.add(e.expires, e.amount) if e.amount > 0 else lots.use(-e.amount, day)
            if day >= since:
                yield day

    def _start(self, account: str) -> Lots:
        return Lots(e for e in self.before[account] if e.day < self.facts.first)

    def _used(self) -> Mapping[str, Mapping[date, int]]:
        """Return the minutes of leave taken, by account and day.

        A week of leave uses the working days of a week, less the public holidays in it. A day in
        lieu is a day. Who works all the same has taken no leave.
        """
        facts, found = self.facts, {account: dict[date, int]() for account in ACCOUNTS}
        working_week = (self.policy or LeavePolicy()).days_per_week
        for week in facts.weeks:
            left = working_week * self.full * self.share // 100
            for day in week:
                kind = facts.leave_kind(self.who, day)
                if (
                    kind not in ACCOUNTS
                    or not self.person.employed(day)
                    or self.roster.works(self.who, day)
                ):
                    continue
                if kind == "lieu":
                    found[kind][day] = self.full
                else:
                    free = facts.holiday(self.who, day)
                    found[kind][day] = 0 if free else min(self.full, left)
                    left -= min(self.full, left)
        return found

    # -- paid leave ------------------------------------------------------------------------------

    def _paid(self, policy: LeavePolicy) -> Iterator[LedgerEntry]:
        """Yield what is used day by day, and what is earned week by week, up to the cap."""
        lots, earned, capped = self._start("pto"), 0, False
        for day in self._days("pto", lots):
            if used := self.used["pto"].get(day):
                lots.use(used, day)
                yield self._line("pto", day, "use", -used, "paid leave")
            years = years_of_service(self.person.start_date, day)
            gain = minutes(policy, self.person, self.share, day, day)
            room = gain if policy.pto_cap is None else max(0, self._cap(policy, years) - lots.total)
            lots.add(None, min(gain, room))
            earned, capped = earned + min(gain, room), capped or room < gain
            if day == self.facts.last or (day + timedelta(days=1) - self.facts.first).days % 7 == 0:
                year = f"{float(policy.rate(years) * self.share / 100):g} days a year"
                why = (
                    f"{year}; accrual stops at {hours(self._cap(policy, years))}"
                    if capped
                    else year
                )
                if earned or capped:
                    yield self._line("pto", day, "earn", earned, f"a week at {why}")
                earned, capped = 0, False

    def _cap(self, policy: LeavePolicy, years: int) -> int:
        times = exact(policy.pto_cap or 0)
        return floor(times * policy.rate(years) * self.full * Fraction(self.share, 100))

    # -- sick days -------------------------------------------------------------------------------

    def _sick(self, policy: LeavePolicy) -> Iterator[LedgerEntry]:
        """Yield what the year begins with, what is used, and what is left when it ends."""
        lots = self._start("sick")
        for day in self._days("sick", lots):
            if self._grants(day):
                amount = floor(exact(policy.sick_days) * self.full * Fraction(self.share, 100))
                end = date(day.year, 12, 31)
                lots.add(end, amount)
                reason = f"{policy.sick_days:g} sick days for {day.year}"
                yield self._line("sick", day, "earn", amount, reason, end)
            if used := self.used["sick"].get(day):
                lots.use(used, day)
                yield self._line("sick", day, "use", -used, "sick")
            yield from self._over("sick", lots, day, "expire")

    def _grants(self, day: date) -> bool:
        """Say whether the year's sick days are given on *day*.

        That is 1 January, the first day of service, or the first day there is a ledger.
        """
        if not self.person.employed(day):
            return False
        if (day.month, day.day) == (1, 1) or day == self.person.start_date:
            return True
        year = (
            e
            for e in self.before["sick"]
            if e.day.year == day.year and e.event in ("earn", "carry")
        )
        return day == self.facts.first and not any(year)

    # -- days in lieu ----------------------------------------------------------------------------

    def _lieu(self) -> Iterator[LedgerEntry]:
        """Yield what holidays earn, the days off and of leave taken for them, and what was not in
        time.
        """
        facts, lots = self.facts, self._start("lieu")
        event = terms(facts, self.who).unmet
        spares = (
            [self._spare(week, self.rule.days_off) for week in facts.weeks] if self.rule else []
        )
        week_of = {day: k for k, found in enumerate(spares) for day in found.days}
        left = [found.most for found in spares]
        for day in self._days("lieu", lots):
            if earned := self._earned(day):
                until, name = deadline(facts, self.who, day), facts.holiday_name(self.who, day)
                lots.add(until, earned)
                how = "worked" if self._worked(day) else "on a day off"
                yield self._line("lieu", day, "earn", earned, f"{name} {how}, on top of pay", until)
            used, reason = self.used["lieu"].get(day, 0), "leave in lieu"
            if not used and day in week_of and left[week_of[day]]:
                used, reason = min(self.full, lots.next(day)), "an extra day off"
                left[week_of[day]] -= bool(used)
            if used:
                lots.use(used, day)
                yield self._line("lieu", day, "use", -used, reason)
            yield from self._over("lieu", lots, day, event)

    def _spare(self, week: Sequence[date], per_week: int) -> Spare:
        """Return the days off of *week*, leave apart, and how many there are beyond *per_week*."""
        found = spare(self.facts, self.who, week, per_week, self.roster.works)
        off = tuple(day for day in found.days if not self.facts.lieu_leave(self.who, day))
        return Spare(off, found.most - (len(found.days) - len(off)))

    def _earned(self, day: date) -> int:
        """Return the minutes *day* earns, which is nothing unless it is a holiday."""
        facts, conditions = self.facts, terms(self.facts, self.who)
        if not (facts.holiday(self.who, day) and self.person.employed(day)):
            return 0
        found = list(self._worked(day))
        if found:
            return sum(found) if conditions.counts == "minutes" else max(found)
        off = facts.due(self.who, day) and not self.roster.works(self.who, day)
        return self.full if conditions.rest_day and off else 0

    def _worked(self, holiday: date) -> list[int]:
        """Return what each shift that earns something for *holiday* is credited with."""
        near = (holiday - timedelta(days=k) for k in range(3))
        codes = ((day, self.roster.at(self.who, day)) for day in near)
        credits = (credit(self.facts, self.who, code, day, holiday) for day, code in codes if code)
        return [found for found in credits if found]

    # -- lines -----------------------------------------------------------------------------------

    def _over(self, account: str, lots: Lots, day: date, event: EntryKind) -> Iterator[LedgerEntry]:
        """Yield the end of every lot whose last day has come."""
        for expires, left in lots.over(day):
            lots.drop(expires, left)
            how = "paid out" if event == "cash-out" else "lost"
            yield self._line(account, day, event, -left, f"not taken by {expires}, {how}", expires)

    def _line(
        self,
        account: str,
        day: date,
        event: EntryKind,
        amount: int,
        reason: str,
        expires: date | None = None,
    ) -> LedgerEntry:
        return LedgerEntry(account, self.who, day, event, amount, reason, self.source, expires)
