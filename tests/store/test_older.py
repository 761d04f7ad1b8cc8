"""A store that an older version made is taken up with all that is in it, doubled lines too."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

from shiftplan.errors import StoreError
from shiftplan.ledger import LedgerEntry
from shiftplan.ledger.doubled import doubled
from shiftplan.roster import Roster
from shiftplan.store import Store, open_store
from shiftplan.store.guards import BOOKED, PUBLISHED
from tests.plans import any_facts, any_roster

FACTS = any_facts(1)
DAY = date(2026, 10, 19)
EARNED = LedgerEntry("lieu", "Ana", DAY, "earn", 480, "a holiday", "r1", date(2026, 11, 19))
USED = LedgerEntry("pto", "Ana", DAY, "use", -480, "paid leave", "r1")
BACK = LedgerEntry("pto", "Ana", DAY, "adjust", 480, "correction: now nothing", "r2")
FORTH = LedgerEntry("pto", "Ana", DAY, "adjust", -480, "correction: now paid leave", "r2")

KINDS_OF_GUARD = ("ledger_no_update", "ledger_no_delete", "ledger_no_truncate")


def made_by_version_2(store: Store, *lines: LedgerEntry) -> None:
    """Make the *store* what version 2 left behind, in which *lines* are booked and then again."""
    store.ledger.append(FACTS, lines)
    with store._access.database.writing() as session:
        _as_of_version_2(session)
        columns = "team, account, person, day, event, amount, expires, source, reason, created_at"
        again = f"INSERT INTO ledger ({columns}) SELECT {columns} FROM ledger ORDER BY id"
        session.execute(text(again))


def _as_of_version_2(session: Session) -> None:
    on_server = session.get_bind().dialect.name == "postgresql"
    for guard in KINDS_OF_GUARD if on_server else KINDS_OF_GUARD[:2]:
        session.execute(text(f"DROP TRIGGER {guard}" + " ON ledger" * on_server))
    session.execute(text("DROP INDEX ledger_once"))
    session.execute(text("ALTER TABLE ledger DROP COLUMN number"))
    session.execute(text("UPDATE meta SET value = '2' WHERE key = 'schema'"))


def numbers(store: Store) -> list[int]:
    with store._access.database.writing() as session:
        return list(session.scalars(text("SELECT number FROM ledger ORDER BY id")))


def test_a_ledger_of_version_2_is_read_as_it_is(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        made_by_version_2(store, EARNED, USED)
        assert store.ledger.entries(FACTS) == (EARNED, USED, EARNED, USED)
        with store._access.database.reading() as session:
            assert session is not None
            columns = {c["name"] for c in inspect(session.connection()).get_columns("ledger")}
            assert "number" not in columns


def test_the_first_thing_written_numbers_its_lines_and_deletes_none(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        made_by_version_2(store, EARNED, USED)
        store.rosters.save_draft(any_roster(FACTS, 1), digest="")
        assert numbers(store) == [1, 1, 2, 2]
        found = store.ledger.entries(FACTS)
        assert found == (EARNED, USED, EARNED, USED)
        assert doubled(found) == [EARNED, USED]


def test_from_then_on_nothing_is_booked_twice_and_nothing_booked_is_changed(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        made_by_version_2(store, EARNED)
        with pytest.raises(StoreError, match="Somebody else has booked the same meanwhile"):
            store.ledger.append(FACTS, [USED, EARNED])
        assert store.ledger.entries(FACTS) == (EARNED, EARNED)
        for deed in ("UPDATE ledger SET amount = 0", "DELETE FROM ledger"):
            with (
                pytest.raises(StoreError, match=BOOKED),
                store._access.database.writing() as session,
            ):
                session.execute(text(deed))
        assert store.ledger.entries(FACTS) == (EARNED, EARNED)


def test_corrections_of_the_same_day_and_amount_are_booked_as_often_as_they_are_made(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path) as store:
        store.ledger.append(FACTS, [USED])
        for line in (BACK, FORTH, BACK):
            store.ledger.append(FACTS, [line])
        assert store.ledger.entries(FACTS) == (USED, BACK, FORTH, BACK)
        assert numbers(store) == [1, 1, 2, 3]


def test_what_is_undone_is_undone_as_a_whole(tmp_path: Path) -> None:
    """A block in which all is one, left by an error of whatever kind, has done nothing."""
    roster = any_roster(FACTS, 1)
    with open_store(tmp_path) as store:
        with pytest.raises(KeyError, match="something else"):
            _break_off(store, roster)
        assert store.rosters.all() == ()
        assert store.rosters.names() == {}
        assert store.ledger.entries(FACTS) == ()


def _break_off(store: Store, roster: Roster) -> None:
    with store.at_once():
        kept = store.rosters.save_draft(roster, digest="")
        store.rosters.give_name(kept.id, "mine")
        store.ledger.append(FACTS, [USED])
        assert store.ledger.entries(FACTS) == (USED,)
        assert store.rosters.latest(FACTS) == kept
        raise KeyError("something else")


def test_a_published_roster_gets_no_more_cells(tmp_path: Path) -> None:
    from shiftplan.calendars import contents

    roster = any_roster(FACTS, 1)
    with open_store(tmp_path) as store:
        store.publications.publish(roster, contents(roster), author="M", digest="", expects=0)
        draft = store.rosters.save_draft(roster, digest="")
        more = "INSERT INTO cells (roster_id, person, date, pinned) VALUES (1, 'X', :day, false)"
        moved = "UPDATE cells SET roster_id = 1, person = person || '2' WHERE roster_id = :draft"
        for deed in (text(more).bindparams(day="2026-10-19"), text(moved)):
            given = {"draft": draft.id} if "draft" in str(deed) else {}
            with (
                pytest.raises(StoreError, match=PUBLISHED),
                store._access.database.writing() as session,
            ):
                session.execute(deed, given)
