"""What lies in the folder afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shiftplan.calendars import TEAM_FILE, render, write_calendars
from shiftplan.errors import CannotWrite

from .plans import BY_CELL, DAY, EVIL, digest, named, roster
from .reading import read


def test_each_person_and_the_team_have_a_file(tmp_path: Path) -> None:
    written = write_calendars(
        roster("Ana", "Ben"), tmp_path / "new" / "calendars", identity=BY_CELL
    )
    assert [p.name.split("-")[0] for p in written.paths] == [TEAM_FILE, "ana", "ben"]
    assert set(written.paths) == set((tmp_path / "new" / "calendars").iterdir())
    assert [p.read_bytes() for p in written.paths] == list(
        render(roster("Ana", "Ben"), identity=BY_CELL).values()
    )
    assert written.stale == ()


def test_files_are_for_their_owner_until_the_owner_says_otherwise(tmp_path: Path) -> None:
    folder = tmp_path / "calendars"
    (team, _) = write_calendars(roster("Ana"), folder, identity=BY_CELL).paths
    assert (folder.stat().st_mode & 0o777, team.stat().st_mode & 0o777) == (0o700, 0o600)
    # A web server may read what its owner lets it read, and the next export leaves it so.
    folder.chmod(0o755)
    team.chmod(0o644)
    write_calendars(roster("Ana", "Ben"), folder, identity=BY_CELL)
    assert (folder.stat().st_mode & 0o777, team.stat().st_mode & 0o777) == (0o755, 0o644)


def test_a_file_that_would_not_change_is_not_touched(tmp_path: Path) -> None:
    paths = write_calendars(roster("Ana", "Ben"), tmp_path, identity=BY_CELL).paths
    for path in paths:
        os.utime(path, (1, 1))
    changed = roster("Ana", "Ben").with_cell("Ben", DAY, None)
    assert write_calendars(changed, tmp_path, identity=BY_CELL).paths == paths
    assert [p.stat().st_mtime == 1 for p in paths] == [False, True, False]


def test_the_file_of_somebody_who_left_stays_and_is_named(tmp_path: Path) -> None:
    ben = write_calendars(roster("Ana", "Ben"), tmp_path, identity=BY_CELL).paths[2]
    (tmp_path / "holidays.ics").write_text("BEGIN:VCALENDAR\r\nPRODID:-//somebody//else//EN\r\n")
    (tmp_path / "folder.ics").mkdir()
    before = ben.read_bytes()
    assert write_calendars(roster("Ana"), tmp_path, identity=BY_CELL).stale == (ben,)
    assert ben.read_bytes() == before


def test_a_folder_that_is_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    for out in (tmp_path / "out", tmp_path / "out" / "calendars"):
        with pytest.raises(CannotWrite, match="cannot be made"):
            write_calendars(roster("Ana"), out, identity=BY_CELL)
    assert (tmp_path / "out").read_text() == "mine"


def test_a_file_that_cannot_be_replaced_leaves_nothing_half_written(tmp_path: Path) -> None:
    (tmp_path / TEAM_FILE).mkdir()
    with pytest.raises(CannotWrite, match=r"team\.ics cannot be written"):
        write_calendars(roster("Ana"), tmp_path, identity=BY_CELL)
    assert [p.name for p in tmp_path.iterdir()] == [TEAM_FILE]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_one_may_not_write_to_is_reported(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(CannotWrite, match=r"(?i)permission denied"):
        write_calendars(roster("Ana"), tmp_path, identity=BY_CELL)


# -- other machines --------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("flags", [[], ["-O"]])
def test_another_machine_writes_the_same_bytes(flags: list[str], tmp_path: Path) -> None:
    # Without asserts, in another zone, with another hash seed, and told to use the system's zones.
    script = "from tests.calendars.plans import digest; print(digest())"
    other = {
        "TZ": "Asia/Tokyo",
        "PYTHONHASHSEED": "7",
        "PYTHONTZPATH": "/usr/share/zoneinfo",
        "LC_ALL": "C",
    }
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, *flags, "-c", script],
        env={**os.environ, **other, "PYTHONPYCACHEPREFIX": str(tmp_path)},
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == digest()


def test_hostile_names_are_only_text() -> None:
    made = named(EVIL[0], EVIL[3], EVIL[1], [*EVIL])
    team = read(render(made, identity=BY_CELL)[TEAM_FILE])
    assert team.text("NAME").startswith(
        "Night ATTENDEE:mailto:evil@example.com X-EVIL:1 END:VEVENT"
    )
    assert len(team.inner) == len(made.facts.people)
    assert team.inner[0].text("LOCATION") == "BEGIN:VALARM END:VALARM X:1 X:2 X:3 X:4"


def test_a_name_cannot_turn_the_rest_of_a_line_around() -> None:
    (event,) = read(
        render(named("Support", "Site", "Early", [EVIL[5]]), identity=BY_CELL)[TEAM_FILE]
    ).inner
    assert event.text("SUMMARY") == "kcabx: Early 05:00–13:30"
