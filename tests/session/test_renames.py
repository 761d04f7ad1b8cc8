"""A person renamed in the tables stays who they are, in one step that can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from shiftplan.errors import ShiftplanError
from tests.session.desk import FILES, MONDAY, PLAN, TUESDAY, opened, state, write

RULE = """
[[rules]]
kind = "work-run"
max = 4
strength = "wishes"
for = { names = ["Ben", "Ana"] }  # as agreed

[[rules]]
kind = "apart"
who = ["Ana", "Cy"]

[leave]
table = "leave.csv"

[wishes]
table = "wishes.csv"
"""

TABLES = {
    **FILES,
    "shiftplan.toml": PLAN + RULE,
    "leave.csv": "person,from_date,to_date\nAna,2026-10-24,2026-10-25\nBen,2026-10-26,2026-10-26\n",
    "wishes.csv": 'person,date,wish\n"Ana",2026-10-22,day-off\n',
}


def test_tables_rules_and_roster_follow_a_name_in_one_step(tmp_path: Path) -> None:
    with opened(write(tmp_path / "plan", TABLES)) as session:
        session.roster_edits.assign({("Ana", MONDAY): "E", ("Ben", TUESDAY): "L"})
        session.roster_edits.pin([("Ana", MONDAY)])
        before = state(session)
        effect = session.tables.set_cell("people.csv", 0, "name", "Ana Ruiz")
        assert effect.label == "Ana is now called Ana Ruiz"
        assert session.problems == ()
        assert session.plan is not None
        assert session.roster is not None
        assert session.roster.at("Ana Ruiz", MONDAY) == "E"
        assert session.roster.pinned == {("Ana Ruiz", MONDAY)}
        assert session.plan.rules[-2].whom.names == ("Ben", "Ana Ruiz")
        text = session.plan_edits.file_text
        assert 'for = { names = ["Ben", "Ana Ruiz"] }  # as agreed' in text("shiftplan.toml")
        assert 'who = ["Ana Ruiz", "Cy"]' in text("shiftplan.toml")
        assert text("leave.csv") == TABLES["leave.csv"].replace("Ana", "Ana Ruiz")
        assert text("wishes.csv") == TABLES["wishes.csv"].replace("Ana", "Ana Ruiz")
        # Nothing was ever on record of Ana, so there is nothing for an id to keep.
        assert text("people.csv") == FILES["people.csv"].replace("Ana", "Ana Ruiz")
        session.steps.undo()
        assert state(session)[:3] == before[:3]
        session.steps.redo()
        assert session.roster.at("Ana Ruiz", MONDAY) == "E"


@pytest.mark.slow
def test_whoever_is_on_record_gets_the_old_name_as_id(tmp_path: Path) -> None:
    with opened(tmp_path / "plan") as session:
        session.roster_edits.assign({("Ana", MONDAY): "E"})
        session.save()
        session.publishing.publish(session.publishing.preview(), "Mara", force=True)
        effect = session.tables.set_cell("people.csv", 0, "name", "Ana Ruiz")
        assert effect.label == (
            'Ana is now called Ana Ruiz, with id = "Ana", by which calendars, links and balances '
            "are kept"
        )
        assert session.plan_edits.file_text("people.csv") == (
            "name,site,skills,id\nAna Ruiz,Dublin,desk,Ana\nBen,Dublin,desk lead,\n"
            "Cy,Dublin,desk,\n"
        )
        shown = session.publishing.preview()
        assert (shown.changes, shown.likely_renames) == ((), ())
        assert [str(one) for one in shown.renamed] == ["Ana is now called Ana Ruiz."]
        assert not session.versions.unpublished
        # The next correction keeps the id there is.
        session.tables.set_cell("people.csv", 0, "name", "Ana Ruiz-Vega")
        assert "Ana Ruiz-Vega,Dublin,desk,Ana\n" in session.plan_edits.file_text("people.csv")
    with opened(tmp_path / "plan") as session:
        assert session.roster is not None
        assert session.roster.at("Ana Ruiz-Vega", MONDAY) == "E"


def test_a_number_is_known_to_the_record_before_the_name_changes(tmp_path: Path) -> None:
    with opened(tmp_path / "plan") as session:
        session.roster_edits.assign({("Ana", MONDAY): "E"})
        session.save()
        session.tables.set_cell("people.csv", 0, "id", "70017")
        with pytest.raises(ShiftplanError, match="Ana is on record without the id '70017'"):
            session.tables.set_cell("people.csv", 0, "name", "Ana Ruiz")
        # Only the table has changed, so no draft is kept; the number is noted all the same.
        session.save()
        session.tables.set_cell("people.csv", 0, "name", "Ana Ruiz")
        session.save()
        assert "Ana Ruiz,Dublin,desk,70017\n" in session.plan_edits.file_text("people.csv")
    with opened(tmp_path / "plan") as session:
        assert session.roster is not None
        assert session.roster.at("Ana Ruiz", MONDAY) == "E"


def test_a_name_that_is_somebody_elses_is_no_rename(tmp_path: Path) -> None:
    with opened(write(tmp_path / "plan", TABLES)) as session:
        session.tables.set_cell("people.csv", 0, "name", "Ben")
        assert session.plan_edits.file_text("leave.csv") == TABLES["leave.csv"]
        assert "'Ben' is there twice." in " ".join(map(str, session.problems))


def test_the_roster_follows_ids_when_the_text_is_edited(tmp_path: Path) -> None:
    """Two who swap their names, as text: their shifts go with them."""
    people = "name,id,site,skills\nAna,7,Dublin,desk\nBen,8,Dublin,desk lead\n"
    with opened(write(tmp_path / "plan", {**FILES, "people.csv": people})) as session:
        session.roster_edits.assign({("Ana", MONDAY): "E", ("Ben", TUESDAY): "L"})
        swapped = people.replace("Ana,7", "Ben,7").replace("Ben,8", "Ana,8")
        session.plan_edits.set_file_text("people.csv", swapped)
        assert session.roster is not None
        assert session.roster.cells == {("Ben", MONDAY): "E", ("Ana", TUESDAY): "L"}
        session.steps.undo()
        assert session.roster.cells == {("Ana", MONDAY): "E", ("Ben", TUESDAY): "L"}
