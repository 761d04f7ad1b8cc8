"""What the published calendars hold, and for how long."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from shiftplan.calendars import (
    contents,
    person_calendar,
    render_published,
    site_calendar,
    team_calendar,
)
from shiftplan.publication import Event, revise
from shiftplan.roster import Roster

from .plans import facts_at, leave
from .reading import check, read

DAY = date(2026, 12, 8)
END = datetime(2026, 12, 8, 13, 30, tzinfo=UTC)
"""When the early shift is over in Dublin, where it is UTC in winter."""

AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def publish(*rosters: Roster) -> tuple[Event, ...]:
    """Return the events after each of *rosters* was published, a minute apart."""
    known: dict[str, Event] = {}
    for k, roster in enumerate(rosters):
        facts, at = roster.facts, AT + timedelta(minutes=k)
        says = contents(roster)
        changed = revise(
            known.values(), says, plan="Support", first=facts.first, last=facts.last, at=at
        )
        known.update({e.uid: e for e in changed})
    return tuple(known.values())


def roster(*people: str, **facts: object) -> Roster:
    """Return a roster in which each of *people* works early on the 8th, Ana and Ben being there."""
    made = Roster(facts_at("Europe/Dublin", DAY, people=("Ana", "Ben"), **facts))
    for who in people:
        made = made.with_cell(who, DAY, "E")
    return made


def summaries(events: tuple[Event, ...], at: datetime) -> list[str]:
    """Return the titles in Ana's calendar at the instant *at*, days off left out."""
    calendar = read(person_calendar(events, "Ana", team="Support", at=at, days_off=False))
    check(calendar)
    return [e.text("SUMMARY") for e in calendar.inner]


def test_a_cancelled_shift_stays_until_thirty_days_after_its_end() -> None:
    # The day after, so that the file is not empty without it.
    before = roster("Ana").with_cell("Ana", DAY + timedelta(days=1), "E")
    events = publish(before, before.with_cell("Ana", DAY, None))
    # Files change at midnight UTC: 30 days after the end is 7 January 13:30, so the 8th is the
    # first without.
    for at, there in ((END + timedelta(days=30), True), (datetime(2027, 1, 8, tzinfo=UTC), False)):
        found = summaries(events, at)
        assert ("Cancelled: Early 05:00–13:30" in found) is there, at
        assert "Early 05:00–13:30" in found


def test_a_shift_that_was_worked_stays_for_a_month() -> None:
    after = roster("Ana").with_cell("Ana", DAY + timedelta(days=3), "E")
    events = publish(after)
    assert len(summaries(events, END + timedelta(days=30, hours=23))) == 2
    assert len(summaries(events, END + timedelta(days=32))) == 1


def test_no_calendar_is_ever_empty() -> None:
    events = publish(roster("Ana"), roster())
    much_later = AT + timedelta(days=4000)
    for data in render_published(
        events, team="Support", at=much_later, members=["Ana", "Ben"]
    ).values():
        check(read(data))
    assert summaries(events, much_later) == ["Cancelled: Early 05:00–13:30"]
    assert read(team_calendar(events, team="Support", at=AT)).inner


def test_somebody_nothing_was_ever_published_for_has_no_calendar() -> None:
    with pytest.raises(KeyError):
        person_calendar(publish(roster()), "Cy", team="Support", at=AT)
    assert (
        len(render_published(publish(roster()), team="Support", at=AT, members=["Ana", "Cy"])) == 3
    )


def test_colleagues_are_in_one_s_own_calendar_alone() -> None:
    events = publish(roster("Ana", "Ben"))
    own = read(person_calendar(events, "Ana", team="Support", at=AT, days_off=False)).inner
    assert own[0].text("DESCRIPTION").splitlines()[-1] == "With: Ben"
    for data in (
        team_calendar(events, team="Support", at=AT),
        site_calendar(events, "Site", team="Support", at=AT),
    ):
        assert b"With:" not in data


def test_leave_reasons_pay_and_wishes_are_nowhere() -> None:
    made = roster(
        "Ana",
        leave=(
            leave("Ben", DAY, DAY, "sick"),
            leave("Ana", DAY + timedelta(2), DAY + timedelta(2)),
        ),
    )
    for data in render_published(
        publish(made), team="Support", at=AT, members=["Ana", "Ben"]
    ).values():
        assert not [w for w in (b"sick", b"pto", b"wish", b"rate", b"pay") if w in data.lower()]


def test_a_cancelled_shift_names_nobody_and_makes_nobody_busy() -> None:
    events = publish(roster("Ana", "Ben"), roster("Ben"))
    (gone,) = [
        e
        for e in read(person_calendar(events, "Ana", team="Support", at=AT, days_off=False)).inner
        if e.raw("STATUS") == "CANCELLED"
    ]
    assert "Ben" not in gone.text("DESCRIPTION")
    assert (gone.raw("TRANSP"), gone.raw("X-MICROSOFT-CDO-BUSYSTATUS")) == ("TRANSPARENT", "FREE")


def test_an_endless_leave_is_written() -> None:
    events = publish(roster(leave=(leave("Ana", DAY, date.max),)))
    calendar = read(person_calendar(events, "Ana", team="Support", at=AT))
    assert [e.raw("DTEND") for e in calendar.inner if e.text("SUMMARY") == "Leave"] == ["99991231"]


def titles(data: bytes) -> list[str]:
    calendar = read(data)
    check(calendar)
    return [event.text("SUMMARY") for event in calendar.inner]


def test_a_calendar_without_days_off_never_says_that_one_is_cancelled() -> None:
    # On the 8th Ana was off, then works; the other six days of the week she is off.
    events = publish(roster(), roster("Ana"))
    own = titles(person_calendar(events, "Ana", team="Support", at=AT))
    assert sorted(own) == ["Cancelled: Day off", *["Day off"] * 6, "Early 05:00–13:30"]
    shown = titles(person_calendar(events, "Ana", team="Support", at=AT, days_off=False))
    assert shown == ["Early 05:00–13:30"]
    assert titles(team_calendar(events, team="Support", at=AT)) == [
        "Cancelled: No shifts",
        "Ana: Early 05:00–13:30",
    ]


def test_where_all_are_days_off_a_calendar_without_them_says_that_there_are_no_shifts() -> None:
    (week,) = {roster().facts.first}
    events = publish(roster("Ben"))
    data = person_calendar(events, "Ana", team="Support", at=AT, days_off=False)
    (notice,) = read(data).inner
    check(read(data))
    assert notice.text("SUMMARY") == "No shifts"
    assert notice.text("DESCRIPTION") == f"Nothing is rostered {week} – {week + timedelta(days=6)}."
    assert notice.raw("TRANSP") == "TRANSPARENT"
    again = person_calendar(events, "Ana", team="Support", at=END, days_off=False)
    assert again == data


def test_who_left_with_days_off_only_has_a_file_where_days_off_are_shown() -> None:
    before = roster("Ben")
    facts = before.facts
    after = Roster(facts.changed(people=facts.people[1:]), before.cells)
    events = publish(before, after)
    for days_off in (True, False):
        files = render_published(events, team="Support", at=AT, members=["Ben"], days_off=days_off)
        theirs = [name for name in files if name.startswith("ana-")]
        assert len(theirs) == (1 if days_off else 0)
