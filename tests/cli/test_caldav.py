"""What `caldav push` refuses before it asks any server, and where it takes the password from."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import keyring
import keyring.errors
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail

from tests.delivery.desk import Desk

from .tiny import Run, runner, write_plan

URL = "https://dav.invalid/team/"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv("SHIFTPLAN_CALDAV_USER", raising=False)
    monkeypatch.delenv("SHIFTPLAN_CALDAV_PASSWORD", raising=False)
    return runner(capsys)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_plan(tmp_path / "plan", start="2099-10-12")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://ana:hunter2@dav.example.org/x/", "a name or password in an address"),
        ("https://hunter2@dav.example.org/x/", "a name or password in an address"),
        ("ftp://ana:hunter2@dav.example.org/x/", "the URL is no address"),
        ("ana:hunter2@dav.example.org/x/", "the URL is no address"),
        ("https://[ana@hunter2/x/", "the URL is no address"),
        ("dav.example.org", "'dav.example.org' is no address"),
        ("http://dav.example.org/x/", "would send the password in the open"),
        (
            "https://dav.example.org/x/?token=hunter2",
            "the URL is no address: it has a '?' or a '#'",
        ),
        ("https://dav.example.org/x/#hunter2", "the URL is no address: it has a '?' or a '#'"),
        ("dav.example.org/x/?token=hunter2", "the URL is no address"),
        ("https://dav.example.org/x y/", "'https://dav.example.org/x y/' is no address"),
        ("https://dav.example.org/x\x1b[2J/", "is no address"),
        ("https://dav.example.org/x\n", "is no address"),
        ("", "--url is missing"),
    ],
)
def test_an_address_that_gives_a_password_away_or_is_none_is_refused(
    run: Run, root: Path, url: str, expected: str
) -> None:
    done = run("caldav", "push", "-C", root, "--team", "--url", url)
    assert (done.code, len(done.err.splitlines())) == (2, 1)
    assert expected in done.err
    assert "hunter2" not in done.err


def test_several_calendars_need_several_addresses(run: Run, root: Path) -> None:
    done = run("caldav", "push", "-C", root, "--url", URL)
    assert (done.code, "there are 3 to push" in done.err) == (2, True)
    assert "Put {calendar}" in done.err


def test_nothing_published_and_unknown_names_are_reported(run: Run, root: Path) -> None:
    assert (
        "nothing is published yet" in run("caldav", "push", "-C", root, "--team", "--url", URL).err
    )
    done = run("caldav", "push", "-C", root, "--for", "Anna", "--url", URL)
    assert (done.code, done.err) == (2, "error: --for: there is no 'Anna'. Did you mean 'Ana'?\n")


class Ring(KeyringBackend):
    """A keyring that knows one password."""

    priority = 1  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        return "from the ring" if (service, username) == ("shiftplan caldav", "ana") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.PasswordSetError

    def delete_password(self, service: str, username: str) -> None:
        raise keyring.errors.PasswordDeleteError


@pytest.fixture(autouse=True)
def ring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(Ring())
    yield
    keyring.set_keyring(before)


class Page(BaseHTTPRequestHandler):
    """A web server that knows nothing of CalDAV, and keeps what it is asked."""

    asked: list[tuple[str, str]] = []

    def do_REPORT(self) -> None:
        self.asked.append((self.command, self.headers.get("Authorization", "")))
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/elsewhere/":
            self.send_response(307)
            self.send_header("Location", "/web/")
        elif self.path == "/closed/" and "Authorization" not in self.headers:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="x"')
        else:
            self.send_response({"/broken/": 500, "/closed/": 403}.get(self.path, 200))
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "6")
        self.end_headers()
        self.wfile.write(b"<html>")

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def web() -> Iterator[str]:
    Page.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def published(tmp_path: Path) -> Path:
    desk = Desk(tmp_path / "desk")
    desk.publish(("Ana", 0, "D"))
    return desk.root


@pytest.mark.slow
def test_the_keyring_is_asked_for_the_password_of_the_user(
    run: Run, published: Path, web: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIFTPLAN_CALDAV_USER", "ana")
    done = run("caldav", "push", "-C", published, "--team", "--url", f"{web}/closed/")
    assert done.code == 2
    assert "does not accept the name and password, or does not let them write" in done.err
    assert Page.asked[-1][1] == "Basic YW5hOmZyb20gdGhlIHJpbmc="  # ana:from the ring


def test_a_keyring_without_the_password_or_without_itself_is_reported(
    run: Run, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIFTPLAN_CALDAV_USER", "ben")
    done = run("caldav", "push", "-C", published, "--team", "--url", URL)
    assert (done.code, len(done.err.splitlines())) == (2, 1)
    assert "Try 'keyring set \"shiftplan caldav\" ben'." in done.err
    keyring.set_keyring(fail.Keyring())
    done = run("caldav", "push", "-C", published, "--team", "--url", URL)
    assert (done.code, "the keyring cannot be asked" in done.err) == (2, True)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("web", "Is it a CalDAV calendar?"),
        ("broken", "cannot be read (500)"),
        ("elsewhere", "leads to another address"),
    ],
)
def test_what_is_no_calendar_is_one_sentence(
    run: Run, published: Path, web: str, path: str, expected: str, caplog: pytest.LogCaptureFixture
) -> None:
    done = run("caldav", "push", "-C", published, "--team", "--url", f"{web}/{path}/")
    assert (done.code, len(done.err.splitlines()), expected in done.err) == (2, 1, True), done.err
    assert not caplog.records
