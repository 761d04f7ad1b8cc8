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
from .draft import Draft, Placed
from .history import read_history
from .published import read_published
from .report import Report

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


@dataclass(frozen=True)
class Assembled:
    """Facts without the dated rows that contradict the rest; *sound* if rules can be held against
    them.
    """

    facts: Facts
    notices: tuple[str, ...]
    sound: bool


def assemble(draft: Draft, report: Report) -> Assembled:
    """Put the facts together and report what contradicts what.

    Where something could not be read, a stand-in takes its place, and what may only follow from
    that is not reported.
    """
    found = _collections(draft)
    team, horizon = draft.one("team"), draft.one("horizon")
    values: dict[str, Any] = {
        name: tuple(value for value, _ in items) for name, items in found.items()
    }
    values["team"] = team[0] if team else Team(name="?", home="?")
    values["horizon"] = horizon[0] if horizon else Horizon(start=date(2000, 1, 3), weeks=1)
    if burden := draft.one("burden"):
        values["burden"] = burden[0]
    values["history"], notices = _history(draft, values["horizon"], report)
    values["published"], passed = _published(draft, values["horizon"], report)
    turns = draft.one("rotation")
    values["rotation_start"] = turns[0].begin if turns else None
    facts = Facts.model_construct(**values)
    bad = set()
    for at, message, hint in clashes(facts):
        if at[0] in SINGLE:
            entry, inside = draft.one(SINGLE[str(at[0])]), at[1:]
        elif len(at) > 2:
            entry, inside = found[str(at[0])][int(at[1])], at[2:]
        else:
            continue  # a whole section is missing; that was said when it was read
        if inside[0] != "rows":
            bad.add(at[:2])
            if entry and not _knock_on(inside, message, draft):
                report.at(entry[1], inside, message, hint)
    bad |= set(_overlaps(draft, found["curves"], report))
    if draft.whole("people") and not facts.people:
        report.at(
            draft.entries["people"][0][1],
            ("table",),
            "nobody is in it",
            "Add the people to roster.",
        )
        bad.add(("people",))
    for name in DATED:
        values[name] = tuple(v for k, v in enumerate(values[name]) if (name, k) not in bad)
    sound = draft.whole(*CORE) and all(at[0] in DATED for at in bad)
    return Assembled(Facts.model_construct(**values), (*notices, *passed), sound)


def _collections(draft: Draft) -> dict[str, list[Placed]]:
    """Return every collection of ``Facts`` with the places of its values."""
    demand = zip(draft.entries.get("demand", []), draft.rows.get("demand", []), strict=True)
    found = {
        "sites": draft.entries.get("sites", []),
        "shifts": [(s, at) for spec, at in draft.entries.get("shifts", []) for s in spec.expand()],
        "people": draft.table("people"),
        "shift_needs": draft.table("shift_demand"),
        "holidays": draft.table("holidays"),
        "leave_policies": draft.entries.get("leave_policies", []),
        "curves": [
            (
                Curve(
                    queue=e.queue, clock=e.clock, skill=e.skill, rows=tuple(row for row, _ in rows)
                ),
                at,
            )
            for (e, at), rows in demand
        ],
        **{name: draft.table(name) for name in DATED},
    }
    contracts = draft.entries.get("contracts", [])
    if contracts or not draft.whole("contracts"):
        found["contracts"] = contracts
    return found


def _history(draft: Draft, horizon: Horizon, report: Report) -> tuple[History, tuple[str, ...]]:
    section = draft.one("history")
    if section is None or not draft.whole("horizon", "people", "history"):
        return History(), ()
    past, place = section
    codes = {s.code for spec, _ in draft.entries["shifts"] for s in spec.expand()}
    return read_history(
        draft.table("history"),
        (past.begin, place) if past.begin else None,
        horizon.start,
        {p.name for p, _ in draft.table("people")},
        codes if draft.whole("shifts") else None,
        report,
    )


def _published(
    draft: Draft, horizon: Horizon, report: Report
) -> tuple[Published | None, tuple[str, ...]]:
    if draft.one("published") is None or not draft.whole("horizon", "people", "published"):
        return None, ()
    people = {p.name for p, _ in draft.table("people")}
    return read_published(draft.table("published"), horizon, people, report)


def _knock_on(inside: FactPath, message: str, draft: Draft) -> bool:
    """Say whether a clash may be there only because something else could not be read."""
    section = _NAMED_IN.get(str(inside[0]), "")
    lost = draft.lost.get(section, set())
    return (
        section in draft.unread
        or any(f"'{name}'" in message for name in lost)
        or (section == "shifts" and bool(lost))
    )


def _overlaps(draft: Draft, curves: list[Placed], report: Report) -> Iterator[tuple[str, int]]:
    """Report rows of one curve that ask for the same time twice; yield the curves at fault."""
    for k, ((curve, _), rows) in enumerate(zip(curves, draft.rows.get("demand", []), strict=True)):
        for first, second in curve.overlaps():
            row, place = rows[second]
            line = rows[first][1].line
            message = f"{row.start:%H:%M}-{row.end:%H:%M} overlaps line {line} of the same curve"
            report.at(place, ("start",), message, "Keep one of them.")
            yield "curves", k
