"""``shiftplan tui``: what it says where it cannot run."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from shiftplan.cli.exits import ExitCode

from .tiny import Run, runner, write_plan


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


def test_without_a_terminal_it_says_what_to_do(run: Run, tmp_path: Path) -> None:
    done = run("tui", "-C", write_plan(tmp_path / "plan"))
    assert done.code == ExitCode.BAD_INPUT
    assert (
        done.err
        == "error: The terminal UI needs a terminal. Run it in one, or with --web in a browser.\n"
    )


def test_a_port_that_is_taken_is_reported(run: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("tui", "-C", write_plan(tmp_path / "plan"), "--web", "--port", port)
    assert done.code == ExitCode.BAD_INPUT
    assert f"Port {port} cannot be used" in done.err
