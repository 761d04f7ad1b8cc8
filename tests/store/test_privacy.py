"""What others on this machine can read of a plan is reported, with the command that keeps them
out.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from shiftplan.calendars import write_files
from shiftplan.calendars.events import PRODID
from shiftplan.disk import write_text
from shiftplan.folder import load
from shiftplan.folder.init import create
from shiftplan.roster import Roster
from shiftplan.session.journal import Journal
from shiftplan.session.lock import Lock
from shiftplan.store import DATABASE_URL, open_store
from shiftplan.store.privacy import privacy_notices

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Return a plan folder, with a blank in its name, with everything that we make in one."""
    before = os.umask(0)
    root = tmp_path / "my plan"
    create(root, "puo", date(2026, 11, 30))
    facts = load(root).plan.facts
    with open_store(root) as store:
        store.rosters.save_draft(Roster(facts, {}), digest="abc")
    Lock(root).release()
    Journal(root).write({"do": "nothing"}, list)
    write_files({"team.ics": PRODID.encode()}, root / "calendars")
    write_text(root / "coverage.html", "<title>Coverage: us</title>")
    os.umask(before)
    return root


def open_up(root: Path) -> None:
    for path in (root, *root.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def notices(root: Path) -> list[str]:
    return list(privacy_notices(load(root)))


def test_nothing_that_we_make_is_open_to_others(plan: Path) -> None:
    modes = {path: path.stat().st_mode & 0o077 for path in (plan, *plan.rglob("*"))}
    assert {path for path, mode in modes.items() if mode} == set()
    assert len(modes) > 10
    assert notices(plan) == []


def test_what_is_open_is_reported_and_the_commands_close_it(plan: Path) -> None:
    open_up(plan)
    tables, kept, calendars, page = notices(plan)
    # The puo team has pay in people.csv, and kinds of leave.
    assert "read 2 files with pay or kinds of leave" in tables
    assert "read 1 folder and 3 files with rosters" in kept
    assert "read 1 folder and 1 file with calendars" in calendars
    assert "read 1 file with coverage" in page
    for notice in (tables, kept, calendars, page):
        command = notice.partition("To keep others out: ")[2]
        subprocess.run(command, shell=True, check=True)
    assert notices(plan) == []
    assert (plan / "people.csv").stat().st_mode & 0o777 == 0o600
    assert (plan / ".shiftplan").stat().st_mode & 0o777 == 0o700


def test_what_is_shared_with_a_group_is_a_choice(plan: Path) -> None:
    for path in (plan, *plan.rglob("*")):
        path.chmod(0o770 if path.is_dir() else 0o660)
    assert notices(plan) == []


def test_a_database_elsewhere_is_looked_at_too(
    plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "rosters.db"
    elsewhere.write_bytes(b"")
    elsewhere.chmod(0o644)
    monkeypatch.setenv(DATABASE_URL, f"sqlite:///{elsewhere}")
    (notice,) = notices(plan)
    assert notice.endswith(f"chmod 600 {elsewhere}")
