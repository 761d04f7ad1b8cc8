"""Whoever holds a link sees the same calendar under another name, by the same address."""

from __future__ import annotations

from pathlib import Path

import pytest

from shiftplan.folder import load

from .desk import Desk


@pytest.mark.parametrize("id", ["Ana", "70017"])
def test_a_link_outlasts_the_name_of_its_person(tmp_path: Path, id: str) -> None:
    """The old name is given as id, or a number before the name is changed."""
    desk = Desk(tmp_path / "plan")
    people = desk.root / "people.csv"
    header, _, rest = people.read_text().partition("\n")
    named = [f"{header},id", *(f"{line}," for line in rest.splitlines())]
    # A row as it is, with the number: the link was made for the name, and is theirs.
    people.write_text("\n".join(named).replace(",chat,4321.75,", f",chat,4321.75,{id}", 1))
    desk.facts = load(desk.root).plan.facts
    desk.publish(("Ana", 0, "D"), ("Ben", 1, "D"))
    before = desk.ask(desk.paths["Ana"])
    assert before.status_code == 200

    people.write_text(people.read_text().replace("Ana,", "Eva,"))
    after = desk.ask(desk.paths["Ana"])
    assert after.status_code == 200
    renamed = before.text.replace("Ana – Tiny Desk", "Eva – Tiny Desk")
    # Nothing in it but its own name is another, before anything is published again.
    assert after.text == renamed
    assert 'filename="eva-' in after.headers["content-disposition"]

    desk.facts = load(desk.root).plan.facts
    desk.publish(("Eva", 0, "D"), ("Ben", 1, "D"))
    assert desk.ask(desk.paths["Ana"]).text == renamed
    assert "SUMMARY:Eva: Day" in desk.ask(desk.paths["team"]).text
    assert id not in renamed.replace(desk.facts.team.name, "")
