"""Ledger lines come back as they were booked; a store of an earlier version gains its ledgers."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

from shiftplan.ledger import LedgerEntry
from shiftplan.store import open_store
from tests.plans import any_facts, any_roster

from .databases import sqlite_alone

LINES = (
    LedgerEntry("pto", "Ana", date(2026, 10, 19), "earn", 480, "a day earned"),
    LedgerEntry(
        "lieu", "Ben", date(2026, 10, 26), "earn", 480, "the bank holiday", "r1", date(2026, 11, 26)
    ),
    LedgerEntry("pto", "Ana", date(2026, 10, 20), "use", -480, "a day off"),
)


def test_lines_come_back_in_the_order_of_booking(tmp_path: Path) -> None:
    facts = any_facts(1)
    with open_store(tmp_path) as store:
        assert store.ledger.entries(facts) == ()
        store.ledger.append(facts, LINES[:2])
        store.ledger.append(facts, LINES[2:])
        assert store.ledger.entries(facts) == LINES


@sqlite_alone
def test_a_store_made_before_there_were_ledgers_is_read_and_gains_them_with_the_first_line(
    tmp_path: Path,
) -> None:
    facts = any_facts(1)
    with open_store(tmp_path) as store:
        kept = store.rosters.save_draft(any_roster(facts, 1), digest="")
    with sqlite3.connect(tmp_path / ".shiftplan" / "store.db") as old:
        old.execute("DROP TABLE ledger")
        old.execute("UPDATE meta SET value = '1' WHERE key = 'schema'")
    with open_store(tmp_path) as store:
        assert store.ledger.entries(facts) == ()
        assert store.rosters.latest(facts) == kept
        store.ledger.append(facts, LINES)
        assert store.ledger.entries(facts) == LINES
