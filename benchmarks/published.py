"""Hold the importers against the independent checkers, and solve the smallest problems.

    python -m benchmarks.published [--rosters 200] [--seconds 20] [--solve 1 2 3 4] [--only 1 2 ...]

The published problems lie beside the project, or where SHIFTPLAN_BENCH says. Prints one line a
problem: the rosters on which our total and our breaches of hard rules equal the checker's, how
many of them broke none, and the roster found in the time given.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from tests.importers.bench import BENCH, checker, our_view, rosters, their_view

from shiftplan.folder import load
from shiftplan.importers import import_plan
from shiftplan.roster import Roster
from shiftplan.solver.process import solve

PUBLISHED = {1: 607, 2: 828, 3: 1001, 4: 1716}


def number(path: Path) -> int:
    """Return the number in the name of an instance."""
    return int(re.findall(r"\d+", path.name)[0])


def main() -> int:
    """Check every instance; return 1 if one roster is judged otherwise than by the checker."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rosters", type=int, default=200)
    options.add_argument("--seconds", type=float, default=20)
    options.add_argument("--solve", type=int, nargs="*", default=[1, 2, 3, 4])
    options.add_argument("--only", type=int, nargs="*")
    given = options.parse_args()
    check, wrong = checker("check_curtois_qu"), 0
    for path in sorted((BENCH / "curtois_qu").glob("*.txt"), key=number):
        if given.only and number(path) not in given.only:
            continue
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as name:
            import_plan("curtois-qu", path, Path(name) / "plan")
            plan = load(Path(name) / "plan").plan
            instance, solved, found = check.parse_instance(path), list[Roster](), ""
            if number(path) in given.solve:
                result = solve(plan, seconds=given.seconds)
                if result.roster is not None:
                    solved.append(result.roster)
                    goal = result.goals[-1]
                    found = (
                        f"  {result.status} {goal.cost}, bound {goal.bound}, {result.seconds:.1f} s"
                    )
                    found += (
                        f" (published {PUBLISHED[number(path)]})"
                        if number(path) in PUBLISHED
                        else ""
                    )
            tried = [
                *solved,
                *islice(rosters(plan, instance, 1, solved), given.rosters - len(solved)),
            ]
            equal = sound = 0
            for roster in tried:
                here = our_view(plan, roster)
                equal += here == their_view(check, instance, roster, Path(name) / "roster.json")
                sound += not here[1]
        wrong += equal != len(tried)
        seconds = time.monotonic() - begun
        print(
            f"{path.stem:<11} {equal}/{len(tried)} equal, {sound} break no hard rule, "
            f"{seconds:.0f} s{found}",
            flush=True,
        )
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
