"""What fairness owes people, in sentences: how far off a fair share, and who evens it out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ..facts import Carried, Facts
from ..plan import Plan
from ..rules.fair_share import FairShare
from .entry import OPENING, PREFIX, LedgerEntry
from .fairness import carried

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
_ONE = {
    "early": "early shift",
    "late": "late shift",
    "night": "night",
    "weekend": "weekend day",
    "saturday": "Saturday",
    "sunday": "Sunday",
    "holiday": "holiday",
    "hours": "hour",
    "any": "shift",
    "burden": "point of burden",
    "quick-return": "quick return",
    "short-notice": "change at short notice",
}
_HAD = ("burden", "quick-return", "short-notice")
"""What one has, and does not work."""


def owed(facts: Facts, entries: Iterable[LedgerEntry]) -> list[str]:
    """Return a sentence for each person and kind at least half a point off, the furthest first.

    It names whom of the same site the balance is to be evened out with most of all.
    """
    known = list(entries)
    rows = carried(facts, known)
    since = _since(known, facts.first)
    notable = [row for row in rows if abs(row.points) >= NOTABLE]
    notable.sort(key=lambda row: (-abs(row.points), row.of, row.person))
    return [_sentence(facts, row, _evens_out(facts, row, rows), since) for row in notable]


def _since(entries: Iterable[LedgerEntry], first: date) -> Mapping[str, date]:
    """Return the day from which on each kind is booked, by the kind."""
    found: dict[str, date] = {}
    for entry in entries:
        if entry.account.startswith(PREFIX) and entry.source != OPENING and entry.event == "earn":
            of = entry.account.removeprefix(PREFIX)
            found[of] = min(entry.day, found.get(of, first))
    return found


def _evens_out(facts: Facts, row: Carried, rows: Iterable[Carried]) -> str:
    """Return who of the same site is furthest off to the other side, empty if nobody notably is."""
    site = facts.person(row.person).site
    others: list[Carried] = []
    for other in rows:
        opposite = (other.points > 0) != (row.points > 0) and abs(other.points) >= NOTABLE
        if other.of == row.of and opposite and facts.person(other.person).site == site:
            others.append(other)
    furthest = max(others, key=lambda r: (abs(r.points), r.person), default=None)
    return furthest.person if furthest else ""


def _sentence(facts: Facts, row: Carried, other: str, since: Mapping[str, date]) -> str:
    above = row.points > 0
    done = "had" if row.of in _HAD else "worked"
    number = abs(row.points) / 100
    noun = _NOUNS.get(row.of, f"{row.of} shifts")
    if number == 1:
        noun = _ONE.get(row.of, f"{row.of} shift")
    day = f" since {_plain(since[row.of], facts.first)}" if row.of in since else ""
    text = (
        f"{row.person} has {done} {number:g} {'more' if above else 'fewer'} {noun} than a fair "
        f"share{day}; "
        f"the next roster owes them {'fewer' if above else 'more'}"
    )
    if other:
        how = "and gives most of all to" if above else "taken most of all from"
        text += f", {how} {other}"
    return f"{text}."


def _plain(day: date, near: date) -> str:
    return f"{day.day} {day:%b}" if day.year == near.year else f"{day.day} {day:%b %Y}"


def repays(plan: Plan) -> str:
    """Return in one line what the rules of *plan* repay of the points carried over, if anything."""
    kinds = dict.fromkeys(rule.of for rule in plan.rules if isinstance(rule, FairShare))
    found: list[str] = []
    for of in kinds:
        points = _points(plan.facts.carried, of)
        if any(points.values()):
            found.append(f"{_extremes(points)} of {of}")
    return f"fairness repays what is carried over: {', '.join(found)}" if found else ""


def _points(rows: Sequence[Carried], of: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        if row.of == of:
            found[row.person] = found.get(row.person, 0) + row.points
    return found


def _extremes(points: Mapping[str, int]) -> str:
    """Return who has the most and who the least, such as ``Ana +2.4 to Ben -2``."""
    most = max(points, key=points.__getitem__)
    least = min(points, key=points.__getitem__)
    people = [most] if most == least else [most, least]
    return " to ".join(f"{who} {points[who] / 100:+g}" for who in people)
