"""A plan folder small enough to be solved at once, and commands run as a shell runs them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from shiftplan.cli.app import app
from shiftplan.cli.exits import guarded

PAY = "4321.75"
"""What everyone earns; no output may hold it."""

PLAN = """
[team]
name = "Tiny Desk"
home = "West"
goals = ["coverage", "wishes"]

[horizon]
start = {start}
weeks = 1

[[sites]]
name = "West"
timezone = "America/Los_Angeles"

[[sites]]
name = "East"
timezone = "Asia/Singapore"

[[shifts]]
code = "D"
name = "Day"
start = 09:00:00
length = "8h"

[[shifts]]
code = "N"
name = "Night"
start = 22:00:00
length = "8h"

[people]
table = "people.csv"

[[demand]]
queue = "chat"
clock = "America/Los_Angeles"
table = "demand.csv"

[[rules]]
kind = "days-off"
per_week = 2

[[rules]]
kind = "rest"
hours = "11h"

[[rules]]
kind = "demand"
strength = "coverage"
{more}
"""

DEMAND = "weekday,start,end,minimum,target\ndaily,09:00,17:00,1,1\n"
PEOPLE = ("Ana,West,chat", "Ben,West,chat", "Cy,East,chat")


def write_plan(
    root: Path,
    *,
    start: str = "2026-10-19",
    more: str = "",
    demand: str = DEMAND,
    people: Iterable[str] = PEOPLE,
    **tables: str,
) -> Path:
    """Write a plan of three people and one week, met by one person at a time in Los Angeles."""
    root.mkdir(exist_ok=True)
    for name in tables:
        more += f'\n[{name}]\ntable = "{name}.csv"\n'
        (root / f"{name}.csv").write_text(tables[name])
    (root / "shiftplan.toml").write_text(PLAN.format(start=start, more=more))
    (root / "demand.csv").write_text(demand)
    lines = [f"{line},{PAY}\n" for line in people]
    (root / "people.csv").write_text("".join(["name,site,skills,hourly_rate\n", *lines]))
    return root


NOTE = (
    "note: people.csv:2: no rule reads the hourly rate of Ana, Ben and Cy, so pay counts for "
    'nothing: add [[rules]] with kind = "cost" and strength = "wishes".\n'
)
"""What ``check`` and ``solve`` say of it: rates are given, and no rule reads them."""


class Ran(NamedTuple):
    """What one command did."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Return stdout, all of it, as JSON."""
        return json.loads(self.out)


Run = Callable[..., Ran]


def runner(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a command line in this process, as ``shiftplan`` itself does."""

    def run(*args: object) -> Ran:
        capsys.readouterr()
        words = [str(a) for a in args]
        code = guarded(lambda: app(words, prog_name="shiftplan", standalone_mode=False))
        out, err = capsys.readouterr()
        assert PAY not in out + err
        assert "Traceback" not in err, err
        return Ran(int(code), out, err)

    return run


def read_csv(path: Path) -> list[dict[str, str]]:
    """Return the lines of a CSV file."""
    return list(csv.DictReader(io.StringIO(path.read_text())))
