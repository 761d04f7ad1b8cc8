"""A name is the same name whatever bytes it is written in."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from shiftplan.errors import BadInput
from shiftplan.facts.names import canonical, spelled_out
from shiftplan.folder import load, read_roster
from tests.cli.tiny import Run, runner

PLAN = """
[team]
name = "T"
home = "Málaga"
[horizon]
start = 2026-11-30
weeks = 1
[people]
table = "people.csv"
[leave]
table = "leave.csv"
[[sites]]
name = "Málaga"
timezone = "Europe/Madrid"
[[shifts]]
code = "Früh"
sites = ["Ma\u0301laga"]
start = 09:00:00
length = "8h"
[[rules]]
kind = "together"
who = ["Jose\u0301 Müller", "Ana\u202fRuiz"]
"""
PEOPLE = "name,site,level\nJosé\u00a0Müller,Málaga,first\u2003 desk\nAna Ruiz,Ma\u0301laga,\n"
LEAVE = "person,from_date,to_date,kind\nJosé  Müller,2026-12-03,2026-12-04,unpaid\u3000leave\n"
ODD = ("José Müller", "José\u00a0Müller", "Jose\u0301 Mu\u0308ller", " José  Müller\u200b")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


def write(folder: Path, plan: str = PLAN, people: str = PEOPLE, leave: str = LEAVE) -> Path:
    """Write a plan folder and return it."""
    folder.mkdir(exist_ok=True)
    for name, text in (
        ("shiftplan.toml", plan),
        ("people.csv", people),
        ("leave.csv", leave),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ODD)
def test_a_name_is_kept_in_one_form(name: str) -> None:
    assert canonical(name) == "José Müller"


def test_tabs_and_ends_of_lines_are_blanks() -> None:
    assert canonical("\tJosé\r\n Müller") == "José Müller"


def test_what_belongs_to_a_name_stays() -> None:
    # The joiner makes another word of it, as in Persian; case and accents tell people apart.
    for name in ("علی\u200cرضا", "ana ruiz", "Ana Ruiz", "Jose", "東京", "O'Brien-Núñez"):
        assert canonical(name) == name


def test_names_of_every_kind_are_the_same_in_other_bytes(tmp_path: Path) -> None:
    facts = load(write(tmp_path)).plan.facts
    assert [person.name for person in facts.people] == ["José Müller", "Ana Ruiz"]
    assert {person.site for person in facts.people} == {"Málaga"}
    assert facts.shifts[0].sites == ("Málaga",)
    assert facts.people[0].level == "first desk"
    assert facts.leave[0].person == "José Müller"
    assert facts.leave[0].kind == "unpaid leave"


@pytest.mark.parametrize("name", ODD)
def test_a_roster_file_may_write_names_and_codes_in_other_bytes(tmp_path: Path, name: str) -> None:
    facts = load(write(tmp_path)).plan.facts
    path = tmp_path / "roster.csv"
    code = unicodedata.normalize("NFD", "Früh")
    path.write_text(f'person,date,shift\n"{name}",2026-11-30,{code}\n', encoding="utf-8")
    roster = read_roster(path, facts)
    assert [(d.who, d.shift.code) for d in roster.assignments] == [("José Müller", "Früh")]


def test_two_people_whose_names_no_eye_tells_apart_are_reported_with_the_difference(
    tmp_path: Path,
) -> None:
    people = "name,site\nJosé\u00a0Müller,Málaga\nAna Ruiz,Málaga\nJosé Müller,Málaga\n"
    with pytest.raises(BadInput) as failure:
        load(write(tmp_path, people=people))
    assert (
        "people.csv:4: name: 'José Müller' is there twice. Line 2 writes it "
        "'José<U+00A0>Müller', which is the same. Give each its own name." in str(failure.value)
    )


def test_what_makes_a_name_another_is_shown_by_its_number() -> None:
    assert spelled_out("Jose\u0301\u00a0M\u200b") == "Jose<U+0301><U+00A0>M<U+200B>"


def test_names_on_the_command_line_are_the_same_in_other_bytes(run: Run, tmp_path: Path) -> None:
    root = write(tmp_path / "plan")
    for name in ODD:
        done = run("links", "-C", root, "--for", name)
        assert done.code == 0, done.err
        assert "José Müller" in done.out
    (tmp_path / "a.ics").write_text("BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n")
    done = run("absences", "-C", root, tmp_path / "a.ics", "--person", ODD[1])
    assert "Nobody is called" not in done.err


def test_the_name_of_a_table_keeps_its_bytes(tmp_path: Path) -> None:
    name = "pe\u0301ople\u00a0x.csv"
    root = write(tmp_path, PLAN.replace("people.csv", name))
    (root / "people.csv").rename(root / name)
    assert len(load(root).plan.facts.people) == 2
