"""`shiftplan coverage`: staff on duty against staff needed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from ..clock import from_to
from ..disk import write_text
from ..plan import Finding, Plan
from ..plan.plan import shows_required
from ..roster import Roster
from ..roster.coverage import intervals
from ..roster.coverage_report import CoverageReport
from ..roster.requirement import Requirement
from .common import AsJson, ExitCode, FailOnGaps, Folder, load_plan, print_json, say
from .gaps import Clock, clocks, show_gaps, show_not_judged
from .grid import title
from .heat import LEGEND, NOT_JUDGED, strips, summary
from .judged import breaches, by_rule
from .page import TextPage
from .required import rows_of, show_days, show_missing, show_required
from .subject import subject

EXAMPLES = """
shiftplan coverage
shiftplan coverage --roster roster.csv --tz Asia/Tokyo --all
shiftplan coverage -C plans/puo --json > coverage.json
shiftplan coverage --html coverage.html
"""

SHOWN = 20
"""Gaps of each kind, and sentences of each rule, shown without --all."""
MORE = " (--all shows them)"

RosterFile = Annotated[
    Path | None,
    typer.Option("--roster", metavar="FILE", help="A roster CSV; else the last one stored."),
]
ZoneOption = Annotated[
    list[str] | None,
    typer.Option("--tz", metavar="ZONE", help="Show this clock too; may be repeated."),
]
AllOption = Annotated[bool, typer.Option("--all", help="Show every gap, not only the worst.")]
HtmlOption = Annotated[
    Path | None, typer.Option("--html", metavar="FILE", help="Write a web page of it, too.")
]


def command(
    folder: Folder = None,
    roster: RosterFile = None,
    tz: ZoneOption = None,
    as_json: AsJson = False,
    every: AllOption = False,
    html: HtmlOption = None,
    fail_on_gaps: FailOnGaps = False,
) -> ExitCode:
    """Show staff on duty against staff needed: how much is met, every gap worst first, and a strip
    of hours.

    Gaps are in UTC and in the local time of every site; the strip of hours is in UTC.
    """
    loaded = load_plan(folder)
    shown = clocks(loaded.plan.facts, tz or ())
    plan, made, stored = subject(loaded, roster)
    report = CoverageReport(made, intervals(made), plan.requirements(made))
    about = str(stored or roster)
    if html is not None:
        _write_page(html, report, about)
    if as_json:
        print_json(list(rows_of(report)))
    else:
        page = TextPage()
        page.line(title(plan.facts), "bold")
        page.line(f"Coverage of {about}")
        _show(page, plan, report, shown, None if every else SHOWN)
    return ExitCode.BROKEN if fail_on_gaps and report.has_gaps else ExitCode.DONE


def _write_page(path: Path, report: CoverageReport, about: str) -> None:
    from ..reports.web import coverage_page

    write_text(path, coverage_page(report.roster, about=about, required=report.requirements))
    say(f"Written to {path}.")


def _show(
    page: TextPage, plan: Plan, report: CoverageReport, shown: Sequence[Clock], most: int | None
) -> None:
    """Print how much is met, the gaps on the clocks *shown*, what else is missing, the strip."""
    if report.intervals:
        page.line()
        page.lines(summary(report.intervals))
    else:
        page.line("Nothing says how many people are needed: the plan has no [[demand]].")
    show_required(page, report.requirements)
    show_not_judged(page, report)
    show_gaps(page, report.intervals, shown, most=most, more=MORE)
    show_missing(page, report.requirements, shown, most=most, more=MORE)
    _show_others(page, plan, report.roster, most)
    # What is met throughout has a line above that says so.
    in_detail = [r for r in report.requirements if most is None or not r.is_met]
    _show_strips(page, report, in_detail)
    by_day = [r for r in in_detail if r.per == "day"]
    show_days(page, report.roster.facts, by_day, every=most is None)


def _show_strips(page: TextPage, report: CoverageReport, required: Sequence[Requirement]) -> None:
    """Print how queues, and what else is *required* at times, are staffed hour by hour."""
    found = report.quarters(required)
    if not found:
        return
    page.head("Hour by hour in UTC, the worst quarter hour of each")
    page.lines(strips(found, page.width))
    page.line(LEGEND if report.is_judged else LEGEND + NOT_JUDGED, "dim")
    window = report.roster.facts.window
    span = from_to(window.opens, window.end)
    page.sentence(f"This roster answers for the time {span}; rosters before and after for theirs.")


def _show_others(page: TextPage, plan: Plan, made: Roster, most: int | None) -> None:
    """Print what else is wrong at some time, such as too many people for the seats: breaches of a
    day that are nobody's own, by rules that say nothing of what they require.
    """
    silent = {rule.kind for rule in plan.rules if not shows_required(rule)}
    of_day = filter(_of_coverage, plan.judge(made).findings)
    of_coverage = (finding for finding in of_day if finding.breach.rule in silent)
    # Breaches of all other rules are what 'check --roster' is for.
    for found in by_rule(of_coverage):
        page.head(f"{found[0].breach.rule}: {breaches(len(found))}")
        for finding in found[:most]:
            page.sentence(finding.breach.text, "  ")
        if most is not None and len(found) > most:
            page.line(f"  and {len(found) - most} more{MORE}")


def _of_coverage(finding: Finding) -> bool:
    """Say whether a breach is about coverage, the queues' own gaps apart."""
    breach = finding.breach
    return breach.rule != "demand" and breach.who is None and breach.day is not None
