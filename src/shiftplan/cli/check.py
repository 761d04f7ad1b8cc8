"""`shiftplan check`: is the plan right, and does a roster keep its rules?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from ..clock import from_to
from ..errors import BadInput, Problem, ShiftplanError, count
from ..folder import Loaded, read_roster
from ..folder.files import PLAN
from ..plan import Plan, Verdict
from ..plan.amounts import cost_words, title
from ..plan.static_checks import shortages
from ..roster import Roster
from ..roster.coverage import gaps, intervals
from ..roster.coverage_report import HOW_TO_JUDGE, CoverageReport
from ..roster.requirement import ranked
from ..store.privacy import privacy_notices
from .common import (
    AsJson,
    AsOf,
    ExitCode,
    FailOnGaps,
    Folder,
    breach_rows,
    few,
    load_plan,
    note,
    print_json,
    say,
    show,
)
from .judged import breaches

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


@dataclass(frozen=True)
class _Read:
    """What is to be checked: a plan, and maybe a roster of it."""

    loaded: Loaded
    plan: Plan
    roster: Roster | None = None
    private: Sequence[str] = ()
    """Which of its files others can read, in sentences."""


def command(
    folder: Folder = None,
    roster: RosterFile = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    fail_on_gaps: FailOnGaps = False,
    schema: SchemaOption = False,
) -> ExitCode:
    """Check the plan: every problem is reported with its file, line and key.

    What counting alone shows cannot be met is reported too; if that is a hard rule, exits with 3.
    With --roster, judge a roster by every rule, without solving: a draft or one edited by hand.
    Exits with 1 if it breaks a hard rule.
    """
    if schema:  # which is the same for all plans, so none is needed
        return _print_schema()
    if fail_on_gaps and roster is None:
        raise ShiftplanError("--fail-on-gaps looks at a roster.", "Name one with --roster FILE.")
    try:
        read = _read(folder, roster, as_of, quiet=as_json)
    except ShiftplanError as error:
        if not as_json:
            raise
        # Scripts get what is wrong in the same shape as any other answer.
        _print_problems(error)
        return ExitCode.BAD_INPUT
    read = replace(read, private=list(privacy_notices(read.loaded)))
    if read.roster is None:
        code = _check_plan(read, as_json)
    else:
        code = _judge(read, read.roster, as_json, fail_on_gaps)
    # Below what the plan is about, and not where that cannot be met at all.
    if not as_json and code != ExitCode.INFEASIBLE:
        note(read.private)
    return code


def _print_schema() -> ExitCode:
    from ..folder.schema import json_schema

    print_json(json_schema())
    return ExitCode.DONE


def _read(folder: Path | None, file: Path | None, as_of: str | None, *, quiet: bool) -> _Read:
    loaded = load_plan(folder, quiet=quiet, as_of=as_of)
    if not quiet:
        note(loaded.unread)
    from ..store import open_plan, open_store

    with open_store(loaded.root, create=False) as store:
        store.examine()
    if file is None:
        return _Read(loaded, loaded.plan)
    opened = open_plan(loaded)
    plan = opened.plan
    if not quiet:
        note(opened.notes)
    return _Read(loaded, plan, read_roster(file, plan.facts, say))


def _check_plan(read: _Read, as_json: bool) -> ExitCode:
    """Report what no roster can give, as far as counting goes."""
    loaded = read.loaded
    notices: list[str] = []
    never: list[Problem] = []
    for shortage in shortages(loaded.plan):
        if shortage.must:
            never.append(Problem(PLAN, loaded.rule_lines[shortage.rule], "", shortage.text))
        else:
            notices.append(f"cannot be met: {shortage.text}")
    if as_json:
        _print_json(read, None, not never, never, notices)
    else:
        note(few(notices))
        show(_summary(loaded, never))
        for problem in never:
            say(f"error: {problem}")
    return ExitCode.INFEASIBLE if never else ExitCode.DONE


def _judge(read: _Read, roster: Roster, as_json: bool, fail_on_gaps: bool) -> ExitCode:
    verdict = read.plan.judge(roster)
    short = list(_gaps(read.plan, roster)) if fail_on_gaps else []
    ok = not verdict.hard_breaches and not short
    if as_json:
        _print_json(read, verdict, ok)
    else:
        _print_verdict(read.plan, verdict)
    for gap in short:
        say(f"gap: {gap}")
    return ExitCode.DONE if ok else ExitCode.BROKEN


def _gaps(plan: Plan, roster: Roster) -> Iterator[str]:
    """Yield what is missing, and that some of it is not judged, in a sentence each."""
    report = CoverageReport(roster, intervals(roster), plan.requirements(roster))
    for gap in gaps(report.intervals):
        yield f"{gap.queue} is {gap.short} below its minimum {from_to(gap.start, gap.end)}."
    for requirement, gap in ranked(report.requirements):
        yield requirement.gap_in_words(gap)
    if not report.is_judged:
        yield f"{report.not_judged_because}. {HOW_TO_JUDGE}"


def _print_verdict(plan: Plan, verdict: Verdict) -> None:
    """Print every breach by goal and rule, then the cost of each goal."""
    for goal in verdict.goals:
        found = [f.breach for f in verdict.findings if f.strength == goal]
        if not found:
            continue
        show(f"{title(goal)}:")
        for breach in sorted(found, key=lambda breach: breach.rule):
            show(f"  {breach.rule}: {breach.text}")
    show(f"Costs: {cost_words(plan.rules).all(verdict.costs)}.")
    broken = len(verdict.hard_breaches)
    show(f"{breaches(broken)} of hard rules." if broken else "No hard rule is broken.")


def _print_json(
    read: _Read,
    verdict: Verdict | None,
    ok: bool,
    problems: Sequence[Problem] = (),
    notices: Sequence[str] = (),
) -> None:
    costs: dict[str, int] = dict(verdict.costs) if verdict else {}
    print_json(
        {
            "ok": ok,
            "problems": [asdict(problem) for problem in problems],
            "notices": [*read.loaded.notices, *read.loaded.unread, *notices, *read.private],
            "goals": [{"name": name, "cost": cost} for name, cost in costs.items()],
            "breaches": breach_rows(verdict) if verdict else [],
        }
    )


def _print_problems(error: ShiftplanError) -> None:
    """Print what is wrong with plan or roster, in the shape of any other answer."""
    found = {"ok": False, "problems": _problems(error), "notices": [], "goals": [], "breaches": []}
    print_json(found)


def _problems(error: ShiftplanError) -> list[dict[str, Any]]:
    if isinstance(error, BadInput):
        return [asdict(problem) for problem in error.problems]
    return [asdict(Problem("", 0, "", error.message, error.hint))]


def _summary(loaded: Loaded, never: Sequence[Problem]) -> str:
    facts = loaded.plan.facts
    parts = (
        count(len(facts.sites), "site"),
        count(len(facts.people), "person", "people"),
        count(len(facts.shifts), "shift"),
        count(len(facts.queues), "queue"),
        count(len(loaded.plan.rules), "rule"),
    )
    days = f"from {facts.first:%a %d %b} to {facts.last:%a %d %b %Y}"
    weeks = f"{count(facts.horizon.weeks, 'week')} {days}"
    found = "No roster can keep every hard rule." if never else "No problems found."
    return f"{facts.team.name}: {weeks}, {', '.join(parts)}. {found}"
