"""When people are away: leave, public holidays, and what leave they have coming."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from .base import Frozen
from .holidays import Holiday, public_holidays
from .leave_policy import LeavePolicy
from .lieu import LieuDay
from .people import Availability, Person
from .tables import HolidayDate, Leave, LeaveBalance
from .team import Site


class Away(Frozen):
    """The part of the facts about days on which people need not work."""

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

    @cached_property
    def _people(self) -> Mapping[str, Person]:
        return {p.name: p for p in self.people}

    @cached_property
    def _sites(self) -> Mapping[str, Site]:
        return {s.name: s for s in self.sites}

    @cached_property
    def _leave(self) -> Mapping[str, tuple[Leave, ...]]:
        who = {entry.person for entry in self.leave}
        return {name: tuple(e for e in self.leave if e.person == name) for name in who}

    def on_leave(self, person: str, day: date) -> bool:
        """Say whether *person* has approved leave on *day*, any day."""
        return any(e.from_date <= day <= e.to_date for e in self._leave.get(person, ()))

    @cached_property
    def _availability(self) -> Mapping[str, tuple[Availability, ...]]:
        rows: dict[str, list[Availability]] = {}
        for row in self.availability:
            rows.setdefault(row.person, []).append(row)
        return {who: tuple(found) for who, found in rows.items()}

    def available(self, person: str) -> tuple[Availability, ...]:
        """Return the rows that say when *person* can work."""
        return self._availability.get(person, ())

    def leave_kind(self, person: str, day: date) -> str:
        """Return what leave *person* has on *day*, empty for none: of two lines the first. For
        leads only.
        """
        rows = (e.kind for e in self._leave.get(person, ()) if e.from_date <= day <= e.to_date)
        return next(rows, "")

    def lieu_leave(self, person: str, day: date) -> bool:
        """Say whether *person* has *day* off in lieu of a holiday, by the leave table."""
        return self.leave_kind(person, day) == "lieu"

    def leave_policy(self, person: str) -> LeavePolicy | None:
        """Return what leave *person* earns: the first policy for their site and contract."""
        p = self._people[person]
        fits = (
            policy
            for policy in self.leave_policies
            if (not policy.sites or p.site in policy.sites)
            and (not policy.contracts or p.contract in policy.contracts)
        )
        return next(fits, None)

    @cached_property
    def lieu_owed(self) -> tuple[LieuDay, ...]:
        """Days off owed in lieu: by the ledger or, where there is none, by the table of balances."""
        if self.lieu is not None:
            return self.lieu
        return tuple(
            LieuDay(row.expires, row.date, row.person)
            for row in self.leave_balances
            if row.account == "lieu" and row.expires
            for _ in range(-(-row.balance // (self.leave_policy(row.person) or LeavePolicy()).day))
        )

    @property
    def lieu_from(self) -> date | None:
        """The first day whose holidays and days off are not settled in ``lieu_owed``."""
        if self.lieu is not None:
            return self.lieu_settled
        return max((row.date for row in self.leave_balances if row.account == "lieu"), default=None)

    # -- public holidays -------------------------------------------------------------------------

    @property
    def keeps_holidays(self) -> bool:
        """Whether any site keeps a public holiday."""
        return any(self.keeps(s.name) for s in self.sites)

    def keeps(self, site: str) -> bool:
        """Say whether *site* keeps public holidays at all."""
        rows = (row for row in self.holidays if row.kept == "yes")
        return self._sites[site].holidays is not None or any(row.site in ("", site) for row in rows)

    @cached_property
    def _holidays(self) -> dict[tuple[str, int], Mapping[date, Holiday]]:
        return {}

    def site_holidays(self, site: str, year: int) -> Mapping[date, Holiday]:
        """Return the public holidays *site* keeps in *year*: by its calendar, then by the plan's
        table.
        """
        found = self._holidays.get((site, year))
        if found is None:
            s = self._sites[site]
            observed = s.holiday_dates == "observed"
            known = dict(
                public_holidays(s.holidays, year, s.holiday_names, observed) if s.holidays else {}
            )
            for row in self.holidays:
                if row.date.year == year and row.site in ("", site):
                    old = known.pop(row.date, Holiday("Public holiday"))
                    known |= {row.date: Holiday(row.name or old.name)} if row.kept == "yes" else {}
            found = self._holidays[site, year] = known
        return found

    def holiday(self, person: str, day: date) -> bool:
        """Say whether *day* is a public holiday at the person's site."""
        return day in self.site_holidays(self._people[person].site, day.year)

    def holiday_name(self, person: str, day: date) -> str:
        """Return what the public holiday on *day* is called, empty if it is none at the person's
        site.
        """
        found = self.site_holidays(self._people[person].site, day.year).get(day)
        return found.name if found else ""
