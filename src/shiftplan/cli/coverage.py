"""`shiftplan coverage`: staff on duty against staff needed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from ..clock import iso
from ..disk import write_text
from ..plan import Finding, Plan
from ..roster import Roster
from ..roster.coverage import Interval, intervals
from .common import AsJson, ExitCode, FailOnGaps, Folder, load_plan, print_json, say
from .gaps import Clock, clocks, show_gaps
from .grid import title
from .heat import LEGEND, strips, summary
from .judged import breaches, by_rule
from .page import TextPage
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
    found = intervals(made)
    about = str(stored or roster)
    if html is not None:
        _write_page(html, made, about)
    if as_json:
        print_json([_row(interval) for interval in found])
    else:
        page = TextPage()
        page.line(title(plan.facts), "bold")
        page.line(f"Coverage of {about}")
        _show(page, plan, made, found, shown, None if every else SHOWN)
    short = any(interval.short for interval in found)
    return ExitCode.BROKEN if fail_on_gaps and short else ExitCode.DONE


def _write_page(path: Path, made: Roster, about: str) -> None:
    from ..reports.web import coverage_page

    write_text(path, coverage_page(made, about=about))
    say(f"Written to {path}.")


def _row(interval: Interval) -> dict[str, str | int]:
    return {
        "queue": interval.queue,
        "start_utc": iso(interval.start),
        "end_utc": iso(interval.end),
        "minimum": interval.minimum,
        "target": interval.target,
        "staffed": interval.staffed,
    }


def _show(
    page: TextPage,
    plan: Plan,
    made: Roster,
    found: Sequence[Interval],
    shown: Sequence[Clock],
    most: int | None,
) -> None:
    """Print how much is met, the gaps on the clocks *shown*, what else is missing, the strip."""
    if not found:
        page.line("Nothing says how many people are needed: the plan has no [[demand]].")
        _show_others(page, plan, made, most)
        return
    page.line()
    page.lines(summary(found))
    show_gaps(page, found, shown, most=most, more=MORE)
    _show_others(page, plan, made, most)
    page.head("Hour by hour in UTC, the worst quarter hour of each")
    page.lines(strips(found, page.width))
    page.line(LEGEND, "dim")


def _show_others(page: TextPage, plan: Plan, made: Roster, most: int | None) -> None:
    """Print what else is missing at some time, such as a lead: breaches of a day that are nobody's
    own.
    """
    of_coverage = filter(_of_coverage, plan.judge(made).findings)
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
