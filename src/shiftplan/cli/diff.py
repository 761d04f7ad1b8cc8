"""`shiftplan diff`: what changes from one roster to another, person by person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import ShiftplanError, nearest
from ..facts import Facts, name_of
from ..folder import read_roster
from ..publication import (
    Change,
    Publication,
    PublishedShift,
    Renamed,
    difference,
    from_roster,
    renamed,
)
from ..publication.words import in_short
from ..store import Store, open_plan, open_store
from .changes import change_rows, show_changes
from .common import AsJson, ExitCode, Folder, as_named, load_plan, print_json, say
from .page import TextPage

EXAMPLES = """
shiftplan diff
shiftplan diff 2
shiftplan diff 2 3 --person "Ana Ruiz"
shiftplan diff published roster.csv --json
"""

PUBLISHED, DRAFT = "published", "draft"

WordsOption = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[A] [B]", help="A version's number, 'published', 'draft', or a roster CSV."
    ),
]
PersonOption = Annotated[
    str | None,
    typer.Option("--person", metavar="NAME", callback=as_named, help="Only this person's changes."),
]


@dataclass(frozen=True)
class _Side:
    """One of the two rosters; *at* is when it was published, None if it is not yet."""

    name: str
    first: date
    last: date
    shifts: tuple[PublishedShift, ...]
    at: datetime | None = None

    def __str__(self) -> str:
        return f"{self.name} ({self.first} to {self.last})"

    def within(self, first: date, last: date) -> list[PublishedShift]:
        """Return the shifts of the days from *first* to *last*."""
        return [shift for shift in self.shifts if first <= shift.day <= last]


@dataclass(frozen=True)
class _Pair:
    """Two rosters, over the days both have."""

    before: _Side
    after: _Side

    @property
    def first(self) -> date:
        return max(self.before.first, self.after.first)

    @property
    def last(self) -> date:
        return min(self.before.last, self.after.last)

    def renamed(self) -> Sequence[Renamed]:
        """Return who is called otherwise in the second."""
        return renamed(
            ((shift.key, shift.who) for shift in self.before.shifts),
            ((shift.key, shift.who) for shift in self.after.shifts),
        )

    def changes(self, now: datetime) -> Sequence[Change]:
        """Return what differs; the notice is counted from *now* unless it was given before."""
        old = self.before.within(self.first, self.last)
        new = self.after.within(self.first, self.last)
        return difference(old, new, self.after.at or now)


def command(
    words: WordsOption = None,
    folder: Folder = None,
    person: PersonOption = None,
    as_json: AsJson = False,
) -> ExitCode:
    """Show what changes from roster A to roster B, on the days both have.

    With neither, from what is published to the newest draft. With one version, from it to what is
    published now; with one draft or file, from what is published to it. The notice is that given
    when B was published, or the notice there would be now.
    """
    named = _named(words or [])
    loaded = load_plan(folder, quiet=as_json)
    with open_store(loaded.root, create=False) as store:
        facts = open_plan(loaded, store).plan.facts
        before, after = (_side(word, store, facts) for word in named)
    pair = _Pair(before, after)
    # Versions of other periods can be named by number.
    if pair.first > pair.last:
        raise ShiftplanError(f"{before} and {after} have no day in common.")
    changes, names = pair.changes(datetime.now(UTC)), pair.renamed()
    if person is not None:
        person = name_of(facts.people, person)
        _check_known(person, pair, facts)
        names = [one for one in names if person in (one.before, one.after)]
        # Somebody may be asked for by the name they had.
        called = {person, *(one.after for one in names)}
        changes = [change for change in changes if change.who in called]
    if as_json:
        print_json(_as_json(pair, changes, names))
    else:
        _show(pair, changes, names)
    return ExitCode.DONE


def _as_json(pair: _Pair, changes: Sequence[Change], names: Sequence[Renamed]) -> dict[str, Any]:
    return {
        "before": pair.before.name,
        "after": pair.after.name,
        "changes": change_rows(changes),
        "renamed": [one.to_json() for one in names],
    }


def _named(words: Sequence[str]) -> tuple[str, str]:
    """Return what A and B are, whichever of them were left out."""
    match words:
        case []:
            return PUBLISHED, DRAFT
        case [number] if number.isdigit():
            return number, PUBLISHED
        case [draft_or_file]:
            return PUBLISHED, draft_or_file
        case [a, b]:
            return a, b
    raise ShiftplanError("Two rosters can be compared, not more.", "Name A and B.")


def _check_known(person: str, pair: _Pair, facts: Facts) -> None:
    names = {p.name for p in facts.people}
    for side in (pair.before, pair.after):
        # Who has left the plan may still be in an older roster.
        names |= {shift.who for shift in side.within(pair.first, pair.last)}
    if person not in names:
        raise ShiftplanError(f"Nobody is called '{person}'.", nearest(person, names))


def _show(pair: _Pair, changes: Sequence[Change], called: Sequence[Renamed]) -> None:
    page = TextPage()
    names = f"From {pair.before.name} to {pair.after.name}"
    page.line(f"{names}, {pair.first} to {pair.last}", "bold")
    page.line(in_short(changes))
    page.lines(str(one) for one in called)
    show_changes(page, changes)


def _side(word: str, store: Store, facts: Facts) -> _Side:
    """Return the roster that *word* names; raise ``ShiftplanError`` if there is none."""
    if word == PUBLISHED:
        which = f"version from {facts.first} to {facts.last}"
        return _version(store.publications.newest(facts), which, store)
    if word.isdigit():
        found = store.publications.numbered(facts, int(word))
        return _version(found, f"version {word}", store)
    if word == DRAFT:
        return _newest_draft(store, facts)
    return _Side(word, facts.first, facts.last, from_roster(read_roster(Path(word), facts, say)))


def _version(found: Publication | None, which: str, store: Store) -> _Side:
    if found is None:
        raise ShiftplanError(
            f"There is no {which} in {store.place}.",
            "'shiftplan history' lists what was published.",
        )
    name = f"version {found.number}"
    return _Side(name, found.first, found.last, found.shifts, found.published_at)


def _newest_draft(store: Store, facts: Facts) -> _Side:
    drafts = store.rosters.drafts(facts)
    if not drafts:
        raise ShiftplanError(
            f"There is no draft from {facts.first} to {facts.last} in {store.place}.",
            "Run 'shiftplan solve' first, or name a roster file.",
        )
    shifts = from_roster(store.rosters.roster(drafts[0].id, facts))
    return _Side(f"draft {drafts[0].id}", facts.first, facts.last, shifts)
