"""The search in a process of its own, so that the caller stays free and can stop it at once."""

from __future__ import annotations

import contextlib
import pickle
import queue
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from ..errors import ShiftplanError
from ..interpreter import python_with_seed
from ..plan import Plan
from ..plan.result import Goal, Progress, Result
from ..roster import Roster

GRACE = 0.12
"""Seconds a stopped search has to hand in its own result."""


class SearchFailed(ShiftplanError):
    """The search process ended without a word."""


def solve(
    plan: Plan,
    *,
    seconds: float = 60,
    seed: int = 0,
    workers: int = 2,
    start: Roster | None = None,
    tell: Callable[[Progress], object] = lambda _: None,
    stop: threading.Event | None = None,
    polite: bool = False,
) -> Result:
    """Return the best roster found within *seconds*, as ``search`` does, from a process of its own.

    *polite* lets other programs go first, such as one on whose screen somebody types meanwhile.
    *tell* is called in the caller's thread. Setting *stop* ends the search within a fifth of a
    second; the best roster reported so far is kept, with its costs and bounds as reported, not yet
    judged. Raise ``SearchFailed`` if the process dies.
    """
    child = _Child(plan, {"seconds": seconds, "seed": seed, "workers": workers}, start, polite)
    try:
        return _follow(child, _Heard(tell), stop or threading.Event())
    finally:
        child.end()


@dataclass(frozen=True)
class Failure:
    """The end of a search process that hands in no result."""

    why: str


class _Heard:
    """What was reported before the end."""

    def __init__(self, tell: Callable[[Progress], object]) -> None:
        self._tell = tell
        self._begun = time.monotonic()
        self._by_goal: dict[str, Progress] = {}
        self._best: Roster | None = None

    def take(self, news: Progress | None) -> None:
        """Take note of *news*, if there are any, and pass them on."""
        if news is None:
            return
        self._by_goal[news.goal] = news
        if news.roster is not None:
            self._best = news.roster
        self._tell(news)

    def so_far(self) -> Result:
        """Return what there is of a search that was cut off, without the time to judge it."""
        seconds = time.monotonic() - self._begun
        if self._best is None:
            return Result(None, (), "unknown", seconds, "request")
        goals = []
        for name, news in self._by_goal.items():
            if news.cost is not None:
                goals.append(Goal(name, news.cost, news.bound))
        return Result(self._best, tuple(goals), "feasible", seconds, "request")


class _Child:
    """The other process: pickled messages go in and come out by its standard input and output."""

    def __init__(
        self, plan: Plan, options: dict[str, Any], start: Roster | None, polite: bool
    ) -> None:
        self._plan = plan
        words, environment = python_with_seed("shiftplan.solver.worker")
        self._process = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )
        self._sent = threading.Event()
        self._inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
        cells = None if start is None else dict(start.cells)
        threading.Thread(
            target=self._write, args=((plan, options, cells, polite),), daemon=True
        ).start()
        threading.Thread(target=self._read, daemon=True).start()

    @property
    def _to(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    def _write(self, job: object) -> None:
        with contextlib.suppress(OSError, ValueError):
            pickle.dump(job, self._to)
            self._to.flush()
        self._sent.set()

    def _read(self) -> None:
        assert self._process.stdout is not None
        try:
            while True:
                self._inbox.put(pickle.load(self._process.stdout))
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            self._inbox.put(("gone",))

    def next(self, seconds: float) -> Progress | Result | Failure | None:
        """Return the next message, None if none came in time, or why there will be no more."""
        try:
            message = self._inbox.get(timeout=seconds)
        except queue.Empty:
            return None
        match message:
            case ("progress", goal, cost, bound, elapsed, left, cells):
                roster = None if cells is None else Roster(self._plan.facts, cells)
                return Progress(goal, cost, bound, elapsed, left, roster)
            case ("result", cells, goals, status, elapsed, stopped, reasons):
                roster = None if cells is None else Roster(self._plan.facts, cells)
                return Result(roster, goals, status, elapsed, stopped, reasons)
            case ("error", text):
                return Failure(str(text))
            case _:
                return Failure(f"the process ended with code {self._process.wait()}")

    def stop(self) -> None:
        """Ask for an early end; a process that has not taken its job yet has nothing to hand in."""
        if not self._sent.is_set():
            self._process.kill()
            return
        with contextlib.suppress(OSError, ValueError):
            self._to.close()

    def end(self) -> None:
        """Make sure that the process is gone."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError, ValueError):
                if stream:
                    stream.close()


def _follow(child: _Child, heard: _Heard, stop: threading.Event) -> Result:
    """Pass on what *child* reports until it has a result, dies, or is stopped and given up."""
    while not stop.is_set():
        message = child.next(0.02)
        if isinstance(message, Result):
            return message
        if isinstance(message, Failure):
            raise SearchFailed(
                f"The search ended early: {message.why}.", "Try again with fewer workers."
            )
        heard.take(message)
    child.stop()
    give_up = time.monotonic() + GRACE
    # A stopped search hands in a result, unless it dies of the stop or takes too long.
    while time.monotonic() <= give_up:
        message = child.next(0.02)
        if isinstance(message, Result):
            return message
        if isinstance(message, Failure):
            break
        heard.take(message)
    return heard.so_far()
