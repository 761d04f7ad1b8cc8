"""``shiftplan tui --web``: one browser is let in, and nobody else, whatever account they have."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import ClientSession, CookieJar, WSMsgType, WSServerHandshakeError
from aiohttp.test_utils import TestServer
from textual.pilot import Pilot

from shiftplan.session import Session
from shiftplan.tui.app import ShiftplanApp
from shiftplan.tui.exports import EXPORTS, export
from shiftplan.tui.web import LocalServer
from tests.cli.tiny import write_plan
from tests.hostile import Traps

from .driving import seen, type_in, until

pytestmark = pytest.mark.asyncio

HOST = "127.0.0.1"


def free_port() -> int:
    with socket.create_server((HOST, 0)) as taken:
        return int(taken.getsockname()[1])


def browser() -> ClientSession:
    return ClientSession(cookie_jar=CookieJar(unsafe=True))  # unsafe: of an address without a name


@asynccontextmanager
async def served() -> AsyncIterator[LocalServer]:
    """Yield a server whose pages run a program that ends at once."""
    server = LocalServer("true", HOST, free_port())
    async with TestServer(await server._make_app(), host=HOST, port=server.port):
        yield server


async def status(session: ClientSession, url: str, **more: str) -> int:
    async with session.get(url, headers=more, allow_redirects=False) as answer:
        return answer.status


async def socket_status(session: ClientSession, url: str, **more: str) -> int:
    try:
        async with session.ws_connect(f"{url}/ws", headers=more):
            return 101
    except WSServerHandshakeError as refused:
        return refused.status


async def test_without_the_cookie_nothing_is_answered() -> None:
    async with served() as server, browser() as other:
        at = server.public_url
        for path in ("/", "/ws", "/static/js/textual.js", "/static/", "/download/1", "/nothing"):
            assert await status(other, at + path) == 403, path
        assert await status(other, f"{at}/?token=") == 403
        assert await status(other, f"{at}/?token=guess") == 403
        assert await status(other, f"{at}/?token=%ff%00é") == 403
        # What every account of this machine can forge.
        assert await socket_status(other, at, Origin=at) == 403
        forged = f"shiftplan-{server.port}=guess"
        assert await socket_status(other, at, Origin=at, Cookie=forged) == 403


async def test_the_address_lets_one_browser_in_once() -> None:
    async with served() as server, browser() as first, browser() as second:
        at = server.public_url
        async with first.head(server.entrance, allow_redirects=False) as answer:
            assert answer.status == 403  # a preview is no visit
        async with first.get(server.entrance) as answer:
            assert answer.status == 200
            assert str(answer.url) == f"{at}/"  # the token is gone from the address
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["X-Frame-Options"] == "DENY"
            given = answer.history[0].headers["Set-Cookie"]
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(given.split("; "))
        assert "expires" not in given.lower()
        assert "max-age" not in given.lower()
        assert await status(first, f"{at}/static/js/textual.js") == 200
        assert await socket_status(first, at, Origin=at) == 101
        assert await status(first, server.entrance) == 303  # the same browser, from its history
        assert await status(second, server.entrance) == 403
        assert await socket_status(second, at, Origin=at) == 403


async def test_a_page_of_another_site_cannot_type_into_the_plan() -> None:
    async with served() as server, browser() as first:
        at = server.public_url
        assert await status(first, server.entrance) == 303
        assert await socket_status(first, at, Origin="https://elsewhere.example") == 403
        assert await socket_status(first, at, Origin=f"http://{HOST}") == 403
        assert await socket_status(first, at) == 403
        # A name of another site that leads here for a moment.
        assert await status(first, f"{at}/", Host="elsewhere.example") == 403
        assert await status(first, f"{at}/", Host=f"elsewhere.example:{server.port}") == 403
        assert await socket_status(first, at, Origin=at, Host="localhost") == 403


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example", "null", f"http://{HOST}", ""])
async def test_a_page_of_another_site_neither_spends_the_token_nor_sees_the_page(
    elsewhere: str,
) -> None:
    async with served() as server, browser() as first:
        at = server.public_url
        assert await status(first, server.entrance, Origin=elsewhere) == 403
        assert len(first.cookie_jar) == 0
        assert await status(first, server.entrance) == 303  # the token is good still
        for path in ("/", "/static/js/textual.js", f"/?{server.entrance.partition('?')[2]}"):
            assert await status(first, at + path, Origin=elsewhere) == 403, path
        assert await status(first, f"{at}/static/js/textual.js", Origin=at) == 200


class Page:
    """The terminal of a page, as a browser has it."""

    def __init__(self, session: ClientSession, at: str, terminal: aiohttp.ClientWebSocketResponse):
        self._session = session
        self._at = at
        self._terminal = terminal

    async def until(self, text: str) -> None:
        """Wait until *text* is drawn."""
        shown = ""
        while text not in shown:
            message = await self._terminal.receive()
            assert message.type in (WSMsgType.BINARY, WSMsgType.TEXT), shown[-300:]
            if message.type == WSMsgType.BINARY:
                shown += message.data.decode()

    async def press(self, keys: str) -> None:
        await self._terminal.send_str(json.dumps(["stdin", keys]))

    async def download(self) -> tuple[str, bytes]:
        """Return name and bytes of the next file that is handed over."""
        while True:
            message = await self._terminal.receive()
            assert message.type in (WSMsgType.BINARY, WSMsgType.TEXT)
            if (
                message.type == WSMsgType.TEXT
                and json.loads(message.data)[0] == "deliver_file_start"
            ):
                key = json.loads(message.data)[1]
                break
        async with self._session.get(f"{self._at}/download/{key}") as answer:
            assert answer.status == 200
            return answer.headers["Content-Disposition"], await answer.read()


@asynccontextmanager
async def opened(plan: Path) -> AsyncIterator[tuple[Page, str]]:
    """Yield the page of a real server that is run in *plan*, and the address that let in."""
    port = free_port()
    script = plan.parent / "shiftplan"
    script.write_text("from shiftplan.__main__ import run\nrun()\n")
    words = [sys.executable, str(script), "tui", "--web", "--port", str(port)]
    process = subprocess.Popen(
        words, cwd=plan, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        assert process.stdout is not None
        printed = await asyncio.to_thread(process.stdout.readline)
        found = re.search(r"http://\S+", printed)
        assert found, printed
        at = f"http://{HOST}:{port}"
        async with browser() as session:
            assert await status(session, found[0]) == 303
            async with session.ws_connect(f"{at}/ws", headers={"Origin": at}) as terminal:
                yield Page(session, at, terminal), found[0]
    finally:
        process.terminate()
        said, _ = process.communicate()
    assert found[0].partition("token=")[2] not in said  # nor is it logged when it is used


@pytest.mark.slow
async def test_a_page_works_and_runs_nothing_of_the_plan_folder(tmp_path: Path) -> None:
    plan = write_plan(tmp_path / "plan")
    traps = Traps(plan)
    async with opened(plan) as (page, entrance):
        await page.until("Nobody works yet")
        token = entrance.partition("token=")[2]
        processes = subprocess.run(["ps", "axww", "-o", "args"], capture_output=True, text=True)
        assert str(plan) in processes.stdout
        assert token not in processes.stdout
        await page.press("5")
        await page.until("was searched yet")
        await page.press("g")
        await page.until("After ")  # the search has ended
        await page.press("8")
        await page.until("Enter writes")
        await page.press("\r")
        disposition, content = await page.download()
        assert disposition == "attachment; filename=roster.xlsx"
        assert content.startswith(b"PK")
    assert traps.sprung == []


class InBrowser(ShiftplanApp):
    """The application as a browser shows it: it keeps what the browser is given to download."""

    is_web = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.downloads: dict[str, bytes] = {}

    def deliver_binary(self, path_or_file: Any, **more: Any) -> str:
        """Keep it, as a browser would."""
        self.downloads[more["save_filename"]] = path_or_file.read()
        return "key"


async def ask(pilot: Pilot[None], key: str, answer: str) -> None:
    """Press *key*, and answer what is asked."""
    await pilot.press(key)
    await pilot.pause()
    await type_in(pilot, answer)
    await pilot.press("enter")
    await pilot.pause()


@pytest.mark.slow
async def test_files_go_to_a_download_and_come_from_the_plan_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = write_plan(tmp_path / "plan")
    monkeypatch.chdir(plan)
    (tmp_path / "secret.csv").write_text("name,site,skills\nMallory,West,chat\n")
    (plan / "link.csv").symlink_to(tmp_path / "secret.csv")
    (plan / "more.csv").write_text("name,site,skills\nDara,West,chat\n")
    before = sorted(path.name for path in plan.iterdir())
    app = InBrowser(Session.open(plan))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(lambda: app.verdict)
        for number in range(len(EXPORTS)):
            export(app, app.session, number)
        await until(lambda: len(app.downloads) == 5)  # nothing is published yet
        assert app.downloads["roster.xlsx"].startswith(b"PK")
        assert b"Ana" in app.downloads["roster.csv"]
        assert app.downloads["calendars-draft.zip"].startswith(b"PK")
        await pilot.press("4")
        await ask(pilot, "e", "../../ana.csv")  # whatever folder is named
        assert b"Ana" in app.downloads["ana.csv"]
        for outside in (str(tmp_path / "secret.csv"), "../secret.csv", "link.csv"):
            await ask(pilot, "i", outside)
            await until(lambda: "outside" in seen(app))
            app.clear_notifications()
            await pilot.pause()
        await ask(pilot, "i", "more.csv")
        await until(lambda: "Dara" in seen(app))
    # Neither is anything but the journal written on the server's side.
    assert before == sorted(path.name for path in plan.iterdir() if path.name != ".shiftplan")
