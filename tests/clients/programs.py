"""Calendar programs, each run as a user runs it, on this machine only."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol, Self
from urllib.request import Request, urlopen

ROOT = Path(__file__).parents[2]
CLIENTS = ROOT / "build" / "clients"
"""Where ``make test-clients`` installs them."""

BIN = CLIENTS / "venv" / "bin"
DRIVERS = Path(__file__).parent / "drivers"
READERS = ("icalendar", "ical", "vobject", "recurring-ical-events", "ical.js", "node-ical")
"""Libraries that read a file and forget it."""

ENVIRONMENT = {"TZ": "UTC", "PYTHONPATH": "", "PYTHONTZPATH": "", "LC_ALL": "C.UTF-8"}
"""Python programs go by the zone data of their own environment; the system's may be years old."""

WAIT = 120
"""Seconds after which a program is taken to hang."""


@dataclass(frozen=True)
class Seen:
    """One event as a program shows it: seconds since 1970, or days."""

    uid: str
    start: int | str
    end: int | str
    status: str
    summary: str
    description: str
    sequence: int | None = None
    names: tuple[str, ...] = ()


def run(*words: str | Path, cwd: Path | None = None, typed: str = "") -> str:
    """Run a program to its end and return what it prints; fail if it fails."""
    done = subprocess.run(
        [*map(str, words)],
        cwd=cwd,
        input=typed,
        capture_output=True,
        text=True,
        timeout=WAIT,
        check=False,
        env={**os.environ, **ENVIRONMENT},
    )
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def read_with(reader: str, files: Sequence[Path]) -> list[list[Seen]]:
    """Return what *reader* sees in each of *files*, all read by one process."""
    if reader in ("ical.js", "node-ical"):
        printed = run("node", DRIVERS / "js_readers.mjs", reader, *files, cwd=CLIENTS)
    else:
        printed = run(BIN / "python", DRIVERS / "py_readers.py", reader, *files)
    return [
        [Seen(**{**e, "names": tuple(e["names"])}) for e in events]
        for events in json.loads(printed)
    ]


class Program(Protocol):
    """A program that takes a file again and again, and shows what it has."""

    def take(self, data: bytes) -> None:
        """Take the newest edition of the file."""

    def shown(self) -> list[Seen]:
        """Return everything it shows."""


class Khal:
    """khal: imports files into a calendar of its own, by UID."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "calendar").mkdir(parents=True)
        formats = "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        formats += "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        (folder / "khal.conf").write_text(
            f"[calendars]\n[[c]]\npath = {folder / 'calendar'}\n[locale]\n{formats}"
            "local_timezone = UTC\ndefault_timezone = UTC\n[default]\ndefault_calendar = c\n"
            f"[sqlite]\npath = {folder / 'khal.db'}\n"
        )

    def take(self, data: bytes) -> None:
        """Import the file."""
        (self.folder / "file.ics").write_bytes(data)
        run(
            BIN / "khal",
            "-c",
            self.folder / "khal.conf",
            "import",
            "--batch",
            self.folder / "file.ics",
        )

    def shown(self) -> list[Seen]:
        """Return what ``khal list`` shows of seven years."""
        fields = ("uid", "start", "end", "title", "status", "description", "all-day")
        options = [word for field in fields for word in ("--json", field)]
        printed = run(
            BIN / "khal",
            "-c",
            self.folder / "khal.conf",
            "list",
            "--once",
            *options,
            "2025-01-01",
            "2600d",
        )
        return [self._seen(e) for line in printed.splitlines() for e in json.loads(line)]

    @staticmethod
    def _seen(event: dict[str, str]) -> Seen:
        start, end = event["start"], event["end"]
        if event["all-day"] == "True":
            span: tuple[int | str, int | str] = (
                start,
                f"{date.fromisoformat(end) + timedelta(days=1)}",
            )
        else:
            moments = (datetime.fromisoformat(t).replace(tzinfo=UTC) for t in (start, end))
            begin, over = (int(m.timestamp()) for m in moments)
            span = (begin, over)
        return Seen(event["uid"], *span, event["status"], event["title"], event["description"])


class Mirror:
    """vdirsyncer: mirrors the file at an address into a folder."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        for name in ("disk", "status"):
            (folder / name).mkdir(parents=True)
        (folder / "conf").write_text(
            f'[general]\nstatus_path = "{folder / "status"}"\n'
            '[pair p]\na = "web"\nb = "disk"\ncollections = null\nconflict_resolution = "a wins"\n'
            f'[storage web]\ntype = "http"\nurl = "{url}"\n'
            f'[storage disk]\ntype = "filesystem"\npath = "{folder / "disk"}"\nfileext = ".ics"\n'
        )
        self._known = False

    def sync(self) -> None:
        """Synchronise with what is there now."""
        if not self._known:
            self._run("discover")
            self._known = True
        self._run("sync")

    def _run(self, deed: str) -> str:
        return run(BIN / "vdirsyncer", "-c", self.folder / "conf", deed, typed="y\ny\n")

    def shown(self) -> list[Seen]:
        """Return the events of the folder."""
        files = sorted((self.folder / "disk").glob("*.ics"))
        return [e for events in read_with("icalendar", files) for e in events] if files else []


