"""Facts from what was read, and the contradictions between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..clock import WEEKDAYS
from ..facts import Curve, Facts, History, Horizon, Published, Team
from ..facts.clash import FactPath
from ..facts.consistency import clashes
from ..facts.names import spelled_out
from .draft import Draft, Placed
from .files import PLAN
from .history import read_history
from .published import read_published
from .report import Place, Report

CORE = (
    "team",
    "horizon",
    "sites",
    "contracts",
    "shifts",
    "people",
    "demand",
    "shift_demand",
    "holidays",
    "leave_policies",
)
"""Sections without which nothing can be said about the rules."""
DATED = ("leave", "leave_balances", "availability", "wishes", "pins", "carried", "rotation")
SINGLE = {"team": "team", "horizon": "horizon", "rotation_start": "rotation"}
"""The section that gives what stands once among the facts."""

UNREAD_TEAM = Team(name="?", home="?")
UNREAD_HORIZON = Horizon(start=date(2000, 1, 3), weeks=1)
"""What stands in for sections that could not be read."""

Collections = dict[str, list[Placed]]
"""Every collection of ``Facts`` with the places of its values."""

_NAMED_IN = {
    "home": "sites",
    "site": "sites",
    "sites": "sites",
    "contract": "contracts",
    "contracts": "contracts",
    "person": "people",
    "people": "people",
    "shift": "shifts",
    **dict.fromkeys(WEEKDAYS, "shifts"),
    "week": "rotation",
    "date": "horizon",
    "start": "horizon",
}
"""The section that settles what a key may say."""


class Places:
    """Where each fact stands in the plan file and its tables."""

    def __init__(self, draft: Draft, found: Collections) -> None:
        self._draft: Draft = draft
        self._found: Collections = found

    def where(self, at: FactPath) -> str:
        """Return file and line of the fact at *at*, as in ``people.csv:3``."""
        name, inside = str(at[0]), at[1:]
        place: Place | None = None
        if name == "curves" and len(at) > 3:
            place, inside = self._draft.rows["demand"][int(at[1])][int(at[3])][1], at[4:]
        elif name in self._found and len(at) > 1:
            place, inside = self._found[name][int(at[1])][1], at[2:]
        elif entry := self._draft.one(name):
            place = entry[1]
        if place is None:
            return PLAN
        return f"{place.file}:{place.at(inside)}"


@dataclass(frozen=True)
class Assembled:
    """Facts without the dated rows that contradict the rest; *sound* if rules can be checked
    against them.
    """

    facts: Facts
    notices: tuple[str, ...]
    sound: bool
    places: Places


def assemble(draft: Draft, report: Report) -> Assembled:
    """Put the facts together and report what contradicts what.

    Where something could not be read, a stand-in takes its place, and what may only follow from
    that is not reported.
    """
    found = _collections(draft)
    values: dict[str, Any] = {}
    for name, items in found.items():
        values[name] = tuple(value for value, _ in items)
    values |= _singles(draft)
    values["history"], unused = _history(draft, values["horizon"], report)
    values["published"], passed = _published(draft, values["horizon"], report)
    facts = Facts.model_construct(**values)

    bad: set[FactPath] = set(_clashes(facts, draft, found, report))
    bad |= set(_overlaps(draft, found["curves"], report))
    bad |= set(_nobody(facts, draft, report))
    for name in DATED:
        values[name] = tuple(v for k, v in enumerate(values[name]) if (name, k) not in bad)
    sound = draft.whole(*CORE) and all(at[0] in DATED for at in bad)
    places = Places(draft, found)
    return Assembled(Facts.model_construct(**values), (*unused, *passed), sound, places)


def _singles(draft: Draft) -> dict[str, Any]:
    """Return what stands once among the facts."""
    team, horizon = draft.one("team"), draft.one("horizon")
    values: dict[str, Any] = {
        "team": team[0] if team else UNREAD_TEAM,
        "horizon": horizon[0] if horizon else UNREAD_HORIZON,
    }
    if burden := draft.one("burden"):
        values["burden"] = burden[0]
    rotation = draft.one("rotation")
    values["rotation_start"] = rotation[0].begin if rotation else None
    return values


def _clashes(facts: Facts, draft: Draft, found: Collections, report: Report) -> Iterator[FactPath]:
    """Report what contradicts what among the facts; yield the values at fault."""
    for at, message, hint in clashes(facts):
        name = str(at[0])
        if name in SINGLE:
            entry, inside = draft.one(SINGLE[name]), at[1:]
        elif len(at) > 2:
            entry, inside = found[name][int(at[1])], at[2:]
        else:
            continue  # a whole section is missing; that was reported when it was read
        if inside[0] == "rows":
            continue  # rows of a curve that overlap are reported line by line, by ``_overlaps``
        yield at[:2]
        if entry and not _may_follow(inside, message, draft):
            spelling = _spelling(found.get(name, []), at, draft)
            report.at(entry[1], inside, message, f"{spelling}{hint}")


def _spelling(items: list[Placed], at: FactPath, draft: Draft) -> str:
    """Return how one of two entries of the same name is written, if not as the name is kept.

    No eye can tell the two apart.
    """
    key = str(at[-1])
    if len(at) != 3 or key not in ("name", "code"):
        return ""
    number = int(at[1])
    name = getattr(items[number][0], key).casefold()
    for value, place in items[: number + 1]:
        written = draft.spelled.get((place.file, place.line))
        if written is not None and getattr(value, key).casefold() == name:
            return f"Line {place.line} writes it '{spelled_out(written)}', which is the same. "
    return ""


def _nobody(facts: Facts, draft: Draft, report: Report) -> Iterator[FactPath]:
    """Report a table of people with no rows; yield it."""
    if draft.whole("people") and not facts.people:
        place = draft.entries["people"][0][1]
        report.at(place, ("table",), "nobody is in it", "Add the people to roster.")
        yield ("people",)


def _collections(draft: Draft) -> Collections:
    """Return every collection of ``Facts`` with the places of its values."""
    found: Collections = {
        "sites": draft.entries.get("sites", []),
        "shifts": _shifts(draft),
        "people": draft.table("people"),
        "shift_needs": draft.table("shift_demand"),
        "holidays": draft.table("holidays"),
        "leave_policies": draft.entries.get("leave_policies", []),
        "curves": _curves(draft),
    }
    for name in DATED:
        found[name] = draft.table(name)
    contracts = draft.entries.get("contracts", [])
    # A plan without contracts has the one that ``Facts`` have by themselves.
    if contracts or not draft.whole("contracts"):
        found["contracts"] = contracts
    return found


def _shifts(draft: Draft) -> list[Placed]:
    """Return the shift types, those of a range each at the place of the range."""
    found: list[Placed] = []
    for spec, place in draft.entries.get("shifts", []):
        found += [(shift, place) for shift in spec.expand()]
    return found


def _curves(draft: Draft) -> list[Placed]:
    found: list[Placed] = []
    entries, tables = draft.entries.get("demand", []), draft.rows.get("demand", [])
    for (entry, place), table in zip(entries, tables, strict=True):
        rows = tuple(row for row, _ in table)
        curve = Curve(queue=entry.queue, clock=entry.clock, skill=entry.skill, rows=rows)
        found.append((curve, place))
    return found


def _history(draft: Draft, horizon: Horizon, report: Report) -> tuple[History, tuple[str, ...]]:
    section = draft.one("history")
    if section is None or not draft.whole("horizon", "people", "history"):
        return History(), ()
    past, place = section
    if past.none:
        return History(none=True), ()
    begin = (past.begin, place) if past.begin else None
    people = {p.name for p, _ in draft.table("people")}
    codes = {shift.code for shift, _ in _shifts(draft)} if draft.whole("shifts") else None
    rows = draft.table("history")
    return read_history(rows, begin, horizon.start, people, codes, report)


def _published(
    draft: Draft, horizon: Horizon, report: Report
) -> tuple[Published | None, tuple[str, ...]]:
    if draft.one("published") is None or not draft.whole("horizon", "people", "published"):
        return None, ()
    people = {p.name for p, _ in draft.table("people")}
    return read_published(draft.table("published"), horizon, people, report)


def _may_follow(inside: FactPath, message: str, draft: Draft) -> bool:
    """Say whether a clash may be there only because something else could not be read."""
    section = _NAMED_IN.get(str(inside[0]), "")
    if section in draft.unread:
        return True
    lost = draft.lost.get(section, set())
    # A shift that was lost may have had any family or kind, which others name too.
    if section == "shifts" and lost:
        return True
    return any(f"'{name}'" in message for name in lost)


def _overlaps(draft: Draft, curves: list[Placed], report: Report) -> Iterator[FactPath]:
    """Report rows of one curve that are for the same time; yield the curves at fault."""
    for k, ((curve, _), rows) in enumerate(zip(curves, draft.rows.get("demand", []), strict=True)):
        for first, second in curve.overlaps():
            row, place = rows[second]
            line = rows[first][1].line
            message = f"{row.start:%H:%M}-{row.end:%H:%M} overlaps line {line} of the same curve"
            report.at(place, ("start",), message, "Keep one of them.")
            yield "curves", k
