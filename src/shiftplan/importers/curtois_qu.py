"""The shift scheduling benchmark of Curtois and Qu, in its text format.

T. Curtois, R. Qu, "Computational results on new staff scheduling benchmark instances", 2014. Days
count from a Monday, 0. Runs cut by the first or the last day are never too short, which is what
``work-run`` and ``off-run`` say too; the longest run counts inside the horizon only, which has no
history.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from pathlib import Path

from ..clock import hours
from ..folder.report import Report
from .base import MONDAY, NewPlan, family, grouped, read_text
from .curtois_qu_text import DAY, CurtoisQuInstance, CurtoisQuReader, ShiftLine

GOAL = "penalty"
SITE = "Site"
KIND = "any-time"
"""The kind of every shift, since no times are given; with its dash it can be nobody's code."""

OPENS, STEP = 6 * 60, 15


@family("curtois-qu", "Curtois and Qu's benchmark, a text file of sections")
def read(source: Path, report: Report) -> NewPlan | None:
    """Return the plan of one instance, or None after reporting everything that is wrong with it."""
    text = read_text(source, report)
    if text is None:
        return None
    instance = CurtoisQuReader(str(source), report).read(text)
    return None if report.problems else _plan(source, instance)


def _plan(source: Path, instance: CurtoisQuInstance) -> NewPlan:
    """Return *instance* as a plan whose goal costs the published penalty."""
    plan = NewPlan(
        f"{source.name}, of the shift scheduling benchmark of Curtois and Qu (2014).\n"
        f"What the goal '{GOAL}' costs is the penalty of the benchmark.\n"
        "The file gives lengths, no times of day: starts are chosen so that no shift runs into one of the\n"
        "next day. Its day 0 is the first day here."
    )
    plan.single["team"] = {"name": source.stem, "home": SITE, "goals": [GOAL]}
    plan.single["horizon"] = {"start": MONDAY, "weeks": instance.days // 7}
    plan.add("sites", name=SITE, timezone="UTC")
    for code, start in starts(instance.shifts).items():
        plan.add(
            "shifts", code=code, start=start, length=hours(instance.shifts[code].minutes), kind=KIND
        )
    _tables(plan, instance)
    for rule in _rules(instance):
        plan.add("rules", **rule)
    return plan


def starts(shifts: Mapping[str, ShiftLine]) -> dict[str, time]:
    """Return a start for each shift: the more others may not follow it, the later it is.

    All lie between 06:00 and as long before the next 06:00 as the longest shift lasts, so that no
    shift runs into one of the next day.
    """
    ranks = sorted({len(shift.not_next) for shift in shifts.values()})
    room = min(DAY - max(shift.minutes for shift in shifts.values()), DAY - STEP - OPENS)
    found = {}
    for code, shift in shifts.items():
        later = room * ranks.index(len(shift.not_next)) // max(1, len(ranks) - 1)
        minute = OPENS + later // STEP * STEP
        found[code] = time(minute // 60, minute % 60)
    return found


def _day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def _tables(plan: NewPlan, instance: CurtoisQuInstance) -> None:
    plan.table("people", [{"name": name, "site": SITE} for name in instance.staff])
    plan.table(
        "availability",
        [
            {"person": name, "can": "never", "from_date": _day(day), "to_date": _day(day)}
            for name, day in instance.days_off
        ],
    )
    plan.table(
        "wishes",
        [
            {"person": name, "date": _day(day), "wish": wish, "shift": code, "weight": weight}
            for (name, day, wish, code), weight in instance.requests.items()
        ],
    )
    plan.table(
        "shift_demand",
        [
            {
                "shift": code,
                "date": _day(day),
                "preferred": cover.heads,
                "under": cover.under,
                "over": cover.over,
            }
            for (day, code), cover in instance.cover.items()
        ],
    )


def _rules(instance: CurtoisQuInstance) -> Iterator[dict[str, object]]:
    """Yield the rules; one that can never be broken is left out."""
    days, staff = instance.days, instance.staff
    if instance.days_off:
        yield {"kind": "available"}
    forbidden = [
        f"{code} {other}" for code, shift in instance.shifts.items() for other in shift.not_next
    ]
    if forbidden:
        yield {"kind": "succession", "forbid": forbidden}
    for code in instance.shifts:
        for most, whom in grouped({name: s.most.get(code, 0) for name, s in staff.items()}).items():
            if most < days:
                yield {
                    "kind": "shift-count",
                    "of": code,
                    "max": most,
                    "per": "horizon",
                    "for_": whom,
                }
    for (low, high), whom in grouped(
        {n: (s.min_minutes, s.max_minutes) for n, s in staff.items()}
    ).items():
        least = {"min": hours(low)} if low else {}
        yield {"kind": "hours", **least, "max": hours(high), "per": "horizon", "for_": whom}
    for (low, high), whom in grouped({n: (s.min_run, s.max_run) for n, s in staff.items()}).items():
        limits = _limits(low, high if high < days else None)
        if limits:
            yield {"kind": "work-run", **limits, "for_": whom}
    for low, whom in grouped({n: s.min_off for n, s in staff.items()}).items():
        if low > 1:
            yield {"kind": "off-run", "min": low, "for_": whom}
    for most, whom in grouped({n: s.max_weekends for n, s in staff.items()}).items():
        if most < days // 7:
            yield {"kind": "weekends", "max": most, "for_": whom}
    if instance.requests:
        yield {"kind": "wish", "strength": GOAL}
    if instance.cover:
        yield {"kind": "shift-demand", "level": "preferred", "strength": GOAL}


def _limits(low: int, high: int | None) -> dict[str, int]:
    least = {"min": low} if low > 1 else {}
    return least if high is None else {**least, "max": high}
