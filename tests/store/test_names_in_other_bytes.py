"""What is on record by a name in other bytes, from before names had one form."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shiftplan.calendars import contents
from shiftplan.facts import Facts, Person
from shiftplan.ledger import LedgerEntry
from shiftplan.roster import Roster
from shiftplan.store import Store, open_store
from tests.publication.test_difference import DAYS, roster

AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
FACTS = roster().facts
NAME = "José Müller"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path, create=True) as opened:
        yield opened


def plan(*names: str) -> Facts:
    """Return the plan with people of these names, as a program before had them."""
    return FACTS.changed(people=tuple(Person(name=name, site="Site") for name in names))


def publish(store: Store, facts: Facts, hours: int) -> None:
    """Publish a roster in which everybody works two days."""
    facts = store.record.added_to(facts)
    made = Roster(facts)
    for person in facts.people:
        for day, code in zip(DAYS, "EE.", strict=False):
            made = made.with_cell(person.name, day, None if code == "." else code)
    says = contents(made)
    at = AT + timedelta(hours=hours)
    expects = store.publications.standing(facts, says).number
    store.publications.publish(made, says, author="Mara", digest="d", expects=expects, at=at)


@pytest.mark.parametrize(
    "odd", [NAME.replace(" ", "\u00a0"), unicodedata.normalize("NFD", NAME), f"{NAME}\u200b"]
)
def test_events_lines_and_links_of_a_name_in_other_bytes_stay_the_same(
    odd: str, store: Store
) -> None:
    before, now = plan(odd, "Ana"), plan(NAME, "Ana")
    publish(store, before, 0)
    store.ledger.append(before, [LedgerEntry("pto", odd, DAYS[0], "earn", 480, "opening")])
    store.links.make(before, [("person", odd)])
    old = {event.uid for event in store.publications.events(before, AT)}

    publish(store, now, 1)
    events = store.publications.events(now, AT)
    assert {event.uid for event in events} == old
    assert {event.content.who for event in events} == {NAME, "Ana"}
    assert {event.own.sequence for event in events} == {0}
    assert [line.person for line in store.ledger.entries(now)] == [NAME]
    assert [link.subject for link in store.links.live(now)] == [NAME]
