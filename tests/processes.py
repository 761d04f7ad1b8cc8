"""Programs run by tests, which are gone when the test is over, however that went."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def running(*words: object) -> Iterator[subprocess.Popen[str]]:
    """Yield a running ``shiftplan`` whose stderr the test reads; end it even if the test fails."""
    command = [sys.executable, "-m", "shiftplan", *map(str, words)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        except BaseException:
            process.kill()
            raise


def interrupted(*words: object, once: str) -> tuple[int, str, str]:
    """Run ``shiftplan`` on a terminal and press Ctrl-C as soon as it shows *once* there.

    Return the exit code, what it wrote to stdout, and what it showed. One that ends without ever
    showing *once* is not interrupted.
    """
    terminal, side = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "shiftplan", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=side,
        text=True,
        env={**os.environ, "COLUMNS": "100", "TERM": "xterm"},
    )
    os.close(side)
    try:
        shown = _shown(terminal, once)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate()
    finally:
        process.kill()
        os.close(terminal)
    return process.returncode, out, shown


def _shown(terminal: int, once: str) -> str:
    """Return what is shown on *terminal* up to *once*, or all of it."""
    shown = b""
    while once.encode() not in shown:
        try:
            more = os.read(terminal, 4096)
        except OSError:  # how Linux says that nobody writes to it any more
            more = b""
        if not more:
            break
        shown += more
    return shown.decode(errors="replace")
