"""Output that is full or closed is one sentence and no success; it is never called a bug."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shiftplan.cli.app import COMMANDS

from .tiny import write_plan

pytestmark = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_plan(tmp_path_factory.mktemp("plan"))
    (root / "people.csv").chmod(0o644)
    return root


def shell(root: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which ``shiftplan`` stands for the program."""
    program = f"'{sys.executable}' -c 'from shiftplan.cli.app import run; run()'"
    return subprocess.run(
        ["sh", "-c", line.replace("shiftplan", program)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("shiftplan check > /dev/full", "No space left on device."),
        ("shiftplan rules --json > /dev/full", "No space left on device."),
        ("shiftplan --help > /dev/full", "No space left on device."),
        ("shiftplan check >&-", "it is closed."),
        ("shiftplan check <&- >&-", "it is closed."),
    ],
)
def test_output_that_cannot_be_written_is_one_sentence(line: str, says: str, root: Path) -> None:
    done = shell(root, line)
    errors = [text for text in done.stderr.splitlines() if not text.startswith("note: ")]
    assert errors == [f"error: the output cannot be written: {says}"]
    assert done.returncode == 2


@pytest.mark.slow
@pytest.mark.parametrize("where", ["2>&-", "2> /dev/full"])
def test_an_error_that_nobody_can_read_is_one_all_the_same(where: str, root: Path) -> None:
    done = shell(root, f"shiftplan check -C nowhere {where}")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "")


@pytest.mark.slow
def test_a_warning_that_nobody_could_read_is_no_success_and_stays_out_of_the_data(
    root: Path,
) -> None:
    # Pay that everybody can read is a note, which Python alone would print on stdout.
    done = shell(root, "shiftplan check 2>&-")
    assert (done.returncode, done.stdout[:9]) == (2, "Tiny Desk")


@pytest.mark.slow
def test_whoever_reads_only_the_beginning_ends_the_command_quietly(root: Path) -> None:
    done = shell(root, "{ shiftplan rules --json; echo $? >&2; } | head -1")
    assert done.stderr == "141\n"


@pytest.mark.slow
def test_a_closed_stdin_is_at_its_end(root: Path) -> None:
    done = shell(root, "shiftplan tui <&-")
    assert done.returncode == 2
    assert done.stderr.startswith("error: The terminal UI needs a terminal.")
    assert "tui" in COMMANDS


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        "--everyone > /dev/full",
        "--everyone >&-",
        "--everyone --json >&-",
        "--everyone --json > /dev/full",
        "--for Ana --change 1 --form tzid > /dev/full",
        "--team > /dev/full",
        "--revoke 1 --everyone > /dev/full",
        "--revoke 1 --coverage --json > /dev/full",
    ],
)
def test_a_calendar_link_that_cannot_be_shown_is_not_made(line: str, tmp_path: Path) -> None:
    root = write_plan(tmp_path / "plan")
    (root / "people.csv").chmod(0o644)
    shell(root, "shiftplan links --for Ben")
    before = shell(root, "shiftplan links --json").stdout
    done = shell(root, f"shiftplan links {line}")
    assert done.returncode == 2
    undone, error = [text for text in done.stderr.splitlines() if not text.startswith("note: ")]
    assert undone.startswith("No link was made")
    assert ("none was changed or revoked" in undone) == ("1" in line)
    assert error.startswith("error: the output cannot be written: ")
    assert shell(root, "shiftplan links --json").stdout == before


@pytest.mark.slow
def test_a_calendar_link_that_is_only_revoked_is_so_whatever_can_be_shown(tmp_path: Path) -> None:
    root = write_plan(tmp_path / "plan")
    shell(root, "shiftplan links --for Ben")
    assert shell(root, "shiftplan links --revoke 1 --json > /dev/full").returncode == 2
    assert '"revoked_at": null' not in shell(root, "shiftplan links --json").stdout
