"""Names of events: opaque, the same in every export, never given twice."""

from __future__ import annotations

from datetime import date
from uuid import NAMESPACE_URL, uuid5

DOMAIN = "shiftplan.invalid"
"""What follows the ``@``; RFC 2606 keeps ``.invalid`` from ever belonging to somebody else."""

_ROOT = uuid5(NAMESPACE_URL, "https://shiftplan.invalid/calendars")


def cell_uid(plan: str, what: str, day: date, who: str, number: int = 1) -> str:
    """Return the UID of the event in a cell: of the *number*-th one that began its life there.

    The first is also that of the cell in a draft, so that whoever imported the draft sees no shift
    twice.
    """
    again = f"/{number}" if number > 1 else ""
    return f"{uuid5(uuid5(_ROOT, plan), f'{what}/{day.isoformat()}/{who}{again}')}@{DOMAIN}"


def owner(who: str, site: str) -> str:
    """Return whose event it is: a person's, or, with no person, a site's or the team's."""
    return who or (f"site/{site}" if site else "")


def in_team(uid: str) -> str:
    """Return the UID that the event called *uid* has in the team's calendar.

    It is another one: the two say different things (whose shift; busy or free), and servers and
    clients that hold a UID once per account, not once per calendar, refuse or overwrite the second
    copy.
    """
    return f"{uuid5(_ROOT, f'team/{uid}')}@{DOMAIN}"


def in_site(uid: str) -> str:
    """Return the UID that the event called *uid* has in its site's calendar; another one again."""
    return f"{uuid5(_ROOT, f'site/{uid}')}@{DOMAIN}"
