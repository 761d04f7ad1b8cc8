"""Calendars on a server that refuses, fails, or was changed by somebody: each push puts right what
it can, and says the rest.
"""

from __future__ import annotations

import _thread
import re
import shutil
import threading
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest

from shiftplan.cli.app import app
from shiftplan.delivery.caldav import Server
from shiftplan.delivery.caldav_answers import Pushed, refused
from tests.cli.tiny import Ran, runner

from .dav import Asked, Dav
from .desk import Desk

ANA, BEN, CY = "/ana-", "/ben-", "/cy-"


class Pusher:
    """A plan folder, a server, and the command between the two."""

    def __init__(self, desk: Desk, dav: Dav, capsys: pytest.CaptureFixture[str]) -> None:
        self.desk, self.dav = desk, dav
        self._run = runner(capsys)

    def push(self, *words: object) -> Ran:
        url = f"{self.dav.url}team/{{calendar}}/"
        return self._run("caldav", "push", "-C", self.desk.root, "--url", url, *words)

    def rows(self, *words: object) -> dict[str, Any]:
        """Push, and return what JSON says of each calendar."""
        return {row["calendar"]: row for row in self.push("--json", *words).json()}

    def titles(self, calendar: str) -> list[str]:
        """Return the titles of a calendar's events that are no days off."""
        found = []
        for text in self.dav.texts(calendar):
            found += re.findall("^SUMMARY:(?!Day off|Cancelled: Day off)(.*)\r", text, re.MULTILINE)
        return sorted(found)


class Template(NamedTuple):
    """A plan folder with something published, and a server that has it."""

    desk: Desk
    calendars: dict[str, str]
    objects: dict[str, str]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    desk = Desk(tmp_path_factory.mktemp("caldav") / "plan")
    desk.publish(("Ana", 0, "D"), ("Ben", 1, "N"))
    with Dav() as dav:
        words = ["caldav", "push", "-C", str(desk.root), "--make"]
        words += ["--url", f"{dav.url}team/{{calendar}}/"]
        assert app(words, prog_name="shiftplan", standalone_mode=False) == 0
        return Template(desk, dav.calendars, dav.objects)


@pytest.fixture
def dav(template: Template) -> Iterator[Dav]:
    with Dav() as server:
        server.calendars, server.objects = dict(template.calendars), dict(template.objects)
        yield server


