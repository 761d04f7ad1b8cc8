"""The sections of ``shiftplan.toml`` and the columns of its tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self

from pydantic import BaseModel, Field, model_validator

from ..clock import WEEKDAYS
from ..facts import (
    Availability,
    Burden,
    Carried,
    Contract,
    DemandRow,
    Frozen,
    HolidayDate,
    Horizon,
    Leave,
    LeaveBalance,
    LeavePolicy,
    Person,
    RotaWeek,
    ShiftNeed,
    ShiftSpec,
    Site,
    Team,
    Wish,
    Worked,
)
from ..facts.base import Name, ZoneName


class TableSection(Frozen):
    """A section that names a CSV table in the plan folder."""

    table: Name


class DemandSection(TableSection):
    """Demand of one queue in one time zone; the table holds its curve."""

    queue: Name
    clock: ZoneName
    skill: str = ""


class HistorySection(Frozen):
    """The roster worked before the horizon.

    It is known from *from* on, or from the first date of the table.
    """

    table: Name = ""
    begin: date | None = Field(default=None, alias="from")
    none: bool = False
    """That nobody was on duty as the horizon begins, in place of a table that says who was."""

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Self:
        if not (self.table or self.none):
            also = "or write none = true if nobody was on duty before"
            raise ValueError(f"table: is missing. Name the table of who worked before, {also}.")
        if self.none and (self.table or self.begin):
            key = "table" if self.table else "from"
            raise ValueError(
                f"none: nobody was on duty before, it says, and '{key}' speaks of a record. "
                "Delete one of the two."
            )
        return self


class RotationSection(TableSection):
    """Rotas whose weeks people go through in turn.

    The table says who is in which in the week of *from*.
    """

    begin: date = Field(alias="from")


class WorkedLine(Worked):
    """One line of a roster that was written to a file, in which people may have ids."""

    id: str = ""
    """Who the person is, whatever they were called when the file was written."""


SINGLE: dict[str, type[BaseModel]] = {
    "team": Team,
    "horizon": Horizon,
    "people": TableSection,
    "shift_demand": TableSection,
    "holidays": TableSection,
    "leave": TableSection,
    "leave_balances": TableSection,
    "availability": TableSection,
    "wishes": TableSection,
    "pins": TableSection,
    "history": HistorySection,
    "carried": TableSection,
    "burden": Burden,
    "published": TableSection,
    "rotation": RotationSection,
}
"""Sections that stand once: ``[team]``."""

MANY: dict[str, type[BaseModel]] = {
    "sites": Site,
    "contracts": Contract,
    "leave_policies": LeavePolicy,
    "shifts": ShiftSpec,
    "demand": DemandSection,
}
"""Sections that may stand several times: ``[[sites]]``.

Rules do too, each with keys of its own kind.
"""

RULES = "rules"
REQUIRED = ("team", "horizon", "sites", "shifts", "people")
SECTIONS = (*SINGLE, *MANY, RULES)


@dataclass(frozen=True)
class TableColumns:
    """The table of one section: what a row is, and columns that may be there but are not read."""

    row: type[BaseModel]
    ignored: tuple[str, ...] = ()
    there: tuple[str, ...] = ()
    """Columns that must be there though any of their cells may be empty."""


TABLES = {
    "people": TableColumns(Person),
    "demand": TableColumns(DemandRow),
    "shift_demand": TableColumns(ShiftNeed),
    "holidays": TableColumns(HolidayDate),
    "leave": TableColumns(Leave),
    "leave_balances": TableColumns(LeaveBalance),
    "availability": TableColumns(Availability),
    "wishes": TableColumns(Wish),
    "pins": TableColumns(Worked),
    "history": TableColumns(WorkedLine, ("site", "start_utc", "end_utc", "pinned")),
    "carried": TableColumns(Carried),
    "published": TableColumns(WorkedLine, ("site", "start_utc", "end_utc", "pinned")),
    "rotation": TableColumns(RotaWeek, there=WEEKDAYS),
}
