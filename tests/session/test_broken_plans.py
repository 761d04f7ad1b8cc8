"""Whatever is wrong with a plan, a session opens on it, shows what, and lets it be fixed."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.errors import ShiftplanError
from shiftplan.session import Session
from tests.session.desk import FILES, MONDAY, opened, write
from tests.tries import tries

BITS = (
    "",
    "[",
    "]",
    '"',
    "=",
    "\n",
    ",",
    "#",
    "[[rules]]\n",
    "\x00",
    "\ufeff",
    "é",
    "'",
    "kind",
    "-1",
    "2026-13-01",
    "{",
)


def spoilt(text: str, rng: random.Random) -> str:
    """Return *text* with a few pieces cut out or put in."""
    for _ in range(rng.randint(1, 3)):
        at = rng.randint(0, len(text))
        text = text[:at] + rng.choice(BITS) + text[at + rng.choice((0, 0, 1, 5, 60)) :]
    return text


def looked_through(session: Session) -> None:
    """Ask for everything there is to see."""
    assert (session.roster is None) == (session.plan is None)
    assert all(r.sentence for r in session.plan_edits.rules)
    assert len(session.plan_edits.goals) == len(set(session.plan_edits.goals))
    assert session.plan is not None or not session.judging.intervals
    for name in session.plan_edits.files:
        session.plan_edits.file_text(name)
    for name, _ in session.tables.names:
        assert all(
            len(row.cells) == len(session.tables.view(name).columns)
            for row in session.tables.view(name).rows
        )
    for section in ("team", "horizon", "sites", "shifts", "rules", "people"):
        session.plan_edits.section(section)
        session.plan_edits.entries(section)
    assert (session.judging.verdict is None) == (session.plan is None)


def tried(session: Session, rng: random.Random) -> None:
    """Edit here and there; what cannot be done is reported in a sentence."""
    for edit in (
        lambda: session.roster_edits.assign({("Ana", MONDAY): "E"}),
        lambda: session.tables.set_cell(
            "people", rng.randint(0, 3), rng.choice(("name", "site", "skills")), "x, y"
        ),
        lambda: session.tables.add_row(
            "leave", {"person": "Ana", "from_date": "2026-10-19", "to_date": "2026-10-19"}
        ),
        lambda: session.plan_edits.change_rule(rng.randint(0, 3), {"weight": 2}),
        lambda: session.plan_edits.remove_rule(rng.randint(0, 3)),
        lambda: session.plan_edits.add_rule("rest", {"hours": 11}),
        lambda: session.plan_edits.set_value("horizon", "weeks", 3),
        lambda: session.plan_edits.set_goals(["wishes"]),
    ):
        with suppress(ShiftplanError):
            edit()
        looked_through(session)


@pytest.mark.slow
@tries(60)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_plan_with_anything_wrong_opens_and_can_be_fixed(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rng = random.Random(seed)
    name = rng.choice(sorted(FILES))
    root = write(tmp_path_factory.mktemp("plan"), {**FILES, name: spoilt(FILES[name], rng)})
    with opened(root) as session:
        looked_through(session)
        tried(session, rng)
        while session.steps.undo() is not None:
            looked_through(session)
        for file in sorted(FILES):
            if file in session.plan_edits.files:
                session.plan_edits.set_file_text(file, FILES[file])
        if set(FILES) <= set(session.plan_edits.files):
            assert session.problems == ()
            assert session.plan is not None


def test_a_table_that_is_not_there_is_reported_and_made(tmp_path: Path) -> None:
    root = write(
        tmp_path / "plan", {name: text for name, text in FILES.items() if name != "people.csv"}
    )
    with opened(root) as session:
        assert session.plan is None
        view = session.tables.view("people")
        assert view.rows == ()
        assert "name" in view.columns
        session.tables.add_row("people", {"name": "Ana", "site": "Dublin", "skills": "desk"})
        assert session.problems == ()
        session.save()
    assert (root / "people.csv").read_text().startswith("name,site,skills,")


def test_a_plan_file_deleted_meanwhile_is_written_again(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        (tmp_path / "shiftplan.toml").unlink()
        session.plan_edits.change_rule(0, {"hours": 12})
        assert session.problems == ()
