"""The terminal UI in a browser: for the one browser that brings the token first."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from hmac import compare_digest

from aiohttp import web
from textual_serve.server import Server

from ..errors import ShiftplanError

TOKEN = "token"
"""What the token is called in the address."""

_SAFE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""On every answer: nothing is kept or passed on, and no other page shows this one inside it."""

_SHUT_OUT = (
    "This page is for the browser that opened the address first which 'shiftplan tui --web' "
    "printed. That address works once; start the command again to get another.\n"
)

_OWN_PAGES = "This address serves its own pages only.\n"

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Admission:
    """A token that lets one browser in, and the cookie that this browser gets for it."""

    def __init__(self) -> None:
        self.token: str = secrets.token_urlsafe(32)
        self._cookie: str = secrets.token_urlsafe(32)
        self._spent: bool = False

    def exchange(self, token: str) -> str | None:
        """Return the cookie for *token*, the first time that it is brought."""
        if not _same(token, self.token) or self._spent:
            return None
        self._spent = True
        return self._cookie

    def admits(self, cookie: str) -> bool:
        """Say whether *cookie* is the one that was given out."""
        return _same(cookie, self._cookie) and self._spent


class LocalServer(Server):
    """Answers the browser that was let in, and pages of its own only.

    Every account of this machine can connect, and any page can have a browser do so.
    """

    def __init__(self, command: str, host: str, port: int, title: str = "shiftplan") -> None:
        super().__init__(command, host=host, port=port, title=title)
        self._admission = Admission()
        # Browsers keep cookies by host alone: two servers must not take each other's.
        self._cookie = f"shiftplan-{port}"

    @property
    def entrance(self) -> str:
        """The address that lets a browser in, once."""
        return f"{self.public_url}/?{TOKEN}={self._admission.token}"

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guard)
        app.on_response_prepare.append(_make_safe)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        # A name that leads to this machine for a moment has a host of its own.
        if request.headers.get("Host") != self.public_url.partition("://")[2]:
            raise web.HTTPForbidden(text=f"Open {self.public_url} instead.\n")
        # Another page must neither see anything nor spend the token; who types the address has no
        # origin.
        if any(origin != self.public_url for origin in request.headers.getall("Origin", [])):
            raise web.HTTPForbidden(text=_OWN_PAGES)
        admitted = self._admission.admits(request.cookies.get(self._cookie, ""))
        # HEAD is what previews and scanners send: it does not spend the token.
        if request.path == "/" and TOKEN in request.query and request.method == "GET":
            raise self._entered(request, admitted)
        if not admitted:
            raise web.HTTPForbidden(text=_SHUT_OUT)
        return await handler(request)

    def _entered(self, request: web.Request, admitted: bool) -> web.HTTPException:
        """Return the way to the page, with the cookie, for who has the token; else a refusal."""
        page = web.HTTPSeeOther("/")
        cookie = self._admission.exchange(request.query[TOKEN])
        if cookie is not None:
            page.set_cookie(self._cookie, cookie, path="/", httponly=True, samesite="Strict")
        elif not admitted:  # whoever is in already may come by the same way again
            return web.HTTPForbidden(text=_SHUT_OUT)
        return page

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing: the address is for who started the command."""

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Let in what comes from this address."""
        # Browsers let any page open a websocket to this machine, and always say which page it is.
        if request.headers.get("Origin") != self.public_url:
            raise web.HTTPForbidden(text=_OWN_PAGES)
        return await super().handle_websocket(request)


def serve(command: str, host: str, port: int, tell: Callable[[str], None]) -> None:
    """Serve what *command* shows at *host* and *port* until interrupted; every page runs its own.

    *tell* is given the address that lets one browser in, once it can be opened. Raise
    ``ShiftplanError`` if the port is taken.
    """
    server = LocalServer(command, host, port)
    try:
        web.run_app(
            server._make_app(),
            host=host,
            port=port,
            access_log=None,  # the address would be in it, and with it the token
            print=lambda _: tell(server.entrance),
        )
    except OSError as error:
        raise ShiftplanError(
            f"Port {port} cannot be used: {error.strerror or error}.",
            "Name another one with --port.",
        ) from error


async def _make_safe(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_SAFE)


def _same(one: str, other: str) -> bool:
    return compare_digest(one.encode("utf-8", "replace"), other.encode())
