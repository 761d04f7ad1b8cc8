"""A calendar on a CalDAV server updated from the published one; other events stay untouched."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin
from xml.sax.saxutils import escape

from caldav.davclient import DAVClient
from caldav.lib.error import AuthorizationError, DAVError, NotFoundError, RateLimitError
from caldav.lib.http_sync import requests

from ..calendars.said import Said, said_in
from ..calendars.text import clean
from ..errors import count
from ..publication.uids import DOMAIN
from .caldav_answers import (
    CHANGED,
    GONE,
    MULTI_STATUS,
    OF_ONE_EVENT,
    OK,
    Pushed,
    PushFailed,
    check,
    refused,
    server_of,
)

# What matters of what it logs ``PushFailed`` says.
logging.getLogger("caldav").setLevel(logging.CRITICAL + 1)

TIMEOUT = 30
"""Seconds to wait for an answer of the server."""

_TYPE = {"Content-Type": "text/calendar; charset=utf-8"}
_DAV, _CALDAV = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"

_QUERY = """<?xml version="1.0" encoding="utf-8"?>
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<D:prop><D:getetag/><C:calendar-data/></D:prop>
<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"/></C:comp-filter></C:filter>
</C:calendar-query>"""

_NEW = """<?xml version="1.0" encoding="utf-8"?>
<C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<D:set><D:prop><D:displayname>{name}</D:displayname></D:prop></D:set>
</C:mkcalendar>"""

_NOT_NAMED = (MULTI_STATUS, 400, 415, 422, 424)
"""Answers of servers that name no calendar while they make it."""


@dataclass(frozen=True)
class _There:
    """An event of this program as the server has it."""

    href: str
    tag: str
    """What ``If-Match`` has to name."""
    says: Said


@dataclass(frozen=True)
class _Answer:
    status: int
    tree: Any = None
    """Its XML, if it is any."""
    wait: float | None = None
    """For how many seconds the server asks to be left alone."""


class Server:
    """A CalDAV server; *user* and *password* go to it alone and into no message.

    *timeout* is how many seconds to wait for each answer.
    """

    def __init__(self, user: str, password: str, *, timeout: float = TIMEOUT) -> None:
        self._user = user
        self._password = password
        self._timeout = timeout

    def push(
        self,
        done: Pushed,
        wanted: Mapping[str, bytes],
        *,
        name: str = "",
        make: bool = False,
        left: bool = False,
    ) -> None:
        """Bring the calendar at the address of *done* in line with the objects *wanted*, by UID.

        What is new is added, what says something else is replaced, what is this program's and gone
        is removed, each only if nobody changed it since it was looked at (``If-Match``). What is
        cancelled is not added where it never was. With *make* a calendar that is not there is made
        first, and called *name*. It is no error if that of somebody who has *left* is not there.
        *done* has what was done, and why it went no further, at any moment.
        """
        done.url = done.url if done.url.endswith("/") else f"{done.url}/"
        done.begun = True
        try:
            check(done.url)
            with self._client(done.url) as client:
                _Push(client, done, name=name, left=left).run(wanted, make=make)
            done.whole = True
        except PushFailed as error:
            done.error = error

    @contextmanager
    def _client(self, url: str) -> Iterator[DAVClient]:
        """Yield what speaks to the server; whatever goes wrong there becomes ``PushFailed``."""
        try:
            with DAVClient(
                url=url,
                username=self._user or None,
                password=self._password or None,
                timeout=self._timeout,  # type: ignore[arg-type]  # handed on as it is
                enable_rfc6764=False,
                rate_limit_handle=False,
            ) as client:
                client.session.max_redirects = 0  # the password is for this server alone
                yield client
        except requests.exceptions.TooManyRedirects:
            raise PushFailed(
                f"{url} leads to another address.", "Give the one it leads to."
            ) from None
        except requests.exceptions.ReadTimeout:
            waited = count(math.ceil(self._timeout), "second")
            raise PushFailed(
                f"{url} did not answer within {waited}.",
                "Push again; what was written until then is left as it is.",
            ) from None
        except OSError as error:
            raise PushFailed(
                f"{url} cannot be reached: {type(error).__name__}.",
                "Is the server up?",
                of_all=True,
            ) from None
        # Broken XML is a SyntaxError of its parser.
        except (DAVError, ValueError, SyntaxError, NotImplementedError) as error:
            raise PushFailed(
                f"{url} cannot be used: {type(error).__name__}.", "Is it a CalDAV calendar?"
            ) from None


class _Push:
    """One calendar being brought in line."""

    def __init__(self, client: DAVClient, done: Pushed, *, name: str, left: bool) -> None:
        self._client = client
        self._done = done
        self._url = done.url
        self._name = name
        self._left = left

    def run(self, wanted: Mapping[str, bytes], *, make: bool) -> None:
        """Do what has to be done."""
        says = {uid: said_in(body.decode()) for uid, body in wanted.items()}
        there = self._listing()
        if there is None:
            if self._left and not make:
                return  # whoever left may have taken their calendar along
            self._make(make)
            there = {}
        for uid, body in wanted.items():
            known, said = there.get(uid), says[uid]
            if known is None:
                if said is None or self._is_news(said):
                    self._add(uid, body)
            elif said is not None and known.says.agrees(said):
                self._done.same += 1
            else:
                self._replace(uid, body, known)
        for uid, known in there.items():
            if uid not in wanted:
                self._remove(uid, known)

    def _is_news(self, said: Said) -> bool:
        """Say whether an event that the calendar does not have is to be in it."""
        if not said.cancelled:
            return True
        # Whoever left has no other news; that a day off is none is no news to anybody.
        return self._left and said.category != "off"

    # -- the calendar ----------------------------------------------------------------------------

    def _listing(self) -> dict[str, _There] | None:
        """Return this program's events by UID, None if there is no calendar."""
        answer = self._ask("REPORT", self._url, _QUERY, {"Depth": "1"})
        if answer.status in GONE:
            return None
        if answer.status != MULTI_STATUS or answer.tree is None:
            raise refused(self._url, "read", answer.status, answer.wait)
        found = {}
        for one in answer.tree.iter(f"{_DAV}response"):
            says = said_in((one.findtext(f".//{_CALDAV}calendar-data") or "").strip())
            # What other programs have put there stays as it is.
            if says is not None and says.uid.endswith(f"@{DOMAIN}"):
                href = _within(self._url, one.findtext(f"{_DAV}href") or "")
                tag = _tag(one.findtext(f".//{_DAV}getetag"))
                found[says.uid] = _There(href, tag, says)
        return found

    def _make(self, make: bool) -> None:
        """Make the calendar, if it is to be made, and name it."""
        if not make:
            raise PushFailed(
                f"there is no calendar at {self._url}.", "Correct the address, or add --make."
            )
        body = _NEW.format(name=escape(clean(self._name))) if self._name else ""
        answer = self._ask("MKCALENDAR", self._url, body)
        if body and answer.status in _NOT_NAMED:
            answer = self._ask("MKCALENDAR", self._url)
        if answer.status not in OK:
            raise refused(self._url, "made", answer.status, answer.wait)
        self._done.made = True

    # -- one event -------------------------------------------------------------------------------

    def _add(self, uid: str, body: bytes) -> None:
        target = f"{self._url}{quote(uid.removesuffix(f'@{DOMAIN}'))}.ics"
        # Only if nothing is there: somebody else may have put an object at that address.
        answer = self._ask("PUT", target, body.decode(), {**_TYPE, "If-None-Match": "*"})
        self._note(answer, uid, self._done.added, target, "written")

    def _replace(self, uid: str, body: bytes, known: _There) -> None:
        answer = self._ask("PUT", known.href, body.decode(), {**_TYPE, "If-Match": known.tag})
        self._note(answer, uid, self._done.changed, known.href, "written")

    def _remove(self, uid: str, known: _There) -> None:
        answer = self._ask("DELETE", known.href, headers={"If-Match": known.tag})
        if answer.status in GONE:
            self._done.removed.append(uid)  # by somebody else meanwhile, which is what was wanted
            return
        self._note(answer, uid, self._done.removed, known.href, "removed")

    def _note(self, answer: _Answer, uid: str, kept: list[str], target: str, deed: str) -> None:
        if answer.status in OK:
            kept.append(uid)
        elif answer.status == CHANGED:
            self._done.refused.append(uid)
        elif answer.status in OF_ONE_EVENT:
            self._done.failed[uid] = refused(target, deed, answer.status)
        else:
            raise refused(target, deed, answer.status, answer.wait)

    def _ask(
        self, method: str, target: str, body: str = "", headers: Mapping[str, str] | None = None
    ) -> _Answer:
        """Return the server's answer, whatever it is."""
        try:
            answer = self._client.request(target, method, body, {**(headers or {})})
        except RateLimitError as error:
            return _Answer(error.status or 429, wait=error.retry_after_seconds)
        except AuthorizationError as error:
            return _Answer(error.status or 403)
        except NotFoundError:
            return _Answer(404)
        return _Answer(answer.status, answer.tree)


def _tag(etag: str | None) -> str:
    """Return what ``If-Match`` has to name for an object with this tag."""
    found = (etag or "").strip()
    # A weak tag matches nothing there (RFC 9110 §13.1.1); then the object has at least to be there.
    return "*" if not found or found.startswith("W/") else found


def _within(url: str, href: str) -> str:
    """Return the address of the object *href*; raise ``PushFailed`` if another server has it."""
    # As the server wrote it, so that it finds it again; only what no address may hold is encoded.
    target = urljoin(url, quote(href.strip(), safe="/%:;=@&+$,!*'()~"))
    if server_of(url) != server_of(target):
        raise PushFailed(f"{url} lists objects of another server.", "Is it a CalDAV calendar?")
    return target
