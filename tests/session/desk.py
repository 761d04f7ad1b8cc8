"""A small plan to work on, and sessions over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from shiftplan.session import Session

MONDAY = date(2026, 10, 19)
TUESDAY = date(2026, 10, 20)

PLAN = """\
# The desk, as agreed in September.
[team]
name = "Desk"
home = "Dublin"
goals = ["coverage", "wishes"]  # coverage comes first

[horizon]
start = 2026-10-19
weeks = 2

[[sites]]
name = "Dublin"
timezone = "Europe/Dublin"

[[shifts]]
code = "E"
start = 07:00:00
length = "8h"

[[shifts]]
code = "L"
start = 14:00:00
length = "8h"

[[shifts]]
code = "Q"
start = 09:00:00
length = "6h"
requires = ["lead"]

[people]
table = "people.csv"

[[demand]]
queue = "desk"
clock = "Europe/Dublin"
table = "demand.csv"

# Law.
[[rules]]
kind = "rest"
hours = 11

[[rules]]
kind = "days-off"
per_week = 2
strength = "wishes"  # for now

# Wanted.
[[rules]]
kind = "demand"
strength = "coverage"
"""

FILES = {
    "shiftplan.toml": PLAN,
    "people.csv": "name,site,skills\nAna,Dublin,desk\nBen,Dublin,desk lead\nCy,Dublin,desk\n",
    "demand.csv": "weekday,start,end,minimum\nmon-fri,07:00,22:00,1\n",
}


def write(root: Path, files: Mapping[str, str] = FILES) -> Path:
    """Write the plan into *root*."""
    root.mkdir(exist_ok=True)
    for name, text in files.items():
        (root / name).write_bytes(text.encode())
    return root


@contextmanager
def opened(root: Path) -> Iterator[Session]:
    """Open a session on *root*, over a new plan if there is none."""
    if not (root / "shiftplan.toml").exists():
        write(root)
    with Session.open(root) as session:
        yield session


def killed(session: Session) -> None:
    """Let go of the folder as the system does for a process that is killed; nothing is tidied."""
    session._log.journal.let_go()
    assert session._lock is not None
    session._lock._file.close()


def on_disk(root: Path) -> dict[str, bytes]:
    """Return the files of the plan."""
    return {p.name: p.read_bytes() for p in root.iterdir() if p.is_file()}


def state(session: Session) -> tuple[object, ...]:
    """Return all there is to see of a session."""
    texts = {name: session.plan_edits.file_text(name) for name in session.plan_edits.files}
    roster = session.roster
    assert roster is not None
    return (
        texts,
        dict(roster.cells),
        roster.pinned,
        session.steps.undo_label,
        session.steps.redo_label,
        session.unsaved,
    )
