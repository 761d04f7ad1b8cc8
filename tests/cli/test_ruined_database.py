"""A database that is ruined is named by every command, and never taken for none at all."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from shiftplan.cli.serve import _warn_of_database

from .test_publish import DAYS, draft
from .tiny import Run, runner, write_plan


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    root = write_plan(tmp_path / "plan", start=str(DAYS[0]), people=("Ana,West,chat",))
    draft(root, Ana="DDD....")
    return root


def _folder(store: Path) -> None:
    store.unlink()
    store.mkdir()


def _pipe(store: Path) -> None:
    store.unlink()
    os.mkfifo(store)


def _nowhere(store: Path) -> None:
    store.unlink()
    store.symlink_to("/nowhere/store.db")


def _folder_nowhere(store: Path) -> None:
    store.parent.rename(store.parent.with_name("away"))
    store.parent.symlink_to("/nowhere")


def _without(table: str) -> Callable[[Path], None]:
    def drop(store: Path) -> None:
        database = sqlite3.connect(store)
        database.execute(f"DROP TABLE {table}")
        database.close()

    return drop


def _cut(store: Path) -> None:
    data = store.read_bytes()
    store.write_bytes(data[: len(data) // 2])


RUINS: list[tuple[Callable[[Path], object], str]] = [
    (lambda store: store.write_bytes(b""), "is damaged: it has 0 bytes."),
    (lambda store: store.write_bytes(bytes(range(256)) * 20), "is damaged, or is no store"),
    (_cut, "is damaged. Move it away"),
    (_folder, "cannot be read: Is a directory. Move it away."),
    (_pipe, "cannot be read: it is a named pipe, not a file. Move it away."),
    (_nowhere, "is a symbolic link to /nowhere/store.db, which is not there."),
    (_folder_nowhere, ".shiftplan is a symbolic link to /nowhere, which is not there."),
    (_without("feeds"), "is damaged: a table is missing."),
    (_without("publications"), "is damaged: a table is missing."),
    (_without("meta"), "is damaged: a table is missing."),
]


@pytest.mark.parametrize(("ruin", "sentence"), RUINS)
def test_every_command_names_a_ruined_database(
    plan: Path,
    run: Run,
    ruin: Callable[[Path], object],
    sentence: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ruin(plan / ".shiftplan" / "store.db")
    for command in ("check", "history", "links"):
        shown = run(command, "-C", plan)
        assert shown.code == 2, command
        assert sentence in shown.err
        assert "No problems found" not in shown.out
    problems = run("check", "-C", plan, "--json").json()["problems"]
    assert sentence.partition(". ")[0] in problems[0]["message"]
    # A server starts, for the database may come back, and says what it will not serve.
    _warn_of_database(plan)
    assert sentence in capsys.readouterr().err
