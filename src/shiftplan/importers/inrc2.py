"""The Second International Nurse Rostering Competition's text format, all weeks known at once.

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
from .base import MONDAY, NewPlan, Row, RuleKeys, family
from .curtois_qu import starts
from .curtois_qu_text import LONGEST_RUN, ShiftLine
from .inrc2_text import ANY, NAME, Inrc2Instance, Inrc2Reader, NurseHistory

GOAL = "penalty"
SITE = "Hospital"
LENGTH = 8 * 60

STAFF = 30
SHIFT_RUN = 15
RUN = 30
REQUEST = 10
WHOLE_WEEKEND = 30
ASSIGNMENTS = 20
WEEKENDS = 30
"""The competition's weight of each limit."""

NAMED = "Name it SET_HISTORY_WEEKS, as in n005w4_0_1-2-3-3, in the folder where Sc-n005w4.txt lies."


@family(
    "inrc2", "INRC-II, where FILE is named after history and weeks, as in n005w4/n005w4_0_1-2-3-3"
)
def read(source: Path, report: Report) -> NewPlan | None:
    """Return the plan of one instance, or None after reporting everything that is wrong with it.

    *source* need not exist; its name says which files beside it are read.
    """
    match = NAME.fullmatch(_instance_name(source))
    if match is None:
        message = "the name does not say which history and weeks are meant"
        report.add(str(source), 0, "", message, NAMED)
        return None
    name, history, weeks = match[1], match[2], match[3].split("-")
    folder = source.parent
    reader = Inrc2Reader(report, Inrc2Instance(len(weeks)))
    reader.scenario(folder / f"Sc-{name}.txt")
    # What follows from a mistake in the scenario is not reported before it is fixed.
    if not report.problems:
        reader.history(folder / f"H0-{name}-{history}.txt")
        for number, week in enumerate(weeks):
            reader.week(folder / f"WD-{name}-{week}.txt", number)
    return None if report.problems else _plan(source, reader.found)


def _instance_name(source: Path) -> str:
    return source.name.removesuffix(".txt")


def _plan(source: Path, instance: Inrc2Instance) -> NewPlan:
    """Return *instance* as a plan whose goal costs the published penalty."""
    name = _instance_name(source)
    plan = NewPlan(
        f"{name} of the Second International Nurse Rostering Competition.\n"
        f"What the goal '{GOAL}' costs is the penalty of the competition.\n"
        "The files give no times of day: starts are chosen so that no shift runs into one of the "
        "next day.\nA code is a shift worked with one skill; the shift itself is a kind."
    )
    plan.single["team"] = {"name": name, "home": SITE, "goals": [GOAL]}
    plan.single["horizon"] = {"start": MONDAY, "weeks": instance.weeks}
    plan.add("sites", name=SITE, timezone="UTC")
    for contract in _contracts(instance):
        plan.add("contracts", name=contract)
    _add_shifts(plan, instance)
    _add_tables(plan, instance)
    for rule in _rules(instance):
        plan.add("rules", **rule)
    return plan


def _contracts(instance: Inrc2Instance) -> dict[str, None]:
    """Return the contracts that nurses have, each once."""
    return dict.fromkeys(contract for contract, _ in instance.nurses.values())


def _add_shifts(plan: NewPlan, instance: Inrc2Instance) -> None:
    """Add a shift for each kind and each skill that somebody has."""
    lines = {code: ShiftLine(LENGTH, instance.not_next.get(code, ())) for code in instance.shifts}
    skills = dict.fromkeys(skill for _, theirs in instance.nurses.values() for skill in theirs)
    for kind, start in starts(lines).items():
        for skill in skills:
            code = _code(kind, skill)
            plan.add("shifts", code=code, start=start, length="8h", kind=kind, requires=[skill])


def _code(kind: str, skill: str) -> str:
    return f"{kind}/{skill}"


def _day(number: int) -> date:
    return MONDAY + timedelta(days=number)


# -- tables ----------------------------------------------------------------------------------------


def _add_tables(plan: NewPlan, instance: Inrc2Instance) -> None:
    plan.table("people", _people(instance))
    plan.table("wishes", _wishes(instance))
    plan.table("shift_demand", _shift_demand(instance))
    plan.table("history", _history(instance))
    plan.single["history"]["from"] = _day(_first_on_record(instance))


def _people(instance: Inrc2Instance) -> Iterator[Row]:
    for nurse, (contract, skills) in instance.nurses.items():
        yield {"name": nurse, "site": SITE, "skills": " ".join(skills), "contract": contract}


