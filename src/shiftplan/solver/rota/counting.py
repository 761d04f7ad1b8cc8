"""Why no rota can exist, as far as counting shows: staff, days off, and the runs they make."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from math import ceil, floor

from ...errors import count
from ...rota import OFF, RotaWish, Run


def days_in(wish: RotaWish, codes: frozenset[str]) -> tuple[int, int]:
    """Return the least and the most days of a row cycle that can be spent in *codes*, all people
    together.
    """
    found = [wish.bounds(day, codes) for day in range(7)]
    least, most = sum(b[0] for b in found), sum(b[1] for b in found)
    if codes == {OFF}:
        least, most = (
            max(least, wish.people * wish.week_off[0]),
            min(most, wish.people * wish.week_off[1]),
        )
    elif codes == wish.work:
        least = max(least, wish.people * (7 - wish.week_off[1]))
        most = min(most, wish.people * (7 - wish.week_off[0]))
    return least, most


def run_counts(wish: RotaWish, run: Run) -> tuple[int, int]:
    """Return how few and how many runs the days in it can be split into."""
    least, most = days_in(wish, run.of)
    few = ceil(Fraction(least, run.most)) if run.most else 0
    return few, floor(Fraction(most, run.least))


def shortfalls(wish: RotaWish) -> Iterator[str]:
    """Yield each requirement that counting proves cannot be met, as a sentence."""
    yield from _crowded_days(wish)
    yield from _days_in_all(wish)
    for run in wish.runs:
        yield from _unsplittable(wish, run)
    yield from _alternating(wish)


def _crowded_days(wish: RotaWish) -> Iterator[str]:
    for day, name in enumerate(wish.weekdays):
        needed, _ = wish.bounds(day, wish.work)
        if needed > wish.people:
            needs = count(needed, "person", "people")
            yield f"{name.capitalize()} needs {needs}, but there are only {wish.people}."


def _days_in_all(wish: RotaWish) -> Iterator[str]:
    """Yield that days of work and days off do not fill a week of everybody."""
    worked, workable = days_in(wish, wish.work)
    free, _ = days_in(wish, frozenset((OFF,)))
    least_off, most_off = wish.week_off
    cells = 7 * wish.people
    if worked + free > cells and wish.week_off != (0, 7):
        yield (
            f"The shifts need {count(worked, 'day')} of work a week and "
            f"{count(least_off, 'day')} off each take {free}, "
            f"but {_people(wish)} have {count(cells, 'day')} a week."
        )
    to_work = cells - wish.people * most_off
    if workable < to_work:
        yield (
            f"With at most {count(most_off, 'day')} off in a week {_people(wish)} work at least "
            f"{count(to_work, 'day')} a week; the shifts take {workable}."
        )


def _unsplittable(wish: RotaWish, run: Run) -> Iterator[str]:
    """Yield that the days of *run* cannot be split into runs of its lengths."""
    least, most = days_in(wish, run.of)
    cells = 7 * wish.people
    if run.most is not None and least == cells:
        yield f"All {cells} days are {_days(run)}, so a run of at most {run.most} never ends."
    few, many = run_counts(wish, run)
    if few > many and least <= most:
        yield (
            f"{_amount(least, most, 'day')} {'off' if run.of == {OFF} else f'of {_days(run)}'} "
            f"a week cannot be split into runs of {_limits(run)}."
        )


def _alternating(wish: RotaWish) -> Iterator[str]:
    """Yield that two sorts of runs cannot take turns: a cycle has as many of each."""
    whole = wish.work | {OFF}
    for one, other in combinations(wish.runs, 2):
        if one.of & other.of or one.of | other.of != whole:
            continue
        work, off = (one, other) if OFF in other.of else (other, one)
        (few, many), (fewest, most) = run_counts(wish, work), run_counts(wish, off)
        if max(few, fewest) <= min(many, most) or few > many or fewest > most:
            continue
        worked, free = (_amount(*days_in(wish, run.of), "day") for run in (work, off))
        yield (
            f"{worked} of work a week in runs of {_limits(work)} make "
            f"{_amount(few, many, 'run')}, but {free} off in runs of {_limits(off)} make "
            f"{_amount(fewest, most, 'run')}, and there must be as many of each."
        )


def _people(wish: RotaWish) -> str:
    return count(wish.people, "person", "people")


def _days(run: Run) -> str:
    return run.name or ("days off" if run.of == {OFF} else "/".join(sorted(run.of)))


def _limits(run: Run) -> str:
    if run.most is None:
        return f"{count(run.least, 'day')} or more"
    if run.least == run.most:
        return count(run.least, "day")
    return f"{run.least} to {run.most} days"


def _amount(least: int, most: int, one: str) -> str:
    if least == most:
        return count(least, one)
    if least < most:
        return f"{least} to {count(most, one)}"
    return f"at least {least} and at most {count(most, one)}"
