"""`shiftplan solve`: from a plan to a roster."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import CannotWrite, ShiftplanError, StoreError
from ..folder import Loaded, read_roster, write_roster
from ..ledger.fairness_owed import repays
from ..plan import Plan, Verdict
from ..plan.duties import assign_duties
from ..plan.result import Goal, Result
from ..plan.static_checks import shortages
from ..roster import Roster, following
from ..roster.coverage import intervals
from ..store import Store, StoredRoster, open_plan, open_store
from .common import AsJson, AsOf, ExitCode, FailOnGaps, Folder, load_plan, say
from .outcome import code_of, show_all, show_json, show_nothing
from .progress import live_line

EXAMPLES = """
shiftplan solve
shiftplan solve -C plans/puo --time-limit 300 --out roster.csv
shiftplan solve --start roster.csv --fail-on-gaps
shiftplan solve --from-rota
shiftplan solve --seed 7 --workers 1 --no-store --json > roster.json
"""

TimeLimit = Annotated[float, typer.Option(metavar="S", min=0.1, help="Seconds to search for.")]
SHOWN = 3
"""Notes on what no roster can give, before the rest is counted."""

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

    Ctrl-C ends the search and keeps the best roster so far.
    """
    from ..solver.process import solve

    loaded = load_plan(folder, quiet=quiet, as_of=as_of)
    _check_out(out)
    if from_rota and start is not None:
        raise ShiftplanError(
            "--from-rota and --start both say where to begin.", "Leave one of them out."
        )
    store = None if no_store else open_store(loaded.root)
    fresh = seed is not None or from_rota
    plan, hint = _task(loaded, store, start, fresh=fresh, quiet=quiet)
    if from_rota:
        hint = _by_rota(plan, quiet=quiet)
    seed = seed or 0
    with _interrupted() as stop, live_line(not quiet) as tell:
        result = solve(
            plan, seconds=time_limit, seed=seed, workers=workers, start=hint, tell=tell, stop=stop
        )
    if result.roster is None:
        show_nothing(result, time_limit, as_json)
        return code_of(result, interrupted=stop.is_set())
    result, roster, verdict = _judged(plan, result.roster, result)
    stored = _keep(store, result, loaded, seed)
    unwritten = _write(out, roster)
    found, duties = intervals(roster), assign_duties(plan, roster)
    if as_json:
        show_json(result, verdict, duties, stored, store)
    elif not quiet:
        show_all(result, roster, verdict, found, duties)
        if stored and store:
            say(f"Stored as draft {stored.id} in {store.place}.")
        if out is not None and unwritten is None:
            say(f"Written to {out}.")
    if unwritten is not None:
        raise unwritten
    broken = bool(verdict.hard_breaches) or (fail_on_gaps and any(i.short for i in found))
    return code_of(result, broken=broken, interrupted=stop.is_set())


def _check_out(out: Path | None) -> None:
    """Raise ``CannotWrite`` before the search if the folder of *out* is missing."""
    if out is not None and os.path.isdir(out):
        raise CannotWrite(f"--out: {out} cannot be written: it is a folder.")
    if out is not None and not os.path.isdir(out.parent):
        raise CannotWrite(f"--out: {out} cannot be written: there is no folder {out.parent}.")


# -- before the search ---------------------------------------------------------------------------


def _task(
    loaded: Loaded, store: Store | None, start: Path | None, *, fresh: bool, quiet: bool
) -> tuple[Plan, Roster | None]:
    """Return the plan with what was worked before it, and the roster to search from.

    A search that is to be *fresh* takes up no earlier roster of its own days.
    """
    plan, hint = loaded.plan, None
    notes = []
    if store is not None:
        opened = open_plan(loaded, store)
        plan = opened.plan
        if opened.before:
            notes.append(f"the days before the first are those of {opened.before}")
    if repaid := repays(plan):
        notes.append(repaid)
    if start is not None:
        hint = read_roster(start, plan.facts, say)
        try:
            plan = plan.holding(hint)
        except ShiftplanError as error:
            raise ShiftplanError(f"--start: {error.message}", error.hint) from None
    elif store is not None and not fresh and (latest := store.rosters.latest(plan.facts)):
        notes.append(f"the search starts from {latest}")
        hint = store.rosters.roster(latest.id, plan.facts, strict=False)
    short = [s.text for s in shortages(plan) if not s.must]
    notes += [f"out of reach: {text}".rstrip(".") for text in short[:SHOWN]]
    if len(short) > SHOWN:
        notes.append(f"and {len(short) - SHOWN} more are out of reach")
    for note in () if quiet else notes:
        say(f"note: {note}.")
    return plan, hint


def _by_rota(plan: Plan, *, quiet: bool) -> Roster:
    """Return the roster the plan's rotas give, and say what it costs; raise ``ShiftplanError`` if
    none do.
    """
    rotas = plan.facts.dealt
    if rotas is None or not rotas.places:
        hint = "Deal one with 'shiftplan rota --deal 1'."
        raise ShiftplanError("--from-rota: nobody in the plan follows a rota.", hint)
    roster = following(plan.facts, rotas)
    costs = ", ".join(f"{goal} {cost}" for goal, cost in plan.judge(roster).costs.items())
    notes = [
        f"the search starts from the rota, which by itself, with leave and pins, costs: {costs}"
    ]
    if free := [p.name for p in plan.facts.people if not rotas.names(p.name)]:
        notes.append(f"no rota has a place for {', '.join(free)}")
    if not any(rule.kind == "rotation" for rule in plan.rules):
        notes.append("no rule of kind 'rotation' holds people to the rota")
    for note in () if quiet else notes:
        say(f"note: {note}.")
    return roster


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


def _judged(plan: Plan, found: Roster, result: Result) -> tuple[Result, Roster, Verdict]:
    """Return the result with the costs the checkers find, its roster with the pins it keeps, the
    verdict.
    """
    kept = (
        (p.person, p.date)
        for p in plan.facts.pins
        if found.at(p.person, p.date) == (p.shift or None)
    )
    roster = Roster(plan.facts, found.cells).with_pinned(kept)
    verdict = plan.judge(roster)
    bounds = {g.name: g.bound for g in result.goals}
    goals = tuple(Goal(name, cost, bounds.get(name)) for name, cost in verdict.costs.items())
    return replace(result, roster=roster, goals=goals), roster, verdict


def _write(out: Path | None, roster: Roster) -> CannotWrite | None:
    """Write the CSV; hand back what is wrong, so that the roster is printed all the same."""
    try:
        if out is not None:
            write_roster(out, roster)
    except CannotWrite as error:
        return error
    return None


def _keep(store: Store | None, result: Result, loaded: Loaded, seed: int) -> StoredRoster | None:
    """Store the draft; where that cannot be done, say so and go on."""
    if store is None:
        return None
    solver = f"shiftplan {version('shiftplan')}, ortools {version('ortools')}"
    try:
        with store:
            return store.rosters.save_draft(result, digest=loaded.digest, solver=solver, seed=seed)
    except StoreError as error:
        say(f"warning: the draft was not stored: {error}")
        return None
