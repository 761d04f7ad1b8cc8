"""A plain check of a rota against what is wanted of it; knows nothing of how rotas are found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .rota import OFF, OffTogether, Rota, RotaWish, Run, stretches


def problems(rota: Rota, wish: RotaWish) -> Iterator[str]:
    """Yield each way in which *rota* is not what *wish* requires."""
    if len(rota.rows) != wish.people or any(len(row) != 7 for row in rota.rows):
        # Nothing below makes sense of such a rota.
        yield f"{len(rota.rows)} rows for {wish.people} people, or a row without seven days"
        return
    yield from _unknown_shifts(rota, wish)
    yield from _wrong_headcounts(rota, wish)
    for run in wish.runs:
        yield from _wrong_runs(rota, run)
    yield from _forbidden_sequences(rota, wish)
    yield from _wrong_days_off(rota, wish)
    if wish.together:
        yield from _rows_without(rota, wish.together)


def _unknown_shifts(rota: Rota, wish: RotaWish) -> Iterator[str]:
    for unknown in sorted(set(rota.days) - {OFF, *wish.codes}):
        yield f"'{unknown}' is no shift"


def _wrong_headcounts(rota: Rota, wish: RotaWish) -> Iterator[str]:
    for wanted in wish.headcounts:
        found = sum(row[wanted.weekday] in wanted.codes for row in rota.rows)
        too_few = found < wanted.least
        too_many = wanted.most is not None and found > wanted.most
        if too_few or too_many:
            what = "/".join(sorted(wanted.codes))
            yield f"{found} people on {what} on {wish.weekdays[wanted.weekday].capitalize()}"


def _wrong_runs(rota: Rota, run: Run) -> Iterator[str]:
    """Yield each stretch of *run* that is too long or too short."""
    inside = [day in run.of for day in rota.days]
    name = run.name or "/".join(sorted(run.of))
    # A run that never ends is never too short, and too long if there is any longest.
    endless = all(inside)
    for found in stretches(inside):
        if run.most is not None and (endless or len(found) > run.most):
            yield f"{len(found)} days of {name} in a row"
        if len(found) < run.least and not endless:
            yield f"only {len(found)} days of {name} in a row"


def _forbidden_sequences(rota: Rota, wish: RotaWish) -> Iterator[str]:
    days = rota.days
    for pattern in sorted(wish.forbidden):
        for k in range(len(days)):
            if _around(days, k, len(pattern)) == pattern:
                weekday, row = wish.weekdays[k % 7], k // 7 + 1
                yield f"'{' '.join(pattern)}' from {weekday} of row {row}"


def _wrong_days_off(rota: Rota, wish: RotaWish) -> Iterator[str]:
    least, most = wish.week_off
    for number, row in enumerate(rota.rows, 1):
        if not least <= row.count(OFF) <= most:
            yield f"{row.count(OFF)} days off in row {number}"


def _rows_without(rota: Rota, together: OffTogether) -> Iterator[str]:
    """Yield each row without its days off together."""
    length = together.days
    if together.straddle:
        offsets = range(1 - length, 7)
    else:
        offsets = range(8 - length)
    wanted = (OFF,) * length
    for row in range(len(rota.rows)):
        starts = [7 * row + offset for offset in offsets]
        if not any(_around(rota.days, start, length) == wanted for start in starts):
            yield f"no {length} days off together in row {row + 1}"


def _around(days: Sequence[str], start: int, length: int) -> tuple[str, ...]:
    """Return *length* days from *start*, going round the cycle."""
    return tuple(days[(start + k) % len(days)] for k in range(length))
