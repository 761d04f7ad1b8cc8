"""`shiftplan publish`: a draft becomes what everybody goes by."""

from __future__ import annotations

import getpass
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import typer

from .. import ledger
from ..calendars import contents
from ..errors import ShiftplanError
from ..folder import Loaded, read_roster
from ..plan import Plan, Verdict
from ..publication import Change, Content, Event, Publication, Standing, difference, from_contents, revise
from ..roster import Roster
from ..store import Store, open_store
from .changes import change_rows, count, in_short, show_changes
from .common import AsJson, Code, Folder, breach_rows, load_plan, print_json, say
from .judged import show_breaches
from .page import Page

EXAMPLES = """
shiftplan publish --dry-run
shiftplan publish --message "swap of the 9th"
shiftplan publish --roster roster.csv --author Mara
shiftplan publish --draft 12 --force
"""


@dataclass(frozen=True)
class _Preview:
    """What publishing would do."""

    plan: Plan
    roster: Roster
    says: tuple[Content, ...]
    stands: Standing
    changes: tuple[Change, ...]
    events: tuple[Event, ...]
    verdict: Verdict

    @property
    def nothing(self) -> bool:
        """Say whether it would change nothing."""
        return bool(self.stands.supersedes) and not self.changes and not self.events


def command(
    folder: Folder = None,
    roster: Annotated[
        Path | None, typer.Option("--roster", metavar="FILE", help="A roster CSV; else the newest draft.")
    ] = None,
    draft: Annotated[
        int | None, typer.Option("--draft", metavar="ID", help="A draft by its number; else the newest.")
    ] = None,
    author: Annotated[
        str, typer.Option("--author", metavar="NAME", help="Who publishes; else the name you logged in with.")
    ] = "",
    message: Annotated[
        str, typer.Option("--message", "-m", metavar="TEXT", help="Why, in a few words, for the history.")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and publish nothing.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Publish though the roster breaks a must.")] = False,
    as_json: AsJson = False,
) -> Code:
    """Publish a draft: a new version, which supersedes the one before, and calendars that follow it.

    First shows what changes for whom, by each person's clock, and how many hours ahead they are told; that is
    kept with the version. A published roster never changes. A roster that breaks a must is refused, with exit
    code 1, unless --force is given.
    """
    loaded = load_plan(folder)
    with open_store(loaded.root, create=not dry_run) as store:
        now = datetime.now(UTC)
        found = _preview(loaded, store, roster, draft, now)
        broken = bool(found.verdict.musts)
        publishes = not (dry_run or found.nothing or (broken and not force))
        if not as_json:
            _show(found)
        made = _publish(store, loaded, found, _author(author), message, now) if publishes else None
    if as_json:
        print_json(_as_json(found, made))
    _tell(found, made, dry_run=dry_run, refused=broken and not force)
    return Code.BROKEN if broken else Code.DONE


def _preview(loaded: Loaded, store: Store, file: Path | None, draft: int | None, now: datetime) -> _Preview:
    facts = store.with_border(loaded.plan.facts)
    plan = replace(loaded.plan, facts=facts)
    made = read_roster(file, facts, say) if file is not None else _draft(loaded, store, plan, draft)
    says = contents(made)
    stands = store.standing(facts, says)
    events = revise(
        stands.events,
        says,
        plan=facts.team.name,
        first=facts.first,
        last=facts.last,
        at=now,
        until=stands.until,
    )
    changes = difference(stands.shifts, from_contents(says), now)
    return _Preview(plan, made, says, stands, changes, events, plan.judge(made))


def _draft(loaded: Loaded, store: Store, plan: Plan, wanted: int | None) -> Roster:
    """Return the draft to publish: the one called *wanted*, or the newest if nothing newer is published."""
    facts = plan.facts
    drafts = store.drafts(facts)
    found = next((d for d in drafts if wanted in (None, d.id)), None)
    if found is None:
        which = f"draft {wanted}" if wanted is not None else "draft"
        known = f"Drafts: {', '.join(str(d.id) for d in drafts)}. " if drafts else ""
        raise ShiftplanError(
            f"There is no {which} from {facts.first} to {facts.last} in {store.place}.",
            f"{known}Run 'shiftplan solve' first, or name a roster with --roster FILE.",
        )
    newest = store.publication(facts)
    made = store.roster(found.id, facts)
    if wanted is None and newest and found.id < newest.roster_id:
        stands = from_contents(e.content for e in store.standing(facts).events if e.live)
        here = {(s.who, s.day): s.code for s in stands if facts.first <= s.day <= facts.last}
        if here != dict(made.cells):
            raise ShiftplanError(
                f"The newest draft, {found.id}, is older than {newest}, and differs from it.",
                f"Make a new one, or publish it all the same with --draft {found.id}.",
            )
    if found.digest != loaded.digest:
        say(f"note: the plan was changed after {found} was made.")
    return made


def _author(given: str) -> str:
    if name := " ".join(given.split()):
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise ShiftplanError("It is not known who publishes.", "Say so with --author NAME.") from None


def _publish(
    store: Store, loaded: Loaded, found: _Preview, author: str, message: str, now: datetime
) -> Publication:
    uid = uuid4().hex
    booked = ledger.book(found.plan, found.roster, store.entries(found.plan.facts), uid)
    return store.publish(
        found.roster,
        found.says,
        author=author,
        message=" ".join(message.split()),
        digest=loaded.digest,
        expects=found.stands.number,
        musts=len(found.verdict.musts),
        entries=booked,
        uid=uid,
        at=now,
    )


def _show(found: _Preview) -> None:
    page, facts = Page(), found.plan.facts
    number, before = found.stands.number + 1, found.stands.supersedes
    over = f", supersedes version {before}" if before else ", the first of these days"
    page.line(f"Version {number}: {facts.first} to {facts.last}{over}", "bold")
    if before:
        page.line(in_short(found.changes))
        show_changes(page, found.changes)
    else:
        people = len({c.who for c in found.changes})
        page.line(f"{count(len(found.changes), 'shift')} for {count(people, 'person', 'people')}.")
    if found.verdict.musts:
        show_breaches(page, replace(found.verdict, findings=found.verdict.musts))


def _tell(found: _Preview, made: Publication | None, *, dry_run: bool, refused: bool) -> None:
    if made is not None:
        say(f"Published as {made} by {made.author}.")
    elif found.nothing:
        say(f"Nothing to publish: version {found.stands.supersedes} says the same.")
    elif dry_run:
        say("Nothing was published (--dry-run).")
    elif refused:
        say("Not published: the roster breaks a must. --force publishes it all the same.")


def _as_json(found: _Preview, made: Publication | None) -> dict[str, Any]:
    facts = found.plan.facts
    return {
        "version": made.number if made else None,
        "supersedes": found.stands.supersedes,
        "first": facts.first.isoformat(),
        "last": facts.last.isoformat(),
        "author": made.author if made else None,
        "published_at": made.published_at.isoformat() if made else None,
        "changes": change_rows(found.changes),
        "events_changed": len(found.events),
        "musts_broken": breach_rows(replace(found.verdict, findings=found.verdict.musts)),
    }
