"""Measure how the search grows with the team: time to the first roster, memory, costs and bounds.

    python benchmarks/scale.py --people 200 --sites 4 --weeks 4 --seconds 60

Each size is a plan folder made by ``generate.py``. Printed per size: seconds until the first
complete roster reached the caller (the process's start and the model's building included), the
memory of caller and search process at their highest, and each goal's cost beside its proven bound.
"""

from __future__ import annotations

import argparse
import math
import platform
import resource
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from generate import write

from shiftplan.folder import load
from shiftplan.plan.result import Progress
from shiftplan.solver.process import solve


def measure(people: int, sites: int, weeks: int, seconds: float, workers: int) -> str:
    """Return one line of the results table."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "plan"
        write(target, people, sites, weeks, 0)
        begun = time.monotonic()
        plan = load(target).plan
        loaded = time.monotonic()
        first: list[float] = []

        def tell(news: Progress) -> None:
            if news.roster is not None and not first:
                first.append(time.monotonic() - loaded)

        result = solve(plan, seconds=seconds, workers=workers, tell=tell)
    own, child = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    hard = len(plan.judge(result.roster).hard_breaches) if result.roster else "-"
    goals = "; ".join(f"{g.name} {g.cost} (bound {g.bound})" for g in result.goals[1:])
    first_roster = first[0] if first else math.nan
    return (
        f"| {people} | {sites} | {weeks} | {loaded - begun:.1f} | {first_roster:.1f} | "
        f"{result.seconds:.0f} | {result.status} | {hard} | {goals} | {own:.0f} | {child:.0f} |"
    )


def main() -> None:
    """Read the sizes and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, nargs="+", default=[44, 100, 200])
    parser.add_argument("--sites", type=int, default=4)
    parser.add_argument("--weeks", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    print(
        f"OR-Tools {version('ortools')}, Python {platform.python_version()}, "
        f"{options.workers} workers"
    )
    print()
    print(
        "| people | sites | weeks | load s | first roster s | total s | status | "
        "hard-rule breaches | goals | caller MiB | search MiB |"
    )
    print("|--|--|--|--|--|--|--|--|--|--|--|")
    for people in options.people:
        print(
            measure(people, options.sites, options.weeks, options.seconds, options.workers),
            flush=True,
        )


if __name__ == "__main__":
    main()
