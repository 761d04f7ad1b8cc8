"""The sections of ``shiftplan.toml`` and the columns of its tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, Field

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


class Table(Frozen):
    """A section that names a CSV table in the plan folder."""

    table: Name


class Demand(Table):
    """Demand of one queue on one clock; the table holds its curve."""

    queue: Name
    clock: ZoneName
    skill: str = ""


class Past(Table):
    """The roster worked before the horizon; known from *from* on, or from the first date of the
    table.
    """

    begin: date | None = Field(default=None, alias="from")


class Turns(Table):
    """Rotas whose weeks people go through in turn; the table says who is in which in the week of
    *from*.
    """

    begin: date = Field(alias="from")


SINGLE: dict[str, type[BaseModel]] = {
    "team": Team,
    "horizon": Horizon,
    "people": Table,
    "shift_demand": Table,
    "holidays": Table,
    "leave": Table,
    "leave_balances": Table,
    "availability": Table,
    "wishes": Table,
    "pins": Table,
    "history": Past,
    "carried": Table,
    "burden": Burden,
    "published": Table,
    "rotation": Turns,
}
"""Sections that stand once: ``[team]``."""

MANY: dict[str, type[BaseModel]] = {
    "sites": Site,
    "contracts": Contract,
    "leave_policies": LeavePolicy,
    "shifts": ShiftSpec,
    "demand": Demand,
}
"""Sections that may stand several times: ``[[sites]]``. Rules do too, each with keys of its own
kind.
"""

RULES = "rules"
REQUIRED = ("team", "horizon", "sites", "shifts", "people")
SECTIONS = (*SINGLE, *MANY, RULES)


@dataclass(frozen=True)
class Columns:
    """The table of one section: what a row is, and columns that may stand there but are not read."""

    row: type[BaseModel]
    ignored: tuple[str, ...] = ()
    there: tuple[str, ...] = ()
    """Columns that must be there though any of their cells may be empty."""


TABLES = {
    "people": Columns(Person),
    "demand": Columns(DemandRow),
    "shift_demand": Columns(ShiftNeed),
    "holidays": Columns(HolidayDate),
    "leave": Columns(Leave),
    "leave_balances": Columns(LeaveBalance),
    "availability": Columns(Availability),
    "wishes": Columns(Wish),
    "pins": Columns(Worked),
    "history": Columns(Worked, ("site", "start_utc", "end_utc", "pinned")),
    "carried": Columns(Carried),
    "published": Columns(Worked, ("site", "start_utc", "end_utc", "pinned")),
    "rotation": Columns(RotaWeek, there=WEEKDAYS),
}
