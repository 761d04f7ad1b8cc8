"""Calendars and the coverage page over HTTP, for those who hold a calendar link.

An ASGI application: any server that speaks ASGI can run it.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from traceback import extract_tb
from typing import Literal, Protocol

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ..errors import StoreError

LOG = logging.getLogger("shiftplan.serve")

DocumentKind = Literal["calendar", "page"]

_SAFE = {
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    ),
}
"""On every answer: a link is a secret, so it is neither kept by others, passed on, nor listed."""

_TYPES: Mapping[DocumentKind, str] = {
    "calendar": "text/calendar; charset=utf-8",
    "page": "text/html; charset=utf-8",
}


@dataclass(frozen=True)
class Document:
    """What a link shows."""

    body: bytes
    modified: datetime
    """When the bytes last changed; aware."""
    file: str
    """A file name of plain ASCII letters, without its ending."""
    tag: str = field(init=False)
    """The entity tag: the same bytes always have the same."""

    def __post_init__(self) -> None:
        """Take the entity tag from the bytes."""
        object.__setattr__(self, "tag", f'"{sha256(self.body).hexdigest()}"')


class Source(Protocol):
    """Where the documents come from."""

    async def document(self, what: DocumentKind, secret: str) -> Document | None:
        """Return what the link with *secret* shows; None if there is no such link, or no longer.

        Either answer takes as long as the other. Raise ``StoreError`` or ``OSError`` if it cannot
        be had now.
        """

    async def healthy(self) -> bool:
        """Say whether documents can be had."""


def application(source: Source) -> ASGIApp:
    """Return the application: ``/calendars/SECRET.ics``, ``/coverage/SECRET`` and ``/health``.

    Unknown and revoked links are both 404, word for word alike. Nothing it logs holds a path.
    """

    async def calendar(request: Request) -> Response:
        return await _answer(source, "calendar", request)

    async def page(request: Request) -> Response:
        return await _answer(source, "page", request)

    async def health(request: Request) -> Response:
        well = await source.healthy()
        return PlainTextResponse("ok\n" if well else "failing\n", 200 if well else 503, _SAFE)

    routes = [
        Route("/calendars/{secret}.ics", calendar, methods=["GET"]),
        Route("/coverage/{secret}", page, methods=["GET"]),
        Route("/health", health, methods=["GET"]),
    ]
    app = Starlette(
        routes=routes,
        exception_handlers={
            404: _not_found,
            405: _not_allowed,
            StoreError: _unavailable,
            OSError: _unavailable,
            Exception: _failed,
        },
    )
    app.router.redirect_slashes = False
    return _Guarded(app)


async def _not_found(request: Request, error: Exception) -> Response:
    return _nothing()


async def _not_allowed(request: Request, error: Exception) -> Response:
    return PlainTextResponse("Only GET and HEAD.\n", 405, {**_SAFE, "Allow": "GET, HEAD"})


async def _unavailable(request: Request, error: Exception) -> Response:
    """Answer so that clients keep what they have and ask again; the log says why."""
    LOG.error("cannot be had now: %s", error)
    return PlainTextResponse("Try again later.\n", 503, {**_SAFE, "Retry-After": "60"})


async def _failed(request: Request, error: Exception) -> Response:
    return PlainTextResponse("Something went wrong.\n", 500, _SAFE)


def _nothing() -> Response:
    return PlainTextResponse("There is nothing here.\n", 404, _SAFE)


_EMPTY = Document(b"", datetime(2000, 1, 1, tzinfo=UTC), "none")


async def _answer(source: Source, what: DocumentKind, request: Request) -> Response:
    """Return the document, 304 if the client has it already, or 404."""
    found = await source.document(what, request.path_params["secret"])
    # A wrong link costs the same work as a right one: time does not tell them apart.
    shown = found or _EMPTY
    none_match = request.headers.get("if-none-match")
    modified_since = request.headers.get("if-modified-since")
    is_current = _has_it(none_match, modified_since, shown)
    if found is None:
        return _nothing()
    modified = format_datetime(_whole_second(shown.modified), usegmt=True)
    headers = {**_SAFE, "ETag": shown.tag, "Last-Modified": modified}
    if is_current:
        return Response(status_code=304, headers=headers)
    ending = "ics" if what == "calendar" else "html"
    headers["Content-Type"] = _TYPES[what]
    headers["Content-Disposition"] = f'inline; filename="{shown.file}.{ending}"'
    return Response(shown.body, 200, headers)


_TAGS = re.compile(r'(?:W/)?("[^"]*")')


def _has_it(none_match: str | None, since: str | None, document: Document) -> bool:
    """Say whether the client's copy is current (RFC 9110 §13)."""
    # Where there are tags the date is not looked at: they see a change within one second too.
    if none_match is not None:
        return _names_tag(none_match, document.tag)
    try:
        moment = parsedate_to_datetime(since or "")
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return _whole_second(document.modified) <= moment
    except (TypeError, ValueError, OverflowError):
        return False  # no date, or none that a calendar knows


def _names_tag(none_match: str, tag: str) -> bool:
    """Say whether the header names *tag*, strong or weak; ``*`` names any."""
    if none_match.strip() == "*":
        return True
    return any(_same(named, tag) for named in _TAGS.findall(none_match))


def _same(one: str, other: str) -> bool:
    return compare_digest(one.encode("utf-8", "replace"), other.encode())


def _whole_second(moment: datetime) -> datetime:
    """Return *moment* as HTTP can say it."""
    return moment.astimezone(UTC).replace(microsecond=0)


def _where(error: Exception) -> str:
    """Return the file and line at which *error* was raised, and no value from there."""
    frames = extract_tb(error.__traceback__)
    if not frames:
        return ""
    return f" at {Path(frames[-1].filename).name}, line {frames[-1].lineno}"


def _kind_of(path: str) -> str:
    """Return what sort of address *path* is: the log holds no more of it, for it has the secret."""
    first = path.split("/")[1] if path.count("/") > 1 else path[1:]
    return first if first in ("calendars", "coverage", "health") else "other"


class _Guarded:
    """Log method, kind of request, status and time, and what sort of thing went wrong."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.monotonic()
        status = 0

        async def sending(message: object) -> None:
            nonlocal status
            assert isinstance(message, dict)
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:
            # ``_failed`` has answered already. No traceback is logged: it might hold the link.
            LOG.error("a request failed: %s%s", type(error).__name__, _where(error))
        took = 1000 * (time.monotonic() - begun)
        LOG.info("%s %s %d %.1f ms", scope["method"], _kind_of(scope["path"]), status, took)
