"""No cell that we write is run by a spreadsheet, and reading gives back what was meant."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.disk.formulas import NUMBER, as_meant, csv_text, disarmed
from tests.tries import tries

SIGNS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


@pytest.mark.parametrize("sign", SIGNS)
def test_a_text_that_begins_like_a_formula_is_marked(sign: str) -> None:
    text = f"{sign}cmd|' /C calc'!A0"
    assert disarmed(text) == f"'{text}"
    assert as_meant(disarmed(text)) == text


@pytest.mark.parametrize("text", ["-3", "-0.25", "3", "-", "", "Ana", "'tis", "2026-11-30"])
def test_numbers_and_all_that_is_no_formula_stay_as_they_are(text: str) -> None:
    assert (disarmed(text), as_meant(text)) == (text, text)


@tries(200)
@given(st.text(st.sampled_from("'=+-@ a3.\t\r\n\uff1d"), max_size=6))
def test_whatever_is_written_is_read_as_it_was(text: str) -> None:
    assert as_meant(disarmed(text)) == text
    shown = disarmed(text).strip()
    assert shown[:1] not in set(SIGNS) or shown == "-" or NUMBER.fullmatch(shown)


def test_a_table_has_none_in_any_cell_nor_in_the_names_of_its_columns() -> None:
    text = csv_text(["name", "=x"], [["=Ana", None], ["-3", "@b"]])
    assert list(csv.reader(io.StringIO(text))) == [["name", "'=x"], ["'=Ana", ""], ["-3", "'@b"]]
