"""A calendar on a CalDAV server updated from the published one; other events stay untouched."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit

from caldav.davclient import DAVClient
from caldav.lib.error import AuthorizationError, DAVError, NotFoundError
from caldav.lib.http_sync import requests

from ..calendars.objects import ObjectRevision, revision_of
from ..errors import ShiftplanError
from ..publication.uids import DOMAIN
from .address import checked

# What matters of what it logs ``PushFailed`` says.
logging.getLogger("caldav").setLevel(logging.CRITICAL + 1)

TIMEOUT = 30
"""Seconds to wait for an answer of the server."""

_NO_CONTENT = 204
_MULTI_STATUS = 207
_OK = (200, 201, _NO_CONTENT)
_GONE = (404, 410)
_CHANGED = 412
"""The precondition failed: somebody changed the object since it was looked at."""
_TYPE = {"Content-Type": "text/calendar; charset=utf-8"}

_QUERY = """<?xml version="1.0" encoding="utf-8"?>
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<D:prop><D:getetag/><C:calendar-data/></D:prop>
<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"/></C:comp-filter></C:filter>
</C:calendar-query>"""


class PushFailed(ShiftplanError):
    """A CalDAV server cannot be reached, refuses, or answers what makes no sense."""


@dataclass(frozen=True)
class _There:
    """An event of this program as the server has it."""

    href: str
    etag: str
    revision: ObjectRevision


@dataclass
class Pushed:
    """What was done to one calendar, by UID."""

    url: str
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    """Those somebody else changed at the same time."""
    same: int = 0


class Server:
    """A CalDAV server; *user* and *password* go to it alone and into no message."""

    def __init__(self, user: str, password: str) -> None:
        self._user = user
        self._password = password

    def push(self, url: str, wanted: Mapping[str, bytes], *, make: bool = False) -> Pushed:
        """Bring the calendar at *url* in line with the objects *wanted*, by UID.

        What is new is added, what has another revision is replaced, what is this program's and
        gone is removed, each only if nobody changed it since it was looked at (``If-Match``). With
        *make* a calendar that is not there is made first. Raise ``PushFailed``.
        """
        url = url if url.endswith("/") else f"{url}/"
        check(url)
        try:
            with DAVClient(
                url=url,
                username=self._user or None,
                password=self._password or None,
                timeout=TIMEOUT,
                enable_rfc6764=False,
            ) as client:
                client.session.max_redirects = 0  # the password is for this server alone
                return _push(client, url, wanted, make)
        except AuthorizationError:
            raise PushFailed(
                f"{url} does not accept the name and password, or does not let them write there.",
                "Check SHIFTPLAN_CALDAV_USER, its password and its rights.",
            ) from None
        except requests.exceptions.TooManyRedirects:
            raise PushFailed(
                f"{url} leads to another address.", "Give the one it leads to."
            ) from None
        except OSError as error:
            raise PushFailed(
                f"{url} cannot be reached: {type(error).__name__}.", "Is the server up?"
            ) from None
        except (DAVError, ValueError) as error:
            raise PushFailed(
                f"{url} cannot be used: {type(error).__name__}.", "Is it a CalDAV calendar?"
            ) from None


def check(url: str) -> None:
    """Raise ``PushFailed`` for what is no address, or would give a password away."""
    instead = "Set SHIFTPLAN_CALDAV_USER and SHIFTPLAN_CALDAV_PASSWORD."
    parts = checked(url, "https://dav.example.org/team/ana/", instead, PushFailed)
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise PushFailed(f"{url} would send the password in the open.", "Use https.")


def _push(client: DAVClient, url: str, wanted: Mapping[str, bytes], make: bool) -> Pushed:
    there = _listing(client, url, make)
    done = Pushed(url)
    for uid, body in wanted.items():
        known = there.get(uid)
        if known is None:
            _add(client, uid, body, done)
        elif known.revision == revision_of(body.decode()):
            done.same += 1
        else:
            _replace(client, uid, body, known, done)
    for uid, known in there.items():
        if uid not in wanted:
            _remove(client, uid, known, done)
    return done


def _add(client: DAVClient, uid: str, body: bytes, done: Pushed) -> None:
    target = f"{done.url}{quote(uid.removesuffix(f'@{DOMAIN}'))}.ics"
    # Only if nothing is there: somebody else may have put an object at that address.
    answer = client.put(target, body.decode(), {**_TYPE, "If-None-Match": "*"})
    _note(answer.status, uid, done, done.added, target)


def _replace(client: DAVClient, uid: str, body: bytes, known: _There, done: Pushed) -> None:
    answer = client.put(known.href, body.decode(), {**_TYPE, "If-Match": known.etag})
    _note(answer.status, uid, done, done.changed, known.href)


def _remove(client: DAVClient, uid: str, known: _There, done: Pushed) -> None:
    status = client.delete(known.href, {"If-Match": known.etag}).status
    # Somebody else removed it meanwhile, which is what was wanted.
    status = _NO_CONTENT if status in _GONE else status
    _note(status, uid, done, done.removed, known.href)


def _note(status: int, uid: str, done: Pushed, kept: list[str], target: str) -> None:
    if status in _OK:
        kept.append(uid)
    elif status == _CHANGED:
        done.refused.append(uid)
    else:
        raise PushFailed(
            f"{target} was refused by the server ({status}).", "May this account write there?"
        )


def _listing(client: DAVClient, url: str, make: bool) -> dict[str, _There]:
    """Return this program's events at *url*, by UID; with *make*, of a new calendar, none."""
    try:
        answer = client.report(url, _QUERY, 1)
    except NotFoundError:
        answer = None
    if answer is None or answer.status in _GONE:
        _make(client, url, make)
        return {}
    if answer.status != _MULTI_STATUS:
        raise PushFailed(f"{url} cannot be read ({answer.status}).", "Is it a CalDAV calendar?")
    found = {}
    for one in answer.parse_calendar_query():
        revision = revision_of(one.calendar_data or "")
        # What other programs have put there stays as it is.
        if revision and revision.uid.endswith(f"@{DOMAIN}"):
            there = _There(_within(url, one.href), one.etag or "*", revision)
            found[revision.uid] = there
    return found


def _make(client: DAVClient, url: str, make: bool) -> None:
    """Make the calendar at *url*, if it is to be made."""
    if not make:
        raise PushFailed(f"there is no calendar at {url}.", "Correct the address, or add --make.")
    made = client.mkcalendar(url)
    if made.status not in _OK:
        raise PushFailed(
            f"{url} cannot be made ({made.status}).", "May this account make calendars there?"
        )


def _within(url: str, href: str) -> str:
    """Return the address of the object *href*; raise ``PushFailed`` if another server has it."""
    target = urljoin(url, quote(href, safe="/%@:"))
    asked, found = urlsplit(url), urlsplit(target)
    if (asked.scheme, asked.netloc) != (found.scheme, found.netloc):
        raise PushFailed(f"{url} lists objects of another server.", "Is it a CalDAV calendar?")
    return target
