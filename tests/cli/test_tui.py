"""``shiftplan tui``: what it says where it cannot run, and who may use its page in the browser."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import pytest
from aiohttp import WSServerHandshakeError
from aiohttp.test_utils import TestClient, TestServer

from shiftplan.cli.exits import ExitCode
from shiftplan.tui.web import LocalServer

from .tiny import Run, runner, write_plan


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


def test_without_a_terminal_it_says_what_to_do(run: Run, tmp_path: Path) -> None:
    done = run("tui", "-C", write_plan(tmp_path / "plan"))
    assert done.code == ExitCode.BAD_INPUT
    assert (
        done.err
        == "error: The terminal UI needs a terminal. Run it in one, or with --web in a browser.\n"
    )


def test_a_port_that_is_taken_is_reported(run: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("tui", "-C", write_plan(tmp_path / "plan"), "--web", "--port", port)
    assert done.code == ExitCode.BAD_INPUT
    assert f"Port {port} cannot be used" in done.err


def test_a_page_of_another_site_cannot_type_into_the_plan() -> None:
    async def meet(origin: str | None) -> int:
        server = LocalServer("true", host="127.0.0.1", port=8000)
        async with TestClient(TestServer(await server._make_app())) as client:
            try:
                socket_ = await client.ws_connect(
                    "/ws", headers={"Origin": origin} if origin else {}
                )
            except WSServerHandshakeError as refused:
                return refused.status
            await socket_.close()
            return 101

    assert asyncio.run(meet("https://elsewhere.example")) == 403
    assert asyncio.run(meet(None)) == 403
    assert asyncio.run(meet("http://127.0.0.1:8000")) == 101
