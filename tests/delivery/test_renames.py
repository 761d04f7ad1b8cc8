"""Whoever holds a link sees the same calendar under another name, by the same address."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from shiftplan.delivery.pushing import Selection, selected
from shiftplan.folder import load
from shiftplan.store import open_store

from .desk import Desk


@pytest.mark.slow
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


def test_a_calendar_on_a_server_stays_where_it_is(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "plan")
    desk.publish(("Ana", 0, "D"), ("Ben", 1, "D"))
    before = _addresses(desk)
    people = desk.root / "people.csv"
    header, _, rest = people.read_text().partition("\n")
    rows = rest.replace("Ana,", "Eva,", 1).splitlines()
    named = [f"{header},id", *(f"{row},{'Ana' if 'Eva' in row else ''}" for row in rows)]
    people.write_text("\n".join(named))
    desk.facts = load(desk.root).plan.facts
    after = _addresses(desk)
    assert after["Eva"] == before["Ana"]
    assert after["Eva"].startswith("ana-")
    assert {**after, "Ana": after["Eva"]}.keys() == {*before, "Eva"}


def _addresses(desk: Desk) -> dict[str, str]:
    """Return the name in the address of each person's calendar."""
    now = datetime.now(UTC)
    with open_store(desk.root, create=False) as store:
        facts, first = store.record.with_keys(desk.facts), store.record.first_names(desk.facts)
        events = store.publications.events(facts, now)
    url = "https://dav.example.org/{calendar}/"
    calendars = selected(facts, events, Selection(), url, now, first)
    return {calendar.label: calendar.name for calendar in calendars}
