"""Every event of any of our calendars is an object of its own on a CalDAV server, its bytes
untouched.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from shiftplan.calendars import contents, person_calendar, team_calendar
from shiftplan.calendars.objects import objects
from shiftplan.publication import revise
from tests.tries import tries

from .plans import named
from .test_properties import texts

AT = datetime(2026, 11, 1, tzinfo=UTC)
FORGED = (
    "x" * 70 + "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil@example.org",
    "BEGIN:VEVENT",
    "END:VEVENT",
)


@tries(150)
@given(
    people=st.lists(texts(), min_size=1, max_size=3, unique_by=str.casefold),
    title=st.one_of(texts(), st.sampled_from(FORGED)),
)
def test_every_event_comes_back_byte_for_byte(people: list[str], title: str) -> None:
    for calendar in calendars(people, title):
        hold(calendar)


@pytest.mark.parametrize("name", ["NAME", "X-WR-CALNAME", "SUMMARY"])
@pytest.mark.parametrize("word", ["BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR"])
def test_what_looks_like_a_component_beside_a_fold_is_text(word: str, name: str) -> None:
    found = []
    for width in (73, 74, 75):  # 75 octets is the most (RFC 5545 §3.1); who folds may leave some
        room = width - len(f"{name}:")
        for before in (room - len(word), room):
            text = "x" * before + word + "yyy"
            found += calendars([text], text)
    for calendar in found:
        hold(calendar)
    seen = b"".join(found).decode()
    assert re.search(rf"^{name}:x+{word}\r\n yyy", seen, re.MULTILINE), "folded right after it"
    assert re.search(rf"^{name}:x+\r\n {word}yyy", seen, re.MULTILINE), "folded right before it"


def calendars(people: list[str], title: str) -> list[bytes]:
    """Return the calendars of a team and of everybody in it, each with a shift called *title*."""
    roster = named("Desk", "Site", title, people)
    facts = roster.facts
    events = revise((), contents(roster), plan="p", first=facts.first, last=facts.last, at=AT)
    own = [person_calendar(events, p.name, team="Desk", at=AT) for p in facts.people]
    return [team_calendar(events, team="Desk", at=AT), *own]


def hold(calendar: bytes) -> None:
    """Raise ``AssertionError`` unless the objects of *calendar* hold its events, each by itself."""
    found = objects(calendar)
    assert b"".join(inside(one) for one in found.values()) == inside(calendar)
    for uid, one in found.items():
        (event,) = Calendar.from_ical(one).walk("VEVENT")
        assert str(event["uid"]) == uid
        assert re.fullmatch(r"[0-9a-f-]{36}@shiftplan\.invalid", uid)
        assert not re.search(rb"^METHOD", one, re.MULTILINE)


def inside(calendar: bytes) -> bytes:
    """Return what stands between the head of *calendar* and its end.

    A component begins where a line does; the same words at a fold are text, and nothing stands
    after the calendar's own end.
    """
    start = calendar.index(b"\r\nBEGIN:VEVENT\r\n")
    return calendar[start + 2 : calendar.rindex(b"END:VCALENDAR\r\n")]
