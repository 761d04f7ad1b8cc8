"""Every event of any of our calendars is an object of its own on a CalDAV server, its bytes untouched."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from shiftplan.calendars import contents, person_calendar, team_calendar
from shiftplan.calendars.objects import objects
from shiftplan.facts import ShiftSpec
from shiftplan.publication import revise
from shiftplan.roster import Roster

from .plans import EVIL, facts_at

DAY = date(2026, 12, 8)
AT = datetime(2026, 11, 1, tzinfo=UTC)
NAMES = st.one_of(st.sampled_from(EVIL), st.text(min_size=1, max_size=90)).filter(lambda n: n.strip() == n)


@settings(max_examples=150, deadline=None)
@given(
    people=st.lists(NAMES, min_size=1, max_size=3, unique_by=str.casefold),
    title=st.one_of(
        NAMES,
        st.sampled_from(("x" * 70 + "\nEND:VEVENT\nBEGIN:VEVENT\nUID:evil@example.org", "BEGIN:VEVENT")),
    ),
)
def test_every_event_comes_back_byte_for_byte(people: list[str], title: str) -> None:
    from pydantic import ValidationError

    try:
        spec = ShiftSpec(code="E", name=title, start=datetime(2026, 1, 1, 5).time(), length="8h")
        facts = facts_at("Europe/Dublin", DAY, spec, people=tuple(people))
    except ValidationError:  # no such name is let into a plan
        return
    roster = Roster(facts)
    for who in people:
        roster = roster.with_cell(who, DAY, "E")
    events = revise((), contents(roster), plan="p", first=facts.first, last=facts.last, at=AT)
    calendars = [team_calendar(events, team="Desk", at=AT)]
    calendars += [person_calendar(events, who, team="Desk", at=AT) for who in people]
    for whole in calendars:
        found = objects(whole)
        body = whole[whole.index(b"BEGIN:VEVENT\r\n") : whole.rindex(b"END:VCALENDAR")]
        inside = [
            one[one.index(b"BEGIN:VEVENT\r\n") : one.rindex(b"END:VCALENDAR")] for one in found.values()
        ]
        assert b"".join(inside) == body
        for uid, one in found.items():
            (event,) = Calendar.from_ical(one).walk("VEVENT")
            assert str(event["uid"]) == uid
            assert re.fullmatch(r"[0-9a-f-]{36}@shiftplan\.invalid", uid)
            assert not re.search(rb"^METHOD", one, re.MULTILINE)
