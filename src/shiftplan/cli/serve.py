"""`shiftplan serve`: the calendars over HTTP, for those who hold a calendar link."""

from __future__ import annotations

import logging
import signal
import socket
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

import typer

from ..errors import ShiftplanError, StoreError
from ..store import open_store
from .common import ExitCode, Folder, load_plan, say

EXAMPLES = """
shiftplan serve
shiftplan serve -C plans/puo --port 8080
shiftplan serve --host 0.0.0.0 --log
"""

PORT = 8765

Host = Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Address to listen at.")]
Port = Annotated[
    int,
    typer.Option("--port", metavar="N", min=0, max=65535, help="Port; 0 takes any that is free."),
]
Log = Annotated[bool, typer.Option("--log", help="Log each request, without its address.")]


def command(
    folder: Folder = None, host: Host = "127.0.0.1", port: Port = PORT, log: Log = False
) -> ExitCode:
    """Serve calendars and the coverage page to those who hold a calendar link; 'shiftplan links'
    makes them.

    What is published shows at once, and a calendar link that is revoked leads nowhere from then on.
    Without --host only programs on this machine are answered: put a web server with TLS in front
    (calendars.md in the documentation). Ctrl-C or a termination signal ends it once requests under
    way are answered.
    """
    from ..delivery.documents import LinkedDocuments
    from ..delivery.http import server
    from ..delivery.server import application

    loaded = load_plan(folder)
    _warn_of_database(loaded.root)
    _logging(logging.INFO if log else logging.WARNING)
    listening = _listen(host, port)
    serving = server(application(LinkedDocuments(loaded.root)))
    shown = f"[{host}]" if ":" in host else host
    say(f"Serving at http://{shown}:{listening.getsockname()[1]}/ until Ctrl-C.")
    if not _local(host):
        say(
            "warning: calendar links are secrets and travel in the open here: "
            "put a server with TLS in front."
        )
    # The server passes a signal on to whoever listened before it, once it has stopped.
    signal.signal(signal.SIGTERM, lambda *_: None)
    with listening:
        serving.run(sockets=[listening])
    return ExitCode.DONE


def _warn_of_database(root: Path) -> None:
    # It may be brought back while we serve, and links are asked for only then.
    try:
        with open_store(root, create=False) as store:
            store.examine()
    except StoreError as error:
        say(f"warning: no calendar can be served: {error}")


def _logging(level: int) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    logging.getLogger("asyncio").setLevel(logging.WARNING)


def _listen(host: str, port: int) -> socket.socket:
    # Taken here and not by the server, so that an address in use is one sentence.
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=1024)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ShiftplanError(
            f"cannot listen at {host}, port {port}: {reason}.", "Choose another --host or --port."
        ) from None


def _local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:  # a name, and this one leads nowhere else
        return host == "localhost"
