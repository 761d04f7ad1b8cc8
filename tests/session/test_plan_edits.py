"""Editing the plan: rules, goals, values, tables, text, and what is wrong shown where it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.errors import CannotWrite, PlanNotFound, ShiftplanError
from shiftplan.folder import load
from shiftplan.session import Session
from tests.session.desk import FILES, MONDAY, PLAN, TUESDAY, on_disk, opened, state, write
from tests.tries import tries


def test_a_rule_switched_off_counts_for_nothing_and_stays_in_the_file(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign({("Ana", MONDAY): "L", ("Ana", TUESDAY): "E"})
        session.plan_edits.toggle_rule(0, False)
        effect = session.judging.settle()
        assert effect is not None
        # Nine hours of rest, where a hard rule requires eleven.
        assert [(c.number, c.kind, c.before, c.after) for c in effect.rules] == [
            (None, "rest", 1, 0)
        ]
        assert [r.enabled for r in session.plan_edits.rules] == [False, True, True]
        assert session.plan_edits.file_text("shiftplan.toml") == PLAN.replace(
            "hours = 11\n", "hours = 11\nenabled = false\n"
        )
        session.save()
        assert [rule.kind for rule in load(tmp_path).plan.rules] == ["days-off", "demand"]
        session.plan_edits.toggle_rule(0, True)
        assert session.plan_edits.file_text("shiftplan.toml") == PLAN


def test_a_rule_added_is_judged_at_once_and_numbered_as_in_the_file(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.plan_edits.toggle_rule(0, False)
        session.roster_edits.assign({("Ana", MONDAY): "E", ("Ana", TUESDAY): "E"})
        session.plan_edits.add_rule(
            "work-run", {"max": 1, "strength": "wishes", "for": {"names": ["Ana"]}}
        )
        effect = session.judging.settle()
        assert effect is not None
        assert [(c.number, c.kind, c.before, c.after) for c in effect.rules] == [
            (3, "work-run", 0, 1)
        ]
        assert session.plan_edits.rules[3].values["for"] == {"names": ["Ana"]}
        session.plan_edits.remove_rule(3)
        effect = session.judging.settle()
        assert effect is not None
        assert [(c.number, c.kind, c.before, c.after) for c in effect.rules] == [
            (None, "work-run", 1, 0)
        ]


def test_an_edit_that_makes_the_plan_wrong_is_kept_and_shown_on_its_rule(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign({("Ana", MONDAY): "E"})
        session.plan_edits.change_rule(1, {"per_week": 9, "strength": "wish"})
        assert [(p.line, p.key) for p in session.problems] == [(46, "per_week")]
        assert session.plan_edits.rules[1].problems == session.problems
        assert session.plan_edits.rules[1].rule is None
        assert session.plan is not None
        assert (
            len(session.plan.rules) == 3
        )  # the last one that was right is still there to work with
        session.roster_edits.assign({("Ana", TUESDAY): "E"})
        session.plan_edits.change_rule(1, {"per_week": 3})
        assert [(p.key, p.message) for p in session.problems] == [
            ("strength", "'wish' is not one of the goals.")
        ]
        session.plan_edits.change_rule(1, {"strength": "wishes"})
        assert session.problems == ()
        assert (
            session.plan_edits.rules[1].sentence == "Everyone has exactly 3 days off in each week."
        )


def test_goals_change_places_with_their_comment(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.plan_edits.move_goal("wishes", 0)
        assert session.plan_edits.goals == ("wishes", "coverage")
        assert session.plan is not None
        assert session.plan.goals == ("must", "wishes", "coverage")
        assert (
            'goals = ["wishes", "coverage"]  # coverage comes first\n'
            in session.plan_edits.file_text("shiftplan.toml")
        )


def test_a_shorter_horizon_leaves_cells_out_and_undo_brings_them_back(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        late = session.plan.facts.last if session.plan else MONDAY
        session.roster_edits.assign({("Ana", MONDAY): "E", ("Ben", late): "L"})
        session.plan_edits.set_value("horizon", "weeks", 1)
        assert session.roster is not None
        assert dict(session.roster.cells) == {("Ana", MONDAY): "E"}
        assert "1 cell of the roster no longer fits the plan and is left out." in session.notices
        session.steps.undo()
        assert session.roster.at("Ben", late) == "L"
        assert session.notices == ()


def test_a_cell_of_a_table_that_is_wrong_is_shown_on_its_row(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.tables.set_cell("people", 1, "site", "Dublim")
        view = session.tables.view("people")
        assert view.rows[1].cells == ("Ben", "Dublim", "desk lead")
        assert [(p.key, p.hint) for p in view.rows[1].problems] == [
            ("site", "Did you mean 'Dublin'?")
        ]
        assert view.rows[0].problems == ()
        session.tables.set_cell("people", 1, "site", "Dublin")
        assert session.problems == ()
        assert session.plan_edits.file_text("people.csv") == FILES["people.csv"]


def test_somebody_new_can_be_rostered_at_once(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign({("Ana", MONDAY): "E"})
        session.tables.add_row("people", {"name": "Dee", "site": "Dublin", "skills": "desk"}, at=0)
        session.roster_edits.assign({("Dee", MONDAY): "L"})
        assert session.roster is not None
        assert session.roster.at("Dee", MONDAY) == "L"
        session.tables.remove_rows("people", [0])
        assert dict(session.roster.cells) == {("Ana", MONDAY): "E"}


def test_the_first_leave_makes_the_table_and_names_it_in_the_plan(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        assert ("leave", "leave") in session.tables.names
        assert session.tables.view("leave").columns == ("person", "from_date", "to_date", "kind")
        session.tables.add_row(
            "leave", {"person": "Ana", "from_date": "2026-10-20", "to_date": "2026-10-21"}
        )
        assert session.problems == ()
        assert session.plan is not None
        assert session.plan.facts.on_leave("Ana", TUESDAY)
        session.save()
        assert (tmp_path / "leave.csv").read_text() == (
            "person,from_date,to_date,kind\nAna,2026-10-20,2026-10-21,\n"
        )
        assert (
            tmp_path / "shiftplan.toml"
        ).read_text() == PLAN + '\n[leave]\ntable = "leave.csv"\n'
        session.steps.undo()
        session.save()
        assert on_disk(tmp_path) == {name: text.encode() for name, text in FILES.items()}


def test_rows_are_sorted_by_size_with_empty_cells_last(tmp_path: Path) -> None:
    people = (
        "name,site,skills,hourly_rate\n"
        "A,Dublin,desk,9\nB,Dublin,desk,\nC,Dublin,desk,30\nD,Dublin,desk,9\n"
    )
    write(tmp_path, {**FILES, "people.csv": people})
    with opened(tmp_path) as session:
        session.tables.sort("people", "hourly_rate")
        assert [r.cells[0] for r in session.tables.view("people").rows] == ["A", "D", "C", "B"]
        session.tables.sort("people", "hourly_rate", descending=True)
        assert [r.cells[0] for r in session.tables.view("people").rows] == ["C", "A", "D", "B"]


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_a_table_exported_and_imported_is_the_same_plan(tmp_path: Path, name: str) -> None:
    root = write(
        tmp_path / "plan",
        {**FILES, "people.csv": FILES["people.csv"] + '"=1+1, ""x""",Dublin,desk\n'},
    )
    with opened(root) as session:
        before = session.plan
        session.tables.export("people", tmp_path / name)
        session.tables.export("demand", tmp_path / f"demand-{name}")
        session.tables.import_file("people", tmp_path / name)
        session.tables.import_file("demand", tmp_path / f"demand-{name}")
        assert session.problems == ()
        assert before is not None
        assert session.plan is not None
        assert session.plan.facts == before.facts


