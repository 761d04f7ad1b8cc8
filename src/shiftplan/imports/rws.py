"""Rotating workforce scheduling instances, in the format of Musliu."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import BadInput, Problem
from ..rota import OFF, Heads, RotaWish, Run


@dataclass(frozen=True)
class RwsShift:
    """A shift of the file; start and length in minutes."""

    code: str
    start: int
    length: int
    least: int
    most: int


@dataclass(frozen=True)
class Rws:
    """What a file says; *heads* are by shift and weekday."""

    people: int
    heads: tuple[tuple[int, ...], ...]
    shifts: tuple[RwsShift, ...]
    off: tuple[int, int]
    work: tuple[int, int]
    forbidden: tuple[tuple[str, ...], ...]


def read_rws(file: Path) -> Rws:
    """Read an instance; raise ``BadInput`` if the file is none."""
    lines = _Lines(file.read_text(encoding="latin-1"))
    try:
        if lines.numbers(1) != (7,):
            raise ValueError("a row of the rota must have 7 days")
        (people,), (count,) = lines.numbers(1), lines.numbers(1)
        heads = tuple(lines.numbers(7) for _ in range(count))
        shifts = tuple(_shift(lines.words(5)) for _ in range(count))
        (off_least, off_most), (least, most) = lines.numbers(2), lines.numbers(2)
        pairs, triples = lines.numbers(2)
        forbidden = [tuple(lines.words(2)) for _ in range(pairs)]
        forbidden += [tuple(lines.words(3)) for _ in range(triples)]
    except ValueError as error:
        raise BadInput([Problem(file.name, lines.number, "", f"{error}.")]) from None
    return Rws(people, heads, shifts, (off_least, off_most), (least, most), tuple(dict.fromkeys(forbidden)))


def wish_of(rws: Rws) -> RotaWish:
    """Return the rota the file asks for; heads are exact."""
    codes = tuple(s.code for s in sorted(rws.shifts, key=lambda s: s.start))
    return RotaWish(
        people=rws.people,
        codes=codes,
        heads=tuple(
            Heads(day, frozenset((shift.code,)), n, n)
            for shift, row in zip(rws.shifts, rws.heads, strict=True)
            for day, n in enumerate(row)
        ),
        runs=(
            *(Run(frozenset((s.code,)), s.least, s.most, s.code) for s in rws.shifts),
            Run(frozenset((OFF,)), *rws.off, "days off"),
            Run(frozenset(codes), *rws.work, "work"),
        ),
        forbidden=frozenset(rws.forbidden),
    )


def _shift(words: Sequence[str]) -> RwsShift:
    start, length, least, most = map(int, words[1:])
    return RwsShift(words[0], start, length, least, most)


class _Lines:
    """The lines of a file that say something, one after another."""

    def __init__(self, text: str) -> None:
        lines = enumerate((line.strip() for line in text.splitlines()), 1)
        self._rest = iter([(k, line) for k, line in lines if line and not line.startswith("#")])
        self.number = 0

    def words(self, count: int) -> list[str]:
        """Return the words of the next line; raise ``ValueError`` if they are not *count*."""
        self.number, line = next(self._rest, (0, ""))
        if not self.number:
            raise ValueError("the file ends too soon")
        found = line.split()
        if len(found) != count:
            raise ValueError(f"{count} value{'s' * (count > 1)} must stand here, not '{line}'")
        return found

    def numbers(self, count: int) -> tuple[int, ...]:
        """Return the whole numbers of the next line; raise ``ValueError`` if they are not *count*."""
        return tuple(map(int, self.words(count)))
