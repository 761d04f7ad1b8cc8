"""The rotation table: what it means, and what cannot be in it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from shiftplan.facts import Facts
from shiftplan.folder import load

from .disk import added, reported, write

HEAD = "rota,week,monday,tuesday,wednesday,thursday,friday,saturday,sunday,people\n"
RIGHT = (
    "Dublin,2,-,-,E,E,E,E,E,Ben\n"  # in any order
    "Dublin,1,E,E,E,E,E,,,Ana\n"
    "San Jose,1,S0900,S0900,S0930,S1000,S1000,-,-,Cy\n"
)


def folder(tmp_path: Path, lines: str, *, start: str = "2026-10-12", head: str = HEAD) -> Path:
    return write(tmp_path / "plan", added("rotation", head + lines, f"from = {start}\n"))


def week(facts: Facts, who: str, first: date) -> str:
    assert facts.assigned_rotas is not None
    return " ".join(
        facts.assigned_rotas.at(who, first + timedelta(days=k)) or "-" for k in range(7)
    )


def test_everyone_goes_on_to_the_next_week_and_after_the_last_to_the_first(tmp_path: Path) -> None:
    facts = load(folder(tmp_path, RIGHT)).plan.facts
    long, short = "E E E E E - -", "- - E E E E E"
    # Counted from 12 October, the horizon starts in the second week; the weeks before go round too.
    assert [week(facts, "Ana", date(2026, 10, d)) for d in (5, 12, 19, 26)] == [
        short,
        long,
        short,
        long,
    ]
    assert [week(facts, "Ben", date(2026, 10, d)) for d in (5, 12, 19, 26)] == [
        long,
        short,
        long,
        short,
    ]
    assert week(facts, "Cy", date(2026, 10, 26)) == "S0900 S0900 S0930 S1000 S1000 - -"


def test_people_may_share_a_week_or_follow_no_rota(tmp_path: Path) -> None:
    facts = load(folder(tmp_path, "x,1,E,E,E,E,E,-,-,Ana; Ben\n")).plan.facts
    assert facts.assigned_rotas is not None
    assert [facts.assigned_rotas.names(who) for who in ("Ana", "Ben", "Cy")] == [True, True, False]
    assert facts.assigned_rotas.at("Cy", facts.first) is None


def test_what_cannot_be_is_named_with_its_line(tmp_path: Path) -> None:
    lines = (
        "Dublin,1,E,E,Z,E,E,-,-,Ana;Anna\n"
        "Dublin,3,E,E,E,E,E,-,-,Ana\n"
        "Dublin,3,E,E,E,E,E,-,-,\n"
        "San Jose,1,S0900,-,-,-,-,-,-,Ben\n"
    )
    numbered = "Number the weeks of a rota 1, 2, 3 and so on."
    assert reported(folder(tmp_path, lines)) == [
        "rotation.csv:2: people: nobody is called 'Anna'. Did you mean 'Ana'?",
        "rotation.csv:2: wednesday: 'Z' is no shift. Known: E, S0900, S0930, S1000.",
        (
            "rotation.csv:3: people: Ana is in two weeks at once. A person starts in one week "
            "of one rota."
        ),
        f"rotation.csv:3: week: week 2 of the rota 'Dublin' is missing. {numbered}",
        f"rotation.csv:4: week: week 3 of the rota 'Dublin' is there twice. {numbered}",
        "rotation.csv:5: people: Ben cannot work 'S0900', which the rota 'San Jose' has in week 1: "
        "it is for another site or requires other skills. Give them a rota of their own, or none.",
    ]


def test_a_ragged_line_and_a_missing_day_are_named(tmp_path: Path) -> None:
    assert reported(folder(tmp_path, "Dublin,1,E,E,E\n")) == [
        "rotation.csv:2: too few cells: 5, and the first line names 10 columns. Add the commas."
    ]
    head = HEAD.replace("sunday,", "")
    (text,) = reported(folder(tmp_path, "Dublin,1,E,E,E,E,E,-,Ana\n", head=head))
    assert text.startswith("rotation.csv:1: sunday: the column 'sunday' is missing.")


def test_a_rota_is_counted_from_the_first_day_of_a_week(tmp_path: Path) -> None:
    (text,) = reported(folder(tmp_path, RIGHT, start="2026-10-13"))
    assert (
        "from: 2026-10-13 is a Tuesday, but the team's week starts on Monday. Use 2026-10-12"
        in text
    )
    (text,) = reported(write(tmp_path / "other", added("rotation", HEAD + RIGHT)))
    assert text.endswith("from: is missing.")
