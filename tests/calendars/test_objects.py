"""Every event of any of our calendars is an object of its own on a CalDAV server, its bytes
untouched.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from shiftplan.calendars import contents, person_calendar, team_calendar
from shiftplan.calendars.objects import objects
from shiftplan.publication import revise

from .plans import named
from .test_properties import texts

AT = datetime(2026, 11, 1, tzinfo=UTC)
FORGED = (
    "x" * 70 + "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil@example.org",
    "BEGIN:VEVENT",
    "END:VEVENT",
)


@settings(max_examples=150, deadline=None)
@given(
    people=st.lists(texts(), min_size=1, max_size=3, unique_by=str.casefold),
    title=st.one_of(texts(), st.sampled_from(FORGED)),
)
def test_every_event_comes_back_byte_for_byte(people: list[str], title: str) -> None:
    roster = named("Desk", "Site", title, people)
    facts = roster.facts
    events = revise((), contents(roster), plan="p", first=facts.first, last=facts.last, at=AT)
    calendars = [team_calendar(events, team="Desk", at=AT)]
    calendars += [person_calendar(events, p.name, team="Desk", at=AT) for p in facts.people]
    for whole in calendars:
        found = objects(whole)
        body = whole[whole.index(b"BEGIN:VEVENT\r\n") : whole.rindex(b"END:VCALENDAR")]
        inside = [
            one[one.index(b"BEGIN:VEVENT\r\n") : one.rindex(b"END:VCALENDAR")]
            for one in found.values()
        ]
        assert b"".join(inside) == body
        for uid, one in found.items():
            (event,) = Calendar.from_ical(one).walk("VEVENT")
            assert str(event["uid"]) == uid
            assert re.fullmatch(r"[0-9a-f-]{36}@shiftplan\.invalid", uid)
            assert not re.search(rb"^METHOD", one, re.MULTILINE)
