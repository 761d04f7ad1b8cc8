"""Revisions of shiftplan, checked out beside each other, and how they are called."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]

COMMANDS = {
    "solve": "solve -C {folder} --seed 1 --workers 1 --time-limit {seconds} --out {roster} "
    "--no-store --quiet --json",
    "plan": "check -C {folder} --json",
    "check": "check -C {folder} --roster {roster} --json",
    "coverage": "coverage -C {folder} --roster {roster} --json",
    "draft calendars": "calendars -C {folder} --roster {roster} --out {out}",
    "publish": "publish -C {folder} --roster {roster} --author Mara --message why --force --json",
    "calendars": "calendars -C {folder} --out {out}",
    "local calendars": "calendars -C {folder} --out {out} --form tzid --alarm 30m --no-days-off",
    "newest coverage": "coverage -C {folder} --json",
    "ledger": "ledger -C {folder} --json",
    "history": "history -C {folder} --json",
}
"""How each command is called. Should revisions differ in it, ``Revision.run`` translates."""

ENDINGS = (0, 1, 3, 4)
"""Exit codes that are a result; any other is a failure of the revision, or of this script."""

LATER = "2026-10-30T00:20:05Z"
"""When everything happens that has no instant of its own."""

PINNED = """
import datetime, runpy, sys

Real = datetime.datetime
NOW = Real.fromisoformat(sys.argv.pop(1))

class Kind(type):
    def __instancecheck__(cls, thing):
        return isinstance(thing, Real)

class Pinned(Real, metaclass=Kind):
    @classmethod
    def now(cls, tz):
        return NOW.astimezone(tz)

datetime.datetime = Pinned
runpy.run_module("shiftplan", run_name="__main__", alter_sys=True)
"""
"""Does what ``-m shiftplan`` does, at the instant in its first argument."""


class Failed(Exception):
    """A revision came to no result."""


@dataclass(frozen=True)
class Revision:
    """A revision of the program, and the folder it lies in."""

    name: str
    tree: Path

    def run(self, command: str, at: str = LATER, **given: object) -> tuple[int, str]:
        """Return exit code and output of one of ``COMMANDS`` at an instant; raise ``Failed``."""
        words = [word.format(**given) for word in COMMANDS[command].split()]
        done = self._python("-c", PINNED, at, *words)
        if done.returncode not in ENDINGS:
            reason = " ".join((done.stderr or done.stdout).split())[-300:]
            raise Failed(f"{self.name}: '{command}' ends with {done.returncode}: {reason}")
        return done.returncode, done.stdout

    def check_origin(self) -> None:
        """End the script if another revision than this one would run."""
        origin = self._python("-c", "import shiftplan; print(shiftplan.__file__)").stdout.strip()
        if not Path(origin).is_relative_to(self.tree):
            sys.exit(f"{self.name}: '{origin}' would run, which is not in {self.tree}")

    def _python(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(self.tree / "src")}
        environment.pop("SHIFTPLAN_DATABASE_URL", None)
        return subprocess.run(
            [sys.executable, *words],
            cwd=self.tree,
            env=environment,
            capture_output=True,
            encoding="utf-8",
        )


@contextmanager
def checked_out(name: str, into: Path) -> Iterator[Revision]:
    """Yield the revision called *name*, or the working tree if that is empty."""
    if not name:
        yield Revision("working tree", PROJECT)
        return
    git = ["git", "-C", str(PROJECT), "worktree"]
    made = subprocess.run([*git, "add", "--quiet", "--detach", str(into), name])
    if made.returncode:
        sys.exit(f"The revision '{name}' cannot be checked out.")
    try:
        yield Revision(name, into)
    finally:
        subprocess.run([*git, "remove", "--force", str(into)], check=True)
