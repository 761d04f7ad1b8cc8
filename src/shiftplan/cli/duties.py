"""Who owns the duties of each day, week by week."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from ..facts import Facts
from ..plan.duties import AssignedDuty
from .grid import DAYS
from .page import TextPage


def show_duties(page: TextPage, facts: Facts, found: Sequence[AssignedDuty]) -> None:
    """Print each duty with its owners, a line for each week, if there are duties at all."""
    if not found:
        return
    page.head("Duties, and who owns them")
    for duty, days in groupby(sorted(found, key=lambda o: (o.duty, o.day)), key=lambda o: o.duty):
        page.line(duty)
        owned = list(days)
        for week in facts.weeks:
            of = [o for o in owned if o.day in week]
            if of:
                page.sentence(
                    f"{week[0].day:>2} {week[0]:%b}  {', '.join(_day(o) for o in of)}", "  "
                )


def _day(owned: AssignedDuty) -> str:
    names = [*owned.owners, *["nobody"] * owned.missing]
    return f"{DAYS[owned.day.weekday()]} {' and '.join(names)}"


def duty_rows(found: Sequence[AssignedDuty]) -> list[dict[str, Any]]:
    """Return the owners as ``--json`` prints them."""
    return [
        {"duty": o.duty, "date": o.day.isoformat(), "owners": list(o.owners), "missing": o.missing}
        for o in found
    ]
