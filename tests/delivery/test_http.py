"""The server's connections: ambiguous requests are refused, and nobody holds one for long."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from shiftplan.delivery.http import Limits, server

QUICK = Limits(request=0.2, answer=0.2, idle=0.2, connections=500)
LARGE = b"x" * 20_000_000
"""More than any socket takes in while nobody reads."""


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the path; ``/large`` with a lot."""
    path = Request(scope).url.path
    body = LARGE if path == "/large" else path.encode()
    await PlainTextResponse(body)(scope, receive, send)


@contextmanager
def serving(limits: Limits) -> Iterator[int]:
    """Yield the port of a server with these limits."""
    serving = server(echo, limits)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serving.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            serving.should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def patient() -> Iterator[int]:
    """The port of a server that waits longer than any test does."""
    with serving(Limits(request=300, answer=300, idle=300)) as port:
        yield port


@pytest.fixture(scope="module")
def quick() -> Iterator[int]:
    """The port of a server that waits for nobody."""
    with serving(QUICK) as port:
        yield port


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=60)


def all_of(client: socket.socket) -> bytes:
    """Return what comes until the server closes the connection."""
    got = bytearray()
    while True:
        try:
            more = client.recv(1_000_000)
        except ConnectionResetError:
            return bytes(got)
        if not more:
            return bytes(got)
        got += more


GOOD = b"GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
LAST = b"GET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


def test_requests_one_after_another_are_answered_on_one_connection(patient: int) -> None:
    with connect(patient) as client:
        client.sendall(GOOD + GOOD + LAST)
        answers = all_of(client)
    assert answers.count(b"HTTP/1.1 200") == 3
    assert answers.endswith(b"/b")


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        b"transfer-encoding:chunked\r\ncontent-length:0\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Content-Length: 5\r\nContent-Length: 5\r\n",
        b"Content-Length: 5, 5\r\n",
        b"Content-Length: +5\r\n",
        b"Content-Length: -5\r\n",
        b"Content-Length: 5\r\n Transfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"X: a\r\n folded\r\n",
        b"X: a\r\n\tfolded\r\n",
        b"X: a\nY: b\r\n",
        b"X: a\rY: b\r\n",
        b"X: a\x00b\r\n",
        b"Host: y\r\n",
        b"no header\r\n",
        b"Y: " + b"y" * 20_000 + b"\r\n",
    ],
)
@pytest.mark.parametrize("pieces", [1, 7])
def test_a_request_that_two_programs_could_read_as_different_ones_is_refused(
    patient: int, headers: bytes, pieces: int
) -> None:
    request = b"GET /a HTTP/1.1\r\nHost: x\r\n" + headers + b"\r\n0\r\n\r\n" + LAST
    with connect(patient) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        step = len(request) // pieces + 1
        for begin in range(0, len(request), step):
            try:
                client.sendall(request[begin : begin + step])
            except OSError:  # refused before all of it was sent
                break
        answers = all_of(client)
    # Nothing behind it is taken for a request. What came too late resets the connection.
    assert answers == b"" or answers.startswith(b"HTTP/1.1 400 ")
    assert b"200" not in answers
    if pieces == 1 and len(request) < 1000:
        assert answers.startswith(b"HTTP/1.1 400 ")


CHUNKED = b"POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize("body", [b"ZZ\r\n\r\n", b"2\r\nabcd", b"1\r\na\r\n-1\r\n"])
@pytest.mark.parametrize("method", [b"GET", b"POST", b"HEAD"])
def test_a_body_that_is_none_is_refused_in_one_line(
    patient: int, caplog: pytest.LogCaptureFixture, method: bytes, body: bytes
) -> None:
    with connect(patient) as client:
        client.sendall(CHUNKED.replace(b"POST", method) + body + LAST)
        answers = all_of(client)
    with connect(patient) as client:  # by then the first one is through
        client.sendall(LAST)
        assert all_of(client).startswith(b"HTTP/1.1 200 ")
    assert answers.startswith(b"HTTP/1.1 400 ")
    assert answers.count(b"HTTP/1.1 ") == 1
    assert [record.getMessage() for record in caplog.records] == ["Invalid HTTP request received."]


def test_a_body_that_goes_wrong_after_the_answer_only_ends_the_connection(
    patient: int, caplog: pytest.LogCaptureFixture
) -> None:
    with connect(patient) as client:
        client.sendall(CHUNKED)
        answer = client.recv(65536)
        while not answer.endswith(b"/a"):
            answer += client.recv(65536)
        client.sendall(b"ZZ\r\n\r\n")
        assert all_of(client) == b""
    assert [record.getMessage() for record in caplog.records] == ["Invalid HTTP request received."]


