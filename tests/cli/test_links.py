"""Links are made, listed and revoked from the command line, and served until the server is told to
stop.
"""

from __future__ import annotations

import re
import signal
import socket
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from shiftplan.errors import visible
from tests.processes import running

from .tiny import Run, runner, write_plan


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("SHIFTPLAN_URL", raising=False)
    return runner(capsys)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_plan(tmp_path / "plan", start="2099-10-12")


def test_a_link_is_shown_once_and_then_only_that_it_is_there(run: Run, root: Path) -> None:
    made = run(
        "links", "-C", root, "--for", "Ana", "--coverage", "--url", "https://rosters.example.org/"
    )
    assert made.code == 0
    assert re.fullmatch(
        r"Ana: https://rosters\.example\.org/calendars/[\w-]{32}\.ics\n"
        r"Coverage: https://rosters\.example\.org/coverage/[\w-]{32}\n",
        made.out,
    )
    listed = run("links", "-C", root)
    assert [line.split()[:3] for line in listed.out.splitlines()[1:3]] == [
        ["1", "person", "Ana"],
        ["2", "coverage", "Tiny"],
    ]
    assert made.out.split("/")[-1].strip() not in listed.out


def test_everyone_gets_the_link_they_lack(run: Run, root: Path) -> None:
    run("links", "-C", root, "--for", "Ben")
    made = run("links", "-C", root, "--everyone", "--json").json()
    assert [(f["subject"], f["url"] is not None) for f in made] == [
        ("Ben", False),
        ("Ana", True),
        ("Cy", True),
    ]


def test_the_list_says_who_has_none_and_a_second_link_that_the_first_still_works(
    run: Run, root: Path
) -> None:
    run("links", "-C", root, "--for", "Ben")
    assert "2 of 3 people have no calendar link" in run("links", "-C", root).out
    made = run("links", "-C", root, "--for", "Ben")
    assert "Ben has an older calendar link that still works; --revoke 1 ends that." in made.err
    run("links", "-C", root, "--everyone")
    assert "have no calendar link" not in run("links", "-C", root).out


def test_the_name_the_command_had_before_still_works_and_no_help_lists_it(
    run: Run, root: Path
) -> None:
    made = run("feeds", "-C", root, "--team", "--url", "https://rosters.example.org")
    assert (made.code, made.out.split(":")[0]) == (0, "Team")
    assert run("feeds", "-C", root).out == run("links", "-C", root).out
    listed = run("--help").out
    assert "links" in listed
    assert "feeds" not in listed


def test_links_take_the_choices_of_files_and_the_list_names_them(run: Run, root: Path) -> None:
    made = run("links", "-C", root, "--for", "Ana", "--no-days-off", "--alarm", "30m", "--json")
    (link,) = made.json()
    assert (link["days_off"], link["form"], link["alarm_minutes"]) == (False, "utc", 30)
    run("links", "-C", root, "--for", "Ben", "--team", "--form", "tzid", "--alarm", "1h")
    _, ana, ben, team, *_ = run("links", "-C", root).out.splitlines()
    assert ana.endswith("no days off, alarm 30m")
    assert ben.endswith("local times, alarm 1h")
    assert team.endswith("local times")
    run("links", "-C", root, "--change", 1, "--alarm", "0m")
    assert "no days off, reminder at the start\n" in run("links", "-C", root).out
    run("links", "-C", root, "--change", 1, "--alarm", "30m")
    assert [row["alarm_minutes"] for row in run("links", "-C", root, "--json").json()] == [
        30,
        60,
        None,
    ]


def test_a_change_of_a_link_that_is_not_there_makes_no_store(run: Run, root: Path) -> None:
    done = run("links", "-C", root, "--change", 9, "--form", "tzid")
    assert (done.code, "There is no calendar link 9." in done.err) == (2, True)
    assert not (root / ".shiftplan").exists()


