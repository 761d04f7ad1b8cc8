"""`shiftplan diff`: what changes from one roster to another, for each person by their own clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from ..errors import ShiftplanError, nearest
from ..facts import Facts
from ..folder import read_roster
from ..publication import PublishedShift, difference, from_roster
from ..publication.words import in_short
from ..store import Store, open_plan, open_store
from .changes import change_rows, show_changes
from .common import AsJson, ExitCode, Folder, load_plan, print_json, say
from .page import TextPage

EXAMPLES = """
shiftplan diff
shiftplan diff 2
shiftplan diff 2 3 --person Ana
shiftplan diff published roster.csv --json
"""

WordsOption = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[A] [B]", help="A version's number, 'published', 'draft', or a roster CSV."
    ),
]


@dataclass(frozen=True)
class _Side:
    """One of the two rosters; *at* is when people were told of it, None if they were not yet."""

    name: str
    first: date
    last: date
    shifts: tuple[PublishedShift, ...]
    at: datetime | None = None


def command(
    words: WordsOption = None,
    folder: Folder = None,
    person: Annotated[
        str | None, typer.Option("--person", metavar="NAME", help="Only this person's changes.")
    ] = None,
    as_json: AsJson = False,
) -> ExitCode:
    """Show what changes from roster A to roster B, on the days both have.

    With neither, from what is published to the newest draft. With one version, from it to what is
    published now; with one draft or file, from what is published to it. The notice is that given
    when B was published, or the notice there would be now.
    """
    given = words or []
    if len(given) > 2:
        raise ShiftplanError("Two rosters can be compared, not more.", "Name A and B.")
    if len(given) == 1:
        given = [*given, "published"] if given[0].isdigit() else ["published", *given]
    loaded = load_plan(folder, quiet=as_json)
    with open_store(loaded.root, create=False) as store:
        facts = open_plan(loaded, store).plan.facts
        before, after = (_side(word, store, facts) for word in given or ("published", "draft"))
    first, last = max(before.first, after.first), min(before.last, after.last)
    if first > last:
        raise ShiftplanError(
            f"{before.name} ({before.first} to {before.last}) and {after.name} "
            f"({after.first} to {after.last}) have no day in common."
        )
    old, new = ([s for s in side.shifts if first <= s.day <= last] for side in (before, after))
    if person is not None:
        _known(person, {s.who for s in (*old, *new)} | {p.name for p in facts.people})
    changes = [
        c for c in difference(old, new, after.at or datetime.now(UTC)) if person in (None, c.who)
    ]
    if as_json:
        print_json({"before": before.name, "after": after.name, "changes": change_rows(changes)})
        return ExitCode.DONE
    page = TextPage()
    page.line(f"From {before.name} to {after.name}, {first} to {last}", "bold")
    page.line(in_short(changes))
    show_changes(page, changes)
    return ExitCode.DONE


def _known(person: str, names: set[str]) -> None:
    if person not in names:
        raise ShiftplanError(f"Nobody is called '{person}'.", nearest(person, names))


def _side(word: str, store: Store, facts: Facts) -> _Side:
    """Return the roster that *word* names; raise ``ShiftplanError`` if there is none."""
    if word.isdigit() or word == "published":
        if word.isdigit():
            found = store.publications.numbered(facts, int(word))
        else:
            found = store.publications.newest(facts)
        if found is None:
            which = (
                f"version {word}"
                if word.isdigit()
                else f"version from {facts.first} to {facts.last}"
            )
            raise ShiftplanError(
                f"There is no {which} in {store.place}.",
                "'shiftplan history' lists what was published.",
            )
        return _Side(
            f"version {found.number}", found.first, found.last, found.shifts, found.published_at
        )
    if word == "draft":
        drafts = store.rosters.drafts(facts)
        if not drafts:
            raise ShiftplanError(
                f"There is no draft from {facts.first} to {facts.last} in {store.place}.",
                "Run 'shiftplan solve' first, or name a roster file.",
            )
        shifts = from_roster(store.rosters.roster(drafts[0].id, facts))
        return _Side(f"draft {drafts[0].id}", facts.first, facts.last, shifts)
    return _Side(word, facts.first, facts.last, from_roster(read_roster(Path(word), facts, say)))
