"""`shiftplan check`: is the plan right, and does a roster keep its rules?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from ..clock import from_instant
from ..errors import BadInput, Problem, ShiftplanError
from ..folder import Loaded, read_roster
from ..folder.files import PLAN
from ..plan import Plan, Verdict
from ..plan.static_checks import shortages
from ..roster import Roster
from ..roster.coverage import gaps, intervals
from .common import (
    AsJson,
    AsOf,
    ExitCode,
    FailOnGaps,
    Folder,
    breach_rows,
    few,
    load_plan,
    print_json,
    say,
)

EXAMPLES = """
shiftplan check
shiftplan check -C plans/puo --roster roster.csv
shiftplan check --roster roster.csv --fail-on-gaps --json
shiftplan check --schema > shiftplan.schema.json
"""

RosterFile = Annotated[
    Path | None, typer.Option("--roster", metavar="FILE", help="Judge the roster in this CSV file.")
]
SchemaOption = Annotated[
    bool, typer.Option("--schema", help="Print the JSON Schema of shiftplan.toml, for editors.")
]


def command(
    folder: Folder = None,
    roster: RosterFile = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    fail_on_gaps: FailOnGaps = False,
    schema: SchemaOption = False,
) -> ExitCode:
    """Check the plan: every problem is told with its file, line and key.

    What counting alone shows to be out of reach is told too; if that is a must, exits with 3. With
    --roster, judge a roster by every rule, without solving: a draft or one edited by hand. Exits
    with 1 if it breaks a must.
    """
    if schema:
        from ..folder.schema import json_schema

        print_json(json_schema())
        return ExitCode.DONE
    if fail_on_gaps and roster is None:
        raise ShiftplanError("--fail-on-gaps looks at a roster.", "Name one with --roster FILE.")
    try:
        loaded = load_plan(folder, quiet=as_json, as_of=as_of)
        plan, judged = loaded.plan, None
        if roster is not None:
            from ..store import open_plan  # a plan alone is checked without it

            plan = open_plan(loaded).plan
            judged = read_roster(roster, plan.facts, say)
    except ShiftplanError as error:
        if not as_json:
            raise
        print_json(
            {"ok": False, "problems": _problems(error), "notices": [], "goals": [], "breaches": []}
        )
        return ExitCode.BAD_INPUT
    if judged is None:
        return _foresee(loaded, as_json)
    return _judge(loaded, plan, judged, as_json, fail_on_gaps)


def _foresee(loaded: Loaded, as_json: bool) -> ExitCode:
    """Tell what no roster can give, as far as counting goes."""
    found = shortages(loaded.plan)
    beyond = [f"out of reach: {s.text}" for s in found if not s.must]
    never = [Problem(PLAN, loaded.rule_lines[s.rule], "", s.text) for s in found if s.must]
    if as_json:
        _print_json(loaded, None, not never, never, beyond)
        return ExitCode.INFEASIBLE if never else ExitCode.DONE
    for notice in few(beyond):
        say(f"note: {notice}")
    print(_summary(loaded, never))
    for problem in never:
        say(f"error: {problem}")
    return ExitCode.INFEASIBLE if never else ExitCode.DONE


def _judge(
    loaded: Loaded, plan: Plan, roster: Roster, as_json: bool, fail_on_gaps: bool
) -> ExitCode:
    verdict = plan.judge(roster)
    short = gaps(intervals(roster)) if fail_on_gaps else ()
    ok = not verdict.hard_breaches and not short
    if as_json:
        _print_json(loaded, verdict, ok)
    else:
        _print_verdict(verdict)
    for g in short:
        since, until = from_instant(g.start), from_instant(g.end)
        say(
            f"gap: {g.queue} is {g.short} below its minimum from {since:%a %d %b %H:%M} to {until:%H:%M} UTC."
        )
    return ExitCode.DONE if ok else ExitCode.BROKEN


def _print_verdict(verdict: Verdict) -> None:
    """Print every breach by goal and rule, then the cost of each goal."""
    for goal in verdict.goals:
        found = [f for f in verdict.findings if f.strength == goal]
        if not found:
            continue
        print(f"{goal}:")
        for f in sorted(found, key=lambda f: f.breach.rule):
            print(f"  {f.breach.rule}: {f.breach.text}")
    print("Costs: " + ", ".join(f"{name} {cost}" for name, cost in verdict.costs.items()) + ".")
    count = len(verdict.hard_breaches)
    print(f"{count} breach{'es' * (count != 1)} of musts." if count else "No must is broken.")


def _print_json(
    loaded: Loaded,
    verdict: Verdict | None,
    ok: bool,
    problems: Sequence[Problem] = (),
    notices: Sequence[str] = (),
) -> None:
    costs: dict[str, int] = dict(verdict.costs) if verdict else {}
    print_json(
        {
            "ok": ok,
            "problems": [asdict(p) for p in problems],
            "notices": [*loaded.notices, *notices],
            "goals": [{"name": name, "cost": cost} for name, cost in costs.items()],
            "breaches": breach_rows(verdict) if verdict else [],
        }
    )


def _problems(error: ShiftplanError) -> list[dict[str, Any]]:
    found = (
        error.problems
        if isinstance(error, BadInput)
        else [Problem("", 0, "", error.message, error.hint)]
    )
    return [asdict(p) for p in found]


def _summary(loaded: Loaded, never: Sequence[Problem]) -> str:
    facts, rules = loaded.plan.facts, loaded.plan.rules

    def count(number: int, what: str) -> str:
        return f"{number} {what}{'s' * (number != 1)}"

    return (
        f"{facts.team.name}: {count(facts.horizon.weeks, 'week')} from {facts.first:%a %d %b %Y}, "
        f"{count(len(facts.sites), 'site')}, {len(facts.people)} people, "
        f"{count(len(facts.shifts), 'shift')}, {count(len(facts.queues), 'queue')}, "
        f"{count(len(rules), 'rule')}. {'No roster can keep every must.' if never else 'No problems found.'}"
    )
