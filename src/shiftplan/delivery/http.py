"""HTTP within limits: requests that mean one thing, connections that end, and only so many of them.

What is answered stands in ``server``. This is about who holds a connection and sends nothing, or
slowly, or sends what two programs would read as different requests.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from math import ceil
from typing import Any, ClassVar, Literal

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

GRACE = 5
"""Seconds that requests under way may take when the server is told to stop."""

LONGEST_HEAD = 16 * 1024
"""Bytes of a request line with its headers."""

_REFUSED = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_TIMED_OUT = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 10\r\n"
    b"Content-Length: 0\r\n\r\n"
)

_VERSIONS = (b" HTTP/1.1", b" HTTP/1.0")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_LINE_END_ALONE = re.compile(rb"(?<!\r)\n|\r(?!\n)")
_FOLDED = re.compile(rb"\n[ \t]")
_LENGTH = re.compile(rb"\ncontent-length[ \t]*:([^\r]*)", re.IGNORECASE)
_ENCODING = re.compile(rb"\ntransfer-encoding[ \t]*:", re.IGNORECASE)


@dataclass(frozen=True)
class Limits:
    """What one connection may take, in seconds, and how many there may be."""

    request: float = 10
    """From its first byte, or from the connection, until the last of a request has come."""
    answer: float = 60
    """From then until the client has taken the answer."""
    idle: float = 10
    """Between an answer and the next request."""
    connections: int = 500


def server(application: ASGIApp, limits: Limits | None = None) -> uvicorn.Server:
    """Return a server of *application*, which is run with the sockets it listens at."""
    limits = limits or Limits()
    limited = type("_Limited", (LimitedProtocol,), {"LIMITS": limits})
    config = uvicorn.Config(
        application,
        http=limited,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        h11_max_incomplete_event_size=LONGEST_HEAD,
        timeout_keep_alive=ceil(limits.idle) + 1,  # the limit comes first
        timeout_graceful_shutdown=GRACE,
    )
    return uvicorn.Server(config)


class StrictConnection(h11.Connection):
    """Refuses a request that another program in between could take for two, or for another."""

    def next_event(self) -> Any:
        """Return the next event; raise ``RemoteProtocolError`` for an ambiguous request."""
        if self.their_state is h11.IDLE:
            received, _ = self.trailing_data
            end = _HEAD_END.search(received)
            if end is not None:
                _check_head(received[: end.end()])
        return super().next_event()


def _check_head(head: bytes) -> None:
    """Raise ``RemoteProtocolError`` for what RFC 9112 tells a server to refuse, or lets it."""
    lengths = _LENGTH.findall(head)
    line, _, _ = head.partition(b"\r\n")
    if len(head) > LONGEST_HEAD:  # h11 asks only while the end has not come
        raise h11.RemoteProtocolError("the head is too long")
    if _LINE_END_ALONE.search(head):
        raise h11.RemoteProtocolError("a line ends without CR and LF")
    if _FOLDED.search(head):
        raise h11.RemoteProtocolError("a header goes on in the next line")
    # h11 takes any digits for a version, and asks for a host in 1.1 alone.
    if not line.endswith(_VERSIONS):
        raise h11.RemoteProtocolError("an unknown version of HTTP")
    # One length said twice may be read as two lengths by others.
    if len(lengths) > 1 or any(b"," in length for length in lengths):
        raise h11.RemoteProtocolError("more than one Content-Length")
    if lengths and _ENCODING.search(head):
        raise h11.RemoteProtocolError("Content-Length beside Transfer-Encoding")


_Phase = Literal["request", "answer", "idle"]


class LimitedProtocol(H11Protocol):
    """One connection, which ends when a phase of it takes too long."""

    LIMITS: ClassVar[Limits] = Limits()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conn = StrictConnection(h11.SERVER, LONGEST_HEAD)
        self._phase: tuple[_Phase, object] | None = None
        """The phase, and the request it belongs to."""
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin, unless there are too many already."""
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=0)  # so that it says when the client has taken all
        if len(self.connections) > self.LIMITS.connections:
            transport.write(_FULL)
            transport.close()
        self._enter("request")

    def data_received(self, data: bytes) -> None:
        """Take in what came."""
        if self._phase is not None and self._phase[0] == "idle":
            self._enter("request")
        super().data_received(data)
        self._follow()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request, and take no other answer to it."""
        if self.cycle is not None:
            # What is under way hears that the client is gone: its answer would be a second one.
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.write(_REFUSED)  # without a body: it may have been HEAD
        # Otherwise the answer came before the end of the request.
        self.transport.close()

    def _should_upgrade(self) -> bool:
        """Go on in HTTP, without a word: a server may pass over the wish for something else."""
        return False

    def on_response_complete(self) -> None:
        """Go on to what comes next."""
        super().on_response_complete()
        self._follow()

    def resume_writing(self) -> None:
        """Go on, as the client has taken all that was written."""
        super().resume_writing()
        self._follow()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        if self._deadline is not None:
            self._deadline.cancel()
        super().connection_lost(exc)

    def _follow(self) -> None:
        """See which phase it is now."""
        received, _ = self.conn.trailing_data
        written = self.transport.get_write_buffer_size()
        answered = getattr(self.cycle, "response_complete", True)  # there is none at first
        if written or not answered:
            self._enter("answer")
        elif received or self.conn.their_state is h11.SEND_BODY or self.cycle is None:
            self._enter("request")
        else:
            self._enter("idle")

    def _enter(self, phase: _Phase) -> None:
        """Begin *phase* with all of its time, unless it has begun."""
        if self._phase == (phase, self.cycle):
            return
        self._phase = (phase, self.cycle)
        if self._deadline is not None:
            self._deadline.cancel()
        seconds = getattr(self.LIMITS, phase)
        self._deadline = self.loop.call_later(seconds, self._end, phase)

    def _end(self, phase: _Phase) -> None:
        """End the connection: its phase takes too long."""
        received, _ = self.conn.trailing_data
        if phase == "request" and received and not self.transport.is_closing():
            self.transport.write(_TIMED_OUT)
        self.transport.close()
        # Closing waits until everything was taken, and a client may take nothing.
        if self.transport.get_write_buffer_size():
            self.transport.abort()
