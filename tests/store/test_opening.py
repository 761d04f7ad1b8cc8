"""A plan comes from its folder together with what is on record, through one door."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from shiftplan.errors import StoreError
from shiftplan.facts import Cell, Horizon
from shiftplan.folder import Loaded, load
from shiftplan.roster import Roster
from shiftplan.store import open_plan, open_plan_anyway, open_store
from tests.cli.tiny import write_plan

from .databases import sqlite_alone


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    return load(write_plan(tmp_path / "plan"))


def worked_before(loaded: Loaded) -> dict[Cell, str]:
    """Keep a draft of the week before the plan's, in which Ana works on its last day."""
    facts = loaded.plan.facts
    week = Horizon(start=facts.first - timedelta(days=7), weeks=1)
    cells = {("Ana", facts.first - timedelta(days=1)): "D"}
    with open_store(loaded.root) as store:
        store.rosters.save_draft(Roster(facts.changed(horizon=week), cells), digest="")
    return cells


def test_where_nothing_is_on_record_the_plan_is_as_the_folder_has_it(loaded: Loaded) -> None:
    for opened in (open_plan(loaded), open_plan_anyway(loaded)):
        assert opened.loaded is loaded
        assert opened.plan.facts is loaded.plan.facts
        assert opened.plan.rules is loaded.plan.rules
        assert (opened.before, opened.trouble) == (None, None)
    assert not (loaded.root / ".shiftplan").exists()


def test_what_was_worked_before_comes_with_the_plan_whichever_store_is_open(
    loaded: Loaded,
) -> None:
    cells = worked_before(loaded)
    with open_store(loaded.root, create=False) as store:
        (week,) = store.rosters.all()
        for opened in (open_plan(loaded, store), open_plan(loaded), open_plan_anyway(loaded)):
            assert dict(opened.plan.facts.history.cells) == cells
            assert opened.plan.rules == loaded.plan.rules
            assert (opened.before, opened.trouble) == (week, None)


def test_what_is_on_record_counts_though_the_plan_says_that_nobody_was_there(
    tmp_path: Path,
) -> None:
    loaded = load(write_plan(tmp_path / "plan", more="[history]\nnone = true\n"))
    assert open_plan(loaded).plan.facts.history.none
    assert open_plan(loaded).notes == ()
    cells = worked_before(loaded)
    for opened in (open_plan(loaded), open_plan_anyway(loaded)):
        history = opened.plan.facts.history
        assert (history.none, dict(history.cells)) == (False, cells)
        (note,) = opened.notes
        assert note.startswith("The plan says that nobody was on duty before, but draft 1 (")
        assert note.endswith("is on record, and counts. Delete [history] none = true.")


@sqlite_alone
def test_a_store_that_cannot_be_read_is_an_error_or_a_sentence_beside_the_folders_plan(
    loaded: Loaded,
) -> None:
    worked_before(loaded)
    (loaded.root / ".shiftplan" / "store.db").write_bytes(b"no database" * 100)
    with pytest.raises(StoreError, match="is damaged"):
        open_plan(loaded)
    opened = open_plan_anyway(loaded)
    assert opened.plan is loaded.plan
    assert opened.trouble is not None
    assert "is damaged" in opened.trouble
