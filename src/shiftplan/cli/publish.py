"""`shiftplan publish`: a draft becomes the roster everybody goes by."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from ..delivery.publishing import (
    Preview,
    booked_in_words,
    draft_to_publish,
    login_name,
    one_line,
    preview,
    publish,
)
from ..errors import ShiftplanError, count
from ..folder import Loaded, read_roster
from ..plan import Verdict
from ..publication import Publication
from ..store import Store, open_plan, open_store
from .changes import change_rows, show_changes
from .common import AsJson, ExitCode, Folder, breach_rows, load_plan, note, print_json, say
from .judged import show_breaches
from .page import TextPage

EXAMPLES = """
shiftplan publish --dry-run
shiftplan publish --message "swap of the 9th"
shiftplan publish --roster roster.csv --author Mara
shiftplan publish --draft 12 --force
"""


RosterFile = Annotated[
    Path | None,
    typer.Option("--roster", metavar="FILE", help="A roster CSV; else the newest draft."),
]
DraftOption = Annotated[
    int | None,
    typer.Option("--draft", metavar="ID", help="A draft by its number; else the newest."),
]
AuthorOption = Annotated[
    str,
    typer.Option(
        "--author", metavar="NAME", help="Who publishes; else the name you logged in with."
    ),
]
MessageOption = Annotated[
    str,
    typer.Option("--message", "-m", metavar="TEXT", help="Why, in a few words, for the history."),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would change, and publish nothing.")
]
Force = Annotated[
    bool, typer.Option("--force", help="Publish though the roster breaks a hard rule.")
]


def command(
    folder: Folder = None,
    roster: RosterFile = None,
    draft: DraftOption = None,
    author: AuthorOption = "",
    message: MessageOption = "",
    dry_run: DryRun = False,
    force: Force = False,
    as_json: AsJson = False,
) -> ExitCode:
    """Publish a draft: a new version, which supersedes the one before, and calendars that follow
    it.

    First shows what changes for whom, in each person's local time, and at how many hours' notice;
    that is kept with the version, and the ledgers are booked with it. A published roster never
    changes. A roster that breaks a hard rule is refused, with exit code 1, unless --force is given.
    """
    loaded = load_plan(folder)
    # A dry run leaves no store behind where there was none.
    with open_store(loaded.root, create=not dry_run) as store:
        found = _preview(loaded, store, roster, draft)
        broken = bool(found.verdict.hard_breaches)
        refused = broken and not force
        if not as_json:
            _show(found)
        made = None
        if found.nothing and not dry_run:
            # An id given since the last version is to be known before its person's name changes.
            store.publications.note_people(found.plan.facts)
        elif not (dry_run or refused):
            made = publish(store, found, _author(author), message, force=force)
    if as_json:
        print_json(_as_json(found, made))
    _say_what_was_done(found, made, dry_run=dry_run, refused=refused)
    return ExitCode.BROKEN if broken else ExitCode.DONE


def _preview(loaded: Loaded, store: Store, file: Path | None, draft: int | None) -> Preview:
    opened = open_plan(loaded, store)
    plan = opened.plan
    note(opened.notes)
    if file is not None:
        made = read_roster(file, plan.facts, say)
    else:
        made = draft_to_publish(store, plan.facts, draft, loaded.digest, say)
    now = datetime.now(UTC)
    return preview(store, plan, made, loaded.digest, now, loaded.people_table)


def _author(given: str) -> str:
    name = one_line(given) or login_name()
    if name:
        return name
    raise ShiftplanError("It is not known who publishes.", "Say so with --author NAME.")


def _show(found: Preview) -> None:
    page = TextPage()
    page.line(found.heading, "bold")
    page.lines(str(renamed) for renamed in found.renamed)
    for sentence in found.likely_renames:
        page.line(sentence, "yellow")
    if found.stands.supersedes:
        page.line(found.in_short)
        show_changes(page, found.changes)
    else:
        # All of a first version is new, so it is counted and not listed.
        people = len({change.person for change in found.changes})
        page.line(f"{count(len(found.changes), 'shift')} for {count(people, 'person', 'people')}.")
    if found.booked:
        page.line(f"The ledgers get {booked_in_words(found.booked)}.")
    if found.verdict.hard_breaches:
        show_breaches(page, _hard_breaches(found))


def _hard_breaches(found: Preview) -> Verdict:
    """Return what the checkers say of the hard rules alone."""
    return replace(found.verdict, findings=found.verdict.hard_breaches)


def _say_what_was_done(
    found: Preview, made: Publication | None, *, dry_run: bool, refused: bool
) -> None:
    # That there is nothing to publish matters more than that it would not have been published.
    if made is not None:
        say(f"Published as {made} by {made.author}.")
    elif found.nothing:
        say(f"Nothing to publish: version {found.stands.supersedes} says the same.")
    elif dry_run:
        say("Nothing was published (--dry-run).")
    elif refused:
        say("Not published: the roster breaks a hard rule. --force publishes it all the same.")


def _as_json(found: Preview, made: Publication | None) -> dict[str, Any]:
    facts = found.plan.facts
    return {
        "version": made.number if made else None,
        "supersedes": found.stands.supersedes,
        "first": facts.first.isoformat(),
        "last": facts.last.isoformat(),
        "author": made.author if made else None,
        "published_at": made.published_at.isoformat() if made else None,
        "changes": change_rows(found.changes),
        "renamed": [renamed.to_json() for renamed in found.renamed],
        "likely_renames": list(found.likely_renames),
        "ledger_lines": len(found.booked),
        "events_changed": len(found.revised),
        "events_with_other_colleagues": len(found.events) - len(found.revised),
        "people_with_other_colleagues": list(found.other_colleagues),
        "musts_broken": breach_rows(_hard_breaches(found)),
    }
