"""What docs/plan-file.md shows is right, and it leaves nothing out."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from shiftplan.folder import load, read_roster
from shiftplan.folder.build import keys, required
from shiftplan.folder.sections import MANY, RULES, SECTIONS, SINGLE, TABLES
from shiftplan.rules import Rule

from .disk import write

DOC = (Path(__file__).parents[2] / "docs" / "plan-file.md").read_text()


def test_the_complete_example_is_a_right_plan_and_its_roster_fits_it(tmp_path: Path) -> None:
    files = dict(
        re.findall(r"^\*\*([a-z.]+)\*\*\n\n```\w+\n(.*?)```", DOC, re.DOTALL | re.MULTILINE)
    )
    assert set(files) == {"shiftplan.toml", "people.csv", "demand.csv", "leave.csv", "wishes.csv"}
    loaded = load(write(tmp_path, files))
    assert loaded.unread == loaded.notices == ()
    assert loaded.plan.facts.first == date(2026, 11, 30)
    (roster,) = re.findall(r"```csv\n(person,site,.*?)```", DOC, re.DOTALL)
    (tmp_path / "roster.csv").write_text(roster)
    assert len(read_roster(tmp_path / "roster.csv", loaded.plan.facts).cells) == 2


@pytest.mark.parametrize("name", SECTIONS)
def test_every_key_of_every_section_is_explained(name: str) -> None:
    model = {**SINGLE, **MANY, RULES: Rule}[name]
    header = f"`[{name}]`" if name in SINGLE else f"`[[{name}]]`"
    (text,) = (part for part in DOC.split("\n### ") if header in part.partition("\n")[0])
    assert all(f"`{key}`" in text for key in keys(model))


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_listed_and_those_needed_are_bold(name: str) -> None:
    (line,) = re.findall(rf"^\| `\[\[?{name}\]?\]` \| (.*) \|$", DOC, re.MULTILINE)
    row = TABLES[name].row
    assert set(re.findall(r"`([a-z_]+)`", line)) - {"full-time"} == set(keys(row))
    assert set(re.findall(r"\*\*`([a-z_]+)`\*\*", line)) == set(required(row))
