"""Whoever kills the program, at whatever moment, every edit that was on the screen is there."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from shiftplan.session import Session
from tests.session.desk import opened, state, write
from tests.session.editor import edit

ROUNDS = 50


@contextmanager
def planners() -> Iterator[subprocess.Popen[str]]:
    """Yield the process that forks planners."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.session.editor"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def worked(
    process: subprocess.Popen[str], root: Path, edits: int, *, solve: bool = False
) -> tuple[int, list[int]]:
    """Kill a planner after some *edits*; return how many were on the screen, and the processes they
    had.
    """
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{root}\t{int(solve)}\n")
    pid = int(process.stdout.readline().removeprefix("pid "))
    shown = sum(process.stdout.readline().startswith("edit ") for _ in range(edits))
    helpers = children(pid) if solve else []
    os.kill(pid, signal.SIGKILL)
    while process.stdout.readline() != "over\n":
        shown += 1
    return shown, helpers


def children(pid: int) -> list[int]:
    """Return the processes *pid* started that still run."""
    found = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    )
    pairs = (line.split() for line in found.stdout.splitlines())
    return [int(child) for child, parent in pairs if int(parent) == pid]


def ended(pid: int, seconds: float) -> bool:
    """Wait until *pid*, which is no child of ours, has ended; say whether it did."""
    if hasattr(os, "pidfd_open"):
        try:
            watched = os.pidfd_open(pid)
        except ProcessLookupError:
            return True
        try:
            return bool(select.select([watched], [], [], seconds)[0])
        finally:
            os.close(watched)
    over = time.monotonic() + seconds
    while time.monotonic() < over:
        if pid not in children(1):
            return True
    return False


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    """What there is to see after each edit, if nobody is killed."""
    with opened(tmp_path_factory.mktemp("plan")) as session:
        found = [state(session)]
        for number in range(200):
            edit(session, number)
            found.append(state(session))
    return found


@pytest.mark.slow
def test_every_edit_on_the_screen_is_there_after_kill_9(
    tmp_path: Path, states: list[tuple[object, ...]]
) -> None:
    rng = random.Random(9)
    with planners() as process:
        for k in range(ROUNDS):
            root = write(tmp_path / str(k))
            shown, _ = worked(process, root, rng.randint(0, 12))
            with Session.open(root) as again:
                assert again.read_only is None
                found = state(again)
                # The edit after the last one shown may be in the journal already.
                assert (
                    found in states[shown : shown + 2]
                    if shown
                    else found[:3] in [s[:3] for s in states[:2]]
                )


@pytest.mark.slow
def test_every_edit_is_there_after_kill_9_while_a_search_runs_and_the_search_ends_too(
    tmp_path: Path, states: list[tuple[object, ...]]
) -> None:
    rng = random.Random(99)
    searches: list[int] = []
    with planners() as process:
        for k in range(6):
            root = write(tmp_path / str(k))
            shown, helpers = worked(process, root, rng.randint(8, 24), solve=True)
            searches += helpers
            with Session.open(root) as again:
                assert state(again) in states[shown : shown + 2]
    assert searches
    assert all(ended(pid, 60) for pid in searches)
