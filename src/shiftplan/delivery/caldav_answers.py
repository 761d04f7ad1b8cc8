"""What a CalDAV server answers, or does not: in a sentence, with the server's own number."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ..errors import ShiftplanError, count
from .address import checked

OK = (200, 201, 204)
MULTI_STATUS = 207
GONE = (404, 410)
CHANGED = 412
"""The precondition failed: somebody changed the object since it was looked at."""

OF_ONE_EVENT = (400, 409, 413, 415, 422)
"""The server does not take this object; it may well take others."""
OF_ALL = (401, 429, 503)
"""The server lets nobody in, or not now: another calendar will fare no better."""

_LATER = "Push again later."
_ROOM = "Make room on the server, or ask whoever runs it."
_ADMIN = "Push again later; if it stays, whoever runs it finds the reason in its log."
_MEANINGS = {
    400: ("the server does not understand it", "Is it a CalDAV calendar?"),
    404: ("nothing is there", "Correct the address."),
    405: ("the server does nothing like that at this address", "Is it a CalDAV calendar?"),
    409: (
        "it is in conflict with what is there, or the folder above it is missing",
        "Look at the calendar on the server.",
    ),
    410: ("nothing is there any more", "Correct the address."),
    413: ("it is too large for the server", _ROOM),
    415: ("the server takes no calendars there", "Is it a CalDAV calendar?"),
    423: ("it is locked by another program", _LATER),
    429: ("the server was asked too often", _LATER),
    500: ("the server failed", _ADMIN),
    502: ("the server behind that address failed", _ADMIN),
    503: ("the server is not available for now", _LATER),
    504: ("the server behind that address does not answer", _ADMIN),
    507: ("the server has no room left, or the quota of the account is full", _ROOM),
}
"""What a status means, and what to do."""


class PushFailed(ShiftplanError):
    """A CalDAV server cannot be reached, refuses, or answers what makes no sense.

    *of_all* says that its other calendars will fare no better.
    """

    def __init__(self, message: str, hint: str = "", *, of_all: bool = False) -> None:
        super().__init__(message, hint)
        self.of_all = of_all


@dataclass
class Pushed:
    """What was done to one calendar, by UID, and what went wrong."""

    url: str
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    """Those somebody else changed at the same time."""
    failed: dict[str, PushFailed] = field(default_factory=dict)
    """Those the server does not take, while it takes others."""
    same: int = 0
    made: bool = False
    """Whether the calendar was made."""
    error: PushFailed | None = None
    """Why it went no further."""
    begun: bool = False
    whole: bool = False
    """Whether it was gone through to the end."""

    @property
    def stopped(self) -> bool:
        """Whether it is neither whole nor failed, for it was interrupted."""
        return self.begun and not self.whole and self.error is None


def refused(target: str, deed: str, status: int, wait: float | None = None) -> PushFailed:
    """Return what it means that *target* cannot be read, written, removed or made.

    *deed* is which of these, *status* the server's answer, *wait* for how many seconds it asks.
    """
    if status in (401, 403):
        return PushFailed(
            f"{target} does not accept the name and password, or does not let them write there "
            f"({status}).",
            "Check SHIFTPLAN_CALDAV_USER, its password and its rights.",
            of_all=status in OF_ALL,
        )
    meaning, hint = _MEANINGS.get(status, ("", ""))
    if not meaning:
        meaning, hint = _unknown(status)
    if wait is not None and wait > 0:
        meaning = f"{meaning}, and asks to wait {_length(wait)}"
    return PushFailed(
        f"{target} cannot be {deed} ({status}): {meaning}.", hint, of_all=status in OF_ALL
    )


def _unknown(status: int) -> tuple[str, str]:
    if status >= 500:
        return "the server failed", _ADMIN
    if status >= 400:
        return "the server refuses it", "May this account write there?"
    return "that is no answer of a calendar", "Is it a CalDAV calendar?"


def _length(seconds: float) -> str:
    """Return a length for people, rounded up."""
    if seconds < 120:
        return count(math.ceil(seconds), "second")
    if seconds < 7200:
        return count(math.ceil(seconds / 60), "minute")
    return count(math.ceil(seconds / 3600), "hour")


def check(url: str) -> None:
    """Raise ``PushFailed`` for what is no address, or would give a password away."""
    instead = "Set SHIFTPLAN_CALDAV_USER and SHIFTPLAN_CALDAV_PASSWORD."
    parts = checked(url, "https://dav.example.org/team/ana/", instead, PushFailed)
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise PushFailed(f"{url} would send the password in the open.", "Use https.")


_PORTS = {"http": 80, "https": 443}


def server_of(url: str) -> tuple[str, str, int | None]:
    """Return scheme, name and port of the server that has *url*."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or _PORTS.get(parts.scheme)
