"""`shiftplan solve`: from a plan to a roster."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer

from ..disk.write import check_can_be_file
from ..errors import CannotWrite, ShiftplanError, StoreError
from ..folder import Loaded, write_roster
from ..plan import Plan, Verdict
from ..plan.amounts import cost_words
from ..plan.duties import assign_duties
from ..plan.result import Goal, Result
from ..roster import Roster
from ..roster.coverage import intervals
from ..roster.coverage_report import CoverageReport
from ..store import Store, StoredRoster, open_store
from .common import AsJson, AsOf, ExitCode, FailOnGaps, Folder, load_plan, note, say
from .outcome import Outcome, code_of, show_all, show_json, show_nothing
from .progress import live_line
from .task import Task, task

EXAMPLES = """
shiftplan solve
shiftplan solve -C plans/puo --time-limit 300 --out roster.csv
shiftplan solve --start roster.csv --fail-on-gaps
shiftplan solve --from-rota
shiftplan solve --seed 7 --workers 1 --no-store --json > roster.json
"""

TimeLimit = Annotated[float, typer.Option(metavar="S", min=0.1, help="Seconds to search for.")]
Seed = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=0,
        max=2**31 - 1,
        help="Where chance starts; the search then starts afresh.",
    ),
]
Workers = Annotated[
    int,
    typer.Option(
        metavar="N", min=1, max=64, help="Searches at once; 1 with the same seed repeats itself."
    ),
]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write the roster as CSV.")]
Start = Annotated[
    Path | None,
    typer.Option("--start", metavar="FILE", help="Search from this roster; its pinned cells hold."),
]
FromRota = Annotated[
    bool, typer.Option("--from-rota", help="Search from the roster that the plan's rotas give.")
]
NoStore = Annotated[
    bool,
    typer.Option(
        "--no-store", help="Neither read nor write the store; the plan folder alone decides."
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print no roster, only what goes wrong.")]


def command(
    folder: Folder = None,
    time_limit: TimeLimit = 60.0,
    seed: Seed = None,
    workers: Workers = 2,
    out: Out = None,
    start: Start = None,
    from_rota: FromRota = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
    fail_on_gaps: FailOnGaps = False,
    no_store: NoStore = False,
    quiet: Quiet = False,
) -> ExitCode:
    """Build the roster, keep it as a draft, and print it with costs and proven bounds.

    Ctrl-C ends the search and keeps the best roster so far. A roster that could not be stored, or
    written where --out says, is printed all the same, and the command exits with 2.
    """
    loaded = load_plan(folder, quiet=quiet, as_of=as_of)
    _check_options(out, start, from_rota)
    store = None if no_store else open_store(loaded.root)
    # A search that is to be repeated, or starts from the rota, takes up no earlier roster.
    fresh = seed is not None or from_rota
    found = task(loaded, store, start, from_rota=from_rota, fresh=fresh)
    notices = (*loaded.notices, *loaded.unread, *found.sentences)
    if not quiet:
        note([*loaded.unread, *found.sentences])
    seed = seed or 0
    with _interrupted() as stop:
        result = _search(found, stop, time_limit, seed, workers, quiet=quiet)
    if result.roster is None:
        show_nothing(result, time_limit, as_json, notices)
        return code_of(result, interrupted=stop.is_set())
    made = _outcome(found.plan, result.roster, result)
    stored, not_stored = _keep(store, made.result, loaded, seed)
    unwritten = _write(out, made.roster)
    if as_json:
        show_json(made.result, made, stored, store, notices)
    elif not quiet:
        show_all(made)
        _say_where(stored, store, None if unwritten else out)
    _raise_what_was_not_kept(not_stored, unwritten)
    return code_of(result, broken=_is_broken(made, fail_on_gaps), interrupted=stop.is_set())


# -- before the search ---------------------------------------------------------------------------


def _check_options(out: Path | None, start: Path | None, from_rota: bool) -> None:
    """Raise ``ShiftplanError`` before the search for what would fail after it."""
    if out is not None:
        _check_out(out)
    if from_rota and start is not None:
        raise ShiftplanError(
            "--from-rota and --start both say where to begin.", "Leave one of them out."
        )


def _check_out(out: Path) -> None:
    try:
        check_can_be_file(out)
    except CannotWrite as error:
        raise CannotWrite(f"--out: {error}") from None


# -- the search ----------------------------------------------------------------------------------


def _search(
    found: Task, stop: threading.Event, seconds: float, seed: int, workers: int, *, quiet: bool
) -> Result:
    from ..solver.process import solve

    with live_line(not quiet, cost_words(found.plan.rules)) as tell:
        return solve(
            found.plan,
            seconds=seconds,
            seed=seed,
            workers=workers,
            start=found.start,
            tell=tell,
            stop=stop,
        )


@contextmanager
def _interrupted() -> Iterator[threading.Event]:
    """Yield an event that the first Ctrl-C sets; the second ends the program as usual."""
    asked = threading.Event()

    def ask(*_: Any) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)


# -- after the search ----------------------------------------------------------------------------


def _outcome(plan: Plan, found: Roster, result: Result) -> Outcome:
    """Return the roster with the pins it keeps, and what the checkers say of it."""
    roster = Roster(plan.facts, found.cells).with_pinned(_pins_kept(plan, found))
    verdict = plan.judge(roster)
    return Outcome(
        plan=plan,
        result=replace(result, roster=roster, goals=_goals(verdict, result.goals)),
        roster=roster,
        verdict=verdict,
        coverage=CoverageReport(roster, intervals(roster), plan.requirements(roster)),
        duties=assign_duties(plan, roster),
    )


def _pins_kept(plan: Plan, roster: Roster) -> Iterator[tuple[str, date]]:
    for pin in plan.facts.pins:
        # A pin without a shift holds a day off.
        if roster.at(pin.person, pin.date) == (pin.shift or None):
            yield pin.person, pin.date


def _goals(verdict: Verdict, searched: Sequence[Goal]) -> tuple[Goal, ...]:
    """Return the goals with the costs the checkers find, and the bounds the search has proven."""
    bounds = {goal.name: goal.bound for goal in searched}
    return tuple(Goal(name, cost, bounds.get(name)) for name, cost in verdict.costs.items())


def _is_broken(made: Outcome, fail_on_gaps: bool) -> bool:
    """Say whether the roster is not to be used as it is; gaps matter only if asked for."""
    return bool(made.verdict.hard_breaches) or (fail_on_gaps and made.coverage.has_gaps)


def _say_where(stored: StoredRoster | None, store: Store | None, out: Path | None) -> None:
    if stored and store:
        say(f"Stored as draft {stored.id} in {store.place}.")
    if out is not None:
        say(f"Written to {out}.")


def _write(out: Path | None, roster: Roster) -> CannotWrite | None:
    """Write the CSV; hand back what is wrong, so that the roster is printed all the same."""
    try:
        if out is not None:
            write_roster(out, roster)
    except CannotWrite as error:
        return error
    return None


def _keep(
    store: Store | None, result: Result, loaded: Loaded, seed: int
) -> tuple[StoredRoster | None, ShiftplanError | None]:
    """Store the draft; hand back what is wrong, so that the roster is printed all the same."""
    if store is None:
        return None, None
    solver = f"shiftplan {version('shiftplan')}, ortools {version('ortools')}"
    try:
        with store:
            kept = store.rosters.save_draft(result, digest=loaded.digest, solver=solver, seed=seed)
    except StoreError as error:
        return None, ShiftplanError(f"the draft was not stored: {error.message}", error.hint)
    return kept, None


def _raise_what_was_not_kept(
    not_stored: ShiftplanError | None, unwritten: CannotWrite | None
) -> None:
    """Raise what went wrong after the search: what was not kept is not done."""
    if not_stored is not None and unwritten is not None:
        say(f"error: {not_stored}")
    trouble = unwritten or not_stored
    if trouble is not None:
        raise trouble
