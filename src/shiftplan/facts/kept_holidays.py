"""The public holidays a site keeps: by its calendar, then by the plan's table of dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from .holidays import Holiday, public_holidays
from .tables import HolidayDate
from .team import Site


class KeptHolidays:
    """Look up the public holidays of *sites*, of which *rows* add some and take some away."""

    def __init__(self, sites: Mapping[str, Site], rows: Sequence[HolidayDate]) -> None:
        self._sites = sites
        self._rows = rows
        self._by_year: dict[tuple[str, int], Mapping[date, Holiday]] = {}

    def any_at(self, site: str) -> bool:
        """Say whether *site* keeps public holidays at all."""
        if self._sites[site].holidays is not None:
            return True
        return any(row.kept == "yes" for row in self._rows if row.site in ("", site))

    def of(self, site: str, year: int) -> Mapping[date, Holiday]:
        """Return the public holidays *site* keeps in *year*, by date."""
        found = self._by_year.get((site, year))
        if found is None:
            found = self._by_year[site, year] = self._look_up(self._sites[site], year)
        return found

    def _look_up(self, site: Site, year: int) -> Mapping[date, Holiday]:
        found: dict[date, Holiday] = {}
        if site.holidays is not None:
            observed = site.holiday_dates == "observed"
            found.update(public_holidays(site.holidays, year, site.holiday_names, observed))
        for row in self._rows:
            if row.date.year != year or row.site not in ("", site.name):
                continue
            listed = found.pop(row.date, Holiday("Public holiday"))
            if row.kept == "yes":
                # A row without a name confirms the date under the name the calendar has for it.
                found[row.date] = Holiday(row.name or listed.name)
        return found
