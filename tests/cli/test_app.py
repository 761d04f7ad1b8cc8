"""The command line as a shell sees it: help, exit codes, who talks where, and what is loaded."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import shiftplan
from shiftplan.cli.app import COMMANDS, available
from shiftplan.cli.exits import ExitCode, guarded
from shiftplan.cli.manual import PLACES
from shiftplan.errors import BadInput, Problem, ShiftplanError
from tests.folder.disk import FILES, write

from .tiny import Run, runner

ROOT = Path(__file__).parents[2]
HEAVY = ("ortools", "pandas", "numpy", "textual", "sqlalchemy", "icalendar")

REPORT = f"""
import atexit, sys
atexit.register(lambda: print(*(m for m in {HEAVY} if m in sys.modules), file=sys.stderr))
from shiftplan.cli.app import run
run()
"""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


def shell(
    *args: object, cwd: Path | None = None, code: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command line in a process of its own."""
    start = ["-c", code] if code else ["-c", "from shiftplan.cli.app import run; run()"]
    words = [sys.executable, *start, *map(str, args)]
    return subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "args", [["--help"], ["check"], ["check", "--json"], ["check", "--roster", "r.csv"]]
)
def test_help_and_check_load_nothing_heavy(args: list[str], tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "r.csv": "person,date,shift\nAna,2026-10-20,E\n"})
    done = shell(*args, cwd=tmp_path, code=REPORT)
    lines = done.stderr.splitlines()
    assert [line for line in lines if line and not line.startswith("note: ")] == []
    assert done.stdout


def test_the_help_shows_every_command_that_is_there_with_one_line(run: Run) -> None:
    done = run("--help")
    assert done.code == 0
    assert {"init", "check", "rules"} <= set(available()) <= set(COMMANDS)
    lines = [" ".join(text.split()) for text in done.out.splitlines()]
    for name in available():
        assert f"{name} {COMMANDS[name]}" in lines
    assert "Examples:" in done.out
    assert "Exit codes: 0 done" in done.out


def test_the_help_ends_with_where_the_documentation_is(run: Run) -> None:
    last = run("--help").out.rstrip().splitlines()[-1]
    folder = Path(last.partition("Documentation: ")[2].partition(" (")[0])
    assert (folder / "index.md").is_file()


def test_an_installed_program_looks_for_its_pages_where_the_wheel_has_them() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["force-include"]["docs/index.md"] == "shiftplan/docs/index.md"
    package = Path(shiftplan.__file__).parent
    assert PLACES[0] == package / "docs"


@pytest.mark.parametrize("name", available())
def test_the_help_of_every_command_has_examples_of_it(name: str, run: Run) -> None:
    done = run(name, "--help")
    assert done.code == 0
    assert f"Usage: shiftplan {name}" in done.out
    examples = done.out.partition("Examples:")[2].strip().splitlines()
    assert examples
    assert all(e.strip().startswith(f"shiftplan {name}") for e in examples)


def test_no_command_at_all_shows_the_help() -> None:
    assert shell().stdout == shell("--help").stdout
    assert shell().returncode == 0


def test_the_version_is_shown(run: Run) -> None:
    done = run("--version")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("shiftplan ")


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["chek"], "error: there is no command 'chek'. Did you mean 'check'?\n"),
        (["check", "--jsn"], "error: No such option: --jsn"),
        (["check", "extra"], "error: Got unexpected extra argument"),
        (["init"], "error: Missing argument 'DIR'"),
        (["init", "x", "--template", "none"], "error: Invalid value for '--template'"),
    ],
)
def test_a_wrong_command_line_is_bad_input_in_a_sentence(
    args: list[str], expected: str, run: Run
) -> None:
    done = run(*args)
    assert done.code == 2
    assert done.out == ""
    assert done.err.startswith(expected)


@pytest.mark.slow
def test_the_plan_folder_may_also_be_named_first_as_in_git(tmp_path: Path) -> None:
    root = write(tmp_path / "plan")
    first, last = shell("-C", root, "check"), shell("check", "-C", root)
    assert (first.returncode, first.stdout) == (0, last.stdout)


def test_a_reader_that_goes_away_is_no_complaint(tmp_path: Path) -> None:
    """As in ``shiftplan rules | true``: more than a pipe holds is written, and nobody reads it."""
    code = "import sys; from shiftplan.cli.exits import guarded\n" + (
        "sys.exit(guarded(lambda: [print('x' * 1000) for _ in range(1000)] and None))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate()
    assert (process.returncode, err) == (141, b"")


def raises(error: BaseException) -> int:
    def work() -> None:
        raise error

    return guarded(work)


def test_every_problem_is_one_line_of_error(capsys: pytest.CaptureFixture[str]) -> None:
    found = [
        Problem("a.csv", 2, "site", "is missing.", "Add it."),
        Problem("b.toml", 1, "", "is empty."),
    ]
    assert raises(BadInput(found)) == ExitCode.BAD_INPUT
    assert capsys.readouterr() == (
        "",
        "error: a.csv:2: site: is missing. Add it.\nerror: b.toml:1: is empty.\n",
    )
    assert raises(ShiftplanError("it is so.", "Do this.")) == ExitCode.BAD_INPUT
    assert capsys.readouterr() == ("", "error: it is so. Do this.\n")


def test_interrupting_exits_as_shells_expect(capsys: pytest.CaptureFixture[str]) -> None:
    assert raises(KeyboardInterrupt()) == 130
    assert capsys.readouterr() == ("", "")


def test_a_bug_is_told_apart_from_a_broken_hard_rule_by_its_exit_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert raises(ZeroDivisionError("oh")) == ExitCode.BUG
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Traceback")
    assert err.endswith("error: this is a bug in shiftplan; the lines above say where.\n")


def test_names_of_all_alphabets_are_printed_whatever_the_terminal_can_show() -> None:
    code = "from shiftplan.cli.exits import guarded\nguarded(lambda: print('Zoë 李'))"
    words = [sys.executable, "-X", "utf8=0", "-c", code]
    done = subprocess.run(
        words, capture_output=True, env={"PYTHONIOENCODING": "ascii"}, check=False
    )
    assert (done.returncode, done.stdout) == (0, b"Zo\\xeb \\u674e\n")
