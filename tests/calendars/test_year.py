"""A year of weekly publishing, as three kinds of calendar programs see it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest

from shiftplan.calendars import TEAM_FILE, file_names
from shiftplan.clock import from_instant
from shiftplan.publication import KEPT

from .reading import Component, check, read, unescape
from .year import PEOPLE, Week, year

EVENT = re.compile(rb"(?<=\n)BEGIN:VEVENT\r\n.*?\nEND:VEVENT\r\n", re.DOTALL)
UID = re.compile(rb"\r\nUID:(.*?)\r\n(?! )", re.DOTALL)
NAMES = re.compile("(With|Takes over from|Hands over to): ").match


def events_of(data: bytes) -> dict[bytes, bytes]:
    """Return the bytes of each event of a file by its UID."""
    found = {UID.search(e)[1]: e for e in EVENT.findall(data)}  # type: ignore[index]
    assert len(found) == data.count(b"\nBEGIN:VEVENT\r\n"), "a UID is there twice"
    return found


class Program(Protocol):
    """A calendar program: takes a file, and shows events."""

    shown: dict[str, Component]

    def take(self, calendar: Component) -> None:
        """Take the next edition of the file."""


class Mirror:
    """Shows what the newest file holds, as Thunderbird and most others do."""

    def __init__(self) -> None:
        self.shown: dict[str, Component] = {}

    def take(self, calendar: Component) -> None:
        self.shown = {e.raw("UID"): e for e in calendar.inner}


class Importer(Mirror):
    """Replaces by UID and never forgets, as khal and CalDAV servers do."""

    def take(self, calendar: Component) -> None:
        self.shown.update({e.raw("UID"): e for e in calendar.inner})


class Cautious(Mirror):
    """Believes a change only if the revision says that there is one, as Evolution does."""

    def take(self, calendar: Component) -> None:
        now = {e.raw("UID"): e for e in calendar.inner}
        self.shown = {
            uid: self.shown[uid]
            if uid in self.shown and _stamp(self.shown[uid]) == _stamp(e)
            else e
            for uid, e in now.items()
        }


def _stamp(event: Component) -> tuple[str, ...]:
    return tuple(event.raw(name) for name in ("SEQUENCE", "LAST-MODIFIED", "DTSTAMP"))


def live(program: Program, category: str = "") -> Iterator[Component]:
    for event in program.shown.values():
        if event.raw("STATUS") == "CONFIRMED" and (
            not category or event.raw("CATEGORIES") == category
        ):
            yield event


def shifts_shown(program: Program, since: datetime) -> Counter[tuple[datetime, datetime]]:
    """Return start and end of every shift *program* shows that ends after *since*."""
    return Counter((e.begin, e.end) for e in live(program) if e.timed and e.end > since)


def shifts_true(week: Week, who: str, since: datetime) -> Counter[tuple[datetime, datetime]]:
    spans = [
        (from_instant(begin), from_instant(end))
        for (w, _), (begin, end) in week.shifts.items()
        if w == who
    ]
    return Counter(span for span in spans if span[1] > since)


def days_shown(program: Program, text: str) -> Counter[date]:
    """Return how often each day is shown as a day off, or as leave."""
    found: Counter[date] = Counter()
    for event in live(program):
        if not event.timed and event.text("SUMMARY") == text:
            day, end = (
                datetime.strptime(event.raw(n), "%Y%m%d").date() for n in ("DTSTART", "DTEND")
            )
            found.update(day + timedelta(days=k) for k in range((end - day).days))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
def test_no_program_shows_a_duplicate_or_a_stale_event_in_a_year(seed: int, tmp_path: Path) -> None:
    ever = datetime(2000, 1, 1, tzinfo=UTC)
    programs: dict[str, list[Program]] = {w: [Mirror(), Importer(), Cautious()] for w, _ in PEOPLE}
    for week in year(tmp_path, seed):
        staff = {p.name for p in week.facts.people}
        for who, _ in PEOPLE:
            calendar = read(week.own(who))
            check(calendar)
            for program in programs[who]:
                program.take(calendar)
                since = ever if isinstance(program, Importer) else week.at - timedelta(days=29)
                assert shifts_shown(program, since) == shifts_true(week, who, since)
                off = Counter(d for w, d in week.off if w == who and d > since.date())
                shown = {
                    d: n for d, n in days_shown(program, "Day off").items() if d > since.date()
                }
                assert shown == off
                if who in staff:
                    coming = {
                        d: n
                        for d, n in days_shown(program, "Leave").items()
                        if d in week.facts.days
                    }
                    assert coming == {d: 1 for d in week.facts.days if week.facts.on_leave(who, d)}


@pytest.mark.slow
@pytest.mark.parametrize("seed", [3])
def test_uids_and_sequences_are_kept_for_a_year(seed: int, tmp_path: Path) -> None:
    owner: dict[bytes, str] = {}
    latest: dict[bytes, bytes] = {}
    dropped: set[bytes] = set()
    before: dict[str, dict[bytes, bytes]] = {}
    for number, week in enumerate(year(tmp_path, seed)):
        files = week.files()
        if number % 4 == 0:
            assert files == week.files(minutes=59), "the same state is written as the same bytes"
        now = {name: events_of(data) for name, data in files.items()}
        for name, events in now.items():
            for uid, data in events.items():
                assert owner.setdefault(uid, name) == name
                assert uid not in dropped, "it came back after its file had dropped it"
                if uid not in latest:
                    assert _number(data) == 0
                elif _number(data) == _number(latest[uid]):
                    assert data == latest[uid] or _only_colleagues(data, latest[uid])
                else:
                    assert week.version is not None
                    assert _number(data) == _number(latest[uid]) + 1
                    assert _value(data, b"LAST-MODIFIED") > _value(latest[uid], b"LAST-MODIFIED")
                    assert _alone(data) != _alone(latest[uid])
                assert _value(data, b"LAST-MODIFIED") == _value(data, b"DTSTAMP")
                latest[uid] = data
            gone = before.get(name, {}).keys() - events.keys()
            assert all(_over(latest[uid]) < week.at for uid in gone), (
                "dropped before its month was over"
            )
            dropped |= gone
        before = now
    assert len(latest) > 1500


def _value(event: bytes, name: bytes) -> bytes:
    found = re.search(rb"\r\n" + name + rb"[^:]*:(.*?)\r\n(?! )", event, re.DOTALL)
    assert found
    return found[1]


def _number(event: bytes) -> int:
    return int(_value(event, b"SEQUENCE"))


def _meaning(event: bytes) -> bytes:
    return re.sub(rb"\r\n(SEQUENCE|DTSTAMP|LAST-MODIFIED):[^\r]*", b"", event)


def _only_colleagues(event: bytes, before: bytes) -> bool:
    """Say whether colleagues alone are others than *before*, and the event is newer for it."""
    newer = _value(event, b"LAST-MODIFIED") > _value(before, b"LAST-MODIFIED")
    return newer and _meaning(event) != _meaning(before) and _alone(event) == _alone(before)


def _alone(event: bytes) -> list[bytes | str]:
    """Return what *event* means, line by line, but for its lines about colleagues."""
    found: list[bytes | str] = []
    for line in _meaning(event).replace(b"\r\n ", b"").split(b"\r\n"):
        if line.startswith(b"DESCRIPTION:"):
            found += [text for text in unescape(line.decode()).split("\n") if not NAMES(text)]
        else:
            found.append(line)
    return found


def _over(event: bytes) -> datetime:
    end = _value(event, b"DTEND").decode()
    day = datetime.strptime(end[:8], "%Y%m%d").replace(tzinfo=UTC) - timedelta(days=1)
    return day + KEPT["CANCELLED"]


def test_the_files_of_people_sites_and_team_tell_the_same_story(tmp_path: Path) -> None:
    *_, week = year(tmp_path, 5, weeks=8)
    files = week.files()
    own = file_names(w for w, _ in PEOPLE).values()
    assert list(files) == [TEAM_FILE, *own, *(n for n in files if n.startswith("site-"))]
    shifts = Counter(
        (e.begin, e.end)
        for name in own
        for e in read(files[name]).inner
        if e.timed and e.raw("STATUS") == "CONFIRMED"
    )
    for names in ([TEAM_FILE], [n for n in files if n.startswith("site-")]):
        inner = [e for name in names for e in read(files[name]).inner]
        assert (
            Counter((e.begin, e.end) for e in inner if e.timed and e.raw("STATUS") == "CONFIRMED")
            == shifts
        )
    everywhere = [uid for data in files.values() for uid in events_of(data)]
    assert len(everywhere) == len(set(everywhere)), "two files share a UID"
