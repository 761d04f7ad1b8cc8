"""What is given: frozen values that know no rules."""

from .base import Frozen
from .burden import Burden
from .demand import Curve, DemandRow, Need, ShiftNeed
from .facts import Facts
from .history import Cell, History
from .holidays import Holiday
from .leave_policy import LeavePolicy, LieuTerms
from .lieu_days import LieuDay
from .people import Availability, Person, name_of
from .published import Published
from .rotation import Rotation, RotaWeek
from .shifts import ShiftSpec, ShiftType, StartRange, kind_of
from .tables import Carried, HolidayDate, Leave, LeaveBalance, Wish, Worked
from .team import Contract, Horizon, Site, Team
from .window import Window

__all__ = [
    "Availability",
    "Burden",
    "Carried",
    "Cell",
    "Contract",
    "Curve",
    "DemandRow",
    "Facts",
    "Frozen",
    "History",
    "Holiday",
    "HolidayDate",
    "Horizon",
    "Leave",
    "LeaveBalance",
    "LeavePolicy",
    "LieuDay",
    "LieuTerms",
    "Need",
    "Person",
    "Published",
    "RotaWeek",
    "Rotation",
    "ShiftNeed",
    "ShiftSpec",
    "ShiftType",
    "Site",
    "StartRange",
    "Team",
    "Window",
    "Wish",
    "Worked",
    "kind_of",
    "name_of",
]
