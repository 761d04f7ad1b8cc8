"""Leave, days off, the month before, and calendars with nothing to show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import icalendar

from shiftplan.calendars import TEAM_FILE, render
from shiftplan.facts import Facts
from shiftplan.roster import Roster

from .plans import BY_CELL, facts_at, leave
from .reading import events

LA = "America/Los_Angeles"


def test_somebody_without_shifts_still_has_a_calendar_with_something_in_it() -> None:
    roster = Roster(facts_at(LA, date(2026, 12, 7)))
    (event,) = events(roster, "Ana", days_off=False)
    assert event.text("SUMMARY") == "No shifts"
    assert event.text("DESCRIPTION").startswith("Nothing is rostered 2026-12-07 – 2026-12-13.")
    assert (event.raw("DTSTART"), event.raw("DTEND")) == ("20261207", "20261208")
    assert event.raw("TRANSP") == "TRANSPARENT"
    assert [e.text("SUMMARY") for e in events(roster, "")] == ["No shifts"]
    assert [e.text("SUMMARY") for e in events(roster, "Ana")] == ["Day off"] * 7


def christmas() -> Facts:
    rows = (
        leave("Ana", date(2026, 12, 24), date(2026, 12, 25)),
        leave("Ana", date(2026, 12, 26), date(2026, 12, 26), "sick"),
        leave("Ana", date(2026, 12, 25), date(2026, 12, 25), "lieu"),
        leave("Ana", date(2026, 12, 28), date(2026, 12, 28), "parental"),
    )
    return facts_at("Pacific/Auckland", date(2026, 12, 21), leave=rows)


def test_leave_is_one_event_of_whole_days_and_keeps_its_kind_to_itself() -> None:
    found = [e for e in events(Roster(christmas()), "Ana") if e.raw("CATEGORIES") == "leave"]
    spans = [(e.raw("DTSTART"), e.raw("DTEND")) for e in found]
    assert spans == [("20261224", "20261227"), ("20261228", "20261229")]
    for event in found:
        assert event.text("SUMMARY") == "Leave"
        assert (event.raw("TRANSP"), event.raw("X-MICROSOFT-CDO-BUSYSTATUS")) == ("OPAQUE", "OOF")
        assert event.raw("STATUS") == "CONFIRMED"
    for data in render(Roster(christmas()), identity=BY_CELL).values():
        assert not [k for k in (b"sick", b"pto", b"lieu", b"parental") if k in data.lower()]


def test_leave_reads_back_as_the_days_it_spans() -> None:
    data = list(render(Roster(christmas()), identity=BY_CELL).values())[1]
    first = next(e for e in icalendar.Calendar.from_ical(data).events if e["summary"] == "Leave")
    assert (first.start, first.end) == (date(2026, 12, 24), date(2026, 12, 27))


def test_days_off_are_free_and_only_in_a_person_s_own_calendar() -> None:
    roster = Roster(christmas())
    found = [e for e in events(roster, "Ana") if e.text("SUMMARY") == "Day off"]
    # 21, 22, 23 and 27 December; the other days of the week are leave
    assert [e.raw("DTSTART")[-2:] for e in found] == ["21", "22", "23", "27"]
    assert [e.raw("DTEND")[-2:] for e in found] == ["22", "23", "24", "28"]
    for event in found:
        assert (event.raw("TRANSP"), event.raw("X-MICROSOFT-CDO-BUSYSTATUS")) == (
            "TRANSPARENT",
            "FREE",
        )
    summaries = [e.text("SUMMARY") for e in events(roster, "")]
    assert summaries == ["Ana: Leave", "Ana: Leave"]
    assert TEAM_FILE in render(roster, identity=BY_CELL)


def test_days_before_and_after_somebody_s_contract_are_no_days_off() -> None:
    facts = christmas()
    (ana,) = facts.people
    joins = facts.changed(
        people=(
            ana.model_copy(
                update={"start_date": date(2026, 12, 23), "end_date": date(2026, 12, 27)}
            ),
        )
    )
    found = [(e.text("SUMMARY"), e.raw("DTSTART")[-2:]) for e in events(Roster(joins), "Ana")]
    assert found == [("Day off", "23"), ("Leave", "24"), ("Day off", "27")]


def test_what_was_worked_is_kept_for_a_month() -> None:
    facts = facts_at(LA, date(2026, 12, 7))
    days = [date(2026, 12, 7) - timedelta(days=k) for k in (1, 31, 32)]
    history = replace(facts.history, start=days[-1], cells={("Ana", d): "E" for d in days})
    found = events(Roster(facts.changed(history=history)), "Ana", days_off=False)
    assert [e.begin.date() for e in found] == [date(2026, 11, 6), date(2026, 12, 6)]


def test_leave_without_an_end_in_sight_is_written() -> None:
    facts = christmas().changed(leave=(leave("Ana", date(9999, 12, 30), date.max),))
    last = events(Roster(facts), "Ana")[-1]
    assert (last.text("SUMMARY"), last.raw("DTSTART"), last.raw("DTEND")) == (
        "Leave",
        "99991230",
        "99991231",
    )