class Subscription(Mirror):
    """vdirsyncer with a web server of its own."""

    def __init__(self, folder: Path) -> None:
        (folder / "web").mkdir(parents=True)
        handler = partial(_Quiet, directory=str(folder / "web"))
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        super().__init__(folder, f"http://127.0.0.1:{self._server.server_port}/shifts.ics")

    def take(self, data: bytes) -> None:
        """Synchronise with what the server has now."""
        (self.folder / "web" / "shifts.ics").write_bytes(data)
        self.sync()

    def close(self) -> None:
        """Stop the web server."""
        self._server.shutdown()
        self._server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Radicale:
    """A CalDAV server, filled event by event by the caldav client, or with a whole file at once."""

    def __init__(self, folder: Path, password: str = "") -> None:
        """Start it; with a *password* only Ana gets in, else whoever says that they are Ana."""
        folder.mkdir(parents=True)
        self.folder, self._password = folder, password
        self.ana = {"Authorization": f"Basic {b64encode(f'ana:{password}'.encode()).decode()}"}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/"
        words = [BIN / "radicale", "--config", "", "--server-hosts", f"127.0.0.1:{port}"]
        words += ["--storage-filesystem-folder", folder / "store"]
        if password:
            (folder / "users").write_text(f"ana:{password}\n")
            words += ["--auth-type", "htpasswd", "--auth-htpasswd-filename", folder / "users"]
            words += ["--auth-htpasswd-encryption", "plain"]
        else:
            words += ["--auth-type", "none"]
        self._process = subprocess.Popen(
            [*map(str, words)], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )
        log = self._process.stderr
        assert log is not None
        for line in log:
            if "server ready" in line:
                break
        else:
            raise AssertionError("Radicale does not start")
        self._drain = threading.Thread(target=log.read, daemon=True)
        self._drain.start()

    def take(self, data: bytes) -> None:
        """Put every event of the file as an object of its own."""
        file = self.folder / "file.ics"
        file.write_bytes(data)
        self._client("put", file)

    def put_whole(self, data: bytes) -> int:
        """Replace a calendar by the file and return the status the server answers with."""
        headers = {"Content-Type": "text/calendar", **self.ana}
        request = Request(f"{self.url}ana/whole/", data, headers, method="PUT")
        with urlopen(request, timeout=WAIT) as answer:
            return int(answer.status)

    def whole(self) -> list[Seen]:
        """Return the events of the calendar that was put whole."""
        with urlopen(Request(f"{self.url}ana/whole/", headers=self.ana), timeout=WAIT) as answer:
            (self.folder / "whole.ics").write_bytes(answer.read())
        return read_with("icalendar", [self.folder / "whole.ics"])[0]

    def shown(self) -> list[Seen]:
        """Return what the client reads back."""
        folder = self.folder / "read"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        files = []
        for k, text in enumerate(json.loads(self._client("list"))):
            files.append(folder / f"{k}.ics")
            files[-1].write_bytes(text.encode())
        return [e for events in read_with("icalendar", files) for e in events] if files else []

    def _client(self, *words: str | Path) -> str:
        return run(
            BIN / "python", DRIVERS / "caldav_client.py", self.url, *words, typed=self._password
        )

    def close(self) -> None:
        """Stop the server."""
        self._process.terminate()
        self._process.wait(timeout=WAIT)
        self._drain.join(timeout=WAIT)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
