"""Saving, versions, what is unsaved and unpublished, exports and searching."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from openpyxl import load_workbook

from shiftplan.errors import BadInput, CannotWrite, ShiftplanError
from shiftplan.folder import load
from shiftplan.plan.result import Progress
from shiftplan.session.search import solve_from
from shiftplan.store import open_store
from tests.session.desk import FILES, MONDAY, TUESDAY, opened, write


def test_a_roster_saved_is_a_named_draft_with_its_costs(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign({("Ana", MONDAY): "L", ("Ana", TUESDAY): "E"})
        assert session.unsaved
        session.save("first try")
        assert not session.unsaved
        (version,) = session.versions.all()
        assert (version.name, version.state, version.first) == ("first try", "draft", MONDAY)
        assert version.costs["must"] == 1  # nine hours of rest
        assert session.steps.undo() is not None
        assert session.unsaved
    with opened(tmp_path) as session:
        assert session.unsaved
        session.steps.redo()
        assert not session.unsaved


def test_saving_again_makes_no_second_version_of_the_same_roster(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign({("Ana", MONDAY): "E"})
        session.save()
        session.plan_edits.toggle_rule(0, False)
        session.save()
        assert len(session.versions.all()) == 1
        session.versions.keep("kept")
        assert [v.name for v in session.versions.all()] == ["kept", ""]


def test_the_newest_roster_on_record_is_opened(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign({("Ana", MONDAY): "E"})
        session.roster_edits.pin([("Ana", MONDAY)])
        session.save()
    with opened(tmp_path) as session:
        assert session.roster is not None
        assert dict(session.roster.cells) == {("Ana", MONDAY): "E"}
        assert session.roster.pinned == {("Ana", MONDAY)}
        assert session.steps.undo_label is None
        assert not session.unsaved
        assert session.notices == ()


def test_versions_differ_by_person_in_local_time(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign({("Ana", MONDAY): "E", ("Ben", MONDAY): "L"})
        first = session.versions.keep("first").id
        session.roster_edits.assign({("Ana", MONDAY): "L", ("Ben", MONDAY): None})
        assert [(d.who, d.changes) for d in session.versions.difference(first, None)] == [
            ("Ana", ((MONDAY, "E 07:00-15:00", "L 14:00-22:00"),)),
            ("Ben", ((MONDAY, "L 14:00-22:00", "off"),)),
        ]
        session.versions.load(first)
        assert session.versions.difference(first, None) == ()
        assert session.steps.undo() == f"Roster {first} (first)"
        assert session.roster is not None
        assert dict(session.roster.cells) == {("Ana", MONDAY): "L"}


def test_a_roster_is_unpublished_until_it_is_the_one_published(tmp_path: Path) -> None:
    with opened(tmp_path) as session, open_store(tmp_path) as store:
        session.roster_edits.assign({("Ana", MONDAY): "E"})
        session.save()
        assert session.versions.unpublished
        assert session.roster is not None
        store.publications.publish(session.roster, (), author="Mara", digest="", expects=0)
        assert [v.state for v in session.versions.all()] == ["published", "draft"]
        assert not session.versions.unpublished
        session.roster_edits.assign({("Ana", TUESDAY): "E"})
        assert session.versions.unpublished
        session.steps.undo()
        assert not session.versions.unpublished


def test_going_back_to_what_is_saved_can_be_undone(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign({("Ana", MONDAY): "E"})
        session.save()
        session.roster_edits.assign({("Ana", MONDAY): "L"})
        session.plan_edits.toggle_rule(0, False)
        session.steps.revert()
        assert not session.unsaved
        assert session.plan_edits.file_text("shiftplan.toml") == FILES["shiftplan.toml"]
        session.steps.undo()
        assert session.unsaved
        assert session.roster is not None
        assert session.roster.at("Ana", MONDAY) == "L"


def test_the_roster_goes_out_as_a_grid_with_totals(tmp_path: Path) -> None:
    with opened(write(tmp_path / "plan")) as session:
        session.roster_edits.assign({("Ana", MONDAY): "E", ("Ana", TUESDAY): "E"})
        session.exports.write("roster", tmp_path / "roster.xlsx")
        session.exports.write("roster", tmp_path / "roster.csv")
        session.exports.write("coverage", tmp_path / "coverage.csv")
    sheet = load_workbook(tmp_path / "roster.xlsx").active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=1, max_row=5)]
    assert rows[0][:4] == ["person", "site", "Mon\n19 Oct", "Tue\n20 Oct"]
    # Two shifts of eight hours, no break taken out.
    assert rows[1][:4] + rows[1][-2:] == ["Ana", "Dublin", "E", "E", 2, 16]
    assert rows[4][:4] == ["at work", None, 1, 1]
    assert (tmp_path / "roster.csv").read_text().splitlines()[1].startswith("Ana,Dublin,E,E,,")
    lines = (tmp_path / "coverage.csv").read_text().splitlines()
    assert lines[0].startswith(
        "queue,start_utc,end_utc,minimum,target,staffed,short,below_target,not_judged,"
    )
    # 07:00 in Dublin is 06:00 UTC in October's summer time.
    quarter = "desk,2026-10-19T06:00:00Z,2026-10-19T06:15:00Z,1,1,1,0,0"
    assert f"{quarter},0,0,,,people" in lines


def test_shifts_that_go_out_come_back_in_one_step(tmp_path: Path) -> None:
    with opened(write(tmp_path / "plan")) as session:
        session.roster_edits.assign({("Ana", MONDAY): "E", ("Ben", TUESDAY): "Q"})
        session.roster_edits.pin([("Ben", TUESDAY)])
        before = session.roster
        session.exports.write("shifts", tmp_path / "shifts.csv")
        session.roster_edits.assign({("Ana", MONDAY): None, ("Cy", MONDAY): "L"})
        session.roster_edits.adopt_file(tmp_path / "shifts.csv")
        assert session.roster == before
        assert session.steps.undo() == "Roster from shifts.csv"
        (tmp_path / "shifts.csv").write_text("person,date,shift\nAnna,2026-10-19,E\n")
        with pytest.raises(BadInput, match="nobody is called 'Anna'"):
            session.roster_edits.adopt_file(tmp_path / "shifts.csv")


def test_calendars_go_out_into_a_folder(tmp_path: Path) -> None:
    with opened(write(tmp_path / "plan")) as session:
        session.roster_edits.assign({("Ana", MONDAY): "E"})
        paths = session.exports.write("calendars", tmp_path / "out")
    assert paths
    assert all(p.exists() for p in paths)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with opened(write(tmp_path / "plan")) as session:
        with pytest.raises(ShiftplanError, match="neither a"):
            session.exports.write("roster", tmp_path / "roster.pdf")
        with pytest.raises(CannotWrite):
            session.exports.write("roster", tmp_path / "nowhere" / "roster.csv")


@pytest.mark.slow
def test_a_search_starts_from_the_roster_and_keeps_its_pins(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign({("Ben", MONDAY): "Q"})
        session.roster_edits.pin([("Ben", MONDAY), ("Ana", MONDAY)])
        heard: list[Progress] = []
        assert session.plan is not None
        assert session.roster is not None
        result = solve_from(session.plan, session.roster, 20, heard.append, workers=1)
        assert result.roster is not None
        assert session.roster is not None
        assert dict(session.roster.cells) == {
            ("Ben", MONDAY): "Q"
        }  # nothing is changed by searching
        assert heard
        session.roster_edits.adopt(result.roster, "Solved")
        assert session.roster.at("Ben", MONDAY) == "Q"
        assert session.roster.at("Ana", MONDAY) is None
        assert session.roster.pinned == {("Ben", MONDAY), ("Ana", MONDAY)}
        assert session.judging.verdict is not None
        assert not session.judging.verdict.hard_breaches
        assert session.steps.undo() == "Solved"


def test_a_search_is_stopped_from_outside(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        stop = threading.Event()
        stop.set()
        assert session.plan is not None
        assert session.roster is not None
        result = solve_from(session.plan, session.roster, 600, stop=stop)
        assert result.stopped == "request"


def test_names_are_given_to_rosters_of_stores_from_before_there_were_names(tmp_path: Path) -> None:
    write(tmp_path)
    facts = load(tmp_path).plan.facts
    with opened(tmp_path) as session, open_store(tmp_path) as store:
        session.roster_edits.assign({("Ana", MONDAY): "E"})
        assert session.roster is not None
        kept = store.rosters.save_draft(session.roster, digest="")
        assert store.rosters.names() == {}
        store.rosters.give_name(kept.id, "old")
        store.rosters.give_name(kept.id, "older")
        assert store.rosters.names() == {kept.id: "older"}
        assert store.rosters.latest(facts) == kept
