"""The terminal UI in a browser."""

from __future__ import annotations

from textual_serve.server import Server

from ..errors import ShiftplanError


def serve(command: str, host: str, port: int) -> None:
    """Serve what *command* shows at *host* and *port* until interrupted; every page runs its own.

    Raise ``ShiftplanError`` if the port is taken.
    """
    try:
        Server(command, host=host, port=port, title="shiftplan").serve()
    except OSError as error:
        raise ShiftplanError(
            f"Port {port} cannot be used: {error.strerror or error}.", "Name another one with --port."
        ) from error