@pytest.fixture
def pusher(
    template: Template,
    dav: Dav,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Pusher:
    """Return what pushes a plan folder that stays as it is."""
    monkeypatch.setenv("SHIFTPLAN_CALDAV_USER", "ana")
    monkeypatch.setenv("SHIFTPLAN_CALDAV_PASSWORD", "secret word")
    return Pusher(template.desk, dav, capsys)


@pytest.fixture
def writer(pusher: Pusher, tmp_path: Path) -> Pusher:
    """Return the same with a folder of its own, to be changed."""
    desk = copy(pusher.desk)
    desk.root = tmp_path / "plan"
    shutil.copytree(pusher.desk.root, desk.root)
    pusher.desk = desk
    return pusher


# -- names ---------------------------------------------------------------------------------------


def test_a_calendar_that_is_made_is_called_what_its_file_is_called(
    pusher: Pusher, dav: Dav
) -> None:
    assert sorted(dav.calendars.values()) == [
        "Ana – Tiny Desk",
        "Ben – Tiny Desk",
        "Cy – Tiny Desk",
    ]
    pusher.push("--make", "--team", "--site", "West")
    assert {"Tiny Desk – team", "West – Tiny Desk, site"} <= set(dav.calendars.values())


def test_a_server_that_names_no_calendar_makes_it_without_a_name(pusher: Pusher, dav: Dav) -> None:
    dav.fail("MKCALENDAR", "/team/team/", 415, times=1)
    assert pusher.push("--make", "--team").code == 0
    assert dav.calendars["/team/team/"] == ""


def test_a_name_is_text_in_what_makes_the_calendar(writer: Pusher, dav: Dav) -> None:
    plan = writer.desk.root / "shiftplan.toml"
    plan.write_text(plan.read_text().replace('"Tiny Desk"', '"A & B <D:x/>"'))
    writer.push("--make", "--team")
    assert dav.calendars["/team/team/"] == "A &amp; B &lt;D:x/&gt; – team"


# -- people who left -----------------------------------------------------------------------------


def test_whoever_left_gets_their_cancellations_as_in_files(writer: Pusher, dav: Dav) -> None:
    assert writer.titles(BEN) == ["Night 22:00–06:00"]
    writer.desk.leave("Ben")
    writer.desk.publish(("Ana", 0, "D"))
    rows = writer.rows()
    assert [(who, row["left"]) for who, row in rows.items()] == [
        ("Ana", False),
        ("Cy", False),
        ("Ben", True),
    ]
    assert writer.titles(BEN) == ["Cancelled: Night 22:00–06:00"]
    # The shift, and the six days off around it, which his calendar did show.
    assert len(rows["Ben"]["changed"]) == 7
    assert all("STATUS:CANCELLED" in text for text in dav.texts(BEN))
    assert writer.push("--for", "Ben").out == "Ben (left): 7 as they were\n"


def test_a_calendar_that_went_with_its_person_is_no_error(writer: Pusher, dav: Dav) -> None:
    writer.desk.leave("Ben")
    writer.desk.publish(("Ana", 0, "D"))
    (gone,) = [path for path in dav.calendars if BEN in path]
    del dav.calendars[gone]
    assert writer.push().code == 0
    dav.objects = {path: text for path, text in dav.objects.items() if BEN not in path}
    # One that is made has the cancelled shift, and no day off that it never showed.
    assert writer.push("--make").code == 0
    assert re.findall("SUMMARY:(.*)\r", "".join(dav.texts(BEN))) == ["Cancelled: Night 22:00–06:00"]


def test_an_address_for_one_calendar_stays_that_of_who_is_there(
    writer: Pusher, dav: Dav, capsys: pytest.CaptureFixture[str]
) -> None:
    for who in ("Ben", "Cy"):
        writer.desk.leave(who)
    writer.desk.publish(("Ana", 0, "D"))
    words = ("caldav", "push", "-C", writer.desk.root, "--url", f"{dav.url}one/", "--make")
    assert runner(capsys)(*words).out.startswith("Ana: 7 added")


# -- what somebody changed -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("DTSTART:20991012T160000Z", "DTSTART:20991012T150000Z"),
        ("DTEND:20991013T000000Z", "DTEND:20991013T010000Z"),
        ("DTSTART:20991012T160000Z", "DTSTART;VALUE=DATE:20991012"),
        ("DTSTART:20991012T160000Z", "DTSTART:20991012T160000"),
        ("DTSTART:20991012T160000Z", "DTSTART:rubbish"),
        ("SUMMARY:Day 09", "SUMMARY:Mine 09"),
        ("STATUS:CONFIRMED", "STATUS:CANCELLED"),
        ("STATUS:CONFIRMED", "STATUS:TENTATIVE"),
        ("LOCATION:West", "LOCATION:At home"),
        ("DESCRIPTION:Shift D", "DESCRIPTION:No shift D"),
        ("TRANSP:OPAQUE", "TRANSP:TRANSPARENT"),
        ("STATUS:", "RRULE:FREQ=DAILY;COUNT=3\r\nSTATUS:"),
        ("STATUS:", "RDATE:20991014T160000Z\r\nSTATUS:"),
        (
            "END:VCALENDAR",
            "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20990101T000000Z\r\n"
            "RECURRENCE-ID:20991012T160000Z\r\nDTSTART:20991012T180000Z\r\nEND:VEVENT\r\n"
            "END:VCALENDAR",
        ),
        ("DTSTART:20991012T160000Z", "DTSTART;TZID=Nowhere:20991012T090000"),
    ],
)
def test_a_shift_that_somebody_changed_is_corrected_once(
    pusher: Pusher, dav: Dav, old: str, new: str
) -> None:
    before = dict(dav.objects)
    (path,) = [path for path, text in before.items() if "SUMMARY:Day 09" in text]
    uid = re.findall("UID:(.*)\r", before[path])[0]
    dav.objects[path] = before[path].replace(old, new.replace("{uid}", uid), 1)
    assert dav.objects[path] != before[path]
    row = pusher.rows()["Ana"]
    assert (row["changed"], row["added"], row["removed"], row["same"]) == ([uid], [], [], 6)
    assert dav.objects == before
    assert pusher.rows()["Ana"]["same"] == 7


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "END:VEVENT",
            "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT9M\r\nEND:VALARM\r\nEND:VEVENT",
        ),
        ("STATUS:", "X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC\r\nSTATUS:"),
        ("STATUS:", "ATTENDEE;CN=Bo:mailto:bo@example.org\r\nORGANIZER:mailto:a@b.c\r\nSTATUS:"),
        ("CATEGORIES:day", "CATEGORIES:day,mine"),
        ("COLOR:", "X-COLOR:"),
        ("SEQUENCE:0", "SEQUENCE:3"),
        ("LAST-MODIFIED:", "LAST-MODIFIED:20990101T000000Z\r\nX-WAS:"),
        ("STATUS:CONFIRMED\r\n", ""),
        ("TRANSP:OPAQUE\r\n", ""),
        ("SUMMARY:Day 09", "SUMMARY;LANGUAGE=en:Day 09"),
        ("Shift D at West\\nMon", "Shift D at West\\NMon"),
        # The same instants in another zone, and as a length.
        (
            "DTSTART:20991012T160000Z",
            "DTSTART;TZID=America/Los_Angeles:20991012T090000",
        ),
        ("DTEND:20991013T000000Z", "DTEND;TZID=Europe/Dublin:20991013T010000"),
        ("DTEND:20991013T000000Z", "DURATION:PT8H"),
        ("SUMMARY:Day 09", "SUMMARY:Day \r\n 09"),
        ("PRODID:", "PRODID:-//else//EN\r\nX-WAS:"),
    ],
)
def test_what_a_client_adds_or_writes_in_its_own_way_stays(
    pusher: Pusher, dav: Dav, old: str, new: str
) -> None:
    (path,) = [path for path, text in dav.objects.items() if "SUMMARY:Day 09" in text]
    dav.objects[path] = dav.objects[path].replace(old, new, 1)
    before = dict(dav.objects)
    row = pusher.rows()["Ana"]
    assert (row["same"], row["changed"]) == (7, [])
    assert dav.objects == before


