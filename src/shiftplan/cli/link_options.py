"""Which calendar links are to be made, changed and revoked, as options."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from ..delivery.links import URL
from ..store import LinkKind
from .common import as_named

People = Annotated[
    list[str] | None,
    typer.Option(
        "--for", metavar="NAME", callback=as_named, help="Make a link to a person's calendar."
    ),
]
Everyone = Annotated[
    bool, typer.Option("--everyone", help="Make a link for each person who has none.")
]
Sites = Annotated[
    list[str] | None,
    typer.Option(
        "--site", metavar="SITE", callback=as_named, help="Make a link to a site's calendar."
    ),
]
TeamOption = Annotated[bool, typer.Option("--team", help="Make a link to the team's calendar.")]
CoverageOption = Annotated[
    bool, typer.Option("--coverage", help="Make a link to the coverage page.")
]
Revoke = Annotated[
    list[int] | None, typer.Option("--revoke", metavar="ID", help="Revoke a link by its number.")
]
Change = Annotated[
    list[int] | None,
    typer.Option("--change", metavar="ID", help="Have the calendar of a live link look otherwise."),
]
UrlOption = Annotated[
    str, typer.Option("--url", metavar="URL", help=f"Where people reach the server; else {URL}.")
]


@dataclass(frozen=True)
class WantedLinks:
    """Which links are to be made."""

    people: Sequence[str]
    everyone: bool
    sites: Sequence[str]
    team: bool
    coverage: bool

    @property
    def makes(self) -> bool:
        """Whether any link is asked for at all."""
        return bool(self.people or self.everyone or self.sites or self.team or self.coverage)

    @property
    def kinds(self) -> set[LinkKind]:
        """The kinds of links asked for."""
        found: set[LinkKind] = set()
        if self.people or self.everyone:
            found.add("person")
        if self.sites:
            found.add("site")
        if self.team:
            found.add("team")
        if self.coverage:
            found.add("coverage")
        return found

    def links(self) -> Iterator[tuple[LinkKind, str]]:
        """Yield those that are named."""
        yield from (("person", name) for name in self.people)
        yield from (("site", site) for site in self.sites)
        if self.team:
            yield "team", ""
        if self.coverage:
            yield "coverage", ""
