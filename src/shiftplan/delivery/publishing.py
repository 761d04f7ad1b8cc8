"""What publishing a roster would do, and doing it: for a command and for a session alike."""

from __future__ import annotations

import getpass
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from .. import ledger
from ..errors import ShiftplanError, count
from ..facts import Facts
from ..ledger import LedgerEntry
from ..plan import Plan, Verdict
from ..publication import (
    Change,
    Content,
    Event,
    Publication,
    Standing,
    difference,
    from_contents,
    revise,
)
from ..roster import Roster
from ..store import Store

if TYPE_CHECKING:
    from ..calendars import Style


@dataclass(frozen=True)
class Preview:
    """What publishing a roster would do."""

    plan: Plan
    """As the store has it: with what was worked before, and what is published."""
    roster: Roster
    digest: str
    """Of the plan folder."""
    says: tuple[Content, ...]
    stands: Standing
    changes: tuple[Change, ...]
    """Person by person, with the notice each gives."""
    events: tuple[Event, ...]
    """Of the calendars, as far as they change."""
    verdict: Verdict
    """Of all checkers."""
    booked: tuple[LedgerEntry, ...]
    """Lines for the ledgers."""
    uid: str
    """What the lines name as their source."""

    @property
    def number(self) -> int:
        """The version it would become."""
        return self.stands.number + 1

    @property
    def nothing(self) -> bool:
        """Whether it would change nothing."""
        return bool(self.stands.supersedes) and not self.changes and not self.events

    @property
    def heading(self) -> str:
        """What would become of it: ``Version 3: 2026-10-19 to 2026-11-15, supersedes version 2``."""
        before = self.stands.supersedes
        over = f"supersedes version {before}" if before else "the first of these days"
        return f"Version {self.number}: {self.plan.facts.first} to {self.plan.facts.last}, {over}"


def preview(store: Store, plan: Plan, roster: Roster, digest: str, now: datetime) -> Preview:
    """Return what publishing *roster* at the instant *now* would do; *plan* has its facts from the
    store.
    """
    from ..calendars import contents

    facts, says = plan.facts, contents(roster)
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
    uid = uuid4().hex
    booked = ledger.book(plan, roster, store.entries(facts), uid)
    return Preview(
        plan, roster, digest, says, stands, changes, events, plan.judge(roster), tuple(booked), uid
    )


def publish(
    store: Store, shown: Preview, author: str, message: str = "", *, force: bool = False
) -> Publication:
    """Publish what was *shown*, and book it in the ledgers.

    Raise ``ShiftplanError`` if it breaks a must and is not forced, and ``StoreError`` if somebody
    has published since it was shown.
    """
    check_musts(shown, force=force)
    # What was booked since it was shown counts: a source is booked once.
    booked = ledger.book(shown.plan, shown.roster, store.entries(shown.plan.facts), shown.uid)
    return store.publish(
        shown.roster,
        shown.says,
        author=one_line(author),
        message=one_line(message),
        digest=shown.digest,
        expects=shown.stands.number,
        musts=len(shown.verdict.hard_breaches),
        entries=booked,
        uid=shown.uid,
        at=datetime.now(UTC),
    )


def check_musts(shown: Preview, *, force: bool) -> None:
    """Raise ``ShiftplanError`` if the roster breaks a must and is not forced."""
    if shown.verdict.hard_breaches and not force:
        broken = count(len(shown.verdict.hard_breaches), "must")
        raise ShiftplanError(f"The roster breaks {broken}.", "Mend it, or publish it all the same.")


def draft_to_publish(
    store: Store, facts: Facts, wanted: int | None, digest: str, tell: Callable[[str], object]
) -> Roster:
    """Return the draft called *wanted*, or the newest if nothing newer is published.

    *tell* of a plan that has changed since. Raise ``ShiftplanError`` if there is no such draft.
    """
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
    if found.digest != digest:
        tell(f"note: the plan was changed after {found} was made.")
    return made


def published_files(
    store: Store, facts: Facts, now: datetime, *, days_off: bool = True, style: Style | None = None
) -> tuple[Publication, dict[str, bytes]] | None:
    """Return the newest version of the days of *facts* with its calendars by file name, or None."""
    from ..calendars import Style, render_published

    version = store.publication(facts)
    if version is None:
        return None
    files = render_published(
        store.events(facts, now),
        team=facts.team.name,
        at=now,
        members=[p.name for p in facts.people],
        days_off=days_off,
        style=style or Style(),
    )
    return version, files


def login_name() -> str:
    """Return the name of whoever works here, empty if it is not known."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def booked_in_words(entries: tuple[LedgerEntry, ...]) -> str:
    """Return how many lines go into which ledger: ``3 lines: lieu 1, pto 2``."""
    accounts = Counter(e.account for e in entries)
    parts = ", ".join(f"{account} {number}" for account, number in sorted(accounts.items()))
    return f"{count(len(entries), 'line')}: {parts}"


def one_line(text: str) -> str:
    """Return *text* with nothing but single blanks between its words."""
    return " ".join(text.split())