def test_a_place_somebody_adds_to_a_day_off_is_theirs(pusher: Pusher, dav: Dav) -> None:
    dav.edit(ANA, "SUMMARY:Day off", "LOCATION:The sea\r\nSUMMARY:Day off")
    assert pusher.rows()["Ana"]["same"] == 7


def test_other_colleagues_reach_the_server_in_the_same_revision(writer: Pusher, dav: Dav) -> None:
    writer.desk.publish(("Ana", 0, "D"), ("Ben", 0, "D"), ("Ben", 1, "N"))
    row = writer.rows()["Ana"]
    assert (len(row["changed"]), row["same"]) == (1, 6)
    (text,) = [text for text in dav.texts(ANA) if "SUMMARY:Day 09" in text]
    assert "With: Ben" in text
    assert "SEQUENCE:0\r\n" in text


def test_a_cancelled_day_off_is_nowhere_it_was_not_before(writer: Pusher, dav: Dav) -> None:
    writer.desk.publish(("Ana", 0, "D"), ("Ana", 3, "D"), ("Ben", 1, "N"))
    assert len(writer.rows()["Ana"]["changed"]) == 1  # its calendar showed that day off
    assert "Cancelled: Day off" in "".join(dav.texts(ANA))
    writer.rows("--no-days-off")
    assert "Day off" not in "".join(dav.texts(ANA))
    writer.rows()
    assert "Cancelled" not in "".join(dav.texts(ANA))
    assert "SUMMARY:Day off" in "".join(dav.texts(ANA))


# -- what a server answers -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (401, "URL does not accept the name and password, or does not let them write there (401)"),
        (403, "URL does not accept the name and password, or does not let them write there (403)"),
        (405, "(405): the server does nothing like that at this address. Is it a CalDAV calendar?"),
        (423, "(423): it is locked by another program. Push again later."),
        (429, "(429): the server was asked too often. Push again later."),
        (500, "URL cannot be read (500): the server failed. Push again later; if it stays,"),
        (502, "(502): the server behind that address failed."),
        (503, "(503): the server is not available for now. Push again later."),
        (504, "(504): the server behind that address does not answer."),
        (507, "(507): the server has no room left, or the quota of the account is full. Make"),
        (599, "(599): the server failed."),
        (418, "(418): the server refuses it."),
        (200, "(200): that is no answer of a calendar. Is it a CalDAV calendar?"),
    ],
)
def test_what_a_server_answers_is_a_sentence(status: int, expected: str) -> None:
    assert expected in str(refused("URL", "read", status))


