"""Edits of a table leave every line but those meant byte for byte as they were."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.disk.formulas import as_meant
from shiftplan.errors import ShiftplanError
from shiftplan.folder import edit_csv
from tests.tries import tries

often = tries(100)

CELLS = st.text(st.sampled_from('ab é,"\n\r; #='), max_size=6)
COLUMNS = ("name", "site", "skills")


@st.composite
def tables(draw: st.DrawFn) -> str:
    """Draw a table as people and programs write them: quoted or not, with blank lines, any line
    end.
    """
    end = draw(st.sampled_from(("\n", "\r\n", "\r")))
    lines = [",".join(COLUMNS)]
    for _ in range(draw(st.integers(0, 5))):
        if draw(st.integers(0, 5)) == 0:
            lines.append(draw(st.sampled_from(("", ",,"))))
        raw = []
        for cell in draw(st.lists(CELLS, min_size=3, max_size=3)):
            must = any(c in cell for c in ',"\r\n')
            raw.append('"' + cell.replace('"', '""') + '"' if must or draw(st.booleans()) else cell)
        lines.append(",".join(raw))
    text = end.join(lines) + draw(st.sampled_from((end, "")))
    return draw(st.sampled_from(("", "\ufeff"))) + text


def read(text: str) -> list[list[str]]:
    """Read rows as the standard library does, blank ones and marks against formulas left out."""
    found = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    lines = [[as_meant(cell.strip()).strip() for cell in line] for line in found]
    return [line for line in lines if any(line)][1:]


@often
@given(text=tables())
def test_a_table_read_and_not_edited_is_the_same_text(text: str) -> None:
    table = edit_csv.parse(text)
    assert table.text == text
    assert [list(r.cells) for r in table.rows] == read(text)
    assert table.columns == COLUMNS


@often
@given(text=tables(), value=CELLS, data=st.data())
def test_setting_a_cell_changes_that_cell_alone(text: str, value: str, data: st.DataObject) -> None:
    before = edit_csv.parse(text)
    if not before.rows:
        return
    row = data.draw(st.integers(0, len(before.rows) - 1))
    column = data.draw(st.integers(0, 2))
    after = before.set_cell(row, COLUMNS[column], value)
    changed = [
        (a.text, b.text) for a, b in zip(before.records, after.records, strict=True) if a != b
    ]
    assert len(changed) <= 1
    record = next(k for k, r in enumerate(before.records) if r is before.rows[row])
    assert [r.text for k, r in enumerate(after.records) if k != record] == [
        r.text for k, r in enumerate(before.records) if k != record
    ]
    cells = list(before.rows[row].cells)
    cells[column] = value.strip()
    assert list(after.records[record].cells) == cells


@often
@given(text=tables(), cells=st.lists(CELLS, min_size=3, max_size=3), data=st.data())
def test_a_row_added_and_taken_out_again_leaves_the_rest(
    text: str, cells: list[str], data: st.DataObject
) -> None:
    before = edit_csv.parse(text)
    if not any(cell.strip() for cell in cells):
        return
    at = data.draw(st.none() | st.integers(0, len(before.rows)))
    after = before.add(dict(zip(COLUMNS, cells, strict=True)), at)
    rows = read(text)
    place = len(rows) if at is None else at
    assert read(after.text) == [*rows[:place], [c.strip() for c in cells], *rows[place:]]
    assert after.without([place]).text.rstrip("\r\n") == text.rstrip("\r\n")


@often
@given(text=tables(), data=st.data())
def test_sorting_moves_lines_and_rewrites_none(text: str, data: st.DataObject) -> None:
    table = edit_csv.parse(text)
    order = data.draw(st.permutations(range(len(table.rows))))
    moved = table.ordered(order)
    assert [r.raw for r in moved.rows] == [table.rows[k].raw for k in order]
    assert read(moved.text) == [read(text)[k] for k in order]


def test_a_column_the_table_has_not_got_is_added_to_every_line() -> None:
    table = edit_csv.parse("name,site\nAna,Dublin\n\nBen,Cork\n")
    assert table.set_cell(1, "level", "L2").text == "name,site,level\nAna,Dublin,\n\nBen,Cork,L2\n"


def test_text_after_a_quoted_cell_is_reported_with_its_line() -> None:
    with pytest.raises(ShiftplanError, match="Line 3 is not a CSV line"):
        edit_csv.parse('name\nAna\n"Ben"jamin\n')


def test_an_empty_row_is_no_row() -> None:
    with pytest.raises(ShiftplanError, match="Fill in one cell at least"):
        edit_csv.parse("name\nAna\n").add({"name": ""})
