"""The rotas people follow: weeks that come in turn, and who is in which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from ..clock import WEEKDAYS
from .base import Frozen


def _names(value: Any) -> Any:
    if isinstance(value, str):
        return tuple(name.strip() for name in value.split(";") if name.strip())
    return value


def _shift(value: Any) -> Any:
    return "" if isinstance(value, str) and value.strip() == "-" else value


Names = Annotated[
    tuple[str, ...],
    BeforeValidator(_names),
    WithJsonSchema({"type": ["string", "array"], "items": {"type": "string"}}),
]
"""Several people: a list, or in a table one cell with semicolons between."""
ShiftOrOff = Annotated[str, BeforeValidator(_shift)]
"""A code; nothing or ``-`` is a day off."""


class RotaWeek(Frozen):
    """One week of a rota, and who is in it in the week that everything is counted from."""

    rota: str = ""
    week: int = Field(ge=1, le=1000)
    """Its number in the rota: 1 comes again after the last."""
    monday: ShiftOrOff = ""
    tuesday: ShiftOrOff = ""
    wednesday: ShiftOrOff = ""
    thursday: ShiftOrOff = ""
    friday: ShiftOrOff = ""
    saturday: ShiftOrOff = ""
    sunday: ShiftOrOff = ""
    people: Names = ()

    def on(self, day: date) -> str | None:
        """Return the code worked on the weekday of *day*, or None for a day off."""
        return str(getattr(self, WEEKDAYS[day.weekday()])) or None


@dataclass(frozen=True)
class Rotation:
    """Who follows which weeks in turn, and where in them they are in the week that begins with
    *start*.
    """

    start: date
    weeks: Mapping[str, tuple[RotaWeek, ...]]
    """The weeks each person goes through, in order."""
    places: Mapping[str, int]
    """How many of them come before the one the person is in, in the week of *start*."""

    def names(self, who: str) -> bool:
        """Say whether *who* follows a rota."""
        return who in self.places

    def week(self, who: str, day: date) -> RotaWeek:
        """Return the week of the rota *who* is in on *day*; raise ``KeyError`` without a rota."""
        weeks = self.weeks[who]
        since = (day - self.start).days // 7  # below zero before the start, which counts back
        return weeks[(self.places[who] + since) % len(weeks)]

    def at(self, who: str, day: date) -> str | None:
        """Return the code *who* works on *day* by their rota; None for a day off or no rota."""
        return self.week(who, day).on(day) if who in self.places else None


def rotation_of(rows: Iterable[RotaWeek], start: date) -> Rotation:
    """Return what *rows* say together; the weeks of a rota count by their numbers."""
    rotas: dict[str, list[RotaWeek]] = {}
    for row in sorted(rows, key=lambda row: row.week):
        rotas.setdefault(row.rota, []).append(row)
    weeks: dict[str, tuple[RotaWeek, ...]] = {}
    places: dict[str, int] = {}
    for rota in rotas.values():
        for k, row in enumerate(rota):
            for who in row.people:
                weeks[who] = tuple(rota)
                places[who] = k
    return Rotation(start, weeks, places)
