"""Tables that go out to a spreadsheet come back the same, and nothing in them is ever run."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from shiftplan.errors import ShiftplanError
from shiftplan.reports import grids
from shiftplan.reports.sheets import Ending, read_sheet, table_file
from shiftplan.roster import Roster
from shiftplan.roster.coverage import intervals
from shiftplan.rules import RULES
from tests.tries import tries

from .test_web import desk

PRINTABLE = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_categories=("Cc", "Cs")),
    max_size=8,
)
CELLS = st.one_of(
    PRINTABLE.map(str.strip),
    st.sampled_from(
        ("=1+1", "+4", "-3", "@x", "2026-10-19", "07:30", "12.5", "007", "true", "'=x", "1e5")
    ),
)
ROWS = st.lists(st.tuples(CELLS, CELLS), max_size=5)


@pytest.mark.hypothesis
@pytest.mark.parametrize("kind", [".csv", ".xlsx"])
def test_what_goes_out_comes_back(kind: Ending, tmp_path: Path) -> None:
    @tries(60)
    @given(rows=ROWS)
    def case(rows: list[tuple[str, str]]) -> None:
        path = tmp_path / f"t{kind}"
        path.write_bytes(table_file(kind, "A: table?", ("name", "value"), rows))
        found = read_sheet(path)
        assert found.columns == ("name", "value")
        assert list(found.rows) == [row for row in rows if any(row)]

    case()


def test_what_looks_like_a_formula_is_text_in_a_spreadsheet(tmp_path: Path) -> None:
    rows = [("=SUM(A1)",), ("+1",), ("@x",), ("-1+2",), ("http://example.org",), ("-3",)]
    path = tmp_path / "t.xlsx"
    path.write_bytes(table_file(".xlsx", "t", ("=name",), rows))
    cells = [row[0] for row in load_workbook(path).active.iter_rows()]
    assert [c.data_type for c in cells] == ["s", "s", "s", "s", "s", "s", "n"]
    assert [c.hyperlink for c in cells] == [None] * 7


def test_what_looks_like_a_formula_is_marked_as_text_in_csv() -> None:
    rows = [("=SUM(A1)",), ("+1",), ("@x",), ("\tx",), ("-3",), ("plain",)]
    lines = table_file(".csv", "t", ("name",), rows).decode().splitlines()
    assert lines == ["name", "'=SUM(A1)", "'+1", "'@x", "'\tx", "-3", "plain"]


def test_dates_times_and_numbers_of_a_spreadsheet_are_read_as_plans_write_them(
    tmp_path: Path,
) -> None:
    import datetime as dt

    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["date", "time", "whole", "part", "yes"])
    book.active.append([dt.date(2026, 10, 19), dt.time(7, 30), 3.0, 2.5, True])
    book.active.append([None] * 5)
    path = tmp_path / "t.xlsx"
    book.save(path)
    found = read_sheet(path)
    assert found.columns == ("date", "time", "whole", "part", "yes")
    assert list(found.rows) == [("2026-10-19", "07:30", "3", "2.5", "yes")]


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("t.csv", b"", "is empty"),
        ("t.csv", b"a,a\n1,2\n", "every column needs a name of its own"),
        ("t.csv", b"a\n1,2\n", "'2' stands in a column without a name"),
        ("t.csv", b'a\n"x"y\n', "is not CSV"),
        ("t.csv", b"a\n\xff\n", "is not UTF-8"),
        ("t.xlsx", b"no workbook", "is no spreadsheet that can be read"),
        ("t.ods", b"", "neither a .csv nor an .xlsx file"),
    ],
)
def test_what_cannot_be_read_is_reported(
    tmp_path: Path, name: str, data: bytes, expected: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ShiftplanError) as failure:
        read_sheet(tmp_path / name)
    assert expected in str(failure.value)


def test_coverage_has_what_rules_require_below_the_queues(tmp_path: Path) -> None:
    """Ana has Monday: the queue's quarter hours, then the duty day by day, its gaps coloured."""
    facts = desk()
    made = Roster(facts, {("Ana <b>", facts.first): "D"})
    duty = RULES["duty"].model_validate({"kind": "duty", "name": "=Report"})
    required = list(duty.required(made))
    found = intervals(made)
    lines = grids.coverage(".csv", found, required).decode().splitlines()
    assert len(lines) == 1 + len(found) + 7
    # A day in London's summer time begins at 23:00 UTC; a name is never run as a formula.
    assert lines[-7:-5] == [
        ",2026-10-18T23:00:00Z,2026-10-19T23:00:00Z,1,1,1,0,0,0,0,duty,'=Report,people",
        ",2026-10-19T23:00:00Z,2026-10-20T23:00:00Z,1,1,0,1,1,0,0,duty,'=Report,people",
    ]
    (tmp_path / "coverage.xlsx").write_bytes(grids.coverage(".xlsx", found, required))
    sheet = load_workbook(tmp_path / "coverage.xlsx").active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[-7][3:] == (1, 1, 1, 0, 0, 0, 0, "duty", "=Report", "people")
    colours = [row[0].fill.fgColor.rgb for row in sheet.iter_rows(min_row=len(rows) - 6)]
    assert [colour[-6:] for colour in colours] == ["000000", *["F4B6B0"] * 6]
