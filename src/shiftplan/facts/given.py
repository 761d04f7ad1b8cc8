"""What is given, and the plain look-ups that everything else about facts stands on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property

from pydantic import ConfigDict

from ..clock import resolve
from .base import Frozen
from .burden import Burden
from .demand import Curve, ShiftNeed
from .history import History
from .holidays import Holiday
from .kept_holidays import KeptHolidays
from .leave_policy import LeavePolicy
from .lieu_days import LieuDay
from .people import Availability, Person
from .published import Published
from .rotation import RotaWeek
from .shifts import ShiftType, codes_by_word
from .tables import Carried, HolidayDate, Leave, LeaveBalance, Wish, Worked
from .team import Contract, Horizon, Site, Team


class GivenFacts(Frozen):
    """Team, sites, shift types, people, demand, leave, wishes, pins and history, as they are given.

    Nothing here is checked against anything else: ``Facts`` does that when it is made.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    sites: tuple[Site, ...]
    people: tuple[Person, ...]
    holidays: tuple[HolidayDate, ...] = ()
    """Dates on which holidays are kept or not, whatever the calendars say."""
    leave: tuple[Leave, ...] = ()
    availability: tuple[Availability, ...] = ()
    leave_policies: tuple[LeavePolicy, ...] = ()
    leave_balances: tuple[LeaveBalance, ...] = ()
    lieu: tuple[LieuDay, ...] | None = None
    """Days off owed in lieu by the ledger; None where there is none, and the balances in the plan
    hold.
    """
    lieu_settled: date | None = None
    """The day from which on the ledger says nothing about days in lieu."""
    team: Team
    horizon: Horizon
    contracts: tuple[Contract, ...] = (Contract(name="full-time"),)
    shifts: tuple[ShiftType, ...]
    curves: tuple[Curve, ...] = ()
    shift_needs: tuple[ShiftNeed, ...] = ()
    wishes: tuple[Wish, ...] = ()
    pins: tuple[Worked, ...] = ()
    carried: tuple[Carried, ...] = ()
    burden: Burden = Burden()
    history: History = History()
    on_record_as: Mapping[str, str] = {}
    """The key of people in the record, by name, where it is not ``Person.key``."""
    published: Published | None = None
    """The roster published for this horizon, if there is one."""
    as_of: date | None = None
    """The day notice of a change is counted from, in the team's time zone; None is long before."""
    rotation: tuple[RotaWeek, ...] = ()
    rotation_start: date | None = None
    """First day of the week in which people are where the rows of ``rotation`` have them."""

    # -- days ------------------------------------------------------------------------------------

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Every day of the horizon."""
        return tuple(self.first + timedelta(days=k) for k in range(7 * self.horizon.weeks))

    @property
    def first(self) -> date:
        """First day of the horizon."""
        return self.horizon.start

    @property
    def last(self) -> date:
        """Last day of the horizon."""
        return self.first + timedelta(days=7 * self.horizon.weeks - 1)

    @cached_property
    def weeks(self) -> tuple[tuple[date, ...], ...]:
        """The horizon week by week, seven days each."""
        return tuple(self.days[k : k + 7] for k in range(0, len(self.days), 7))

    @cached_property
    def known_days(self) -> tuple[date, ...]:
        """The days on record before the horizon, then those of the horizon."""
        start = self.history.start
        before = max(0, (self.first - start).days) if start else 0
        return tuple(self.first - timedelta(days=k) for k in range(before, 0, -1)) + self.days

    def notice(self, day: date) -> int | None:
        """Return the days from ``as_of`` to *day*, below zero for one gone by; None: any number."""
        return None if self.as_of is None else (day - self.as_of).days

    # -- people and sites ------------------------------------------------------------------------

    @cached_property
    def _people(self) -> Mapping[str, Person]:
        return {p.name: p for p in self.people}

    @cached_property
    def _sites(self) -> Mapping[str, Site]:
        return {s.name: s for s in self.sites}

    def person(self, name: str) -> Person:
        """Return the person called *name*; raise ``KeyError`` if there is none."""
        return self._people[name]

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """Who each person is, whatever the name: the key in the record and in UIDs, by name."""
        return {p.name: self.on_record_as.get(p.name, p.key) for p in self.people}

    def has_person(self, name: str) -> bool:
        """Say whether somebody is called *name*."""
        return name in self._people

    def site(self, name: str) -> Site:
        """Return the site called *name*; raise ``KeyError`` if there is none."""
        return self._sites[name]

    def tz(self, person: str) -> str:
        """Return the zone *person* lives by."""
        return self._sites[self._people[person].site].timezone

    def share(self, person: str) -> int:
        """Return the contract's share of full time, per cent."""
        wanted = self._people[person].contract
        return next(c.share for c in self.contracts if c.name == wanted)

    # -- shifts ----------------------------------------------------------------------------------

    @cached_property
    def _shifts(self) -> Mapping[str, ShiftType]:
        return {s.code: s for s in self.shifts}

    @cached_property
    def _selected(self) -> Mapping[str, frozenset[str]]:
        return codes_by_word(self.shifts)

    @cached_property
    def _codes(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for p in self.people:
            theirs = (s.code for s in self.shifts if s.open_to(p.site, p.skills))
            found[p.name] = tuple(theirs)
        return found

    @cached_property
    def _spans(self) -> dict[tuple[str, str, date], tuple[int, int]]:
        return {}

    def shift(self, code: str) -> ShiftType:
        """Return the shift type with *code*; raise ``KeyError`` if there is none."""
        return self._shifts[code]

    def select(self, word: str) -> frozenset[str]:
        """Return the codes of a code, of a family (of a range) or of a kind; ``any`` is all."""
        return self._selected.get(word, frozenset())

    @property
    def selectors(self) -> frozenset[str]:
        """Every word ``select`` knows."""
        return frozenset(self._selected)

    def codes(self, person: str) -> tuple[str, ...]:
        """Return the shifts *person* may be given: those of their site whose skills they have."""
        return self._codes[person]

    def codes_on(self, person: str, day: date) -> tuple[str, ...]:
        """Return the shifts *person* may be given on *day*: none outside their contract."""
        return self._codes[person] if self._people[person].employed(day) else ()

    def span(self, person: str, code: str, day: date) -> tuple[int, int]:
        """Return the instants at which *person*'s shift *code* of local *day* starts and ends."""
        return self.site_span(self._people[person].site, code, day)

    def site_span(self, site: str, code: str, day: date) -> tuple[int, int]:
        """Return the instants at which shift *code* of local *day* starts and ends at *site*."""
        key = (site, code, day)
        found = self._spans.get(key)
        if found is None:
            shift = self._shifts[code]
            begin = resolve(day, shift.start, self._sites[site].timezone).instant
            found = self._spans[key] = (begin, begin + shift.length)
        return found

    # -- when people can work, and leave ---------------------------------------------------------

    @cached_property
    def _availability(self) -> Mapping[str, tuple[Availability, ...]]:
        rows: dict[str, list[Availability]] = {}
        for row in self.availability:
            rows.setdefault(row.person, []).append(row)
        return {who: tuple(theirs) for who, theirs in rows.items()}

    @cached_property
    def _leave(self) -> Mapping[str, tuple[Leave, ...]]:
        rows: dict[str, list[Leave]] = {}
        for row in self.leave:
            rows.setdefault(row.person, []).append(row)
        return {who: tuple(theirs) for who, theirs in rows.items()}

    def available(self, person: str) -> tuple[Availability, ...]:
        """Return the rows that say when *person* can work, none for any time."""
        return self._availability.get(person, ())

    def due(self, person: str, day: date) -> bool:
        """Say whether *day* counts for *person*: under contract and not on leave."""
        return self._people[person].employed(day) and not self.on_leave(person, day)

    def on_leave(self, person: str, day: date) -> bool:
        """Say whether *person* has approved leave on *day*, any day."""
        return any(e.from_date <= day <= e.to_date for e in self._leave.get(person, ()))

    def leave_kind(self, person: str, day: date) -> str:
        """Return what leave *person* has on *day*, empty for none: of two lines the first.

        For leads only.
        """
        rows = (e.kind for e in self._leave.get(person, ()) if e.from_date <= day <= e.to_date)
        return next(rows, "")

    def lieu_leave(self, person: str, day: date) -> bool:
        """Say whether *person* has *day* off in lieu of a holiday, by the leave table."""
        return self.leave_kind(person, day) == "lieu"

    def leave_policy(self, person: str) -> LeavePolicy | None:
        """Return what leave *person* earns: the first policy for their site and contract."""
        p = self._people[person]
        fits = (policy for policy in self.leave_policies if policy.applies_to(p.site, p.contract))
        return next(fits, None)

    def leave_day(self, person: str) -> int:
        """Return the minutes of one day of leave of *person*, the usual ones without a policy."""
        return (self.leave_policy(person) or LeavePolicy()).day

    @cached_property
    def lieu_owed(self) -> tuple[LieuDay, ...]:
        """Days off owed in lieu: by the ledger or, without one, by the table of balances."""
        if self.lieu is not None:
            return self.lieu
        found: list[LieuDay] = []
        for row in self.leave_balances:
            if row.account == "lieu" and row.expires:
                # Part of a day left over is still a day off that is owed.
                number = -(-row.balance // self.leave_day(row.person))
                found += [LieuDay(row.expires, row.date, row.person)] * number
        return tuple(found)

    @property
    def lieu_from(self) -> date | None:
        """The first day whose holidays and days off are not settled in ``lieu_owed``."""
        if self.lieu is not None:
            return self.lieu_settled
        return max((row.date for row in self.leave_balances if row.account == "lieu"), default=None)

    # -- public holidays -------------------------------------------------------------------------

    @cached_property
    def _kept_holidays(self) -> KeptHolidays:
        return KeptHolidays(self._sites, self.holidays)

    @property
    def keeps_holidays(self) -> bool:
        """Whether any site keeps a public holiday."""
        return any(self.keeps(s.name) for s in self.sites)

    def keeps(self, site: str) -> bool:
        """Say whether *site* keeps public holidays at all."""
        return self._kept_holidays.any_at(site)

    def site_holidays(self, site: str, year: int) -> Mapping[date, Holiday]:
        """Return the public holidays *site* keeps in *year*, by date."""
        return self._kept_holidays.of(site, year)

    def holiday(self, person: str, day: date) -> bool:
        """Say whether *day* is a public holiday at the person's site."""
        return day in self.site_holidays(self._people[person].site, day.year)

    def holiday_name(self, person: str, day: date) -> str:
        """Return the name of the public holiday on *day*, empty if the person's site has none."""
        found = self.site_holidays(self._people[person].site, day.year).get(day)
        return found.name if found else ""