@pytest.mark.parametrize(
    ("wait", "expected"),
    [
        (None, "asked too often. "),
        (0, "asked too often. "),
        (0.2, "asked too often, and asks to wait 1 second. "),
        (90, "asked too often, and asks to wait 90 seconds. "),
        (600, "asked too often, and asks to wait 10 minutes. "),
        (86400, "asked too often, and asks to wait 24 hours. "),
    ],
)
def test_a_server_that_asks_to_wait_is_quoted(wait: float | None, expected: str) -> None:
    assert expected in str(refused("URL", "read", 429, wait))


@pytest.mark.parametrize(
    ("method", "status", "wait"),
    [
        ("REPORT", 401, ""),
        ("REPORT", 403, ""),
        ("REPORT", 429, "90"),
        ("REPORT", 500, ""),
        ("PUT", 403, ""),
        ("PUT", 423, ""),
        ("PUT", 429, ""),
        ("PUT", 503, ""),
        ("PUT", 503, "90"),
        ("PUT", 507, ""),
    ],
)
def test_a_calendar_that_fails_says_why_and_stops_no_other(
    pusher: Pusher, dav: Dav, method: str, status: int, wait: str
) -> None:
    dav.fail(method, ANA, status, headers={"Retry-After": wait} if wait else {})
    dav.edit(ANA, "SUMMARY:Day 09", "SUMMARY:Mine 09")
    dav.edit(BEN, "SUMMARY:Night", "SUMMARY:Mine")
    done = pusher.push("--json")
    rows = {row["calendar"]: row for row in done.json()}
    assert done.code == 2
    assert f"({status})" in rows["Ana"]["error"]
    assert ("and asks to wait 90 seconds" in rows["Ana"]["error"]) is bool(wait)
    assert ANA in rows["Ana"]["url"]
    assert (rows["Ben"]["error"], len(rows["Ben"]["changed"])) == (None, 1)
    assert (rows["Cy"]["error"], rows["Cy"]["same"]) == (None, 7)
    assert done.err == f"error: Ana: {rows['Ana']['error']}\n"
    assert "secret word" not in done.err + done.out


def test_what_was_done_before_a_failure_is_reported(writer: Pusher, dav: Dav) -> None:
    writer.desk.publish(("Ana", 1, "D"), ("Ana", 3, "D"), ("Ana", 4, "D"), ("Ben", 1, "N"))
    puts = 0

    def fill(asked: Asked) -> None:
        nonlocal puts
        puts += asked.method == "PUT" and ANA in asked.path
        if puts == 3:
            dav.fail("PUT", ANA, 507)

    dav.before = fill
    row = writer.rows()["Ana"]
    assert len(row["added"]) + len(row["changed"]) == 2
    assert "(507)" in row["error"]
    dav.faults, dav.before = [], lambda asked: None
    rest = writer.rows()["Ana"]
    assert rest["error"] is None
    assert writer.rows()["Ana"]["changed"] == []


@pytest.mark.parametrize("status", [400, 409, 413, 415, 422])
def test_an_event_that_is_not_taken_stops_no_other_event(
    pusher: Pusher, dav: Dav, status: int
) -> None:
    for _ in range(2):
        dav.edit(ANA, "SUMMARY:Day off", "SUMMARY:Mine")
    changed = [path for path, text in dav.objects.items() if "SUMMARY:Mine" in text]
    dav.fail("PUT", changed[0].rpartition("/")[2], status)
    done = pusher.push("--json")
    row = {row["calendar"]: row for row in done.json()}["Ana"]
    assert done.code == 2
    assert (len(row["changed"]), row["same"], row["error"]) == (1, 5, None)
    (failed,) = row["failed"]
    assert f"({status})" in failed["error"]
    assert failed["uid"].split("@")[0] in changed[0]


def test_a_server_that_lets_nobody_in_is_not_asked_for_every_calendar(
    pusher: Pusher, dav: Dav
) -> None:
    dav.fail("REPORT", "/", 401)
    dav.asked = []
    rows = pusher.rows()
    assert all("does not accept" in row["error"] for row in rows.values())
    assert "not tried any more" in rows["Cy"]["error"]
    assert {asked.path.split("/")[2][:3] for asked in dav.asked} == {"ana", "ben"}


