"""A right plan as files, to be made wrong one piece at a time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from shiftplan.errors import BadInput
from shiftplan.folder import load

PLAN = """\
[team]
name = "Support"
home = "Dublin"
goals = ["coverage", "wishes"]

[horizon]
start = 2026-10-19
weeks = 2

[[sites]]
name = "Dublin"
timezone = "Europe/Dublin"

[[sites]]
name = "San Jose"
timezone = "America/Los_Angeles"

[[shifts]]
code = "E"
start = 05:00:00
length = "8h30"
unpaid_break = "30m"

[[shifts]]
code = "S"
sites = ["San Jose"]
starts = { first = 09:00:00, last = 10:00:00, every = "30m" }
length = "8h"

[people]
table = "people.csv"

[[demand]]
queue = "chat"
clock = "Europe/Dublin"
table = "demand.csv"

[wishes]
table = "wishes.csv"

[[rules]]
kind = "days-off"
per_week = 2

[[rules]]
kind = "wish"
strength = "wishes"
for = { site = ["Dublin"] }
"""

FILES = {
    "shiftplan.toml": PLAN,
    "people.csv": "name,site,skills\nAna,Dublin,chat\nBen,Dublin,chat lead\nCy,San Jose,chat\n",
    "demand.csv": (
        "weekday,start,end,minimum,target\nmon-fri,09:00,17:00,1,2\nsat sun,10:00,14:00,0,1\n"
    ),
    "wishes.csv": "person,date,wish,shift\nAna,2026-10-24,day-off,\nBen,2026-10-20,shift-on,E\n",
}

UNREAD = (
    "demand.csv:2: no rule reads the demand of queue chat, so nobody is planned for it: "
    'add [[rules]] with kind = "demand" and strength = "coverage".',
    "people.csv:3: no shift, queue or rule requires the skill 'lead' of Ben: require it on a shift "
    'with requires = ["lead"], or add [[rules]] with kind = "presence", skill = "lead" and '
    'strength = "must".',
)
"""What the plan gives and no rule reads."""

NOTES = "".join(f"note: {text}\n" for text in UNREAD)
"""The same as ``check`` prints it."""


def write(root: Path, files: Mapping[str, str | bytes] = FILES) -> Path:
    """Write *files* into *root*, exactly as they are."""
    root.mkdir(exist_ok=True)
    for name, text in files.items():
        (root / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def changed(file: str, old: str, new: str) -> dict[str, str]:
    """Return the files with *old*, which is there once, replaced by *new* in one of them."""
    assert FILES[file].count(old) == 1, f"{old!r} must be in {file} once"
    return {**FILES, file: FILES[file].replace(old, new)}


def added(section: str, table: str | bytes, more: str = "") -> dict[str, str | bytes]:
    """Return the files with another section at the end that names another table."""
    name = f"{section}.csv"
    return {
        **FILES,
        "shiftplan.toml": f'{PLAN}\n[{section}]\ntable = "{name}"\n{more}',
        name: table,
    }


def reported(root: Path) -> list[str]:
    """Return every problem of the plan in *root*, as a person reads it."""
    with pytest.raises(BadInput) as failure:
        load(root)
    return [str(p) for p in failure.value.problems]
