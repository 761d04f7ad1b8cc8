"""The Second International Nurse Rostering Competition, in its text format, all weeks known at
once.

S. Ceschia, N. T. T. Dang, P. De Causmaecker, S. Haspeslagh, A. Schaerf, "Second International Nurse
Rostering Competition (INRC-II): problem description and rules", 2015, whose weights these are. A
nurse works a shift with one of their skills, so each shift here has a code for each skill and one
kind for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ..folder.report import Report
from .base import MONDAY, NewPlan, family
from .curtois_qu import starts
from .curtois_qu_text import LONGEST_RUN, ShiftLine
from .inrc2_text import NAME, Inrc2Instance, Inrc2Reader

GOAL = "penalty"
SITE = "Hospital"
LENGTH = 8 * 60

COVER, SHIFT_RUN, RUN, REQUEST, WHOLE_WEEKEND, ASSIGNMENTS, WEEKENDS = 30, 15, 30, 10, 30, 20, 30


@family(
    "inrc2", "INRC-II, where FILE is named after history and weeks, as in n005w4/n005w4_0_1-2-3-3"
)
def read(source: Path, report: Report) -> NewPlan | None:
    """Return the plan of one instance, or None after reporting everything that is wrong with it.

    *source* need not exist; its name says which files beside it are read.
    """
    match = NAME.fullmatch(source.name.removesuffix(".txt"))
    if match is None:
        hint = "Name it SET_HISTORY_WEEKS, as in n005w4_0_1-2-3-3, in the folder where Sc-n005w4.txt lies."
        report.add(
            str(source), 0, "", "the name does not say which history and weeks are meant", hint
        )
        return None
    name, history, weeks = match[1], match[2], match[3].split("-")
    folder = source.parent
    reader = Inrc2Reader(report, Inrc2Instance(len(weeks)))
    reader.scenario(folder / f"Sc-{name}.txt")
    if not report.problems:
        reader.history(folder / f"H0-{name}-{history}.txt")
        for number, week in enumerate(weeks):
            reader.week(folder / f"WD-{name}-{week}.txt", number)
    return None if report.problems else _plan(source, reader.found)


def _plan(source: Path, instance: Inrc2Instance) -> NewPlan:
    """Return *instance* as a plan whose goal costs the published penalty."""
    plan = NewPlan(
        f"{source.name.removesuffix('.txt')} of the Second International Nurse Rostering Competition.\n"
        f"What the goal '{GOAL}' costs is the penalty of the competition.\n"
        "The files give no times of day: starts are chosen so that no shift runs into one of the next day.\n"
        "A code is a shift worked with one skill; the shift itself is a kind."
    )
    plan.single["team"] = {"name": source.name.removesuffix(".txt"), "home": SITE, "goals": [GOAL]}
    plan.single["horizon"] = {"start": MONDAY, "weeks": instance.weeks}
    plan.add("sites", name=SITE, timezone="UTC")
    for contract in dict.fromkeys(contract for contract, _ in instance.nurses.values()):
        plan.add("contracts", name=contract)
    shifts = {code: ShiftLine(LENGTH, instance.not_next.get(code, ())) for code in instance.shifts}
    skills = dict.fromkeys(skill for _, theirs in instance.nurses.values() for skill in theirs)
    for kind, start in starts(shifts).items():
        for skill in skills:
            code = _code(kind, skill)
            plan.add("shifts", code=code, start=start, length="8h", kind=kind, requires=[skill])
    _tables(plan, instance)
    for rule in _rules(instance):
        plan.add("rules", **rule)
    return plan


def _code(kind: str, skill: str) -> str:
    return f"{kind}/{skill}"


def _day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def _tables(plan: NewPlan, instance: Inrc2Instance) -> None:
    plan.table(
        "people",
        [
            {"name": nurse, "site": SITE, "skills": " ".join(skills), "contract": contract}
            for nurse, (contract, skills) in instance.nurses.items()
        ],
    )
    plan.table(
        "wishes",
        [
            {
                "person": nurse,
                "date": _day(day),
                "wish": "day-off" if code == "Any" else "shift-off",
                "shift": "" if code == "Any" else code,
                "weight": REQUEST * times,
            }
            for (nurse, day, code), times in instance.requests.items()
        ],
    )
    plan.table(
        "shift_demand",
        [
            {
                "shift": _code(kind, skill),
                "date": _day(day),
                "minimum": least,
                "preferred": best,
                "under": COVER,
            }
            for (day, kind, skill), (least, best) in instance.cover.items()
        ],
    )
    plan.table("history", _past(instance))
    plan.single["history"]["from"] = _day(_begin(instance))


def _past(instance: Inrc2Instance) -> Iterator[dict[str, object]]:
    """Yield days worked that bring each nurse into the first week as the history says.

    What ends a run is a day of the other sort before it.
    """
    for nurse, past in instance.past.items():
        skill = instance.nurses[nurse][1][0]
        other = next((code for code in instance.shifts if code != past.last), past.last or "")
        if past.last is None:
            worked = [(past.off + 1, other)]
        else:
            worked = [
                (k, past.last if k <= past.same else other) for k in range(1, past.worked + 1)
            ]
        for before, kind in worked:
            yield {"person": nurse, "date": _day(-before), "shift": _code(kind, skill)}


def _rules(instance: Inrc2Instance) -> Iterator[dict[str, Any]]:
    """Yield the rules, hard ones first; a limit of 0 or 1 that says nothing is left out."""
    forbidden = [
        f"{code} {other}" for code, others in instance.not_next.items() for other in others
    ]
    if forbidden:
        yield {"kind": "succession", "forbid": forbidden}
    if any(least for least, _ in instance.cover.values()):
        yield {"kind": "shift-demand", "level": "minimum"}
    if instance.cover:
        yield {"kind": "shift-demand", "level": "preferred", "strength": GOAL}
    if instance.requests:
        yield {"kind": "wish", "strength": GOAL}
    for code, (low, high) in instance.shifts.items():
        yield from _shift_runs(instance, code, low, high)
    for name in dict.fromkeys(contract for contract, _ in instance.nurses.values()):
        contract, whom = instance.contracts[name], {"contract": [name]}
        yield _soft("work-run", RUN, min=contract.work[0], max=contract.work[1], for_=whom)
        yield _soft("off-run", RUN, min=contract.off[0], max=contract.off[1], for_=whom)
        if contract.whole:
            yield _soft("weekends", WHOLE_WEEKEND, whole=True, for_=whom)
        begun = {n: past for n, past in instance.past.items() if instance.nurses[n][0] == name}
        for done, names in _alike({n: past.assignments for n, past in begun.items()}, name):
            low, high = (limit - done for limit in contract.assignments)
            least = {"min": low} if low > 0 else {}
            yield _soft("shift-count", ASSIGNMENTS, **least, max=high, per="horizon", for_=names)
        for done, names in _alike({n: past.weekends for n, past in begun.items()}, name):
            yield _soft("weekends", WEEKENDS, max=contract.weekends - done, for_=names)


def _shift_runs(
    instance: Inrc2Instance, code: str, low: int, high: int
) -> Iterator[dict[str, Any]]:
    """Yield the limits on runs of a shift.

    A run beyond what ``shift-run`` can count has as many days too many as there are windows, one
    day longer than the limit, that it fills.
    """
    least = {"min": low} if low > 1 else {}
    if high <= LONGEST_RUN:
        yield _soft("shift-run", SHIFT_RUN, of=code, **least, max=high)
        return
    if least:
        yield _soft("shift-run", SHIFT_RUN, of=code, **least)
    if high < 7 * instance.weeks - _begin(instance):
        yield _soft("shift-count", SHIFT_RUN, of=code, max=high, days=high + 1)


def _begin(instance: Inrc2Instance) -> int:
    """Return the first day on record, before 0; every run of the history has begun after it."""
    return min(-2 - max(past.worked, past.off) for past in instance.past.values())


def _soft(kind: str, weight: int, **keys: Any) -> dict[str, Any]:
    return {"kind": kind, "strength": GOAL, "weight": weight, **keys}


def _alike(done: Mapping[str, int], contract: str) -> Iterator[tuple[int, dict[str, list[str]]]]:
    """Yield each number with the filter of those of *contract* who have it."""
    for number in sorted(set(done.values())):
        names = [name for name, count in done.items() if count == number]
        yield number, {"contract": [contract]} if len(names) == len(done) else {"names": names}