def test_a_live_link_is_changed_in_what_is_named(run: Run, root: Path) -> None:
    run("links", "-C", root, "--for", "Ana", "--no-days-off", "--alarm", "30m")
    done = run("links", "-C", root, "--change", 1, "--alarm", "none", "--form", "tzid")
    assert (done.code, done.out) == (0, "")
    looks = "no days off, local times"
    assert done.err == f"Calendar link 1 (Ana) shows from now on: {looks}.\n"
    done = run("links", "-C", root, "--change", 1, "--form", "utc", "--days-off")
    assert done.err == "Calendar link 1 (Ana) shows from now on: what is shown by default.\n"
    run("links", "-C", root, "--revoke", 1)
    done = run("links", "-C", root, "--change", 1, "--form", "tzid")
    assert (done.code, "was revoked before" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--alarm", "30m"), "chosen for links that are made or changed"),
        (("--team", "--alarm", "30m"), "Only people's own calendars show days off and remind."),
        (("--site", "West", "--no-days-off"), "Only people's own calendars show days off"),
        (("--coverage", "--form", "tzid"), "The coverage page is no calendar"),
        (("--for", "Ana", "--alarm", "soon"), "'soon' is no length up to 7 days."),
        (("--for", "Ana", "--alarm", "-1m"), "'-1m' is no length up to 7 days."),
        (("--for", "Ana", "--alarm", "8d"), "'8d' is no length up to 7 days."),
        (("--change", "1"), "--change needs something to change."),
        (("--change", "9", "--form", "tzid"), "There is no calendar link 9."),
        (("--change", "1", "--revoke", "1", "--form", "tzid"), "both changed and revoked"),
        (("--change", "2", "--alarm", "1h"), "Only people's own calendars"),
    ],
)
def test_choices_without_a_calendar_that_takes_them_are_refused_and_nothing_is_made(
    run: Run, root: Path, words: tuple[str, ...], expected: str
) -> None:
    run("links", "-C", root, "--for", "Ben", "--team")
    before = run("links", "-C", root, "--json").json()
    done = run("links", "-C", root, *words)
    assert (done.code, len(done.err.splitlines()), expected in done.err) == (2, 1, True), done.err
    assert run("links", "-C", root, "--json").json() == before


def test_a_link_is_revoked_once(run: Run, root: Path) -> None:
    run("links", "-C", root, "--team")
    assert run("links", "-C", root, "--revoke", 1).code == 0
    assert "There are no calendar links yet" in run("links", "-C", root).out
    again = run("links", "-C", root, "--revoke", 1)
    assert (again.code, "Calendar link 1 was revoked before" in again.err) == (2, True)
    assert "There is no calendar link 9" in run("links", "-C", root, "--revoke", 9).err


def test_a_name_nobody_has_is_reported_with_the_nearest(run: Run, root: Path) -> None:
    done = run("links", "-C", root, "--for", "Anna")
    assert (done.code, done.err) == (
        2,
        "error: Nobody is called 'Anna'. Did you mean 'Ana'?\n",
    )
    assert not (root / ".shiftplan").exists()


def test_a_first_name_is_enough_to_be_asked_who_was_meant(run: Run, tmp_path: Path) -> None:
    people = ("Ana Ruiz,West,chat", "Ben Okafor,West,chat", "Ben Li,East,chat")
    root = write_plan(tmp_path / "plan", people=people)
    assert "Did you mean 'Ana Ruiz'?" in run("links", "-C", root, "--for", "ana").err
    assert (
        "Known: Ana Ruiz, Ben Li, Ben Okafor."
        in run("links", "-C", root, "--for", "Benn Xyzzyx").err
    )


