"""Facts that contradict each other, each with where it stands and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..clock import WEEKDAYS
from ..errors import ShiftplanError, nearest
from .holidays import known_countries, names_of
from .rotation_clashes import Clash, FactPath, rotation_clashes

if TYPE_CHECKING:
    from .facts import Facts


_CENTURY = range(2000, 2051)
"""Years in which a holiday may be kept; what a name means is clear then."""


def clashes(facts: Facts) -> Iterator[Clash]:
    """Yield every contradiction between facts."""
    yield from _team(facts)
    yield from _holidays(facts)
    yield from _leave_terms(facts)
    yield from _people(facts)
    yield from _shifts(facts)
    yield from _cover(facts)
    yield from _dated(facts)
    yield from rotation_clashes(facts)


def _twice(what: str, key: str, names: list[str]) -> Iterator[Clash]:
    seen: dict[str, int] = {}
    for k, name in enumerate(names):
        if seen.setdefault(name.casefold(), k) != k:
            yield (what, k, key), f"'{name}' is there twice.", "Give each its own name."


def _team(facts: Facts) -> Iterator[Clash]:
    sites = [s.name for s in facts.sites]
    if not sites:
        yield ("sites",), "there is no site.", "Add a [[sites]] entry."
    yield from _twice("sites", "name", sites)
    yield from _twice("contracts", "name", [c.name for c in facts.contracts])
    if facts.team.home not in sites:
        yield (
            ("team", "home"),
            f"'{facts.team.home}' is not one of the sites.",
            nearest(facts.team.home, sites),
        )
    start = facts.horizon.start
    weekday = WEEKDAYS.index(facts.team.week_starts)
    if start.weekday() != weekday:
        before = start - timedelta(days=(start.weekday() - weekday) % 7)
        yield (
            ("horizon", "start"),
            f"{start} is a {WEEKDAYS[start.weekday()].capitalize()}, but the team's week starts on "
            f"{facts.team.week_starts.capitalize()}.",
            f"Use {before} or {before + timedelta(days=7)}.",
        )
    for k, site in enumerate(facts.sites):
        country = (site.holidays or "").partition("-")[0]
        if country and country not in known_countries():
            yield (
                ("sites", k, "holidays"),
                f"no holiday calendar is known for '{country}'.",
                nearest(country, known_countries()) or "Use a country code such as IE, or US-CA.",
            )


def _holidays(facts: Facts) -> Iterator[Clash]:
    years = range(facts.first.year - 1, facts.last.year + 2)
    sites = {s.name for s in facts.sites}
    for k, site in enumerate(facts.sites):
        if not site.holiday_names:
            continue
        if site.holidays is None:
            yield (
                ("sites", k, "holiday_names"),
                "the site names no calendar to look them up in.",
                'Add one, such as holidays = "US-CA".',
            )
        elif site.holidays.partition("-")[0] in known_countries():
            try:
                known = names_of(site.holidays, years)
                if not {name.casefold() for name in site.holiday_names} <= {
                    n.casefold() for n in known
                }:
                    known = names_of(site.holidays, _CENTURY)  # not yet kept then, or no longer
            except ShiftplanError as error:
                yield ("sites", k, "holidays"), error.message, error.hint
                continue
            folded = {name.casefold() for name in known}
            for j, name in enumerate(site.holiday_names):
                if name.casefold() not in folded:
                    hint = nearest(name, known) or f"It has: {', '.join(sorted(known))}."
                    message = f"{site.holidays} has no holiday called '{name}'."
                    yield ("sites", k, "holiday_names", j), message, hint
    seen: set[tuple[str, date]] = set()
    for k, row in enumerate(facts.holidays):
        if row.site and row.site not in sites:
            yield (
                ("holidays", k, "site"),
                f"'{row.site}' is not one of the sites.",
                nearest(row.site, sites),
            )
        if (row.site, row.date) in seen:
            where = row.site or "all sites"
            yield (
                ("holidays", k, "date"),
                f"{where} has two lines for {row.date}.",
                "Keep one of them.",
            )
        seen.add((row.site, row.date))


def _leave_terms(facts: Facts) -> Iterator[Clash]:
    sites, contracts = {s.name for s in facts.sites}, {c.name for c in facts.contracts}
    for k, policy in enumerate(facts.leave_policies):
        for site in policy.sites:
            if site not in sites:
                yield (
                    ("leave_policies", k, "sites"),
                    f"'{site}' is not one of the sites.",
                    nearest(site, sites),
                )
        for name in policy.contracts:
            if name not in contracts:
                yield (
                    ("leave_policies", k, "contracts"),
                    f"'{name}' is not one of the contracts.",
                    nearest(name, contracts),
                )
    lines: set[tuple[str, str, date | None]] = set()
    for k, row in enumerate(facts.leave_balances):
        if (row.person, row.account, row.expires) in lines:
            message = f"{row.person} has two lines for {row.account}."
            yield ("leave_balances", k, "account"), message, "Add them up in one line."
        lines.add((row.person, row.account, row.expires))


def _people(facts: Facts) -> Iterator[Clash]:
    sites, contracts = {s.name for s in facts.sites}, {c.name for c in facts.contracts}
    yield from _twice("people", "name", [p.name for p in facts.people])
    for k, p in enumerate(facts.people):
        if p.site not in sites:
            yield (
                ("people", k, "site"),
                f"'{p.site}' is not one of the sites.",
                nearest(p.site, sites),
            )
        if p.contract not in contracts:
            yield (
                ("people", k, "contract"),
                f"'{p.contract}' is not one of the contracts.",
                nearest(p.contract, contracts),
            )


def _shifts(facts: Facts) -> Iterator[Clash]:
    sites = {s.name for s in facts.sites}
    yield from _twice("shifts", "code", [s.code for s in facts.shifts])
    codes = {s.code for s in facts.shifts}
    families = {s.family for s in facts.shifts}
    for k, s in enumerate(facts.shifts):
        for site in s.sites:
            if site not in sites:
                yield (
                    ("shifts", k, "sites"),
                    f"'{site}' is not one of the sites.",
                    nearest(site, sites),
                )
        if s.kind in codes | families and facts.select(s.kind) != facts.select(s.family):
            yield (
                ("shifts", k, "kind"),
                f"'{s.kind}' is both a kind and the code of another shift.",
                "Rename one, so that rules can tell them apart.",
            )
        if s.code == "any" or s.kind == "any":
            yield (
                ("shifts", k, "code"),
                "'any' means every shift and cannot be a code or a kind.",
                "Rename it.",
            )


def _cover(facts: Facts) -> Iterator[Clash]:
    skills: dict[str, str] = {}
    for k, curve in enumerate(facts.curves):
        if skills.setdefault(curve.queue, curve.needs_skill) != curve.needs_skill:
            yield (
                ("curves", k, "skill"),
                f"queue '{curve.queue}' asks for '{skills[curve.queue]}' elsewhere and "
                f"'{curve.needs_skill}' here.",
                "Use one skill for one queue.",
            )
        for first, second in curve.overlaps():
            row = curve.rows[second]
            yield (
                ("curves", k, "rows", second, "start"),
                f"{row.start:%H:%M}-{row.end:%H:%M} overlaps line {first + 1} of the same curve.",
                "Keep one of them.",
            )
    sites = {s.name for s in facts.sites}
    for k, need in enumerate(facts.shift_needs):
        if not facts.select(need.shift):
            yield (
                ("shift_needs", k, "shift"),
                f"'{need.shift}' is no shift, family or kind.",
                nearest(need.shift, facts.selectors),
            )
        if need.site and need.site not in sites:
            yield (
                ("shift_needs", k, "site"),
                f"'{need.site}' is not one of the sites.",
                nearest(need.site, sites),
            )
        if need.date and not facts.first <= need.date <= facts.last:
            yield _outside(("shift_needs", k, "date"), facts, str(need.date))


def _outside(at: FactPath, facts: Facts, what: str) -> Clash:
    return (
        at,
        f"{what} is outside the horizon {facts.first} to {facts.last}.",
        "Correct it or delete the line.",
    )


def _dated(facts: Facts) -> Iterator[Clash]:
    names = {p.name for p in facts.people}
    for table in ("leave", "leave_balances", "availability", "wishes", "pins", "carried"):
        for k, row in enumerate(getattr(facts, table)):
            if row.person not in names:
                yield (
                    (table, k, "person"),
                    f"nobody is called '{row.person}'.",
                    nearest(row.person, names),
                )
    for table in ("wishes", "pins"):
        cells: dict[tuple[str, object, str], int] = {}
        for k, row in enumerate(getattr(facts, table)):
            if not facts.first <= row.date <= facts.last:
                yield _outside((table, k, "date"), facts, str(row.date))
            if row.shift and not facts.select(row.shift):
                yield (
                    (table, k, "shift"),
                    f"'{row.shift}' is no shift, family or kind.",
                    nearest(row.shift, facts.selectors),
                )
            what = f"{row.wish} {row.shift}" if table == "wishes" else ""
            if cells.setdefault((row.person, row.date, what), k) != k:
                yield (
                    (table, k, "date"),
                    f"{row.person} has two lines for {row.date}.",
                    "Keep one of them.",
                )
    for k, pin in enumerate(facts.pins):
        codes = facts.codes(pin.person) if pin.person in names else ()
        if (
            pin.person in names
            and pin.shift in {s.code for s in facts.shifts}
            and pin.shift not in codes
        ):
            yield (
                ("pins", k, "shift"),
                f"{pin.person} cannot work '{pin.shift}': it is for another site or asks for other skills.",
                nearest(pin.shift, codes),
            )
        elif pin.shift and pin.shift not in {s.code for s in facts.shifts}:
            yield (
                ("pins", k, "shift"),
                f"a pin names one shift code; '{pin.shift}' is none.",
                nearest(pin.shift, codes),
            )
