"""The published table: people who left, days gone by, lines that cannot be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from shiftplan.errors import BadInput
from shiftplan.facts import Published
from shiftplan.folder import load

from .disk import FILES, PLAN, write

HEAD = "person,site,date,shift,start_utc,end_utc,pinned\n"


def folder(tmp_path: Path, lines: str) -> Path:
    plan = PLAN + '\n[published]\ntable = "published.csv"\n'
    return write(
        tmp_path / "plan", {**FILES, "shiftplan.toml": plan, "published.csv": HEAD + lines}
    )


def test_a_roster_file_can_be_the_published_roster(tmp_path: Path) -> None:
    # Zoe has left; OLD is a shift that is no longer there: what is worked instead will be a change.
    lines = (
        "Ana,Dublin,2026-10-19,E,,,\nAna,,2026-10-20,OLD,,,yes\n"
        "Ben,,2026-10-19,,,,\nZoe,,2026-10-19,E,,,\n"
    )
    facts = load(folder(tmp_path, lines)).plan.facts
    assert facts.published == Published(
        {("Ana", date(2026, 10, 19)): "E", ("Ana", date(2026, 10, 20)): "OLD"}
    )


def test_a_published_roster_of_other_days_is_passed_over_with_a_notice(tmp_path: Path) -> None:
    loaded = load(folder(tmp_path, "Ana,,2026-10-18,E,,,\n"))
    assert loaded.plan.facts.published is None
    assert "The published roster has no day of the horizon and is not used." in loaded.notices


def test_lines_that_cannot_be_are_named(tmp_path: Path) -> None:
    lines = "Ana,,2026-10-19,E,,,\nAna,,2026-10-19,,,,\nBen,,2026-11-19,E,,,\n"
    with pytest.raises(BadInput) as caught:
        load(folder(tmp_path, lines))
    assert [str(p) for p in caught.value.problems] == [
        "published.csv:3: date: Ana has a line for 2026-10-19 already, line 2. Keep one of them.",
        "published.csv:4: date: 2026-11-19 is outside the horizon 2026-10-19 to 2026-11-01. "
        "Correct it or delete the line.",
    ]