def test_an_address_in_use_is_reported(run: Run, root: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run("serve", "-C", root, "--port", taken.getsockname()[1])
    assert done.code == 2
    assert "cannot listen at 127.0.0.1" in done.err


def test_a_new_link_can_replace_an_old_one_in_one_go(run: Run, root: Path) -> None:
    run("links", "-C", root, "--everyone")
    made = run("links", "-C", root, "--revoke", 1, "--everyone")
    assert (made.code, made.out.count("\n"), made.out.split(":")[0]) == (0, 1, "Ana")
    listed = [line.split() for line in run("links", "-C", root).out.splitlines()[1:]]
    assert [(line[0], line[2]) for line in listed] == [("2", "Ben"), ("3", "Cy"), ("4", "Ana")]
    again = run("links", "-C", root, "--everyone")
    assert (again.code, again.out, "Everyone has a calendar link already" in again.err) == (
        0,
        "",
        True,
    )


@pytest.mark.parametrize(
    "url",
    ["rosters.example.org", "ftp://x.org", "http://[", "https://", "https://x y", "https://x\t"],
)
def test_links_are_made_for_an_address_only(run: Run, root: Path, url: str) -> None:
    done = run("links", "-C", root, "--team", "--url", url)
    assert (done.code, f"error: '{visible(url)}' is no address." in done.err) == (2, True)
    assert done.out == ""
    assert not (root / ".shiftplan").exists()


@pytest.mark.parametrize(
    "url",
    [
        "https://ana:hunter2@rosters.example.org",
        "https://hunter2@rosters.example.org/x",
        "https://:hunter2@rosters.example.org",
        "ftp://ana:hunter2@rosters.example.org",
        "ana:hunter2@rosters.example.org",
        "https://ana:hunter2@rosters.example.org?x=1",
        "https://ana:hunter2@[",
        "https://rosters.example.org?token=hunter2",
        "https://rosters.example.org/x#hunter2",
        "https://rosters.example.org/ x?hunter2",
        "rosters.example.org?token=hunter2",
        "https://rosters.example.org?",
        "https://rosters.example.org/#",
    ],
)
@pytest.mark.parametrize("given", ["--url", "SHIFTPLAN_URL"])
def test_an_address_with_a_password_or_a_query_is_refused_and_not_repeated(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch, url: str, given: str
) -> None:
    words = ["links", "-C", root, "--everyone"]
    if given == "--url":
        words += ["--url", url]
    else:
        monkeypatch.setenv(given, url)
    done = run(*words)
    assert (done.code, done.out) == (2, "")
    assert "hunter2" not in done.err
    assert "is no address" in done.err or "a name or password in an address" in done.err
    assert not (root / ".shiftplan").exists()


def test_links_for_this_machine_only_are_reported_as_such(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "work on this machine only" in run("links", "-C", root, "--team").err
    monkeypatch.setenv("SHIFTPLAN_URL", "https://rosters.example.org/shifts/")
    made = run("links", "-C", root, "--team")
    assert "work on this machine only" not in made.err
    assert made.out.startswith("Team: https://rosters.example.org/shifts/calendars/")


GARBAGE = (
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # somebody speaks TLS
    b"\0" * 500,
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET /calendars/%00%ff.ics HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /calendars/\xff\xfe.ics HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /calendars/" + b"a" * 60_000 + b".ics HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /calendars/" + b"a" * 200_000 + b".ics HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /health HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 200_000 + b"\r\n\r\n",
    b'GET /calendars/x.ics HTTP/1.1\r\nHost: x\r\nIf-None-Match: \xff\xfe"\r\n\r\n',
    b"GET /calendars/x.ics HTTP/1.1\r\nHost: x\r\n"
    b"If-Modified-Since: Mon, 99 Foo 99999 99:99:99\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET http://x/calendars/x.ics HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST /calendars/x.ics HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\nshort",
    b"POST /calendars/x.ics HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
    b"GET /calendars/x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eHh4eHh4eHh4eHh4eHh4eA==\r\n\r\n",
)


def _send(port: int, sent: bytes) -> bytes:
    """Return what the server first answers to *sent*."""
    with socket.create_connection(("127.0.0.1", port)) as client:
        try:
            client.sendall(sent)
            return client.recv(65536)
        except (BrokenPipeError, ConnectionResetError):  # it did not want to read it all
            return b""


@pytest.mark.slow
def test_whatever_comes_over_the_wire_gets_no_calendar_and_leaves_no_traceback(
    run: Run, root: Path
) -> None:
    run("links", "-C", root, "--everyone")
    with running("serve", "-C", root, "--port", "0", "--log") as server:
        assert server.stderr is not None
        port = int(server.stderr.readline().rpartition(":")[2].partition("/")[0])
        answers = [_send(port, sent) for sent in GARBAGE]
        well = _send(port, b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        server.terminate()
        _, logged = server.communicate()
    assert {answer[9:12] for answer in answers} <= {b"", b"400", b"404", b"405"}
    assert b"VCALENDAR" not in b"".join(answers)
    assert well.startswith(b"HTTP/1.1 200")
    assert server.returncode == 0
    assert "Traceback" not in logged
    assert "aaaa" not in logged
    assert " ERROR " not in logged
    assert "uvicorn" not in logged


@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_the_server_answers_until_it_is_told_to_stop_and_logs_no_secret(
    run: Run, root: Path, stop: signal.Signals
) -> None:
    secret = run("links", "-C", root, "--for", "Ana").out.split("/")[-1].strip()
    with running("serve", "-C", root, "--port", "0", "--log") as server:
        assert server.stderr is not None
        line = server.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert address, line
        with urllib.request.urlopen(f"{address[0]}calendars/{secret}") as answer:
            assert (answer.status, answer.read(15)) == (200, b"BEGIN:VCALENDAR")
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{address[0]}calendars/{'A' * 32}.ics")
        server.send_signal(stop)
        _, logged = server.communicate()
    assert server.returncode == (0 if stop == signal.SIGTERM else 130)
    assert logged.count("GET calendars") == 2
    assert secret[:16] not in line + logged
    assert "Traceback" not in logged