@pytest.mark.parametrize("wish", [b"websocket", b"h2c", b"anything"])
def test_the_wish_for_another_protocol_is_passed_over_without_a_word(
    patient: int, caplog: pytest.LogCaptureFixture, wish: bytes
) -> None:
    upgrade = b"Connection: Upgrade, close\r\nUpgrade: " + wish + b"\r\n\r\n"
    with connect(patient) as client:
        client.sendall(b"GET /a HTTP/1.1\r\nHost: x\r\n" + upgrade)
        assert all_of(client).startswith(b"HTTP/1.1 200 ")
    assert caplog.records == []


@pytest.mark.parametrize("version", [b"9.9", b"1.2", b"2.0", b"0.9", b"3", b"1.11"])
@pytest.mark.parametrize("host", [b"", b"Host: x\r\n"])
def test_an_unknown_version_of_http_is_refused(patient: int, version: bytes, host: bytes) -> None:
    with connect(patient) as client:
        client.sendall(b"GET /a HTTP/" + version + b"\r\n" + host + b"\r\n")
        assert all_of(client).startswith(b"HTTP/1.1 400 ")


def test_the_version_before_this_needs_no_host(patient: int) -> None:
    with connect(patient) as client:
        client.sendall(b"GET /a HTTP/1.0\r\n\r\n")
        assert all_of(client).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (b"", b""),
        (b"GET /a HTTP/1.1\r\nHost: x\r\n", b"HTTP/1.1 408 "),
        (b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc", b"HTTP/1.1 200 "),
        (b"POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", b"HTTP/1.1 200 "),
        (GOOD, b"HTTP/1.1 200 "),
        (GOOD + b"GET", b"HTTP/1.1 200 "),
    ],
    ids=["silent", "half a head", "half a body", "no chunk", "idle", "idle and a word"],
)
def test_whoever_sends_no_more_is_cut_off(quick: int, sent: bytes, answer: bytes) -> None:
    with connect(quick) as client:
        client.sendall(sent)
        assert all_of(client).startswith(answer)  # which ends: the server has closed it


@pytest.mark.parametrize(
    "begin",
    [
        b"GET /a HTTP/1.1\r\nX: ",
        GOOD + b"GET /a HTTP/1.1\r\nX: ",
        b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n",
    ],
    ids=["a head", "the head of the second request", "a body"],
)
def test_whoever_sends_byte_by_byte_is_cut_off(quick: int, begin: bytes) -> None:
    with connect(quick) as client:
        client.sendall(begin)
        stopped = threading.Event()

        def drip() -> None:
            while not stopped.wait(0.02):
                try:
                    client.sendall(b"a")
                except OSError:
                    return

        dripping = threading.Thread(target=drip)
        dripping.start()
        all_of(client)
        stopped.set()
        dripping.join()


def test_whoever_does_not_read_is_cut_off() -> None:
    limits = Limits(request=300, answer=0.2, idle=300, connections=1)
    with serving(limits) as port, connect(port) as client:
        client.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        while not answered(port):  # until there is room for another connection
            pass
        assert len(all_of(client)) < len(LARGE)


def test_whoever_reads_slowly_is_not_idle() -> None:
    limits = Limits(request=300, answer=300, idle=0.01)
    with serving(limits) as port, connect(port) as client:
        client.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        with connect(port) as other:
            other.sendall(GOOD)
            all_of(other)  # idle for longer than it may be
        assert len(all_of(client)) > len(LARGE)


def answered(port: int) -> bool:
    """Say whether a request is answered, rather than told that there are too many."""
    with connect(port) as client:
        client.sendall(LAST)
        return all_of(client).startswith(b"HTTP/1.1 200 ")


def test_one_connection_too_many_is_told_so_at_once() -> None:
    with serving(Limits(request=300, answer=300, idle=300, connections=3)) as port:
        held = [connect(port) for _ in range(3)]
        for client in held:
            client.sendall(GOOD)
            assert client.recv(65536).startswith(b"HTTP/1.1 200 ")  # it is counted
        with connect(port) as late:
            assert all_of(late).startswith(b"HTTP/1.1 503 ")
        held.pop().close()
        while not answered(port):  # it takes a moment until the server knows
            pass
        for client in held:
            client.close()
