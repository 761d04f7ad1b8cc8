"""The terminal UI in a browser."""

from __future__ import annotations

from aiohttp import web
from textual_serve.server import Server

from ..errors import ShiftplanError


class LocalServer(Server):
    """Answers pages of its own only: another site's page must not type into the plan."""

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing; the command has printed where it is."""

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Let in what comes from this address."""
        # Browsers let any page open a websocket to this machine, and always say which page it is.
        if request.headers.get("Origin") != self.public_url:
            raise web.HTTPForbidden(text="This address serves its own pages only.")
        return await super().handle_websocket(request)


def serve(command: str, host: str, port: int) -> None:
    """Serve what *command* shows at *host* and *port* until interrupted; every page runs its own.

    Raise ``ShiftplanError`` if the port is taken.
    """
    try:
        LocalServer(command, host=host, port=port, title="shiftplan").serve()
    except OSError as error:
        raise ShiftplanError(
            f"Port {port} cannot be used: {error.strerror or error}.",
            "Name another one with --port.",
        ) from error
