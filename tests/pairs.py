"""Two programs that do something at the same instant: ``python -m tests.pairs FD``.

Each is loaded once. It reads what is to be done, gets ready, waits at the socket *FD* until the
other is ready too, does it, and tells how it went; then it reads the next.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from shiftplan.store import DATABASE_URL

Work = Callable[[], object]


class Done(NamedTuple):
    """How something ended."""

    code: int
    out: str
    err: str


class Pair:
    """Two programs, loaded and waiting."""

    def __init__(self, programs: Sequence[subprocess.Popen[str]]) -> None:
        self._programs = programs

    def do(self, first: Sequence[str], second: Sequence[str], url: str = "") -> tuple[Done, Done]:
        """Have both do something at the same instant, with the database at *url* if given.

        What is done begins with the name of one of ``WORKS``; what it takes follows.
        """
        for program, words in zip(self._programs, (first, second), strict=True):
            assert program.stdin is not None
            program.stdin.write(json.dumps({"words": words, "url": url}) + "\n")
            program.stdin.flush()
        done = [_told(program) for program in self._programs]
        return done[0], done[1]


def _told(program: subprocess.Popen[str]) -> Done:
    assert program.stdout is not None
    return Done(**json.loads(program.stdout.readline()))


@contextlib.contextmanager
def waiting_pair() -> Iterator[Pair]:
    """Yield two programs; end them even if the test fails."""
    with contextlib.ExitStack() as ends:
        programs = []
        for side in socket.socketpair():
            ends.enter_context(side)
            command = [sys.executable, "-m", "tests.pairs", str(side.fileno())]
            program = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                pass_fds=[side.fileno()],
                cwd=Path(__file__).parent.parent,
            )
            ends.enter_context(program)
            ends.callback(program.kill)
            programs.append(program)
        yield Pair(programs)


# -- what is done --------------------------------------------------------------------------------


def _command(*words: str) -> Work:
    """Run a command line as the shell does."""
    from shiftplan.cli.app import app

    return lambda: app(list(words), prog_name="shiftplan", standalone_mode=False)


def _save(root: str, table: str, row: str) -> Work:
    """Save a session in which a row was added to a table of the plan."""
    from shiftplan.session import Session

    session = Session.open(Path(root))
    session.tables.add_row(table, json.loads(row))

    def save() -> None:
        with session:
            session.save()

    return save


def _draft(root: str, name: str) -> Work:
    """Keep an empty roster as a draft and give it a name, as a search and a planner do."""
    from shiftplan.folder import load
    from shiftplan.roster import Roster
    from shiftplan.store import open_store

    loaded = load(Path(root))

    def keep() -> None:
        with open_store(loaded.root) as store, store.at_once():
            kept = store.rosters.save_draft(Roster(loaded.plan.facts), digest=name)
            store.rosters.give_name(kept.id, name)

    return keep


WORKS: Mapping[str, Callable[..., Work]] = {"run": _command, "save": _save, "draft": _draft}


def _do(words: Sequence[str], other: socket.socket) -> Done:
    from shiftplan.cli.exits import guarded

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        work = WORKS[words[0]](*words[1:])
        other.sendall(b"!")
        other.recv(1)
        code = guarded(work)
    return Done(int(code), out.getvalue(), err.getvalue())


def main() -> None:
    """Do what comes, line by line."""
    answers, other = sys.stdout, socket.socket(fileno=int(sys.argv[1]))
    for line in sys.stdin:
        asked: dict[str, Any] = json.loads(line)
        os.environ.pop(DATABASE_URL, None)
        if asked["url"]:
            os.environ[DATABASE_URL] = asked["url"]
        answers.write(json.dumps(_do(asked["words"], other)._asdict()) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
