"""Characters that do something instead of being seen are refused in names and notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from shiftplan.errors import CONTROLS, ShiftplanError, visible, visible_lines
from shiftplan.folder import load
from shiftplan.folder.unseen import refuse_unseen

from .disk import FILES, PLAN, changed, reported, write
from .wrong import PEOPLE, TOML, WISHES

UNSEEN = {
    "\x1b": "a character that cannot be seen, U+001B",
    "\x07": "a character that cannot be seen, U+0007",
    "\x7f": "a character that cannot be seen, U+007F",
    "\x9b": "a character that cannot be seen, U+009B",
    "\u2028": "a character that cannot be seen, U+2028",
    "\u202e": "a character that cannot be seen, U+202E",
    "\u2066": "a character that cannot be seen, U+2066",
    "\u061c": "a character that cannot be seen, U+061C",
    "\u115f": "a character that cannot be seen, U+115F",
    "\u2800": "a character that cannot be seen, U+2800",
    "\u3164": "a character that cannot be seen, U+3164",
    "\ue000": "a character that cannot be seen, U+E000",
    "\ufff9": "a character that cannot be seen, U+FFF9",
    "\ufdd0": "a character that cannot be seen, U+FDD0",
    "\u0378": "a character that cannot be seen, U+0378",
    "\n": "a line break",
    "\t": "a tab",
}


@pytest.mark.parametrize("sign", UNSEEN)
def test_they_are_refused_in_the_plan_file_and_in_tables(sign: str, tmp_path: Path) -> None:
    escaped = f"\\u{ord(sign):04x}"
    plan = PLAN.replace('"Support"', f'"Sup{escaped}port"').replace(
        '["coverage", "wishes"]', f'["coverage", "wishes", "x{escaped}y"]'
    )
    people = FILES[PEOPLE].replace("Cy,", f'"C{sign}y",')
    wishes = FILES[WISHES].replace("Ben,", f'"Be{sign}n",')
    says = f"holds {UNSEEN[sign]}. Delete it."
    assert reported(write(tmp_path, {**FILES, TOML: plan, PEOPLE: people, WISHES: wishes})) == [
        f"people.csv:4: name: {says}",
        f"shiftplan.toml:2: name: {says}",
        f"shiftplan.toml:4: goals[3]: {says}",
        f"wishes.csv:3: person: {says}",
    ]


def test_a_null_is_refused_in_text_and_in_quotes(tmp_path: Path) -> None:
    plan = PLAN.replace('"Support"', '"Sup\\u0000port"')
    people = FILES[PEOPLE].replace("Ben,", "B\0en,")
    assert reported(write(tmp_path, {**FILES, TOML: plan, PEOPLE: people})) == [
        "people.csv:3: the file holds a null character, so it is no text or was damaged. "
        "Save it again as UTF-8 text.",
        "shiftplan.toml:2: name: holds a character that cannot be seen, U+0000. Delete it.",
    ]


@pytest.mark.parametrize("name", ["\u2800", "\u3164", "\u200d", "\U000f0000", "\U0001fffe"])
def test_a_name_that_nobody_can_see_is_refused(name: str, tmp_path: Path) -> None:
    people = FILES[PEOPLE].replace("Cy,", f"{name},")
    (problem,) = (
        line
        for line in reported(write(tmp_path, {**FILES, PEOPLE: people}))
        if line.startswith("people.csv")
    )
    assert (
        f"people.csv:4: name: holds a character that cannot be seen, U+{ord(name):04X}" in problem
    )
    with pytest.raises(ShiftplanError, match="holds a character that cannot be seen"):
        refuse_unseen("message", name)


def test_letters_newer_than_this_program_are_letters(tmp_path: Path) -> None:
    name = "\U0002ebf0 \U0001fae9"
    people = FILES[PEOPLE].replace("Cy,", f"{name},")
    assert load(write(tmp_path, {**FILES, PEOPLE: people})).plan.facts.people[2].name == name


def test_joiners_that_scripts_are_written_with_stay(tmp_path: Path) -> None:
    name = "\u0915\u094d\u200d\u0937 \u0645\u06cc\u200c\u062e \U0001f469\u200d\U0001f4bb"
    people = FILES[PEOPLE].replace("Cy,", f"{name},")
    facts = load(write(tmp_path, {**FILES, PEOPLE: people})).plan.facts
    assert facts.people[2].name == name


def test_between_several_words_a_line_break_is_a_blank(tmp_path: Path) -> None:
    files = changed(PEOPLE, "Ana,Dublin,chat", 'Ana,Dublin,"chat\n tickets"')
    assert load(write(tmp_path, files)).plan.facts.people[0].skills == ("chat", "tickets")


def test_what_comes_from_elsewhere_is_shown_with_signs_one_for_each_character() -> None:
    text = "a\x1b[31m\x00\x7f\x9b\u202e\u2028\r\nb\tc"
    assert visible(text) == "a␛[31m␀␡\ufffd\ufffd\ufffd␍␊b␉c"
    assert visible_lines(text) == "a␛[31m␀␡\ufffd\ufffd\ufffd␍\nb\tc"
    assert len(visible(text)) == len(text)
    assert not CONTROLS.search(visible(text))