def test_a_server_that_answers_no_xml_or_none_at_all_is_one_sentence(
    pusher: Pusher, dav: Dav
) -> None:
    dav.fail("REPORT", ANA, 207, headers={"Content-Type": "application/xml"}, body=b"<oops>")
    dav.fail("REPORT", BEN, 207, headers={"Content-Type": "text/html"}, body=b"hello")
    done = pusher.push()
    assert done.code == 2
    assert len(done.err.splitlines()) == 2
    assert done.err.count("Is it a CalDAV calendar?") == 2
    assert done.out == "Cy: 7 as they were\n"


def test_a_redirect_is_not_followed_and_stops_no_other_calendar(pusher: Pusher, dav: Dav) -> None:
    for status in (301, 302, 307, 308):
        dav.faults = []
        dav.fail("REPORT", ANA, status, headers={"Location": f"{dav.url}elsewhere/"})
        dav.asked = []
        rows = pusher.rows()
        assert "leads to another address" in rows["Ana"]["error"]
        assert rows["Cy"]["error"] is None
        assert not [asked for asked in dav.asked if "elsewhere" in asked.path]


def test_a_calendar_that_does_not_answer_in_time_stops_no_other(pusher: Pusher, dav: Dav) -> None:
    released = threading.Event()

    def hang(asked: Asked) -> None:
        if ANA in asked.path:
            released.wait()

    dav.before = hang
    calendars = [path for path in dav.calendars if ANA in path or CY in path]
    done = [Pushed(f"{dav.url}{path[1:]}") for path in calendars]
    server = Server("", "", timeout=0.2)
    for one in done:
        server.push(one, {})
    released.set()
    late, other = done
    assert "did not answer within 1 second." in str(late.error)
    assert (len(other.removed), other.error) == (7, None)


# -- tags and addresses --------------------------------------------------------------------------


@pytest.mark.parametrize("tag", [None, 'W/"7"', ""])
def test_an_object_whose_tag_is_weak_or_missing_is_corrected_too(
    pusher: Pusher, dav: Dav, tag: str | None
) -> None:
    dav.tag = lambda text: tag
    dav.edit(ANA, "SUMMARY:Day 09", "SUMMARY:Mine 09")
    row = pusher.rows()["Ana"]
    assert (len(row["changed"]), row["refused"], row["error"]) == (1, [], None)
    assert pusher.titles(ANA) == ["Day 09:00–17:00"]


@pytest.mark.parametrize("name", ["a b.ics", "ä%2Fö.ics", "x+y@z;1,2.ics", "q?#.ics"])
@pytest.mark.parametrize("whole", [False, True])
def test_an_object_is_found_again_whatever_its_address(
    pusher: Pusher, dav: Dav, name: str, whole: bool
) -> None:
    (path,) = [path for path, text in dav.objects.items() if "SUMMARY:Day 09" in text]
    text = dav.objects.pop(path)
    other = path.rpartition("/")[0] + "/" + name
    dav.objects[other] = text.replace("SUMMARY:Day 09", "SUMMARY:Mine 09")

    def href(path: str) -> str:
        found = quote(path, safe="/@;,+")
        return f"{dav.url}{found[1:]}" if whole else found

    dav.href = href
    row = pusher.rows()["Ana"]
    assert (len(row["changed"]), row["added"], row["error"]) == (1, [], None)
    assert "SUMMARY:Day 09" in dav.objects[other]


def test_objects_of_another_server_are_not_written(pusher: Pusher, dav: Dav) -> None:
    dav.href = lambda path: f"http://127.0.0.1:1{path}"
    assert "lists objects of another server" in pusher.push().err


# -- breaking off --------------------------------------------------------------------------------


@pytest.mark.parametrize("as_json", [False, True])
def test_whoever_breaks_off_is_told_what_was_done(
    pusher: Pusher, dav: Dav, monkeypatch: pytest.MonkeyPatch, as_json: bool
) -> None:
    dav.edit(ANA, "SUMMARY:Day 09", "SUMMARY:Mine 09")

    def press(asked: Asked) -> None:
        if asked.method == "REPORT" and BEN in asked.path:
            _thread.interrupt_main()

    dav.before = press
    done = pusher.push(*(["--json"] if as_json else []))
    assert done.code == 130
    if as_json:
        rows = {row["calendar"]: row for row in done.json()}
        assert (len(rows["Ana"]["changed"]), rows["Ana"]["error"]) == (1, None)
        assert rows["Ben"]["error"] == rows["Cy"]["error"] == "Interrupted."
    else:
        assert done.out == "Ana: 1 changed, 6 as they were\n"
        assert "Interrupted: 1 of 3 calendars done. Push again for the rest." in done.err
