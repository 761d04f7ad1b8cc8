"""A CalDAV server small enough to be told what to answer, spoken to over a real socket."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import unquote
from xml.sax.saxutils import escape


@dataclass
class Fault:
    """What is answered instead of what was asked for."""

    method: str
    path: str
    """Part of it."""
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    times: int = 99


@dataclass
class Asked:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: str


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: whoever breaks off hangs up."""


class Dav:
    """Calendars of events in memory: by path, each object with a tag that counts its changes."""

    def __init__(self) -> None:
        self.calendars: dict[str, str] = {}
        """Their names by their path."""
        self.objects: dict[str, str] = {}
        """Texts by their path, decoded."""
        self.faults: list[Fault] = []
        self.asked: list[Asked] = []
        self.before: Callable[[Asked], object] = lambda asked: None
        """Done before each answer."""
        self.tag: Callable[[str], str | None] = lambda text: f'"{hash(text)}"'
        self.href: Callable[[str], str] = lambda path: path.replace(" ", "%20")
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                body = self.rfile.read(length).decode()
                headers = {k.lower(): v for k, v in self.headers.items()}
                asked = Asked(self.command, self.path, headers, body)
                server.asked.append(asked)
                server.before(asked)
                status, more, data = server._answer(asked)
                self.send_response(status)
                for name, value in more.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_REPORT = do_PUT = do_DELETE = do_MKCALENDAR = _answer  # noqa: N815

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self._server = _Quiet(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/"

    def fail(self, method: str, path: str, status: int, **more: Any) -> None:
        """Answer requests of *method* whose path has *path* in it with *status*."""
        self.faults.append(Fault(method, path, status, **more))

    def texts(self, calendar: str = "") -> list[str]:
        """Return the objects of calendars whose path has *calendar* in it."""
        return [text for path, text in self.objects.items() if calendar in path]

    def edit(self, calendar: str, old: str, new: str, count: int = 1) -> None:
        """Change the first object of a calendar that has *old* in it, as somebody's client does."""
        for path, text in self.objects.items():
            if calendar in path and old in text:
                self.objects[path] = text.replace(old, new, count)
                return
        raise AssertionError(f"nothing in {calendar} has {old}")

    def _answer(self, asked: Asked) -> tuple[int, dict[str, str], bytes]:
        for fault in self.faults:
            if fault.times and fault.method == asked.method and fault.path in asked.path:
                fault.times -= 1
                return fault.status, fault.headers, fault.body
        path = unquote(asked.path)
        match asked.method:
            case "REPORT":
                return self._report(path)
            case "MKCALENDAR":
                name = re.search("<D:displayname>(.*)</D:displayname>", asked.body)
                self.calendars[path] = name[1] if name else ""
                return 201, {}, b""
            case "PUT":
                return self._put(path, asked)
        if path not in self.objects:
            return 404, {}, b""
        if not self._matches(path, asked):
            return 412, {}, b""
        del self.objects[path]
        return 204, {}, b""

    def _put(self, path: str, asked: Asked) -> tuple[int, dict[str, str], bytes]:
        there = path in self.objects
        if there and asked.headers.get("if-none-match") == "*":
            return 412, {}, b""
        if "if-match" in asked.headers and not self._matches(path, asked):
            return 412, {}, b""
        self.objects[path] = asked.body
        return 204 if there else 201, {}, b""

    def _matches(self, path: str, asked: Asked) -> bool:
        if path not in self.objects:
            return False
        wanted, tag = asked.headers.get("if-match"), self.tag(self.objects[path])
        # Strong comparison (RFC 9110 §8.8.3.2): a weak tag matches nothing.
        return wanted == "*" or (wanted == tag and not (tag or "").startswith("W/"))

    def _report(self, path: str) -> tuple[int, dict[str, str], bytes]:
        if path not in self.calendars:
            return 404, {}, b""
        found = []
        for name, text in self.objects.items():
            if name.startswith(path):
                tag = self.tag(text)
                etag = f"<D:getetag>{escape(tag)}</D:getetag>" if tag else ""
                found.append(
                    f"<D:response><D:href>{escape(self.href(name))}</D:href><D:propstat><D:prop>"
                    f"{etag}<C:calendar-data>{escape(text)}</C:calendar-data></D:prop>"
                    "<D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"
                )
        names = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'
        body = f"<D:multistatus {names}>{''.join(found)}</D:multistatus>"
        return 207, {"Content-Type": "application/xml; charset=utf-8"}, body.encode()

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
