"""Which event is which: moves, swaps, two calendars, two periods."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from shiftplan.calendars import CalendarEntry, Revision, render
from shiftplan.facts import ShiftSpec
from shiftplan.roster import Roster

from .plans import STAMP, facts_at, leave
from .reading import events, read

LA = "America/Los_Angeles"


def two_people() -> Roster:
    day = date(2026, 12, 7)
    late = ShiftSpec(code="L", start=time(13, 30), length="8h30")
    early = ShiftSpec(code="E", name="Early", start=time(5), length="8h30")
    roster = Roster(facts_at(LA, day, early, late, people=("Ana", "Ben")))
    return roster.with_cell("Ana", day, "E").with_cell("Ben", day, "E")


def test_two_people_on_one_shift_are_two_events() -> None:
    found = events(two_people(), "")
    assert [e.text("SUMMARY") for e in found] == [
        "Ana: Early 05:00–13:30",
        "Ben: Early 05:00–13:30",
    ]


def test_a_shift_that_moves_stays_one_event_and_leaves_the_others_alone() -> None:
    before = two_people()
    after = before.with_cell("Ana", date(2026, 12, 7), "L")
    for who in ("", "Ana"):
        old, new = ({e.raw("UID"): e for e in events(r, who)} for r in (before, after))
        assert old.keys() == new.keys()
        (moved,) = (uid for uid in old if old[uid] != new[uid])
        assert new[moved].begin - old[moved].begin == timedelta(hours=8, minutes=30)
    assert events(before, "Ben") == events(after, "Ben")


def test_a_shift_that_becomes_a_day_off_stays_one_event() -> None:
    before = two_people()
    after = before.with_cell("Ana", date(2026, 12, 7), None)
    assert [e.raw("UID") for e in events(before, "Ana")] == [
        e.raw("UID") for e in events(after, "Ana")
    ]
    assert events(after, "Ana")[0].text("SUMMARY") == "Day off"


def test_an_event_is_the_same_one_in_the_next_period_and_another_in_another_plan() -> None:
    roster = two_people()
    (uid,) = (e.raw("UID") for e in events(roster, "Ana", days_off=False))
    history = replace(roster.facts.history, start=date(2026, 12, 7), cells=dict(roster.cells))
    later = Roster(
        roster.facts.changed(horizon={"start": date(2026, 12, 14), "weeks": 1}, history=history)
    )
    (past,) = events(later, "Ana", days_off=False)
    assert (past.raw("UID"), past.raw("STATUS")) == (uid, "CONFIRMED")
    (other,) = events(roster, "Ana", days_off=False, plan="another")
    assert other.raw("UID") != uid


def test_no_event_of_the_team_has_the_uid_of_a_person_s() -> None:
    roster = two_people()
    own = {e.raw("UID") for who in ("Ana", "Ben") for e in events(roster, who)}
    assert not own & {e.raw("UID") for e in events(roster, "")}


def test_the_team_s_calendar_makes_nobody_busy() -> None:
    facts = two_people().facts.changed(leave=(leave("Ana", date(2026, 12, 9), date(2026, 12, 9)),))
    for event in events(Roster(facts, two_people().cells), ""):
        assert (event.raw("TRANSP"), event.raw("X-MICROSOFT-CDO-BUSYSTATUS")) == (
            "TRANSPARENT",
            "FREE",
        )


def test_only_a_draft_says_that_it_may_change() -> None:
    for status, draft in (("TENTATIVE", True), ("CONFIRMED", False)):
        (event,) = events(two_people(), "Ana", days_off=False, status=status)
        assert event.raw("STATUS") == status
        assert ("may still change" in event.text("DESCRIPTION")) is draft


def test_a_cancelled_shift_says_so_and_makes_nobody_busy() -> None:
    class Cancelled:
        """Stands for a store that remembers revisions."""

        def revision(self, entry: CalendarEntry) -> Revision:
            uid = f"{entry.who}-{entry.day}@example.org"
            return Revision(uid, "CANCELLED", 3, STAMP, STAMP + timedelta(hours=2))

    files = render(two_people(), identity=Cancelled(), days_off=False)
    (event,) = read(list(files.values())[1]).inner
    assert event.raw("UID") == "Ana-2026-12-07@example.org"
    assert event.text("SUMMARY") == "Cancelled: Early 05:00–13:30"
    assert (event.raw("STATUS"), event.raw("SEQUENCE")) == ("CANCELLED", "3")
    assert (event.raw("TRANSP"), event.raw("X-MICROSOFT-CDO-BUSYSTATUS")) == ("TRANSPARENT", "FREE")
    assert (event.raw("CREATED"), event.raw("DTSTAMP")) == ("20261001T120005Z", "20261001T140005Z")
    assert event.raw("LAST-MODIFIED") == event.raw("DTSTAMP")


def test_a_stamp_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no zone"):
        events(two_people(), "Ana", stamp=datetime(2026, 10, 1))
