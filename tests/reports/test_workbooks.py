"""Workbooks from anywhere: damaged, enormous, or with what a table of a plan cannot have."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from shiftplan.errors import ShiftplanError
from shiftplan.reports.sheets import read_sheet
from shiftplan.reports.table_limits import ReadTable

from .damaged import bombs, members, workbook, zipped

MOST_MEMORY = 500
"""MiB that reading any workbook may take, Python and all."""
SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = "xl/workbook.xml"

linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux says it")


def outcome(*words: str) -> Mapping[str, object]:
    """Return what the process that reads workbooks says about them."""
    command = [sys.executable, "-m", "tests.reports.damaged", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
    found: Mapping[str, object] = json.loads(done.stdout)
    return found


@linux
@pytest.mark.slow
def test_a_thousand_damaged_workbooks_are_read_or_refused_in_little_memory(tmp_path: Path) -> None:
    found = outcome("damaged", str(tmp_path), "1000")
    assert found["raised"] == []
    # Damage in a part that is not read does no harm; both ends are met often.
    assert isinstance(found["read"], list)
    assert isinstance(found["refused"], list)
    assert len(found["read"]) > 100
    assert len(found["refused"]) > 400
    for sentence in found["refused"]:
        assert "damaged.xlsx" in sentence
        assert sentence.endswith(".")
    assert isinstance(found["peak"], int)
    assert found["peak"] < MOST_MEMORY


@linux
@pytest.mark.slow
def test_workbooks_that_unpack_to_too_much_are_refused_in_little_memory(tmp_path: Path) -> None:
    paths = []
    for number, (_, data) in enumerate(bombs()):
        path = tmp_path / f"bomb{number}.xlsx"
        path.write_bytes(data)
        paths.append(str(path))
    found = outcome("bombs", *paths)
    assert (found["read"], found["raised"]) == ([], [])
    assert isinstance(found["peak"], int)
    assert found["peak"] < MOST_MEMORY


# -- what cells hold ------------------------------------------------------------------------------


def sheet(tmp_path: Path, xml: str, *, others: Mapping[str, str] | None = None) -> Path:
    """Write a workbook whose first sheet has a line of names and then *xml*.

    *others* are exchanged in the part that says which sheets there are.
    """
    names = "".join(f'<c t="str"><v>{name}</v></c>' for name in "abcdef")
    data = f"<worksheet><sheetData><row>{names}</row>{xml}</sheetData></worksheet>"
    parts = {**members(workbook()), SHEET: data.encode()}
    text = parts[WORKBOOK].decode()
    for old, new in (others or {}).items():
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "t.xlsx"
    path.write_bytes(zipped({**parts, WORKBOOK: text.encode()}))
    return path


def first_row(path: Path) -> list[str]:
    """Return the cells of the first row below the names, without empty ones at the end."""
    cells = list(read_sheet(path).rows[0])
    while cells and not cells[-1]:
        cells.pop()
    return cells


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<c><v>7</v></c>", "7"),
        ("<c><v>8.300000000000001</v></c>", "8.3"),
        ("<c><v>1E+2</v></c>", "100"),
        ("<c><v>123456789012</v></c>", "123456789012"),
        ('<c t="b"><v>1</v></c>', "yes"),
        ('<c t="b"><v>0</v></c>', "no"),
        ('<c t="d"><v>2026-11-30T00:00:00</v></c>', "2026-11-30"),
        ('<c t="d"><v>2026-11-30T09:15:00Z</v></c>', "2026-11-30 09:15"),
        ('<c t="d"><v>T09:15:00</v></c>', "09:15"),
        ('<c t="inlineStr"><is><r><t>An</t></r><r><t>a</t></r></is></c>', "Ana"),
        ('<c t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>とう</t></rPh></is></c>', "東京"),
        ('<c t="str"><v>a_x000A_b_xD800_</v></c>', "a\nb_xD800_"),
        ('<x:c xmlns:x="any"><x:v>5</x:v></x:c>', "5"),
        ("<c><f>1+1</f><v>2</v></c>", "2"),
    ],
)
def test_a_cell_is_read_as_it_is_seen(tmp_path: Path, cell: str, expected: str) -> None:
    assert first_row(sheet(tmp_path, f"<row>{cell}</row>")) == [expected]


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        ("yyyy-mm-dd", "46356", "2026-11-30"),
        # A quarter past nine is 0.385416..., which no double holds.
        ("dd/mm/yyyy hh:mm", "46356.3854166667", "2026-11-30 09:15"),
        ("h:mm", "0.3125", "07:30"),
        ("h:mm:ss", "0.312511574074074", "07:30:01"),
        ("[h]:mm", "1", "24:00"),
        ("h:mm", "1", "24:00"),
        ("[h]:mm", "1.5", "36:00"),
        ("h:mm AM/PM", "46356.875", "21:00"),
        ("0%", "0.5", "50%"),
        ("0.0%", "0.125", "12.5%"),
        ('0 "days"', "3", "3"),
        ("[Red]#,##0.00", "1234.5", "1234.5"),
        ("d-mmm", "59", "1900-02-28"),
        ("d-mmm", "61", "1900-03-01"),
    ],
)
def test_a_number_is_read_by_its_format(
    tmp_path: Path, code: str, value: str, expected: str
) -> None:
    path = sheet(tmp_path, f'<row><c s="1"><v>{value}</v></c></row>')
    quoted = code.replace('"', "&quot;")
    styles = (
        f'<s><numFmts><numFmt numFmtId="200" formatCode="{quoted}"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs></s>'
    )
    parts = members(path.read_bytes())
    path.write_bytes(zipped({**parts, "xl/styles.xml": styles.encode()}))
    assert first_row(path) == [expected]


def test_dates_count_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    # 1462 days lie between the two beginnings, so 44894 is what 46356 is elsewhere.
    since = {"<workbookPr ": '<workbookPr date1904="1" '}
    path = sheet(tmp_path, '<row><c s="3"><v>44894</v></c></row>', others=since)
    assert first_row(path) == ["2026-11-30"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c t="e"><v>#REF!</v></c>', "cell A2: #REF! is an error. Correct the formula."),
        (
            "<c><f>1+1</f></c>",
            "cell A2: there is a formula whose result the file does not have. Open it in a "
            "spreadsheet program and save it again.",
        ),
        ('<c s="3"><v>-5</v></c>', "cell A2: -5 is formatted as a date and is none. Correct it."),
        ('<c s="3"><v>9e9</v></c>', "cell A2: 9000000000 is formatted as a date and is none."),
        ("<c><v>1e999</v></c>", "cell A2: '1e999' is too large a number. Correct it."),
        ('<c t="d"><v>tomorrow</v></c>', "cell A2: 'tomorrow' is not a date. Type it again."),
        ("<c><v>nan</v></c>", "cell A2: 'nan' is not a number."),
    ],
)
def test_what_cannot_be_read_is_said_with_its_cell(
    tmp_path: Path, cell: str, expected: str
) -> None:
    with pytest.raises(ShiftplanError) as failure:
        read_sheet(sheet(tmp_path, f"<row>{cell}</row>"))
    assert f"t.xlsx: {expected}" in str(failure.value)


def test_merged_cells_with_something_in_them_are_refused(tmp_path: Path) -> None:
    rows = '<row r="2"><c r="A2"><v>1</v></c></row><mergeCells><mergeCell ref="%s"/></mergeCells>'
    with pytest.raises(ShiftplanError, match=r"the cells A2:A4 are merged. Unmerge them"):
        read_sheet(sheet(tmp_path, rows % "A2:A4"))
    assert first_row(sheet(tmp_path, rows % "B2:B4")) == ["1"]


def test_the_first_sheet_that_is_shown_is_read_and_others_are_named(tmp_path: Path) -> None:
    path = sheet(tmp_path, '<row hidden="1"><c><v>1</v></c></row>')
    assert read_sheet(path).notes == (
        "The sheet 'People' was read, the first; not 'Notes'.",
        "1 hidden row was read, too.",
    )
    hidden = {'name="People" ': 'name="People" state="hidden" '}
    found = read_sheet(sheet(tmp_path, "", others=hidden))
    assert found.columns == ("nothing",)
    assert found.notes == ("1 hidden sheet was passed over.",)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(512), "it is protected by a password, or of an older format"),
        (b"", "is no spreadsheet that can be read (File is not a zip file)"),
        (zipped({}), "is no spreadsheet that can be read"),
    ],
)
def test_what_is_no_workbook_is_said(tmp_path: Path, data: bytes, expected: str) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(data)
    with pytest.raises(ShiftplanError) as failure:
        read_sheet(path)
    assert expected in str(failure.value)


# -- files that are no workbooks ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a,b\n1,\x002\n", "line 2 has a null character"),
        (b"a,b\n1," + b"x" * 200_000, "field larger than field limit"),
        (b'a,b\n"1,2\n' + b"3,4\n" * 50_000, "field larger than field limit"),
        (b"a\n" * 100_002, "it has more than 100,000 rows"),
        (b"a,b\n" + b"," * 600_000 + b"x", "500,000 cells"),
        (b"a\nM\xfcller\n", "is not UTF-8"),
        (b"\xff\xfea", "is not UTF-8"),
    ],
)
def test_a_text_too_large_or_in_another_encoding_is_refused(
    tmp_path: Path, data: bytes, expected: str
) -> None:
    (tmp_path / "t.csv").write_bytes(data)
    with pytest.raises(ShiftplanError) as failure:
        read_sheet(tmp_path / "t.csv")
    assert expected in str(failure.value)


@pytest.mark.parametrize("data", ["a;b\r\n1;2\r3;4\n", "\na\tb\n1\t2\n3\t4"])
def test_ends_of_lines_and_marks_of_any_program_are_read(tmp_path: Path, data: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        (tmp_path / "t.csv").write_bytes(data.encode(encoding))
        found = read_sheet(tmp_path / "t.csv")
        assert found == ReadTable(("a", "b"), [("1", "2"), ("3", "4")])


def test_what_is_no_file_of_a_sensible_size_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    with (tmp_path / "large.csv").open("wb") as large:
        large.truncate(10**12)  # a hole, which takes no room on disk
    for name, expected in (
        ("folder.csv", "folder.csv cannot be read: Is a directory."),
        ("pipe.csv", "pipe.csv cannot be read: it is a named pipe, not a file."),
        ("zero.csv", "zero.csv cannot be read: it is a device, not a file."),
        ("large.csv", "large.csv is larger than 20 MB. Split it, or name another."),
        ("gone.csv", "gone.csv cannot be read: No such file or directory."),
        ("x" * 300 + ".csv", ".csv cannot be read: File name too long."),
        ("a\0b.csv", "a\\x00b.csv is no name that a file can have."),
        ("\udcff.xlsx", "\\xff.xlsx cannot be read: No such file or directory."),
    ):
        with pytest.raises(ShiftplanError) as failure:
            read_sheet(tmp_path / name)
        assert expected in str(failure.value)
