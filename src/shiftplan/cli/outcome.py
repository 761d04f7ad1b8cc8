"""What ``shiftplan solve`` says of what it found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..folder import rows
from ..plan import Plan, Verdict
from ..plan.amounts import cost_words
from ..plan.duties import AssignedDuty
from ..plan.result import Result
from ..roster import Roster
from ..roster.coverage_report import CoverageReport
from ..store import Store, StoredRoster
from .common import ExitCode, breach_rows, print_json, say
from .duties import duty_rows, show_duties
from .gaps import clocks, show_gaps, show_not_judged
from .grid import grid, title
from .heat import summary
from .judged import show_breaches, show_goals
from .page import TextPage
from .required import show_missing, show_required

SHOWN = 5
"""Gaps of each kind shown below a roster."""


@dataclass(frozen=True)
class Outcome:
    """A roster that was found, and all that is shown of it."""

    plan: Plan
    result: Result
    """How the search ended, with the costs the checkers find."""
    roster: Roster
    verdict: Verdict
    coverage: CoverageReport
    duties: Sequence[AssignedDuty]


def code_of(result: Result, *, broken: bool = False, interrupted: bool = False) -> ExitCode:
    """Return the exit code; *broken* says that the roster is not to be used as it is."""
    # Whoever pressed Ctrl-C asked for no verdict, and a script must see that it was pressed.
    if interrupted:
        return ExitCode.INTERRUPTED
    if result.roster is None:
        return ExitCode.INFEASIBLE if result.status == "infeasible" else ExitCode.NOTHING_FOUND
    return ExitCode.BROKEN if broken else ExitCode.DONE


def show_all(made: Outcome) -> None:
    """Print the roster, who is assigned its duties, what it costs, what it breaks and where it
    leaves gaps.
    """
    page, roster = TextPage(), made.roster
    page.line(title(roster.facts), "bold")
    page.line(_found(made.result))
    page.line()
    page.lines(grid(roster, page.width))
    show_duties(page, roster.facts, made.duties)
    show_goals(page, made.result.goals, cost_words(made.plan.rules))
    show_breaches(page, made.verdict)
    coverage, shown = made.coverage, clocks(roster.facts)
    more = " ('shiftplan coverage' shows them)"
    if coverage.intervals:
        page.head("Coverage")
        page.lines(summary(coverage.intervals))
    show_required(page, coverage.requirements)
    show_not_judged(page, coverage)
    show_gaps(page, coverage.intervals, shown, most=SHOWN, more=more)
    show_missing(page, coverage.requirements, shown, most=SHOWN, more=more)


def _found(result: Result) -> str:
    """Return how the search ended."""
    after = f"{result.seconds:.1f} s"
    if result.status == "optimal":
        return f"Proven best in every goal, after {after}."
    if result.stopped == "request":
        return f"Stopped after {after}; this is the best roster so far."
    return f"The best roster found in {after}."


def show_nothing(
    result: Result, seconds: float, as_json: bool, notices: Sequence[str] = ()
) -> None:
    """Say why there is no roster."""
    if as_json:
        show_json(result, notices=notices)
    if result.status == "infeasible":
        say("No roster can keep every hard rule.")
    elif result.stopped == "request":
        say(f"Stopped after {result.seconds:.1f} s, before a roster was found.")
    else:
        say(f"No roster was found in {seconds:g} s. Give it more time with --time-limit.")
    for reason in result.reasons:
        say(f"  {reason}")


def show_json(
    result: Result,
    made: Outcome | None = None,
    stored: StoredRoster | None = None,
    store: Store | None = None,
    notices: Sequence[str] = (),
) -> None:
    """Print the result as one JSON object."""
    kept: dict[str, Any] | None = None
    if stored is not None and store is not None:
        kept = {"id": stored.id, "uid": stored.uid, "database": str(store.place)}
    print_json(
        {
            "status": result.status,
            "seconds": round(result.seconds, 3),
            "goals": [{"name": g.name, "cost": g.cost, "bound": g.bound} for g in result.goals],
            "breaches": breach_rows(made.verdict) if made else [],
            "roster": rows(result.roster) if result.roster else [],
            "duties": duty_rows(made.duties) if made else [],
            "stopped": result.stopped,
            "reasons": list(result.reasons),
            "notices": list(notices),
            "stored": kept,
            "not_judged": made.coverage.not_judged if made else 0,
            "not_judged_because": made.coverage.not_judged_because if made else "",
        }
    )
