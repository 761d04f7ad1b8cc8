"""The cases that calendar programs are known to get wrong. Instants are worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import icalendar
import pytest
import tzdata

from shiftplan.calendars import TEAM_FILE, Entry, Revision, render
from shiftplan.facts import Facts, ShiftSpec
from shiftplan.roster import Roster

from .plans import BY_CELL, STAMP, facts_at, leave
from .reading import events, one_shift, read

LA = "America/Los_Angeles"


@pytest.mark.parametrize(
    ("zone", "start", "length", "begin", "end"),
    [
        # 1 The night the clocks go back: 22:00 PDT is 05:00Z, 06:00 PST is 14:00Z, nine hours.
        (LA, "2026-10-31 22:00", "9h", "2026-11-01 05:00", "2026-11-01 14:00"),
        # 2 The night they go forward: 22:00 PST is 06:00Z, 06:00 PDT is 13:00Z, seven hours.
        (LA, "2027-03-13 22:00", "7h", "2027-03-14 06:00", "2027-03-14 13:00"),
        # 3 The first hour after the jump: 03:30 PDT is 10:30Z.
        (LA, "2027-03-14 03:30", "8h", "2027-03-14 10:30", "2027-03-14 18:30"),
        # 4 02:30 is skipped, and means 03:30 PDT.
        (LA, "2027-03-14 02:30", "8h", "2027-03-14 10:30", "2027-03-14 18:30"),
        # 5 01:30 comes twice, and means the first.
        (LA, "2026-11-01 01:30", "8h", "2026-11-01 08:30", "2026-11-01 16:30"),
        # 6 Dublin is at +0 in winter and +1 in summer, whatever is called standard there.
        ("Europe/Dublin", "2026-12-08 09:00", "8h", "2026-12-08 09:00", "2026-12-08 17:00"),
        ("Europe/Dublin", "2027-07-08 09:00", "8h", "2027-07-08 08:00", "2027-07-08 16:00"),
        # 7 Zones whose rules changed in 2026: Vancouver stays at -7, Casablanca goes to +0.
        ("America/Vancouver", "2026-12-15 09:00", "8h", "2026-12-15 16:00", "2026-12-16 00:00"),
        ("Africa/Casablanca", "2026-10-15 09:00", "8h", "2026-10-15 09:00", "2026-10-15 17:00"),
        # 8 Offsets of half and quarter hours, an old name, and clocks that change by half an hour:
        # Lord Howe goes from +10:30 to +11 on 4 October 2026 at 02:00.
        ("Asia/Kolkata", "2026-12-03 21:30", "8h30", "2026-12-03 16:00", "2026-12-04 00:30"),
        ("Asia/Calcutta", "2026-12-03 21:30", "8h30", "2026-12-03 16:00", "2026-12-04 00:30"),
        ("Asia/Kathmandu", "2026-12-03 09:00", "8h", "2026-12-03 03:15", "2026-12-03 11:15"),
        ("Australia/Lord_Howe", "2026-10-03 22:00", "8h", "2026-10-03 11:30", "2026-10-03 19:30"),
        ("Australia/Lord_Howe", "2026-10-04 22:00", "8h", "2026-10-04 11:00", "2026-10-04 19:00"),
        # 17 A duty of a whole day that lasts 25 hours.
        (LA, "2026-11-01 00:00", "25h", "2026-11-01 07:00", "2026-11-02 08:00"),
    ],
)
def test_a_shift_is_written_at_the_instants_it_is_worked(
    zone: str, start: str, length: str, begin: str, end: str
) -> None:
    local = datetime.fromisoformat(start)
    event = one_shift(zone, local.date(), local.time(), length)
    assert (f"{event.begin:%Y-%m-%d %H:%M}", f"{event.end:%Y-%m-%d %H:%M}") == (begin, end)


def test_the_zone_data_in_use_is_on_record() -> None:
    roster = Roster(facts_at(LA, date(2026, 12, 15)))
    for data in render(roster, identity=BY_CELL).values():
        assert read(data).text("X-SHIFTPLAN-TZDATA") == tzdata.IANA_VERSION


def test_the_two_hours_of_an_autumn_night_can_be_told_apart() -> None:
    # 22:00 at -7; eight hours later it is 05:00 at -8.
    event = one_shift(LA, date(2026, 10, 31), time(22), "8h", "Night")
    assert event.text("SUMMARY") == "Night 22:00–05:00"
    assert event.text("DESCRIPTION").splitlines() == [
        "Shift N at Site",
        "2026-10-31 22:00 (UTC-07:00) – 2026-11-01 05:00 (UTC-08:00)",
        "Time zone America/Los_Angeles",
        "Length 8h",
        "Draft roster: may still change.",
    ]


def test_a_duty_of_a_day_or_more_says_how_long_it_is() -> None:
    event = one_shift(LA, date(2026, 11, 1), time(0), "25h")
    assert event.timed
    assert event.text("SUMMARY") == "N 00:00–00:00 (25h)"


def test_a_shift_names_itself_its_place_and_its_kind() -> None:
    event = one_shift("Europe/Dublin", date(2026, 12, 8), time(5), "8h30", "Early")
    assert event.text("SUMMARY") == "Early 05:00–13:30"
    assert event.text("LOCATION") == "Site"
    assert (event.raw("CATEGORIES"), event.raw("COLOR")) == ("early", "orange")
    assert (event.raw("TRANSP"), event.raw("X-MICROSOFT-CDO-BUSYSTATUS")) == ("OPAQUE", "BUSY")
    assert (event.raw("SEQUENCE"), event.raw("STATUS")) == ("0", "TENTATIVE")
    for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED"):
        assert event.raw(name) == "20261001T120005Z"


# -- 10 moving, 12 who is who ------------------------------------------------------------------------


def two_people() -> Roster:
    day = date(2026, 12, 7)
    late = ShiftSpec(code="L", start=time(13, 30), length="8h30")
    early = ShiftSpec(code="E", name="Early", start=time(5), length="8h30")
    roster = Roster(facts_at(LA, day, early, late, people=("Ana", "Ben")))
    return roster.with_cell("Ana", day, "E").with_cell("Ben", day, "E")


def test_two_people_on_one_shift_are_two_events() -> None:
    found = events(two_people(), "")
    assert [e.text("SUMMARY") for e in found] == ["Ana: Early 05:00–13:30", "Ben: Early 05:00–13:30"]


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
    assert [e.raw("UID") for e in events(before, "Ana")] == [e.raw("UID") for e in events(after, "Ana")]
    assert events(after, "Ana")[0].text("SUMMARY") == "Day off"


def test_an_event_is_the_same_one_in_the_next_period_and_a_stranger_in_another_plan() -> None:
    roster = two_people()
    (uid,) = (e.raw("UID") for e in events(roster, "Ana", days_off=False))
    history = replace(roster.facts.history, start=date(2026, 12, 7), cells=dict(roster.cells))
    later = Roster(roster.facts.changed(horizon={"start": date(2026, 12, 14), "weeks": 1}, history=history))
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
        assert (event.raw("TRANSP"), event.raw("X-MICROSOFT-CDO-BUSYSTATUS")) == ("TRANSPARENT", "FREE")


def test_only_a_draft_says_that_it_may_change() -> None:
    for status, draft in (("TENTATIVE", True), ("CONFIRMED", False)):
        (event,) = events(two_people(), "Ana", days_off=False, status=status)
        assert event.raw("STATUS") == status
        assert ("may still change" in event.text("DESCRIPTION")) is draft


def test_a_cancelled_shift_says_so_and_makes_nobody_busy() -> None:
    class Cancelled:
        """Stands for a store that remembers revisions."""

        def revision(self, entry: Entry) -> Revision:
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


# -- 11 never empty, 13 whole days -------------------------------------------------------------------


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


def test_leave_reads_back_as_the_days_it_covers() -> None:
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
        assert (event.raw("TRANSP"), event.raw("X-MICROSOFT-CDO-BUSYSTATUS")) == ("TRANSPARENT", "FREE")
    summaries = [e.text("SUMMARY") for e in events(roster, "")]
    assert summaries == ["Ana: Leave", "Ana: Leave"]
    assert TEAM_FILE in render(roster, identity=BY_CELL)


def test_days_before_and_after_somebody_s_contract_are_no_days_off() -> None:
    facts = christmas()
    (ana,) = facts.people
    joins = facts.changed(
        people=(ana.model_copy(update={"start_date": date(2026, 12, 23), "end_date": date(2026, 12, 27)}),)
    )
    found = [(e.text("SUMMARY"), e.raw("DTSTART")[-2:]) for e in events(Roster(joins), "Ana")]
    assert found == [("Day off", "23"), ("Leave", "24"), ("Day off", "27")]


def test_what_was_worked_is_kept_for_a_month() -> None:
    facts = facts_at(LA, date(2026, 12, 7))
    days = [date(2026, 12, 7) - timedelta(days=k) for k in (1, 31, 32)]
    history = replace(facts.history, start=days[-1], cells={("Ana", d): "E" for d in days})
    found = events(Roster(facts.changed(history=history)), "Ana", days_off=False)
    assert [e.begin.date() for e in found] == [date(2026, 11, 6), date(2026, 12, 6)]


# -- 14 text -----------------------------------------------------------------------------------------

LONG = 'Ward A, bay 3; "Ω" \\ crème — 手術室 🏥 C:\\Night\\new ' * 3


def test_awkward_text_reads_back_as_it_was() -> None:
    event = one_shift(LA, date(2026, 12, 8), time(9), "8h", LONG)
    assert event.text("SUMMARY") == f"{LONG.strip()} 09:00–17:00"


def test_awkward_text_reads_back_with_icalendar() -> None:
    day = date(2026, 12, 8)
    facts = facts_at(LA, day, ShiftSpec(code="N", name=LONG, start=time(9), length="8h"), people=(LONG,))
    files = render(Roster(facts).with_cell(LONG.strip(), day, "N"), identity=BY_CELL)
    team, own = (icalendar.Calendar.from_ical(data) for data in files.values())
    assert team.events[0]["summary"] == f"{LONG.strip()}: {LONG.strip()} 09:00–17:00"
    assert own.events[1]["summary"] == f"{LONG.strip()} 09:00–17:00"
