"""Editing the roster: what each edit does, breaks and fixes."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.errors import ShiftplanError
from shiftplan.roster import Roster
from shiftplan.roster.coverage import gaps
from shiftplan.session import Effect, News
from tests.session.desk import MONDAY, TUESDAY, opened
from tests.tries import tries

WEEK = timedelta(days=7)


def test_an_edit_tells_which_rules_it_breaks_and_what_coverage_it_brings(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign({("Ana", MONDAY): "L"})
        effect = session.roster_edits.assign({("Ana", TUESDAY): "E"})
        assert effect.label == "Ana, Tue 20 Oct: E"
        rest = next(c for c in effect.rules if c.kind == "rest")
        # From 22:00 to 07:00 are nine hours, and eleven are required.
        assert (rest.number, rest.strength, rest.before, rest.after) == (0, "must", 0, 1)
        assert len(rest.broken) == 1
        assert "Ana" in rest.broken[0]
        whole = session.judging.settle()
        assert whole is not None
        assert not whole.pending
        # One person is needed from 07:00 to 22:00; E has the first eight of those hours.
        assert [(c.queue, c.short_before - c.short_after) for c in whole.coverage] == [
            ("desk", 8 * 60)
        ]
        demand = next(c for c in whole.rules if c.kind == "demand")
        # A minute below the minimum weighs ten, and it is one below the target too.
        assert (demand.number, demand.before - demand.after) == (2, 11 * 8 * 60)
        assert [c.kind for c in whole.worse] == ["rest"]


def test_an_undo_says_what_it_fixes(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign({("Ana", MONDAY): "L"})
        session.roster_edits.assign({("Ana", TUESDAY): "E"})
        session.judging.settle()
        assert session.steps.undo() == "Ana, Tue 20 Oct: E"
        effect = session.judging.settle()
        assert effect is not None
        rest = next(c for c in effect.rules if c.kind == "rest")
        assert (rest.before, rest.after, len(rest.fixed), rest.broken) == (1, 0, 1, ())


def test_a_preview_tells_the_same_and_does_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign({("Ana", MONDAY): "L"})
        session.judging.settle()
        before = session.roster
        tried = session.roster_edits.preview({("Ana", TUESDAY): "E"})
        assert session.roster is before
        assert session.steps.undo_label == "Ana, Mon 19 Oct: L"
        done = session.roster_edits.assign({("Ana", TUESDAY): "E"})
        assert done.rules == tried.rules
        assert done.coverage == tried.coverage


def test_an_edit_that_changes_nothing_is_no_step(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        assert session.roster_edits.assign({("Ana", MONDAY): None}) == Effect(
            "Ana, Mon 19 Oct: off"
        )
        assert session.steps.undo_label is None
        assert not session.unsaved


@pytest.mark.parametrize(
    ("who", "day", "code", "expected"),
    [
        ("Anna", MONDAY, "E", "nobody is called 'Anna'. Did you mean 'Ana'?"),
        ("Ana", MONDAY - WEEK, "E", "2026-10-12 is outside the horizon"),
        ("Ana", MONDAY, "X", "'X' is no shift. Known: E, L."),
        (
            "Ana",
            MONDAY,
            "Q",
            "Ana cannot work 'Q': it is for another site or requires other skills.",
        ),
    ],
)
def test_a_cell_that_cannot_be_is_refused_in_a_sentence(
    tmp_path: Path, who: str, day: date, code: str, expected: str
) -> None:
    with opened(tmp_path) as session:
        with pytest.raises(ShiftplanError) as failure:
            session.roster_edits.assign({("Ben", MONDAY): "E", (who, day): code})
        assert expected in str(failure.value)
        assert session.roster is not None
        assert not session.roster.cells


def test_swap_pin_copy_and_paste_are_one_step_each(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign({("Ana", MONDAY): "E", ("Ben", TUESDAY): "L"})
        session.roster_edits.swap(("Ana", MONDAY), ("Ben", TUESDAY))
        assert session.roster is not None
        assert dict(session.roster.cells) == {("Ana", MONDAY): "L", ("Ben", TUESDAY): "E"}
        session.roster_edits.pin([("Ana", MONDAY), ("Cy", MONDAY)])
        assert session.roster.pinned == {("Ana", MONDAY), ("Cy", MONDAY)}
        block = session.roster_edits.copy(
            [("Ana", MONDAY), ("Ana", TUESDAY), ("Ben", MONDAY), ("Ben", TUESDAY)]
        )
        session.roster_edits.paste(block, ("Ben", MONDAY + WEEK))
        # The block goes one person down: Ana's row to Ben, Ben's to Cy.
        assert session.roster.at("Ben", MONDAY + WEEK) == "L"
        assert session.roster.at("Cy", TUESDAY + WEEK) == "E"
        session.roster_edits.copy_week("Ana", TUESDAY, TUESDAY + WEEK)
        assert session.roster.at("Ana", MONDAY + WEEK) == "L"
        for _ in range(5):
            assert session.steps.undo() is not None
        assert session.steps.undo() is None
        assert not session.roster.cells
        assert not session.roster.pinned


def test_adopting_a_roster_is_one_step_with_its_pins(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign({("Ana", MONDAY): "E"})
        assert session.plan is not None
        found = Roster(session.plan.facts, {("Ben", MONDAY): "L"}, frozenset({("Ben", MONDAY)}))
        session.roster_edits.adopt(found, "Solved")
        assert session.roster == found
        assert session.steps.undo() == "Solved"
        assert session.roster is not None
        assert dict(session.roster.cells) == {("Ana", MONDAY): "E"}
        assert session.steps.redo() == "Solved"
        assert session.roster == found


def test_candidates_who_break_no_hard_rule_come_first(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign({("Ana", MONDAY): "L", ("Cy", TUESDAY): "L"})
        gap = next(
            g
            for g in gaps(session.judging.intervals)
            if g.start // 1440 == (TUESDAY - date(1970, 1, 1)).days
        )
        found = session.roster_edits.candidates(gap)
        # Tuesday from 07:00 to 14:00 has nobody. Cy works later that day; Ana was on until 22:00 on
        # Monday.
        assert [c.who for c in found if c.code == "E"] == ["Ben", "Ana"]
        assert found[0].fills == 7 * 60
        assert [c.kind for c in found[-1].effect.worse] == ["rest"]


def test_listeners_hear_of_every_change(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        heard: list[News] = []
        remove = session.add_listener(heard.append)
        session.roster_edits.assign({("Ana", MONDAY): "E"})
        session.plan_edits.toggle_rule(0, False)
        remove()
        session.steps.undo()
        assert [c for c in heard if c.what != "verdict"] == [
            News("roster", "Ana, Mon 19 Oct: E"),
            News("plan", "Rule rest off"),
        ]


CELLS = st.tuples(st.sampled_from(("Ana", "Ben", "Cy")), st.integers(0, 13))
EDITS = st.lists(st.dictionaries(CELLS, st.sampled_from(("E", "L", None)), max_size=3), max_size=8)


@tries(15)
@given(edits=EDITS)
def test_undoing_and_redoing_goes_through_the_same_rosters(
    edits: list[dict[tuple[str, int], str | None]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with opened(tmp_path_factory.mktemp("plan")) as session:
        seen = [session.roster]
        for edit in edits:
            session.roster_edits.assign(
                {(who, MONDAY + timedelta(days=k)): code for (who, k), code in edit.items()}
            )
            if session.roster != seen[-1]:
                seen.append(session.roster)
        for roster in reversed(seen[:-1]):
            assert session.steps.undo() is not None
            assert session.roster == roster
        assert session.steps.undo() is None
        for roster in seen[1:]:
            assert session.steps.redo() is not None
            assert session.roster == roster
        assert session.steps.redo() is None
        assert session.plan is not None
        assert session.roster is not None
        assert session.judging.verdict is not None
        assert session.judging.verdict.costs == session.plan.judge(session.roster).costs


def test_a_shift_outside_the_contract_is_refused_and_one_that_is_there_left_out(
    tmp_path: Path,
) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign({("Ana", MONDAY + WEEK): "L"})
        header, ana, *others = session.plan_edits.file_text("people.csv").splitlines()
        people = "\n".join([f"{header},end_date", f"{ana},2026-10-20", *(f"{o}," for o in others)])
        session.plan_edits.set_file_text("people.csv", people + "\n")
        assert session.roster is not None
        assert session.roster.at("Ana", MONDAY + WEEK) is None
        assert "1 cell of the roster no longer fits the plan and is left out." in session.notices
        session.roster_edits.assign({("Ana", TUESDAY): "L"})
        with pytest.raises(ShiftplanError) as refused:
            session.roster_edits.assign({("Ana", TUESDAY + timedelta(1)): "L"})
        assert str(refused.value) == (
            "Ana cannot work L on 2026-10-21, after their contract ends on Tue 20 Oct 2026. "
            "Correct start_date or end_date in the people table, or take somebody else."
        )
        session.judging.settle()
        for gap in gaps(session.judging.intervals):
            for found in session.roster_edits.candidates(gap):
                assert (found.who, found.day <= TUESDAY) != ("Ana", False)