def _wishes(instance: Inrc2Instance) -> Iterator[Row]:
    for (nurse, day, code), times in instance.requests.items():
        any_shift = code == ANY
        yield {
            "person": nurse,
            "date": _day(day),
            "wish": "day-off" if any_shift else "shift-off",
            "shift": "" if any_shift else code,
            "weight": REQUEST * times,
        }


def _shift_demand(instance: Inrc2Instance) -> Iterator[Row]:
    for (day, kind, skill), (least, best) in instance.demand.items():
        yield {
            "shift": _code(kind, skill),
            "date": _day(day),
            "minimum": least,
            "preferred": best,
            "under": STAFF,
        }


def _history(instance: Inrc2Instance) -> Iterator[Row]:
    """Yield days worked that bring each nurse into the first week as the history says."""
    for nurse, past in instance.past.items():
        skill = instance.nurses[nurse][1][0]
        for before, kind in _days_worked(instance, past):
            yield {"person": nurse, "date": _day(-before), "shift": _code(kind, skill)}


def _days_worked(instance: Inrc2Instance, past: NurseHistory) -> Iterator[tuple[int, str]]:
    """Yield how many days before the first week a nurse worked, and which shift.

    What ends a run is a day of the other sort before it.
    """
    other = next((code for code in instance.shifts if code != past.last), past.last or "")
    if past.last is None:
        yield past.off + 1, other  # the day of work before the days off
        return
    for before in range(1, past.worked + 1):
        yield before, past.last if before <= past.same else other


def _first_on_record(instance: Inrc2Instance) -> int:
    """Return the first day on record, before 0; every run of the history has begun after it."""
    return min(-2 - max(past.worked, past.off) for past in instance.past.values())


# -- rules -----------------------------------------------------------------------------------------


def _rules(instance: Inrc2Instance) -> Iterator[RuleKeys]:
    """Yield the rules, hard ones first; a limit of 0 or 1 that says nothing is left out."""
    forbidden = []
    for code, others in instance.not_next.items():
        forbidden += [f"{code} {other}" for other in others]
    if forbidden:
        yield {"kind": "succession", "forbid": forbidden}
    if any(least for least, _ in instance.demand.values()):
        yield {"kind": "shift-demand", "level": "minimum"}
    if instance.demand:
        yield {"kind": "shift-demand", "level": "preferred", "strength": GOAL}
    if instance.requests:
        yield {"kind": "wish", "strength": GOAL}
    for code, (low, high) in instance.shifts.items():
        yield from _shift_runs(instance, code, low, high)
    for name in _contracts(instance):
        yield from _contract_rules(instance, name)


def _shift_runs(instance: Inrc2Instance, code: str, low: int, high: int) -> Iterator[RuleKeys]:
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
    # A limit as long as horizon and record together cannot be exceeded.
    if high < 7 * instance.weeks - _first_on_record(instance):
        yield _soft("shift-count", SHIFT_RUN, of=code, max=high, days=high + 1)


def _contract_rules(instance: Inrc2Instance, name: str) -> Iterator[RuleKeys]:
    """Yield the limits of the contract called *name*, less what its nurses have done already."""
    contract, whom = instance.contracts[name], {"contract": [name]}
    yield _soft("work-run", RUN, min=contract.work[0], max=contract.work[1], for_=whom)
    yield _soft("off-run", RUN, min=contract.off[0], max=contract.off[1], for_=whom)
    if contract.whole:
        yield _soft("weekends", WHOLE_WEEKEND, whole=True, for_=whom)
    past = {n: p for n, p in instance.past.items() if instance.nurses[n][0] == name}
    fewest, most = contract.assignments
    for done, names in _alike({n: p.assignments for n, p in past.items()}, name):
        least = {"min": fewest - done} if fewest > done else {}
        limits = {**least, "max": most - done}
        yield _soft("shift-count", ASSIGNMENTS, **limits, per="horizon", for_=names)
    for done, names in _alike({n: p.weekends for n, p in past.items()}, name):
        yield _soft("weekends", WEEKENDS, max=contract.weekends - done, for_=names)


def _soft(kind: str, weight: int, **keys: Any) -> RuleKeys:
    return {"kind": kind, "strength": GOAL, "weight": weight, **keys}


def _alike(done: Mapping[str, int], contract: str) -> Iterator[tuple[int, dict[str, list[str]]]]:
    """Yield each number with the filter of those of *contract* who have it."""
    for number in sorted(set(done.values())):
        names = [name for name, count in done.items() if count == number]
        everyone = len(names) == len(done)
        yield number, {"contract": [contract]} if everyone else {"names": names}
