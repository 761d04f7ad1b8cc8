"""`shiftplan tui`: the terminal UI."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import ShiftplanError
from ..interpreter import python
from .common import ExitCode, Folder, say
from .exits import print_error

if TYPE_CHECKING:
    from ..tui.app import ShiftplanApp

EXAMPLES = """
shiftplan tui
shiftplan tui -C plans/support
shiftplan tui -C plans/support --web --port 8000
"""

HOST = "127.0.0.1"
"""This machine's own address: the page can edit the plan."""


Web = Annotated[bool, typer.Option("--web", help="Serve it to a browser on this machine.")]
Port = Annotated[
    int, typer.Option("--port", metavar="PORT", min=1, max=65535, help="Port for --web.")
]
Light = Annotated[bool, typer.Option("--light", help="Begin with the light theme; F2 changes it.")]


def command(
    folder: Folder = None, web: Web = False, port: Port = 8000, light: Light = False
) -> ExitCode | None:
    """Open the plan in the terminal: roster, coverage, rules, tables, solving, versions, export."""
    from ..folder import find

    root = folder if folder is not None else find(Path.cwd())
    if web:
        _serve(root, port, light)
        return None
    if not _has_terminal():
        raise ShiftplanError(
            "The terminal UI needs a terminal.", "Run it in one, or with --web in a browser."
        )
    from ..session import Session
    from ..tui.app import DARK, LIGHT, ShiftplanApp

    app = ShiftplanApp(Session.open(root), theme=LIGHT if light else DARK)
    app.run()
    return ended(app)


def ended(app: ShiftplanApp) -> ExitCode:
    """Return how the application ended; if by a bug, say so, and where edits and details are."""
    if app.died_of is None:
        return ExitCode(app.return_code or 0)
    from ..tui.last_words import last_words

    print_error(last_words(app.session, app.died_of))
    return ExitCode.BUG


def _has_terminal() -> bool:
    # The server of a web page has no terminal, and names the driver that draws into the page.
    if "TEXTUAL_DRIVER" in os.environ:
        return True
    # The screens are drawn on stderr.
    return sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()


def _serve(root: Path, port: int, light: bool) -> None:
    from ..tui.web import serve

    words = ["tui", "-C", str(root.absolute())]
    if light:
        words.append("--light")
    command = shlex.join(python("shiftplan", *words))
    serve(command, HOST, port, tell=_say_where)


def _say_where(address: str) -> None:
    say(f"Open {address} in a browser; the address works once. Ctrl-C ends it.")
