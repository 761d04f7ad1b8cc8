"""Codes of any script, as wide as they are; and 24:00, wherever something ends."""

from __future__ import annotations

import json
import re
from datetime import time
from pathlib import Path

import pytest
from rich.cells import cell_len

from shiftplan.cli.grid import grid
from shiftplan.errors import BadInput
from shiftplan.folder import load
from shiftplan.roster import Roster
from tests.cli.tiny import Run, runner

PLAN = """
[team]
name = "T"
home = "Tokyo"
[horizon]
start = 2026-11-30
weeks = 1
[people]
table = "people.csv"
[availability]
table = "availability.csv"
[[sites]]
name = "Tokyo"
timezone = "Asia/Tokyo"
[[shifts]]
code = "CODE"
kind = "夜"
start = 09:00:00
length = "8h"
[[demand]]
queue = "電話"
clock = "Asia/Tokyo"
table = "demand.csv"
[[rules]]
kind = "presence"
skill = "電話"
start = 12:00:00
end = "24:00"
"""
TABLES = {
    "people.csv": "name,site,skills\n山田 太郎,Tokyo,電話\nAna,Tokyo,電話\n",
    "availability.csv": "person,can,start,end\nAna,never,18:00,24:00\n",
    "demand.csv": "weekday,start,end,minimum\ndaily,09:00,24:00:00,0\n",
}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


def write(folder: Path, code: str = "早番", **tables: str) -> Path:
    """Write a plan folder and return it."""
    folder.mkdir(exist_ok=True)
    for name, text in TABLES.items():
        (folder / name).write_text(tables.get(name.removesuffix(".csv"), text), encoding="utf-8")
    (folder / "shiftplan.toml").write_text(PLAN.replace("CODE", code), encoding="utf-8")
    return folder


@pytest.mark.parametrize("code", ["早番", "Früh", "Ν1", "утро", "صباح", "दिन", "E+L", "a_b.c/d"])
def test_a_code_may_have_letters_of_any_script(tmp_path: Path, code: str) -> None:
    facts = load(write(tmp_path, code)).plan.facts
    assert [(shift.code, shift.kind) for shift in facts.shifts] == [(code, "夜")]


@pytest.mark.parametrize("code", ["نیم\u200cشب", "क्\u200dष", "ප්\u200dර"])
def test_a_code_and_a_kind_may_have_the_joiners_of_their_script(tmp_path: Path, code: str) -> None:
    root = write(tmp_path, code)
    plan = root / "shiftplan.toml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("夜", code), encoding="utf-8")
    facts = load(root).plan.facts
    assert [(shift.code, shift.kind) for shift in facts.shifts] == [(code, code)]


@pytest.mark.parametrize(
    "code", ["E\u200cL", "E\u200d", "\u200cش", "ش\u200d", "ش\u200c\u200cب", "1\u200d2"]
)
def test_a_joiner_that_changes_nothing_is_refused(tmp_path: Path, code: str) -> None:
    with pytest.raises(BadInput, match=r"shiftplan.toml:16: code: .* joiner .* Delete it\.$"):
        load(write(tmp_path, code))


@pytest.mark.parametrize("code", [".", "..", "+", "_", "./+"])
def test_a_code_has_a_letter_or_a_digit(tmp_path: Path, code: str) -> None:
    with pytest.raises(BadInput) as failure:
        load(write(tmp_path, code))
    assert str(failure.value).endswith(
        f"shiftplan.toml:16: code: '{code}' cannot be told from a day off in a roster. "
        "A code has at least one letter or digit."
    )


@pytest.mark.parametrize("code", ["off", "Off", "OFF", "PH"])
def test_what_means_a_day_off_is_no_code(tmp_path: Path, code: str) -> None:
    with pytest.raises(BadInput, match=rf"code: '{code}' means .* off and cannot be a code"):
        load(write(tmp_path, code))


def test_a_word_with_off_in_it_is_a_code(tmp_path: Path) -> None:
    assert load(write(tmp_path, "Office")).plan.facts.shifts[0].code == "Office"


def test_a_range_is_not_called_any(tmp_path: Path) -> None:
    root = write(tmp_path, "any")
    plan = root / "shiftplan.toml"
    starts = 'starts = { first = 09:00:00, last = 10:00:00, every = "30m" }'
    text = plan.read_text(encoding="utf-8").replace("start = 09:00:00", starts, 1)
    plan.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as failure:
        load(root)
    assert str(failure.value).count("'any' means every shift") == 1


@pytest.mark.parametrize("code", ["", "A B", "E*", "E,L", "E;L", "-", "E=", "☀", "x" * 25])
def test_a_code_has_no_signs_that_tables_and_grids_use(tmp_path: Path, code: str) -> None:
    with pytest.raises(BadInput, match=r"shiftplan.toml:16: code: "):
        load(write(tmp_path, code))


def test_the_schema_takes_every_code_the_program_takes(run: Run) -> None:
    schema = json.loads(run("check", "--schema").out)
    pattern = schema["properties"]["shifts"]["items"]["properties"]["code"]["pattern"]
    for code in ("早番", "Früh", "E+L", "a_b.c/d", "दिन", "E0600"):
        assert re.search(pattern, code), code
    for code in ("A B", "E*", "E,L", "-", "E;", "x" * 25):
        assert not re.search(pattern, code), code


def test_letters_of_two_columns_do_not_shift_the_grid(tmp_path: Path) -> None:
    facts = load(write(tmp_path)).plan.facts
    cells = {("山田 太郎", facts.first): "早番", ("Ana", facts.days[1]): "早番"}
    for width in (64, 80, 120):
        shown = [line.plain for line in grid(Roster(facts, cells), width)]
        rows = [line for line in shown if line.count("|") == 2][:-1]
        assert len(rows) == 4
        assert len({cell_len(line[: line.index("|")]) for line in rows}) == 1
        assert len({cell_len(line[: line.rindex("|")]) for line in rows}) == 1


def test_midnight_at_the_end_of_a_day_is_an_end(tmp_path: Path) -> None:
    plan = load(write(tmp_path)).plan
    assert plan.facts.availability[0].end == time(0)
    assert plan.facts.curves[0].rows[0].finish == 24 * 60
    # From noon to midnight: the rule's own sentence says so.
    assert plan.rules[0].model_dump()["end"] == time(0)


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("demand", "weekday,start,end,minimum\ndaily,24:00,09:00,0\n"),
        ("availability", "person,can,start,end\nAna,never,24:00:00,09:00\n"),
    ],
)
def test_midnight_at_the_end_of_a_day_is_no_start(tmp_path: Path, table: str, row: str) -> None:
    with pytest.raises(BadInput) as failure:
        load(write(tmp_path, **{table: row}))
    assert (
        f"{table}.csv:2: start: 24:00 is the end of a day. What starts then starts at 00:00 of "
        "the next." in str(failure.value)
    )


def test_midnight_without_quotes_is_said_to_need_them(tmp_path: Path) -> None:
    root = write(tmp_path)
    plan = root / "shiftplan.toml"
    plan.write_text(plan.read_text().replace('"24:00"', "24:00:00"))
    with pytest.raises(BadInput, match=r'Midnight at .* stands in quotes: "24:00"\.'):
        load(root)
