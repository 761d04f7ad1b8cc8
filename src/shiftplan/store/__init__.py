"""What a team has on record, kept in a database: rosters, versions, ledgers, calendar links."""

from .calendar_link import CalendarLink, LinkChoices, LinkKind
from .opening import OpenedPlan, open_plan, open_plan_anyway
from .place import DATABASE_URL
from .records import StoredRoster
from .store import Store, open_store

__all__ = [
    "DATABASE_URL",
    "CalendarLink",
    "LinkChoices",
    "LinkKind",
    "OpenedPlan",
    "Store",
    "StoredRoster",
    "open_plan",
    "open_plan_anyway",
    "open_store",
]
