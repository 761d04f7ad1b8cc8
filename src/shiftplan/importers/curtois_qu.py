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

from ..clock import DAY, hours
from ..folder.report import Report
from .base import MONDAY, NewPlan, Row, RuleKeys, family, grouped, read_text
from .curtois_qu_text import CurtoisQuInstance, CurtoisQuReader, ShiftLine

GOAL = "penalty"
SITE = "Site"
KIND = "any-time"
"""The kind of every shift, since no times are given; with its dash it can be nobody's code."""

OPENS = 6 * 60
STEP = 15
"""Minutes of the day; starts are multiples of the step after the first."""


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
        "The file gives lengths, no times of day: starts are chosen so that no shift runs into "
        "one of the\nnext day. Its day 0 is the first day here."
    )
    plan.single["team"] = {"name": source.stem, "home": SITE, "goals": [GOAL]}
    plan.single["horizon"] = {"start": MONDAY, "weeks": instance.days // 7}
    plan.add("sites", name=SITE, timezone="UTC")
    for code, start in starts(instance.shifts).items():
        length = hours(instance.shifts[code].minutes)
        plan.add("shifts", code=code, start=start, length=length, kind=KIND)
    _add_tables(plan, instance)
    for rule in _rules(instance):
        plan.add("rules", **rule)
    return plan


def starts(shifts: Mapping[str, ShiftLine]) -> dict[str, time]:
    """Return a start for each shift: the more others may not follow it, the later it is.

    All lie between 06:00 and as long before the next 06:00 as the longest shift lasts, so that no
    shift runs into one of the next day.
    """
    ranks = sorted({len(shift.not_next) for shift in shifts.values()})
    longest = max(shift.minutes for shift in shifts.values())
    room = min(DAY - longest, DAY - STEP - OPENS)
    found = {}
    for code, shift in shifts.items():
        later = room * ranks.index(len(shift.not_next)) // max(1, len(ranks) - 1)
        minute = OPENS + later // STEP * STEP
        found[code] = time(minute // 60, minute % 60)
    return found


def _day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def _add_tables(plan: NewPlan, instance: CurtoisQuInstance) -> None:
    plan.table("people", [{"name": name, "site": SITE} for name in instance.staff])
    plan.table("availability", _availability(instance))
    plan.table("wishes", _wishes(instance))
    plan.table("shift_demand", _shift_demand(instance))


def _availability(instance: CurtoisQuInstance) -> Iterator[Row]:
    for name, day in instance.days_off:
        date_off = _day(day)
        yield {"person": name, "can": "never", "from_date": date_off, "to_date": date_off}


def _wishes(instance: CurtoisQuInstance) -> Iterator[Row]:
    for (name, day, wish, code), weight in instance.requests.items():
        yield {"person": name, "date": _day(day), "wish": wish, "shift": code, "weight": weight}


def _shift_demand(instance: CurtoisQuInstance) -> Iterator[Row]:
    for (day, code), demand in instance.demand.items():
        yield {
            "shift": code,
            "date": _day(day),
            "preferred": demand.preferred,
            "under": demand.under,
            "over": demand.over,
        }


def _rules(instance: CurtoisQuInstance) -> Iterator[RuleKeys]:
    """Yield the rules; one that can never be broken is left out."""
    if instance.days_off:
        yield {"kind": "available"}
    yield from _succession(instance)
    for code in instance.shifts:
        yield from _shift_counts(instance, code)
    yield from _hours(instance)
    yield from _work_runs(instance)
    yield from _off_runs(instance)
    yield from _weekends(instance)
    if instance.requests:
        yield {"kind": "wish", "strength": GOAL}
    if instance.demand:
        yield {"kind": "shift-demand", "level": "preferred", "strength": GOAL}


def _succession(instance: CurtoisQuInstance) -> Iterator[RuleKeys]:
    forbidden = []
    for code, shift in instance.shifts.items():
        forbidden += [f"{code} {other}" for other in shift.not_next]
    if forbidden:
        yield {"kind": "succession", "forbid": forbidden}


def _shift_counts(instance: CurtoisQuInstance, code: str) -> Iterator[RuleKeys]:
    # A shift somebody has no number for is one they cannot work.
    most_of = {name: limits.most.get(code, 0) for name, limits in instance.staff.items()}
    for most, whom in grouped(most_of).items():
        if most < instance.days:
            yield {"kind": "shift-count", "of": code, "max": most, "per": "horizon", "for_": whom}


def _hours(instance: CurtoisQuInstance) -> Iterator[RuleKeys]:
    limits_of = {name: (s.min_minutes, s.max_minutes) for name, s in instance.staff.items()}
    for (low, high), whom in grouped(limits_of).items():
        least = {"min": hours(low)} if low else {}
        yield {"kind": "hours", **least, "max": hours(high), "per": "horizon", "for_": whom}


def _work_runs(instance: CurtoisQuInstance) -> Iterator[RuleKeys]:
    limits_of = {name: (s.min_run, s.max_run) for name, s in instance.staff.items()}
    for (low, high), whom in grouped(limits_of).items():
        limits = {}
        if low > 1:
            limits["min"] = low
        if high < instance.days:
            limits["max"] = high
        if limits:
            yield {"kind": "work-run", **limits, "for_": whom}


def _off_runs(instance: CurtoisQuInstance) -> Iterator[RuleKeys]:
    for low, whom in grouped({name: s.min_off for name, s in instance.staff.items()}).items():
        if low > 1:
            yield {"kind": "off-run", "min": low, "for_": whom}


def _weekends(instance: CurtoisQuInstance) -> Iterator[RuleKeys]:
    for most, whom in grouped({name: s.max_weekends for name, s in instance.staff.items()}).items():
        if most < instance.days // 7:
            yield {"kind": "weekends", "max": most, "for_": whom}
