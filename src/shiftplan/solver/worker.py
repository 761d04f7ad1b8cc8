"""The other end of ``process``: one search, reported in pickled messages."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from typing import Any, BinaryIO

from ..facts import Cell
from ..plan import Plan
from ..plan.result import Progress
from ..roster import Roster
from .search import search

POLITE = 10
"""How far a polite search stands back, as ``nice`` counts it."""


def main(stdin: BinaryIO, stdout: BinaryIO) -> None:
    """Read a job, search, write what happens; the end of *stdin* means stop.

    If *stdin* ended because the other process is gone, nobody waits for a result, and this one ends
    too.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    other = os.getppid()
    try:
        plan, options, cells, polite = pickle.load(stdin)
    except EOFError:  # stopped before the job was sent
        return
    if polite:
        with contextlib.suppress(OSError, AttributeError):  # not every system knows how
            os.nice(POLITE)
    stop = threading.Event()

    def listen() -> None:
        stdin.read()
        stop.set()
        while os.getppid() == other:  # the system names a new parent just after it closes the pipe
            time.sleep(0.1)
        os._exit(1)

    threading.Thread(target=listen, daemon=True).start()
    lock = threading.Lock()

    def say(*message: object) -> None:
        with lock:
            try:
                pickle.dump(message, stdout)
                stdout.flush()
            except BrokenPipeError:  # nobody is there to hear it
                os._exit(1)

    try:
        _run(plan, options, cells, stop, say)
    except Exception as error:
        traceback.print_exc()
        say("error", f"{type(error).__name__}: {error}")


def _run(
    plan: Plan, options: Mapping[str, Any], cells: Mapping[Cell, str] | None, stop: Any, say: Any
) -> None:
    def tell(p: Progress) -> None:
        roster = None if p.roster is None else dict(p.roster.cells)
        say("progress", p.goal, p.cost, p.bound, p.seconds, p.left, roster)

    start = None if cells is None else Roster(plan.facts, cells)
    result = search(plan, **options, start=start, tell=tell, stop=stop)
    best = None if result.roster is None else dict(result.roster.cells)
    say("result", best, result.goals, result.status, result.seconds, result.stopped, result.reasons)


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
