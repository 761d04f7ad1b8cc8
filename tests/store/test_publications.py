"""What is published is published once, whole, and for good."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.orm import Session

from shiftplan.calendars import contents
from shiftplan.clock import tz_version
from shiftplan.errors import StoreError
from shiftplan.ledger import LedgerEntry
from shiftplan.publication import Publication
from shiftplan.roster import Roster
from shiftplan.store import Store, open_store
from shiftplan.store.published_tables import EventRow, PublicationRow
from shiftplan.store.tables import CellRow, RosterRow
from tests.publication.test_difference import DAYS, roster

AT = datetime(2026, 12, 1, 9, 0, 7, 250_000, tzinfo=UTC)


def publish(store: Store, made: Roster, *, hours: int = 0, **more: object) -> Publication:
    says = contents(made)
    given = {
        "author": "Mara",
        "digest": "d",
        "expects": store.publications.standing(made.facts, says).number,
        **more,
    }
    return store.publications.publish(made, says, at=AT + timedelta(hours=hours), **given)  # type: ignore[arg-type]


def test_a_version_says_who_when_from_what_and_what_it_changed(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        first = publish(store, roster(Ana="EE"))
        second = publish(store, roster(Ana="EL"), hours=3, message="Ana asked", musts=2)
        assert store.publications.all(roster().facts) == (second, first)
    assert (first.number, first.supersedes, first.corrections) == (1, None, ())
    assert (second.number, second.supersedes, second.musts) == (2, 1, 2)
    assert (second.author, second.message, second.digest) == ("Mara", "Ana asked", "d")
    assert second.tz_version == tz_version()
    assert second.published_at == datetime(2026, 12, 1, 12, 0, 7, tzinfo=UTC)
    # Tuesday 8 December 05:00 in Los Angeles is 13:00 UTC, seven days, 59 minutes and 53 seconds
    # later.
    assert [(c.who, c.what, c.notice) for c in second.changes] == [("Ana", "changed", 7 * 24)]
    assert [s.code for s in second.shifts] == ["E", "L"]


def test_what_is_published_is_a_roster_on_record_too(tmp_path: Path) -> None:
    made = roster(Ana="EL", Ben="LE")
    with open_store(tmp_path) as store:
        version = publish(store, made, uid="abc")
        (stored,) = store.rosters.all()
        assert (stored.id, stored.uid, stored.state) == (version.roster_id, "abc", "published")
        assert store.rosters.roster(stored.id, made.facts) == made


def test_an_author_who_has_not_seen_the_newest_version_is_stopped(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        publish(store, roster(Ana="E"))
        with pytest.raises(StoreError, match="Mara has published version 1 meanwhile"):
            publish(store, roster(Ana="L"), expects=0)
        assert [p.number for p in store.publications.all(roster().facts)] == [1]
        assert len(store.rosters.all()) == 1


def test_of_two_who_publish_at_once_one_wins_and_one_is_refused(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        publish(store, roster(Ana="E"))
    start, refusals = threading.Barrier(2), list[str]()

    def work(code: str) -> None:
        with open_store(tmp_path, wait=60) as store:
            start.wait()
            try:
                publish(store, roster(Ana=code), expects=1, author=code)
            except StoreError as error:
                refusals.append(str(error))

    threads = [threading.Thread(target=work, args=(code,)) for code in ("L", ".")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refusals) == 1
    assert "has published version 2 meanwhile" in refusals[0]
    with open_store(tmp_path) as store:
        assert [p.number for p in store.publications.all(roster().facts)] == [2, 1]


def test_a_failure_half_way_leaves_nothing(tmp_path: Path) -> None:
    # The entry without a reason violates the last table written to.
    broken = LedgerEntry("pto", "Ana", DAYS[0], "use", -480, None)  # type: ignore[arg-type]
    with open_store(tmp_path) as store:
        publish(store, roster(Ana="E"))
        before = store.publications.events(roster().facts, AT)
        with pytest.raises(StoreError):
            publish(store, roster(Ana="L"), entries=[broken])
        assert len(store.publications.all(roster().facts)) == len(store.rosters.all()) == 1
        assert store.publications.events(roster().facts, AT) == before
        assert store.ledger.entries(roster().facts) == ()


def test_ledgers_are_booked_with_it(tmp_path: Path) -> None:
    entry = LedgerEntry("pto", "Ana", DAYS[0], "use", -480, "leave", "abc")
    with open_store(tmp_path) as store:
        publish(store, roster(Ana="E"), entries=[entry], uid="abc")
        assert store.ledger.entries(roster().facts) == (entry,)


@pytest.mark.parametrize(
    "deed",
    [
        update(PublicationRow).values(author="somebody else"),
        delete(PublicationRow),
        update(RosterRow).values(state="draft"),
        delete(RosterRow),
        update(CellRow).values(code="L"),
        delete(CellRow),
        delete(EventRow),
    ],
    ids=lambda d: str(d).split(" WHERE")[0].replace("\n", "")[:40],
)
def test_what_was_published_cannot_be_changed(deed: object, tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        version = publish(store, roster(Ana="E"))
        never = pytest.raises(StoreError, match="what was published is never changed")
        with never, store._access.database.writing() as session:
            session.execute(deed)  # type: ignore[call-overload]
        assert store.publications.all(roster().facts) == (version,)


def test_drafts_can_be_changed_as_ever(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        publish(store, roster(Ana="E"))
        draft = store.rosters.save_draft(roster(Ana="L"), digest="d")
        with store._access.database.writing() as session:
            session.execute(delete(CellRow).where(CellRow.roster_id == draft.id))
        assert store.rosters.drafts(roster().facts) == (draft,)


def test_a_store_opened_for_reading_publishes_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path, create=False) as store:
        with pytest.raises(StoreError, match="opened for reading only"):
            publish(store, roster(Ana="E"))
        assert (
            store.publications.all(roster().facts)
            == store.publications.events(roster().facts, AT)
            == ()
        )
        assert store.publications.newest(roster().facts) is None
    assert not (tmp_path / ".shiftplan").exists()


def test_the_next_period_leaves_the_one_before_alone(tmp_path: Path) -> None:
    first, facts = roster(Ana="E" * 14), roster().facts
    later = facts.changed(horizon={"start": DAYS[13] + timedelta(days=1), "weeks": 1})
    with open_store(tmp_path) as store:
        publish(store, first)
        before = store.publications.events(facts, AT)
        second = publish(store, Roster(later), hours=1)
        assert (second.number, second.supersedes, second.changes) == (2, None, ())
        assert {*before} <= {*store.publications.events(facts, AT)}
        assert store.publications.newest(facts) != second == store.publications.newest(later)


def test_events_long_over_are_left_out_but_for_the_last_of_each(tmp_path: Path) -> None:
    later = roster().facts.changed(horizon={"start": DAYS[0] + timedelta(days=14), "weeks": 1})
    with open_store(tmp_path) as store:
        publish(store, roster(Ana="EEE"))
        publish(store, Roster(later))
        much_later = AT + timedelta(days=400)
        found = store.publications.events(roster().facts, much_later, "Ana")
        assert [(e.content.kind, e.content.day) for e in found if e.content.kind == "shift"] == [
            ("shift", DAYS[2])
        ]
        assert {e.content.who for e in store.publications.events(roster().facts, much_later)} >= {
            "Ana",
            "Ben",
        }


def test_an_older_store_is_completed(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.rosters.save_draft(roster(Ana="E"), digest="d")
        with store._access.database.writing() as session:
            _as_of_version_one(session)
        assert store.publications.all(roster().facts) == ()
        publish(store, roster(Ana="E"))
        assert len(store.publications.all(roster().facts)) == 1


def _as_of_version_one(session: Session) -> None:
    for table in ("calendar_events", "publications", "ledger"):
        session.execute(text(f"DROP TABLE {table}"))
    session.execute(text("UPDATE meta SET value = '1' WHERE key = 'schema'"))


def test_the_days_published_last_stay_whole_in_the_files(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        publish(store, roster(Ana="EE"))
        publish(store, roster(Ana=".E"))
        much_later = AT + timedelta(days=400)
        found = store.publications.events(roster().facts, much_later, "Ana")
        kept = sorted((e for e in found if e.kept(much_later)), key=lambda e: e.content.day)
        assert [e.content.day for e in kept if e.content.kind == "shift"] == [DAYS[1]]
        assert [e.content.day for e in kept if e.content.kind == "off"] == [DAYS[0], *DAYS[2:]]
