"""A plan folder with links to its calendars."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from shiftplan.calendars import contents
from shiftplan.delivery.documents import LinkedDocuments
from shiftplan.delivery.server import application
from shiftplan.facts import Facts
from shiftplan.folder import load
from shiftplan.roster import Roster
from shiftplan.store import open_store
from tests.cli.tiny import write_plan

BASE = "http://test"
MONDAY = "2099-10-12"
"""Far ahead, so that nothing is over for so long that calendars leave it out."""


class Desk:
    """A plan folder, links to its calendars, and a client of its server."""

    def __init__(self, root: Path, team: str = "Tiny Desk", wait: float = 5) -> None:
        self.root = write_plan(root, start=MONDAY)
        plan = root / "shiftplan.toml"
        plan.write_text(plan.read_text().replace("Tiny Desk", team))
        self.facts: Facts = load(self.root).plan.facts
        self.paths: dict[str, str] = {}
        self.ids: dict[str, int] = {}
        wanted: list[Any] = [
            ("person", "Ana"),
            ("person", "Ben"),
            ("team", ""),
            ("site", "West"),
            ("coverage", ""),
        ]
        with open_store(self.root) as store:
            for link, secret in store.links.make(self.facts, wanted):
                whose = link.subject or link.kind
                self.paths[whose] = (
                    f"/coverage/{secret}" if link.kind == "coverage" else f"/calendars/{secret}.ics"
                )
                self.ids[whose] = link.id
        self.app = application(LinkedDocuments(self.root, wait=wait))

    def publish(self, *shifts: tuple[str, int, str], at: datetime | None = None) -> None:
        """Publish a roster with the given person, day of the week and code, now or *at* a time."""
        cells = {(who, self.facts.first + timedelta(days=k)): code for who, k, code in shifts}
        with open_store(self.root) as store:
            facts = store.record.added_to(self.facts)
            roster = Roster(facts, cells)
            stands = store.publications.standing(facts, contents(roster))
            store.publications.publish(
                roster, contents(roster), author="Lead", digest="", expects=stands.number, at=at
            )

    def leave(self, who: str) -> None:
        """Take *who* out of the plan."""
        table = self.root / "people.csv"
        rows = [line for line in table.read_text().splitlines() if not line.startswith(f"{who},")]
        table.write_text("\n".join([*rows, ""]))
        self.facts = load(self.root).plan.facts

    def ask(self, path: str, method: str = "GET", **headers: str) -> httpx.Response:
        return asyncio.run(
            self._ask([(method, path, {k.replace("_", "-"): v for k, v in headers.items()})])
        )[0]

    def ask_all(self, *paths: str) -> list[httpx.Response]:
        """Ask for all of *paths* at once."""
        return asyncio.run(self._ask([("GET", path, {}) for path in paths]))

    async def _ask(self, requests: list[tuple[str, str, Any]]) -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=self.app)  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            asked = [
                client.request(method, path, headers=headers) for method, path, headers in requests
            ]
            return list(await asyncio.gather(*asked))
