"""A change of one person's in a large team, as the calendars of all the others see it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from shiftplan.calendars import contents, person_calendar
from shiftplan.folder import load
from shiftplan.publication import Event, revise
from shiftplan.roster import Roster

from .reading import Component, read

PUO = Path(__file__).parents[2] / "fixtures" / "puo"
AT = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)


def busy() -> Roster:
    """Return a roster of the large fixture in which all 44 work five days of each week."""
    facts = load(PUO).plan.facts
    codes = [shift.code for shift in facts.shifts]
    cells = {}
    for k, person in enumerate(facts.people):
        for n, day in enumerate(facts.days):
            if (n + 2 * k) % 7 < 5:
                cells[person.name, day] = codes[(k + n // 7) % len(codes)]
    return Roster(facts, cells)


def published(known: dict[str, Event], roster: Roster, at: datetime) -> dict[str, Event]:
    facts = roster.facts
    changed = revise(
        known.values(), contents(roster), plan="p", first=facts.first, last=facts.last, at=at
    )
    return {**known, **{event.uid: event for event in changed}}


def shown(events: dict[str, Event], who: str) -> dict[str, Component]:
    data = person_calendar(events.values(), who, team="Team", at=AT + timedelta(days=1))
    return {event.raw("UID"): event for event in read(data).inner}


def test_a_shift_less_revises_the_calendar_of_whoever_had_it_and_nobody_else_s() -> None:
    roster = busy()
    who = roster.facts.people[3].name
    day = [d.day for d in roster.assignments if d.who == who][5]
    before = published({}, roster, AT)
    # 44 people and 28 days, each a shift, a day off or leave.
    assert len(before) == 44 * 28
    after = published(before, roster.with_cell(who, day, None), AT + timedelta(hours=1))

    changed = [event for uid, event in after.items() if event != before.get(uid)]
    revised = []
    for event in changed:
        known = before.get(event.uid)
        if known is None or event.own.sequence != known.own.sequence:
            revised.append(event)
    # Their shift is cancelled, and they have a day off more: two events of 1232.
    assert {(e.content.who, e.content.kind, e.status) for e in revised} == {
        (who, "shift", "CANCELLED"),
        (who, "off", "CONFIRMED"),
    }
    assert len(revised) == 2
    # Twenty who worked beside them, or would have handed over to them, read one name less.
    assert len(changed) == 22
    for event in changed:
        assert event in revised or who in str(before[event.uid].content.names)


def test_whoever_subscribes_reads_the_new_names_in_the_same_revision() -> None:
    roster = busy()
    who = roster.facts.people[3].name
    day = [d.day for d in roster.assignments if d.who == who][5]
    before = published({}, roster, AT)
    after = published(before, roster.with_cell(who, day, None), AT + timedelta(hours=1))
    (uid, other), *_ = [
        (uid, event.content.who)
        for uid, event in after.items()
        if uid in before and event != before[uid] and event.content.who != who
    ]
    old, new = shown(before, other)[uid], shown(after, other)[uid]
    assert who in old.text("DESCRIPTION")
    assert who not in new.text("DESCRIPTION")
    same = set(old.names()) - {"DESCRIPTION", "LAST-MODIFIED", "DTSTAMP"}
    assert "SEQUENCE" in same
    assert {name: old.raw(name) for name in same} == {name: new.raw(name) for name in same}
    assert new.raw("LAST-MODIFIED") == new.raw("DTSTAMP") == "20261001T100000Z"
