"""A plan folder is data: nothing that lies in it is run, whatever it is called."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Sequence
from pathlib import Path

import ortools
import pytest

import shiftplan
from shiftplan.cli.app import COMMANDS
from shiftplan.folder import load
from shiftplan.interpreter import python, python_with_seed
from shiftplan.solver import process
from tests.hostile import Traps

from .tiny import write_plan

INSTALLED = "from shiftplan.__main__ import run\nrun()\n"
"""What the installed command is."""

ONE_AFTER_ANOTHER = """
from shiftplan.__main__ import run
import sys
codes = []
for line in sys.stdin:
    sys.argv = ["shiftplan", *line.split()]
    try:
        run()
    except SystemExit as end:
        codes.append(str(end.code))
print(*codes)
"""
"""The same for many lines: each imports what no line before it needed."""

CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    "DTSTAMP:20261001T000000Z\r\nDTSTART;VALUE=DATE:20261020\r\nSUMMARY:Away\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)

LINES = (
    "solve --time-limit 1 --out out.csv",
    "check",
    "check --roster out.csv",
    "coverage --html page.html",
    "publish --yes --author Lead",
    "history",
    "diff published draft",
    "ledger",
    "calendars --out calendars",
    "absences --for Ana away.ics",
    "links --everyone --json",
    "caldav push --url https://127.0.0.1:9/{calendar}/",
    "rota --time-limit 1",
    "rules rest",
    "init another",
    "import out.csv",
    "tui",
    "serve --host 192.0.2.1",
)
"""A line or more for each command; what they exit with is not the question here."""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """The command as an installer writes it: a script in a folder of its own."""
    (tmp_path / "bin").mkdir()
    path = tmp_path / "bin" / "shiftplan"
    path.write_text(INSTALLED)
    return path


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    root = write_plan(tmp_path / "plan")
    (root / "away.ics").write_text(CALENDAR)
    return root


@pytest.mark.slow
def test_no_command_runs_what_lies_in_a_plan_folder(script: Path, plan: Path) -> None:
    script.write_text(ONE_AFTER_ANOTHER)
    assert {line.split()[0] for line in LINES} == set(COMMANDS)
    traps = Traps(plan)
    done = subprocess.run(
        [sys.executable, script],
        cwd=plan,
        input="\n".join(LINES),
        capture_output=True,
        text=True,
        env={**os.environ, "SHIFTPLAN_CALDAV_USER": "ana", "SHIFTPLAN_CALDAV_PASSWORD": "secret"},
    )
    codes = done.stdout.splitlines()[-1].split()
    assert set(codes) <= {"0", "1", "2"}, done.stderr
    assert len(codes) == len(LINES)
    assert (plan / "out.csv").is_file()  # the search, a process of its own, did run
    assert traps.sprung == []


@pytest.mark.slow
def test_the_terminal_ui_and_its_search_run_nothing_of_it(script: Path, plan: Path) -> None:
    traps = Traps(plan)
    terminal, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("4H", 30, 100, 0, 0))
    # What is shown, and the key that follows: to the solve screen, solve, quit.
    steps = [(b"Nobody works yet", b"5"), (b"was searched yet", b"g"), (b"After ", b"\x11")]
    words = [sys.executable, str(script), "tui"]
    environ = {**os.environ, "TERM": "xterm"}
    with subprocess.Popen(
        words, cwd=plan, stdin=side, stdout=side, stderr=side, env=environ
    ) as running:
        os.close(side)
        try:
            done = _typed(terminal, steps)
        finally:
            running.kill()
            os.close(terminal)
    assert done == len(steps)
    assert traps.sprung == []


def _typed(terminal: int, steps: Sequence[tuple[bytes, bytes]]) -> int:
    """Press the key of each step once its text is shown; return how many were pressed."""
    for number, (text, key) in enumerate(steps):
        shown = b""
        while text not in shown:
            try:
                shown += os.read(terminal, 65536)
            except OSError:  # how Linux says that nobody writes to it any more
                return number
        os.write(terminal, key)
    return len(steps)


@pytest.mark.slow
def test_a_search_runs_nothing_that_the_environment_points_to(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = load(plan)
    traps = Traps(plan)
    monkeypatch.chdir(plan)
    for name in ("PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "PYTHONPYCACHEPREFIX"):
        monkeypatch.setenv(name, str(plan))
    monkeypatch.setenv("PYTHONSTARTUP", str(plan / "random.py"))
    monkeypatch.setenv("PYTHONINSPECT", "1")
    found = process.solve(loaded.plan, seconds=5, workers=1)
    assert found.roster is not None
    assert traps.sprung == []


def test_a_search_is_told_nothing_but_the_order_of_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONWARNINGS", "error::evil.Warning")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    _, environment = python_with_seed("shiftplan.solver.worker")
    assert [name for name in environment if name.startswith("PYTHON")] == ["PYTHONHASHSEED"]


def test_another_python_runs_this_very_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As from a checkout, an archive or a folder of libraries: the starter's own, not another."""
    (tmp_path / "shiftplan").mkdir()
    (tmp_path / "shiftplan" / "__init__.py").write_text("raise SystemExit('another')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    words = python("shiftplan", "--help")
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Rotating rosters" in done.stdout
    assert repr(str(Path(shiftplan.__file__).parents[1])) in " ".join(words)


@pytest.mark.slow
def test_python_m_looks_for_nothing_in_the_current_folder_once_it_has_begun(plan: Path) -> None:
    """Python itself looks there before it begins; what that finds is not there here."""
    traps = Traps(plan)
    for early in (*sys.stdlib_module_names, "sitecustomize", "usercustomize"):
        (plan / f"{early}.py").unlink()
    (plan / "shiftplan" / "__init__.py").unlink()
    (plan / "shiftplan").rmdir()
    environ = {**os.environ, "PYTHONPATH": f"{os.environ.get('PYTHONPATH', '')}{os.pathsep}"}
    done = subprocess.run(
        [sys.executable, "-m", "shiftplan", "solve", "--time-limit", "2"],
        cwd=plan,
        env=environ,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert traps.sprung == []


@pytest.mark.slow
def test_a_search_finds_the_libraries_where_the_command_found_them(plan: Path) -> None:
    """As of a Python that has none by itself, and is told where they are."""
    bare = getattr(sys, "_base_executable", sys.executable)
    libraries = Path(ortools.__file__).parents[1]
    places = [str(Path(shiftplan.__file__).parents[1]), str(libraries)]
    done = subprocess.run(
        [bare, "-c", INSTALLED, "solve", "--time-limit", "1"],
        cwd=plan,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(places)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
