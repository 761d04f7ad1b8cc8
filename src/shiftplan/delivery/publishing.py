"""What publishing a roster would do, and doing it: for a command and for a session alike."""

from __future__ import annotations

import getpass
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from .. import ledger
from ..errors import ShiftplanError, count, visible
from ..facts import Facts
from ..folder.unseen import refuse_unseen
from ..ledger import LedgerEntry
from ..plan import Plan, Verdict
from ..publication import (
    Change,
    Content,
    Event,
    Publication,
    Renamed,
    Standing,
    difference,
    from_contents,
    revise,
)
from ..publication.words import in_short
from ..roster import Roster
from ..store import Store, StoredRoster
from .renames import likely_since, renamed_since


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
    renamed: tuple[Renamed, ...] = ()
    """Who is called otherwise than in what is published."""
    likely_renames: tuple[str, ...] = ()
    """A sentence on each who is gone and each who is new and may well be one person."""

    @property
    def number(self) -> int:
        """The version it would become."""
        return self.stands.next_number

    @property
    def nothing(self) -> bool:
        """Whether it would change nothing."""
        return bool(self.stands.supersedes) and not self.changes and not self.events

    @property
    def revised(self) -> tuple[Event, ...]:
        """The events that are new or say something else: all but those with other names alone."""
        before = {event.uid: event.own.sequence for event in self.stands.events}
        return tuple(e for e in self.events if before.get(e.uid) != e.own.sequence)

    @property
    def other_colleagues(self) -> tuple[str, ...]:
        """The people whose own shifts stay, and some of whose colleagues are others."""
        touched = {change.who for change in self.changes}
        touched |= {event.content.who for event in self.revised}
        before = {event.uid: event.content.names for event in self.stands.events}
        # Whoever is only called otherwise has the same colleagues.
        others = (e.content for e in self.events if before.get(e.uid, ()) != e.content.names)
        return tuple(sorted({content.who for content in others} - touched))

    @property
    def in_short(self) -> str:
        """How much changes, for how many people, at what notice, and who has other colleagues."""
        text = in_short(self.changes)
        people = len(self.other_colleagues)
        if not people:
            return text
        more = "more person" if self.changes else "person"
        many = "more people" if self.changes else "people"
        return f"{text} The list of colleagues changes for {count(people, more, many)}."

    @property
    def heading(self) -> str:
        """What it would become: ``Version 3: 2026-10-19 to 2026-11-15, supersedes version 2``."""
        before = self.stands.supersedes
        over = f"supersedes version {before}" if before else "the first version of these days"
        return f"Version {self.number}: {self.plan.facts.first} to {self.plan.facts.last}, {over}"


def preview(
    store: Store,
    plan: Plan,
    roster: Roster,
    digest: str,
    now: datetime,
    people_table: str = "people.csv",
) -> Preview:
    """Return what publishing *roster* at the instant *now* would do; *plan* has its facts from the
    store, and its people from *people_table*.
    """
    from ..calendars import contents

    facts, says = plan.facts, contents(roster)
    stands = store.publications.standing(facts, says)
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
    booked = ledger.book(plan, roster, store.ledger.entries(facts), uid)
    return Preview(
        plan,
        roster,
        digest,
        says,
        stands,
        changes,
        events,
        plan.judge(roster),
        tuple(booked),
        uid,
        renamed_since(stands.events, facts),
        tuple(pair.sentence(people_table) for pair in likely_since(store, facts, says, now)),
    )


def publish(
    store: Store, shown: Preview, author: str, message: str = "", *, force: bool = False
) -> Publication:
    """Publish what was *shown*, and book it in the ledgers.

    Raise ``ShiftplanError`` if it breaks a hard rule and is not forced, or if author or message
    hold what cannot be seen, and ``StoreError`` if somebody has published since it was shown.
    """
    check_hard_rules(shown, force=force)
    author, message = one_line(author), one_line(message)
    refuse_unseen("author", author)
    refuse_unseen("message", message)
    with store.at_once():
        # What was booked since it was shown counts: nothing is booked twice.
        known = store.ledger.entries(shown.plan.facts)
        booked = ledger.book(shown.plan, shown.roster, known, shown.uid)
        return store.publications.publish(
            shown.roster,
            shown.says,
            author=author,
            message=message,
            digest=shown.digest,
            expects=shown.stands.number,
            musts=len(shown.verdict.hard_breaches),
            entries=booked,
            uid=shown.uid,
            at=datetime.now(UTC),
        )


def check_hard_rules(shown: Preview, *, force: bool) -> None:
    """Raise ``ShiftplanError`` if the roster breaks a hard rule and is not forced."""
    if shown.verdict.hard_breaches and not force:
        breaches = count(len(shown.verdict.hard_breaches), "breach", "breaches")
        raise ShiftplanError(
            f"The roster has {breaches} of hard rules.", "Fix it, or publish it all the same."
        )


def draft_to_publish(
    store: Store, facts: Facts, wanted: int | None, digest: str, tell: Callable[[str], object]
) -> Roster:
    """Return the draft called *wanted*, or the newest if nothing newer is published.

    *tell* of a plan that has changed since. Raise ``ShiftplanError`` if there is no such draft.
    """
    found = _draft(store, facts, wanted)
    roster = store.rosters.roster(found.id, facts)
    if wanted is None:
        _check_not_overtaken(store, facts, found, roster)
    if found.digest != digest:
        tell(f"note: the plan was changed after {found} was made.")
    return roster


def _draft(store: Store, facts: Facts, wanted: int | None) -> StoredRoster:
    drafts = store.rosters.drafts(facts)
    found = next((draft for draft in drafts if wanted in (None, draft.id)), None)
    if found is not None:
        return found
    which = f"draft {wanted}" if wanted is not None else "draft"
    known = f"Drafts: {', '.join(str(draft.id) for draft in drafts)}. " if drafts else ""
    raise ShiftplanError(
        f"There is no {which} from {facts.first} to {facts.last} in {store.place}.",
        f"{known}Run 'shiftplan solve' first, or name a roster with --roster FILE.",
    )


def _check_not_overtaken(store: Store, facts: Facts, draft: StoredRoster, roster: Roster) -> None:
    """Raise ``ShiftplanError`` if a newer roster is published, and says something else."""
    newest = store.publications.newest(facts)
    if newest is None or draft.id >= newest.roster_id:
        return
    live = (event.content for event in store.publications.standing(facts).events if event.live)
    published = {}
    for shift in from_contents(live):
        # A shift of the days around may still stand from another version.
        if facts.first <= shift.day <= facts.last:
            published[shift.key, shift.day] = shift.code
    drafted = {(facts.keys[who], day): code for (who, day), code in roster.cells.items()}
    if published != drafted:
        raise ShiftplanError(
            f"The newest draft, {draft.id}, is older than {newest}, and differs from it.",
            f"Make a new one, or publish it all the same with --draft {draft.id}.",
        )


def login_name() -> str:
    """Return the name of whoever works here, empty if it is not known."""
    try:
        return visible(getpass.getuser())
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
