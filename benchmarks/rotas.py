"""Decide rotating workforce problems, and hold every rota found against the independent checker.

    python -m benchmarks.rotas [--seconds 10] [--sample 100] [--seed 7] [--workers 1]

The 20 real-life problems first, then a sample of the others. The problems lie beside the project,
or where SHIFTPLAN_BENCH says. Printed: rotas found, problems proven impossible, problems undecided,
rotas the checker refuses, and seconds per problem.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.importers.bench import BENCH, checker

from shiftplan.importers.rws import read_rws, wish_of
from shiftplan.solver.rota import find_rotas


def decide(name: str, files: Sequence[Path], seconds: float, workers: int) -> int:
    """Print one line for *files*; return how many rotas the checker refuses."""
    check = checker("check_rws")
    outcomes: Counter[str] = Counter()
    times, refused = [], 0
    for file in files:
        begun = time.monotonic()
        found = find_rotas(wish_of(read_rws(file)), seconds=seconds, workers=workers)
        times.append(time.monotonic() - begun)
        outcomes[found.outcome] += 1
        for rota in found.rotas[:1]:
            refused += bool(check.check(check.parse(str(file)), [list(row) for row in rota.rows]))
    print(
        f"| {name} | {len(files)} | {dict(outcomes)} | {refused} | {statistics.mean(times):.2f} | "
        f"{statistics.median(times):.2f} | {max(times):.2f} |"
    )
    return refused


def main() -> int:
    """Return 1 if the checker refuses a rota."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seconds", type=float, default=10)
    options.add_argument("--sample", type=int, default=100)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--workers", type=int, default=1)
    given = options.parse_args()
    print(
        "| problems | number | outcomes | refused | mean s | median s | max s |\n"
        "|--|--|--|--|--|--|--|"
    )
    real = sorted((BENCH / "rws").glob("Example*.txt"))
    refused = decide("real-life", real, given.seconds, given.workers)
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(BENCH / "rws" / "rws.zip").extractall(folder)
        others = sorted(Path(folder).rglob("*.txt"))
        some = random.Random(given.seed).sample(others, min(given.sample, len(others)))
        refused += decide(f"others, seed {given.seed}", some, given.seconds, given.workers)
    return int(refused > 0)


if __name__ == "__main__":
    sys.exit(main())
