"""`shiftplan coverage`: heads on duty against heads needed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..clock import iso
from ..folder.write import write_text
from ..plan import Finding, Plan
from ..roster import Roster
from ..roster.coverage import Interval, intervals
from .common import AsJson, ExitCode, FailOnGaps, Folder, load_plan, print_json, say
from .gaps import clocks, show_gaps
from .grid import title
from .heat import LEGEND, strips, summary
from .judged import by_rule
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


def command(
    folder: Folder = None,
    roster: Annotated[
        Path | None,
        typer.Option("--roster", metavar="FILE", help="A roster CSV; else the last one stored."),
    ] = None,
    tz: Annotated[
        list[str] | None,
        typer.Option("--tz", metavar="ZONE", help="Show this clock too; may be repeated."),
    ] = None,
    as_json: AsJson = False,
    every: Annotated[
        bool, typer.Option("--all", help="Show every gap, not only the worst.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a web page of it, too.")
    ] = None,
    fail_on_gaps: FailOnGaps = False,
) -> ExitCode:
    """Show heads on duty against heads needed: how much is met, every gap worst first, and a strip
    of hours.

    Gaps are in UTC and by the clock of every site; the strip of hours is in UTC.
    """
    loaded = load_plan(folder)
    shown = clocks(loaded.plan.facts, tz or ())
    plan, made, stored = subject(loaded, roster)
    found = intervals(made)
    if html is not None:
        _write_page(html, made, str(stored or roster))
    if as_json:
        print_json([_row(i) for i in found])
    else:
        page = TextPage()
        page.line(title(plan.facts), "bold")
        page.line(f"Coverage of {stored or roster}")
        most = None if every else SHOWN
        if found:
            page.line()
            page.lines(summary(found))
            show_gaps(page, found, shown, most=most, more=" (--all shows them)")
        else:
            page.line("The plan asks for no heads: it has no [[demand]].")
        _show_others(page, plan, made, most)
        if found:
            page.head("Worst of each hour, in UTC")
            page.lines(strips(found, page.width))
            page.line(LEGEND, "dim")
    return ExitCode.BROKEN if fail_on_gaps and any(i.short for i in found) else ExitCode.DONE


def _write_page(path: Path, made: Roster, about: str) -> None:
    from ..reports.web import coverage_page

    write_text(path, coverage_page(made, about=about))
    say(f"Written to {path}.")


def _row(i: Interval) -> dict[str, str | int]:
    return {
        "queue": i.queue,
        "start_utc": iso(i.start),
        "end_utc": iso(i.end),
        "minimum": i.minimum,
        "target": i.target,
        "staffed": i.staffed,
    }


def _show_others(page: TextPage, plan: Plan, made: Roster, most: int | None) -> None:
    """Print what else is missing at some time, such as a lead: breaches of a day that are nobody's
    own.
    """
    for some in by_rule(f for f in plan.judge(made).findings if _of_cover(f)):
        page.head(f"{some[0].breach.rule}: {len(some)} place{'s' * (len(some) > 1)}")
        for f in some[:most]:
            page.sentence(f.breach.text, "  ")
        if most is not None and len(some) > most:
            page.line(f"  and {len(some) - most} more (--all shows them)")


def _of_cover(finding: Finding) -> bool:
    """Say whether a breach is about cover, the queues' own gaps apart."""
    breach = finding.breach
    return breach.rule != "demand" and breach.who is None and breach.day is not None
