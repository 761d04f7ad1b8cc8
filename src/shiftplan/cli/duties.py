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
    """Print who is assigned each duty, a line for each week, if there are duties at all."""
    if not found:
        return
    page.head("Duties, and who is assigned them")
    for duty, days in groupby(sorted(found, key=lambda o: (o.duty, o.day)), key=lambda o: o.duty):
        page.line(duty)
        of_duty = list(days)
        for week in facts.weeks:
            of = [o for o in of_duty if o.day in week]
            if of:
                page.sentence(
                    f"{week[0].day:>2} {week[0]:%b}  {', '.join(_day(o) for o in of)}", "  "
                )


def _day(assigned: AssignedDuty) -> str:
    names = [*assigned.people, *["nobody"] * assigned.missing]
    return f"{DAYS[assigned.day.weekday()]} {' and '.join(names)}"


def duty_rows(found: Sequence[AssignedDuty]) -> list[dict[str, Any]]:
    """Return who is assigned each duty, as ``--json`` prints it."""
    return [
        {"duty": o.duty, "date": o.day.isoformat(), "owners": list(o.people), "missing": o.missing}
        for o in found
    ]
