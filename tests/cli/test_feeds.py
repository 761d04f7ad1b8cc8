"""Links are made, listed and revoked from the command line, and served until the server is told to stop."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

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
    made = run("feeds", "-C", root, "--for", "Ana", "--coverage", "--url", "https://rosters.example.org/")
    assert made.code == 0
    assert re.fullmatch(
        r"Ana: https://rosters\.example\.org/calendars/[\w-]{32}\.ics\n"
        r"Coverage: https://rosters\.example\.org/coverage/[\w-]{32}\n",
        made.out,
    )
    listed = run("feeds", "-C", root)
    assert [line.split()[:3] for line in listed.out.splitlines()[1:]] == [
        ["1", "person", "Ana"],
        ["2", "coverage", "Tiny"],
    ]
    assert made.out.split("/")[-1].strip() not in listed.out


def test_everyone_gets_the_link_they_lack(run: Run, root: Path) -> None:
    run("feeds", "-C", root, "--for", "Ben")
    made = run("feeds", "-C", root, "--everyone", "--json").json()
    assert [(f["subject"], f["url"] is not None) for f in made] == [
        ("Ben", False),
        ("Ana", True),
        ("Cy", True),
    ]


def test_a_link_is_revoked_once(run: Run, root: Path) -> None:
    run("feeds", "-C", root, "--team")
    assert run("feeds", "-C", root, "--revoke", 1).code == 0
    assert "There are no links yet" in run("feeds", "-C", root).out
    again = run("feeds", "-C", root, "--revoke", 1)
    assert (again.code, "link 1 was revoked before" in again.err) == (2, True)
    assert "link 9 is not there" in run("feeds", "-C", root, "--revoke", 9).err


def test_a_name_nobody_has_is_told_with_the_nearest(run: Run, root: Path) -> None:
    done = run("feeds", "-C", root, "--for", "Anna")
    assert (done.code, done.err) == (2, "error: --for: nobody is called 'Anna'. Did you mean 'Ana'?\n")
    assert not (root / ".shiftplan").exists()


def test_an_address_in_use_is_told(run: Run, root: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run("serve", "-C", root, "--port", taken.getsockname()[1])
    assert done.code == 2
    assert "cannot listen at 127.0.0.1" in done.err


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_the_server_answers_until_it_is_told_to_stop_and_logs_no_secret(
    run: Run, root: Path, told: signal.Signals
) -> None:
    secret = run("feeds", "-C", root, "--for", "Ana").out.split("/")[-1].strip()
    command = [sys.executable, "-m", "shiftplan", "serve", "-C", str(root), "--port", "0", "--log"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        line = server.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert address, line
        with urllib.request.urlopen(f"{address[0]}calendars/{secret}") as answer:
            assert (answer.status, answer.read(15)) == (200, b"BEGIN:VCALENDAR")
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{address[0]}calendars/{secret[:-5]}x.ics")
        server.send_signal(told)
        _, logged = server.communicate()
    assert server.returncode == (0 if told == signal.SIGTERM else 130)
    assert logged.count("GET calendars") == 2
    assert secret[:16] not in line + logged
    assert "Traceback" not in logged