def test_a_table_with_an_unknown_column_is_not_imported(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("name;nickname\nAna;A\n")
    with opened(write(tmp_path / "plan")) as session:
        with pytest.raises(ShiftplanError, match="has no column 'nickname'"):
            session.tables.import_file("people", tmp_path / "x.csv")
        assert not session.unsaved


def test_a_plan_that_never_loads_opens_shows_its_problems_and_is_fixed(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "shiftplan.toml": PLAN.replace("[team]", "[team"), "people.csv": ""})
    with opened(tmp_path) as session:
        assert session.plan is None
        assert session.roster is None
        assert session.judging.verdict is None
        assert session.judging.intervals == ()
        assert session.plan_edits.rules == ()
        assert [(p.file, p.line) for p in session.problems] == [("shiftplan.toml", 2)]
        with pytest.raises(ShiftplanError, match="The plan cannot be read yet"):
            session.roster_edits.assign({("Ana", MONDAY): "E"})
        session.plan_edits.set_file_text("shiftplan.toml", PLAN)
        assert [p.file for p in session.problems] == ["people.csv"]
        session.plan_edits.set_file_text("people.csv", FILES["people.csv"])
        assert session.problems == ()
        session.roster_edits.assign({("Ana", MONDAY): "E"})
        session.save()
    assert len(load(tmp_path).plan.rules) == 3


