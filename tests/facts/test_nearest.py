"""A word that was meant is offered only if it is near the one that was written."""

from __future__ import annotations

import pytest

from shiftplan.errors import nearest

PEOPLE = ("José Müller", "Ana Ruiz", "Ben Okafor", "Orla Fitzgerald", "Zainab Bello")
RULES = ("rest", "rest-after", "work-run", "days-off", "weekly-rest", "fair-share", "demand")
MANY = tuple(f"Person {letter}" for letter in "ABCDEFGHIJ")


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("jose muller", PEOPLE, "José Müller"),
        ("Muller José", PEOPLE, "José Müller"),
        ("Jose", PEOPLE, "José Müller"),
        ("Ana Riuz", PEOPLE, "Ana Ruiz"),
        ("Orla Fitzgerlad", PEOPLE, "Orla Fitzgerald"),
        ("Zaynab Belo", PEOPLE, "Zainab Bello"),
        ("days-of", RULES, "days-off"),
        ("demnad", RULES, "demand"),
        ("weakly-rest", RULES, "weekly-rest"),
        ("e", ("E", "L", "N"), "E"),
        ("wensday", ("tuesday", "wednesday", "thursday"), "wednesday"),
        ("Straße", ("Strasse", "Gasse"), "Strasse"),
    ],
)
def test_what_is_near_is_offered(word: str, known: tuple[str, ...], meant: str) -> None:
    assert nearest(word, known) == f"Did you mean '{meant}'?"


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("Ned Oakley", PEOPLE),
        ("Dora", ("Nora B", "Cora D", "Ada")),
        ("demo", RULES),
        ("E", ("L", "N")),
        ("E1", ("L2", "N2")),
        ("krakow", ("kirov", "moscow")),
    ],
)
def test_what_is_not_near_is_listed_and_not_offered(word: str, known: tuple[str, ...]) -> None:
    assert nearest(word, known) == f"Known: {', '.join(sorted(known))}."


def test_of_many_that_are_not_near_none_is_named() -> None:
    assert nearest("Zoe", MANY) == ""
    assert nearest("", MANY) == ""
    assert nearest("Zoe", ()) == ""
