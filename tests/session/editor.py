"""A planner who never stops editing, to be killed: ``python -m tests.session.editor``.

Reads lines ``FOLDER<tab>SOLVE`` and forks a planner for each, who works on the plan in that folder,
with a search running if SOLVE is 1. Prints ``pid N``, then each edit once it is on the screen, as
``edit LABEL``, and ``over`` when the planner is gone.
"""

from __future__ import annotations

import os
import sys
import threading
from datetime import timedelta
from itertools import count
from pathlib import Path

from shiftplan.session import Session
from shiftplan.session.search import solve_from


def main() -> None:
    """Fork a planner for each line."""
    for line in sys.stdin:
        folder, solve = line.rstrip("\n").split("\t")
        pid = os.fork()
        if not pid:
            try:
                work(Path(folder), solve == "1")
            finally:
                os._exit(1)
        say(f"pid {pid}")
        os.waitpid(pid, 0)
        say("over")


def say(text: str) -> None:
    """Print a line in one piece, whoever else prints."""
    os.write(1, f"{text}\n".encode())


def work(folder: Path, solve: bool) -> None:
    """Edit roster and plan for ever."""
    session = Session.open(folder)
    assert session.read_only is None
    if solve:
        search = (session.plan, session.roster, 600)
        threading.Thread(target=solve_from, args=search, daemon=True).start()
    for number in count():
        edit(session, number)
        say(f"edit {session.steps.undo_label}")


def edit(session: Session, number: int) -> None:
    """Do the edit that comes as *number*."""
    assert session.plan is not None
    assert session.roster is not None
    facts = session.plan.facts
    who, day = (
        facts.people[number % len(facts.people)].name,
        facts.first + timedelta(days=number % 14),
    )
    match number % 7:
        case 3:
            session.plan_edits.change_rule(0, {"weight": 1 + number})
        case 5:
            session.tables.set_cell("people", 0, "level", f"L{number}")
        case 6:
            session.steps.undo()
        case _:
            session.roster_edits.assign(
                {(who, day): None if session.roster.works(who, day) else "E"}
            )


if __name__ == "__main__":
    main()
