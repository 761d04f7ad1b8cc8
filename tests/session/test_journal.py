"""Whatever ends a session, its edits come back; what others changed meanwhile is never written
over.
"""

from __future__ import annotations

import json
import os
import stat
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.errors import CannotWrite, ShiftplanError
from shiftplan.session import Session
from shiftplan.session.merge import merge
from tests.session.desk import FILES, MONDAY, TUESDAY, killed, on_disk, opened, state, write
from tests.session.test_plan_edits import KINDS, edited
from tests.store.test_trouble import nobody
from tests.tries import tries

JOURNAL = Path(".shiftplan") / "journal.jsonl"


def test_nothing_is_written_before_the_first_edit(tmp_path: Path) -> None:
    with opened(tmp_path):
        assert not (tmp_path / JOURNAL).exists()
    assert on_disk(tmp_path) == {name: text.encode() for name, text in FILES.items()}


def test_only_the_owner_may_read_the_journal(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign({("Ana", MONDAY): "E"})
        assert stat.S_IMODE((tmp_path / JOURNAL).stat().st_mode) == 0o600


def test_edits_survive_closing_and_are_gone_from_the_journal_once_saved(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign({("Ana", MONDAY): "E"})
        session.plan_edits.toggle_rule(0, False)
    with opened(tmp_path) as session:
        assert session.notices == ("Edits that were not saved are back (2 steps).",)
        assert session.unsaved
        assert session.steps.undo_label == "Rule rest off"
        session.save()
    assert not (tmp_path / JOURNAL).exists()
    with opened(tmp_path) as session:
        assert session.notices == ()
        assert session.steps.undo_label is None


ACTIONS = st.one_of(
    st.tuples(
        st.just("cell"), st.sampled_from(("Ana", "Ben", "Cy")), st.sampled_from(("E", "L", None))
    ),
    st.tuples(st.just("plan"), KINDS, st.integers(0, 3)),
    st.tuples(st.sampled_from(("undo", "undo", "redo", "save", "pin")), st.none(), st.none()),
)


def acted(session: Session, what: str, a: object, b: object) -> None:
    """Do one action."""
    assert session.roster is not None
    match what:
        case "cell":
            session.roster_edits.assign({(str(a), MONDAY): b})  # type: ignore[dict-item]
        case "plan":
            edited(session, *a, b)  # type: ignore[misc, arg-type]
        case "undo":
            session.steps.undo()
        case "redo":
            session.steps.redo()
        case "pin":
            cell = ("Ana", MONDAY)
            session.roster_edits.pin([cell], cell not in session.roster.pinned)
        case "save" if not session.problems:
            session.save()


@tries(25)
@given(actions=st.lists(ACTIONS, max_size=10))
def test_a_session_killed_anywhere_comes_back_as_it_was(
    actions: list[tuple[str, object, object]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = write(tmp_path_factory.mktemp("plan"))
    session = Session.open(root)
    for what, a, b in actions:
        with suppress(ShiftplanError):  # the person meant may have been removed by an action before
            acted(session, what, a, b)
    before = state(session)
    problems = session.problems
    killed(session)
    with opened(root) as again:
        if before[-1]:  # with nothing unsaved, what was undone may be forgotten
            assert state(again) == before
        assert state(again)[:3] == before[:3]
        assert again.problems == problems


def test_a_line_torn_off_in_the_middle_is_no_edit(tmp_path: Path) -> None:
    session = Session.open(write(tmp_path))
    session.roster_edits.assign({("Ana", MONDAY): "E"})
    session.roster_edits.assign({("Ana", TUESDAY): "L"})
    killed(session)
    journal = tmp_path / JOURNAL
    whole = journal.read_bytes()
    last = whole.rstrip(b"\n").rfind(b"\n") + 1
    for cut in (last, last + 1, last + 20, len(whole) - 1):
        journal.write_bytes(whole[:cut])
        session = Session.open(tmp_path)
        assert session.roster is not None
        assert dict(session.roster.cells) == {("Ana", MONDAY): "E"}
        session.roster_edits.assign({("Ben", MONDAY): "L"})  # what comes next is a line of its own
        killed(session)
        assert all(json.loads(line) for line in journal.read_text().splitlines())
    with opened(tmp_path) as again:
        assert again.roster is not None
        assert dict(again.roster.cells) == {("Ana", MONDAY): "E", ("Ben", MONDAY): "L"}


@pytest.mark.parametrize(
    "text",
    [
        "nonsense\n",
        '{"journal":99,"files":{}}\n',
        '{"journal":1,"files":{}}\n{"redo":"x"}\n',
        "[]\n",
    ],
)
def test_a_journal_that_makes_no_sense_is_put_aside_and_reported(tmp_path: Path, text: str) -> None:
    write(tmp_path)
    (tmp_path / ".shiftplan").mkdir()
    (tmp_path / JOURNAL).write_text(text)
    with opened(tmp_path) as session:
        assert "It is kept as journal-1.jsonl" in session.notices[0]
        assert (tmp_path / ".shiftplan" / "journal-1.jsonl").read_text() == text
        session.roster_edits.assign({("Ana", MONDAY): "E"})
        session.save()


def test_edits_are_brought_onto_files_changed_meanwhile(tmp_path: Path) -> None:
    session = Session.open(write(tmp_path))
    session.roster_edits.assign({("Ana", MONDAY): "E"})
    session.tables.set_cell("people", 0, "skills", "desk lead")
    session.plan_edits.change_rule(0, {"hours": 12})
    killed(session)
    theirs = FILES["people.csv"] + "Dee,Dublin,desk\n"
    (tmp_path / "people.csv").write_text(theirs)
    with opened(tmp_path) as again:
        assert "people.csv changed on disk since" in again.notices[0]
        assert again.roster is not None
        assert dict(again.roster.cells) == {("Ana", MONDAY): "E"}
        assert again.plan_edits.file_text("people.csv") == theirs.replace(
            "Ana,Dublin,desk\n", "Ana,Dublin,desk lead\n"
        )
        assert again.plan_edits.rules[0].values["hours"] == 12
        again.steps.undo()
        assert again.plan_edits.file_text("people.csv") == theirs
        again.steps.redo()
        again.save()


def test_edits_that_clash_with_the_file_are_reported_and_kept_aside(tmp_path: Path) -> None:
    session = Session.open(write(tmp_path))
    session.tables.set_cell("people", 0, "skills", "desk lead")
    killed(session)
    (tmp_path / "people.csv").write_text(
        FILES["people.csv"].replace("Ana,Dublin,desk", "Anna,Dublin,desk")
    )
    with opened(tmp_path) as again:
        assert "Anna" in again.plan_edits.file_text("people.csv")
        assert again.notices[1] == (
            "people.csv: this unsaved line clashes with the file and was left out: "
            "Ana,Dublin,desk lead"
        )
        assert (tmp_path / ".shiftplan" / "journal-1.jsonl").exists()


def test_a_process_killed_while_saving_goes_on_where_it_was(tmp_path: Path) -> None:
    session = Session.open(write(tmp_path))
    session.plan_edits.change_rule(0, {"hours": 12})
    session.tables.set_cell("people", 0, "skills", "desk lead")
    before = state(session)
    killed(session)
    (tmp_path / "shiftplan.toml").write_text(
        session.plan_edits.file_text("shiftplan.toml")
    )  # one of two was written
    session = Session.open(tmp_path)
    assert state(session) == before
    session.steps.undo()
    session.steps.undo()
    killed(session)
    with opened(tmp_path) as again:
        assert again.plan_edits.rules[0].values["hours"] == 11
        again.save()
    assert on_disk(tmp_path) == {name: text.encode() for name, text in FILES.items()}


def test_a_second_session_reads_only_and_leaves_the_journal_alone(tmp_path: Path) -> None:
    with opened(tmp_path) as first:
        first.roster_edits.assign({("Ana", MONDAY): "E"})
        with opened(tmp_path) as second:
            assert second.read_only is not None
            assert (
                f"Another shiftplan (process {os.getpid()}) has this plan open." in second.read_only
            )
            second.roster_edits.assign({("Ben", MONDAY): "E"})
            assert second.unsaved
            with pytest.raises(CannotWrite):
                second.save()
            with pytest.raises(CannotWrite):
                second.versions.keep("x")
        first.roster_edits.assign({("Ana", TUESDAY): "E"})
    with opened(tmp_path) as third:
        assert third.read_only is None
        assert third.roster is not None
        assert dict(third.roster.cells) == {("Ana", MONDAY): "E", ("Ana", TUESDAY): "E"}


def test_a_folder_nobody_may_write_to_is_opened_and_edited_in_memory() -> None:
    with nobody() as folder:
        root = write(folder / "plan")
        root.chmod(0o500)
        with opened(root) as session:
            assert session.read_only is not None
            assert "cannot be written: Permission denied." in session.read_only
            session.roster_edits.assign({("Ana", MONDAY): "E"})
            session.plan_edits.toggle_rule(0, False)
            assert session.steps.undo() == "Rule rest off"
            with pytest.raises(CannotWrite):
                session.save()
        assert {p.name for p in root.iterdir()} == set(FILES)


LINES = st.lists(st.sampled_from(("a\n", "b\n", "c\n", "\n")), max_size=8).map("".join)


@given(base=LINES, ours=LINES)
def test_merging_with_a_file_nobody_changed_gives_the_edits_and_the_other_way_round(
    base: str, ours: str
) -> None:
    assert merge(base, ours, base) == (ours, ())
    assert merge(base, base, ours) == (ours, ())
    assert merge(base, ours, ours).text == ours


def test_lines_both_added_at_the_end_are_all_kept() -> None:
    assert merge("a\n", "a\nours\n", "a\ntheirs\n").text == "a\ntheirs\nours\n"
    assert merge("a", "a\nours", "a\ntheirs").lost == ("a", "ours")
