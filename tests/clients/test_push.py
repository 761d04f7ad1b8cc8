"""`shiftplan caldav push` onto a real CalDAV server, read back with real clients."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.cli.tiny import Run, runner
from tests.delivery.desk import Desk

from .programs import Radicale
from .proxies import Meanwhile

FOREIGN = b"\r\n".join(
    (
        b"BEGIN:VCALENDAR",
        b"VERSION:2.0",
        b"PRODID:-//x//y//EN",
        b"BEGIN:VEVENT",
        b"UID:dentist@example.org",
        b"DTSTAMP:20990101T000000Z",
        b"DTSTART:20991012T080000Z",
        b"DTEND:20991012T090000Z",
        b"SUMMARY:Dentist",
        b"DESCRIPTION:",
        b"STATUS:CONFIRMED",
        b"SEQUENCE:0",
        b"END:VEVENT",
        b"END:VCALENDAR",
        b"",
    )
)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("SHIFTPLAN_CALDAV_USER", "ana")
    monkeypatch.setenv("SHIFTPLAN_CALDAV_PASSWORD", "secret word")
    return runner(capsys)


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[Radicale]:
    with Radicale(tmp_path / "radicale", password="secret word") as server:
        yield server


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path / "plan")
    made.publish(("Ana", 0, "D"), ("Ana", 2, "N"), ("Ben", 1, "N"))
    return made


def shifts(radicale: Radicale) -> list[tuple[str, str]]:
    """Return title and status of what is no day off, by title."""
    seen = [e for e in radicale.shown() if "off" not in e.summary.lower()]
    assert len({e.uid for e in seen}) == len(seen)
    return sorted((e.summary, e.status) for e in seen)


def test_a_calendar_follows_what_is_published_and_the_rest_of_it_stays(
    run: Run, desk: Desk, radicale: Radicale
) -> None:
    words = (
        "caldav",
        "push",
        "-C",
        desk.root,
        "--url",
        f"{radicale.url}ana/shifts",
        "--for",
        "Ana",
        "--json",
    )
    missing = run(*words)
    assert (missing.code, "there is no calendar" in missing.err) == (2, True)
    (first,) = run(*words, "--make").json()
    assert len(first["added"]) == 7  # two shifts and five days off
    assert (first["changed"], first["removed"], first["refused"], first["same"]) == ([], [], [], 0)
    radicale.take(FOREIGN)
    before = {e.uid: e for e in radicale.shown()}
    assert len(before) == 8
    (again,) = run(*words).json()
    assert (again["same"], again["added"], again["changed"], again["removed"]) == (7, [], [], [])

    desk.publish(("Ana", 1, "D"), ("Ana", 2, "N"), ("Ben", 1, "N"))
    (moved,) = run(*words).json()
    after = {e.uid: e for e in radicale.shown()}
    touched = {*moved["added"], *moved["changed"], *moved["removed"]}
    assert touched == {u for u in before.keys() | after.keys() if before.get(u) != after.get(u)}
    assert after["dentist@example.org"] == before["dentist@example.org"]
    assert shifts(radicale) == [
        ("Day 09:00–17:00", "CONFIRMED"),
        ("Dentist", "CONFIRMED"),
        ("Night 22:00–06:00", "CONFIRMED"),
    ]


def test_what_is_gone_is_removed_and_nothing_else(run: Run, desk: Desk, radicale: Radicale) -> None:
    words = (
        "caldav",
        "push",
        "-C",
        desk.root,
        "--url",
        f"{radicale.url}ana/shifts/",
        "--make",
        "--json",
    )
    run(*words, "--team")
    radicale.take(FOREIGN)
    (other,) = run(*words, "--for", "Ben").json()  # the calendar is Ben's from now on
    assert len(other["removed"]) == 3
    seen = {e.uid for e in radicale.shown()}
    assert seen == {*other["added"], "dentist@example.org"}


def test_everyone_has_a_calendar_of_their_own_with_one_event_an_object(
    run: Run, desk: Desk, radicale: Radicale
) -> None:
    url = f"{radicale.url}ana/{{calendar}}/"
    done = run("caldav", "push", "-C", desk.root, "--url", url, "--make")
    assert [line.split(":")[0] for line in done.out.splitlines()] == ["Ana", "Ben", "Cy"]
    files = sorted((radicale.folder / "store" / "collection-root" / "ana").glob("*/*.ics"))
    assert len({f.parent for f in files}) == 3
    for text in (f.read_text() for f in files):
        assert len(re.findall("^UID:", text, re.MULTILINE)) == text.count("BEGIN:VEVENT") == 1
        assert "METHOD" not in text


def edit(radicale: Radicale, path: Path, old: str, new: str) -> None:
    """Change an object on the server, as a client does that somebody edits it with."""
    address = f"{radicale.url}ana/{path.parent.name}/{path.name}"
    text = path.read_bytes().replace(old.encode(), new.encode(), 1)
    assert new.encode() in text
    headers = {**radicale.ana, "Content-Type": "text/calendar"}
    urlopen(Request(address, text, headers, method="PUT")).close()


def object_with(radicale: Radicale, text: str) -> Path:
    """Return the one file of the server that has *text* in it."""
    files = (radicale.folder / "store" / "collection-root" / "ana").glob("*/*.ics")
    (found,) = [file for file in files if text in file.read_text()]
    return found


def test_what_was_dragged_renamed_or_repeated_is_corrected_and_a_reminder_stays(
    run: Run, desk: Desk, radicale: Radicale
) -> None:
    words = ("caldav", "push", "-C", desk.root, "--for", "Ana", "--json", "--url")
    url = f"{radicale.url}ana/shifts/"
    run(*words, url, "--make")
    before = radicale.shown()
    day, night = (object_with(radicale, f"SUMMARY:{word}") for word in ("Day 09", "Night"))
    for old, new in (
        ("DTSTART:20991012T160000Z", "DTSTART:20991012T150000Z"),
        ("SUMMARY:Day", "SUMMARY:Mine"),
        ("STATUS:CONFIRMED", "STATUS:CONFIRMED\r\nRRULE:FREQ=DAILY;COUNT=3"),
        ("STATUS:CONFIRMED", "STATUS:CANCELLED"),
    ):
        edit(radicale, day, old, new)
        (row,) = run(*words, url).json()
        assert (len(row["changed"]), row["same"]) == (1, 6), new
        assert radicale.shown() == before
    alarm = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-PT9M\r\nEND:VALARM\r\n"
    edit(radicale, night, "END:VEVENT", f"{alarm}END:VEVENT")
    (row,) = run(*words, url).json()
    assert (row["changed"], row["same"]) == ([], 7)
    assert "TRIGGER:-PT9M" in night.read_text()


def test_whoever_left_reads_that_their_shifts_are_cancelled_in_a_calendar_with_a_name(
    run: Run, desk: Desk, radicale: Radicale
) -> None:
    words = ("caldav", "push", "-C", desk.root, "--url", f"{radicale.url}ana/{{calendar}}/")
    run(*words, "--make")
    files = (radicale.folder / "store" / "collection-root" / "ana").glob("*/.Radicale.props")
    names = {file.parent.name.split("-")[0]: file.read_text() for file in files}
    for who in ("Ana", "Ben", "Cy"):
        name = json.loads(names[who.lower()])["D:displayname"]
        assert name == f"{who} – Tiny Desk"
    desk.leave("Ben")
    desk.publish(("Ana", 0, "D"), ("Ana", 2, "N"))
    done = run(*words)
    assert (done.code, "Ben (left): 7 changed" in done.out) == (0, True), done
    gone = [e for e in radicale.shown() if e.status == "CANCELLED"]
    assert "Cancelled: Night 22:00–06:00" in {e.summary for e in gone}
    assert run(*words).out.splitlines()[-1] == "Ben (left): 7 as they were"


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_what_somebody_changes_meanwhile_is_left_and_reported(
    run: Run, desk: Desk, radicale: Radicale, method: str
) -> None:
    words = ("caldav", "push", "-C", desk.root, "--for", "Ana", "--url")
    run(*words, f"{radicale.url}ana/shifts/", "--make")
    whose = "--team" if method == "DELETE" else "--for"
    desk.publish(("Ana", 0, "N"), ("Ana", 2, "N"), ("Ben", 1, "N"))

    def change(path: str) -> None:
        theirs = Request(f"{radicale.url}{path[1:]}", headers=radicale.ana)
        with urlopen(theirs) as answer:
            text = answer.read().replace(b"SUMMARY:", b"SUMMARY:Mine: ")
        headers = {**radicale.ana, "Content-Type": "text/calendar"}
        urlopen(Request(f"{radicale.url}{path[1:]}", text, headers, method="PUT")).close()

    with Meanwhile(radicale.url, method, change) as proxy:
        command = [*words, f"{proxy.url}ana/shifts/"]
        if method == "DELETE":
            command = ["caldav", "push", "-C", desk.root, whose, "--url", f"{proxy.url}ana/shifts/"]
        done = run(*command)
    assert done.code == 1
    assert "1 event was changed by somebody else meanwhile. Push again." in done.err
    assert [e.summary[:5] for e in radicale.shown()].count("Mine:") == 1
    assert run(*command[:-1], f"{radicale.url}ana/shifts/").code == 0
    assert not [e for e in radicale.shown() if e.summary.startswith("Mine:")]


def test_a_wrong_password_is_one_sentence_without_it(run: Run, desk: Desk, tmp_path: Path) -> None:
    with Radicale(tmp_path / "closed", password="another") as closed:
        done = run(
            "caldav", "push", "-C", desk.root, "--url", f"{closed.url}ana/x/", "--team", "--make"
        )
    assert done.code == 2
    assert "does not accept the name and password" in done.err
    assert len(done.err.splitlines()) == 1
    assert "secret word" not in done.err


def test_the_right_password_gets_in(
    run: Run, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIFTPLAN_CALDAV_PASSWORD", "another")
    with Radicale(tmp_path / "closed", password="another") as closed:
        done = run(
            "caldav", "push", "-C", desk.root, "--url", f"{closed.url}ana/x/", "--team", "--make"
        )
    assert (done.code, done.out) == (0, "Tiny Desk: 3 added, 0 as they were\n")


def test_a_server_that_is_down_is_one_sentence(run: Run, desk: Desk) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/x/"
        done = run("caldav", "push", "-C", desk.root, "--url", url, "--team")
    assert (done.code, len(done.err.splitlines())) == (2, 1)
    assert f"{url} cannot be reached" in done.err
