"""Who is assigned the duties of each day, week by week."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from ..facts import Facts
from ..plan.duties import AssignedDuty
from .grid import DAYS
from .page import TextPage


def show_duties(page: TextPage, facts: Facts, found: Sequence[AssignedDuty]) -> None:
    """Print each duty with its people, a line for each week, if there are duties at all."""
    if not found:
        return
    page.head("Duties, and who is assigned them")
    in_order = sorted(found, key=lambda assigned: (assigned.duty, assigned.day))
    for duty, days in groupby(in_order, key=lambda assigned: assigned.duty):
        page.line(duty)
        _show_weeks(page, facts, list(days))


def _show_weeks(page: TextPage, facts: Facts, days: Sequence[AssignedDuty]) -> None:
    for week in facts.weeks:
        names = [_day(assigned) for assigned in days if assigned.day in week]
        if names:
            page.sentence(f"{week[0].day:>2} {week[0]:%b}  {', '.join(names)}", "  ")


def _day(assigned: AssignedDuty) -> str:
    # A duty that lacks two of its people says "nobody" twice.
    names = [*assigned.people, *["nobody"] * assigned.missing]
    return f"{DAYS[assigned.day.weekday()]} {' and '.join(names)}"


def duty_rows(found: Sequence[AssignedDuty]) -> list[dict[str, Any]]:
    """Return who is assigned the duties, as ``--json`` prints them."""
    return [
        {
            "duty": assigned.duty,
            "date": assigned.day.isoformat(),
            "owners": list(assigned.people),
            "missing": assigned.missing,
        }
        for assigned in found
    ]