def test_a_team_of_nobody_opens(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "people.csv": "name,site,skills\n"})
    with opened(tmp_path) as session:
        assert [p.message for p in session.problems] == ["nobody is in it."]
        session.tables.add_row("people", {"name": "Ana", "site": "Dublin", "skills": "desk"})
        assert session.problems == ()


def test_bytes_that_are_no_utf8_are_shown_and_fixed(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "people.csv").write_bytes("name,site,skills\nZoë,Dublin,desk\n".encode("latin-1"))
    with opened(tmp_path) as session:
        assert session.problems[0].line == 2
        assert (
            session.plan_edits.file_text("people.csv") == "name,site,skills\nZo\ufffd,Dublin,desk\n"
        )
        session.plan_edits.set_file_text("people.csv", "name,site,skills\nZoë,Dublin,desk\n")
        assert session.problems == ()


def test_a_folder_without_a_plan_is_left_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(PlanNotFound):
        Session.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_table_that_lies_outside_the_folder_is_not_written(tmp_path: Path) -> None:
    root = write(
        tmp_path / "plan",
        {**FILES, "shiftplan.toml": PLAN.replace('"people.csv"', '"../people.csv"')},
    )
    with (
        opened(root) as session,
        pytest.raises(ShiftplanError, match="lies outside the plan folder"),
    ):
        session.tables.add_row("people", {"name": "Ana", "site": "Dublin"})


def test_a_file_changed_by_somebody_else_is_not_written_over(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.tables.set_cell("people", 0, "skills", "desk lead")
        session.plan_edits.change_rule(0, {"hours": 12})
        theirs = FILES["people.csv"] + "Dee,Dublin,desk\n"
        (tmp_path / "people.csv").write_text(theirs)
        with pytest.raises(CannotWrite, match=r"Somebody else changed people\.csv meanwhile"):
            session.save()
        assert on_disk(tmp_path)["shiftplan.toml"] == PLAN.encode()
        session.plan_edits.reread()
        assert [r.cells[0] for r in session.tables.view("people").rows] == [
            "Ana",
            "Ben",
            "Cy",
            "Dee",
        ]
        session.save()
        assert (tmp_path / "people.csv").read_text() == theirs.replace(
            "Ana,Dublin,desk\n", "Ana,Dublin,desk lead\n"
        )
        assert not session.unsaved


KINDS = st.sampled_from(
    (
        ("change", {"weight": 3}),
        ("change", {"strength": "must"}),
        ("change", {"for": {"names": ["Ana"]}}),
        ("change", {"per_week": 9}),
        ("toggle", False),
        ("toggle", True),
        ("copy", None),
        ("remove", None),
        ("add", {"hours": 10}),
        ("goal", 0),
        ("cell", "lead"),
        ("cell", 'a "b", c'),
        ("row", "Dee"),
        ("drop", None),
        ("sort", "name"),
    )
)


def edited(session: Session, what: str, value: object, number: int) -> None:
    """Do one edit, unless there is no rule or row with *number*."""
    rules, rows = len(session.plan_edits.rules), len(session.tables.view("people").rows)
    match what:
        case "change" if number < rules:
            session.plan_edits.change_rule(number, value)  # type: ignore[arg-type]
        case "toggle" if number < rules:
            session.plan_edits.toggle_rule(number, bool(value))
        case "copy" if number < rules:
            session.plan_edits.duplicate_rule(number)
        case "remove" if number < rules:
            session.plan_edits.remove_rule(number)
        case "add":
            session.plan_edits.add_rule("rest", value, number)  # type: ignore[arg-type]
        case "goal":
            session.plan_edits.move_goal(session.plan_edits.goals[-1], 0)
        case "cell" if number < rows:
            session.tables.set_cell("people", number, "skills", str(value))
        case "row":
            session.tables.add_row("people", {"name": f"{value}{rows}", "site": "Dublin"}, number)
        case "drop" if number < rows:
            session.tables.remove_rows("people", [number])
        case "sort":
            session.tables.sort("people", str(value))


@tries(25)
@given(edits=st.lists(st.tuples(KINDS, st.integers(0, 3)), min_size=1, max_size=6))
def test_undoing_every_edit_gives_the_same_bytes_on_disk(
    edits: list[tuple[tuple[str, object], int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("plan")
    with opened(root) as session:
        before = on_disk(root)
        seen = [state(session)[0]]
        for (what, value), number in edits:
            edited(session, what, value, number)
            if state(session)[0] != seen[-1]:
                seen.append(state(session)[0])
        session.save()
        for texts in reversed(seen[:-1]):
            session.steps.undo()
            assert state(session)[0] == texts
        session.save()
        assert on_disk(root) == before
        for texts in seen[1:]:
            session.steps.redo()
            assert state(session)[0] == texts
