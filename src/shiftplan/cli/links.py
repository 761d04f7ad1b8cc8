"""`shiftplan links`: calendar links, made, listed, revoked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from ..delivery.links import HERE, URL, NewLink, base_of, make_links, without_link
from ..errors import count
from ..facts import Facts
from ..store import CalendarLink, LinkKind, Store, open_store
from .common import AsJson, ExitCode, Folder, load_plan, note, print_json, say, show
from .page import TextPage, columns

EXAMPLES = """
shiftplan links
shiftplan links --for "Ana Ruiz" --for "Cian Murphy"
shiftplan links --everyone --url https://rosters.example.org --json > links.json
shiftplan links --team --coverage
shiftplan links --revoke 7 --for "Ana Ruiz"
"""


People = Annotated[
    list[str] | None,
    typer.Option("--for", metavar="NAME", help="Make a link to a person's calendar."),
]
Everyone = Annotated[
    bool, typer.Option("--everyone", help="Make a link for each person who has none.")
]
Sites = Annotated[
    list[str] | None,
    typer.Option("--site", metavar="SITE", help="Make a link to a site's calendar."),
]
TeamOption = Annotated[bool, typer.Option("--team", help="Make a link to the team's calendar.")]
CoverageOption = Annotated[
    bool, typer.Option("--coverage", help="Make a link to the coverage page.")
]
Revoke = Annotated[
    list[int] | None, typer.Option("--revoke", metavar="ID", help="Revoke a link by its number.")
]
UrlOption = Annotated[
    str, typer.Option("--url", metavar="URL", help=f"Where people reach the server; else {URL}.")
]


@dataclass(frozen=True)
class _Wish:
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

    def links(self) -> Iterator[tuple[LinkKind, str]]:
        """Yield those that are named."""
        yield from (("person", name) for name in self.people)
        yield from (("site", site) for site in self.sites)
        if self.team:
            yield "team", ""
        if self.coverage:
            yield "coverage", ""


def command(
    folder: Folder = None,
    people: People = None,
    everyone: Everyone = False,
    sites: Sites = None,
    team: TeamOption = False,
    coverage: CoverageOption = False,
    revoke: Revoke = None,
    url: UrlOption = "",
    as_json: AsJson = False,
) -> ExitCode:
    """List the calendar links, make new ones, revoke old ones.

    A calendar link is a secret: who has it sees the calendar. It is shown once, when it is made;
    only a hash of it is kept. To give somebody another, revoke the old one. A revoked link never
    works again.
    """
    loaded = load_plan(folder, quiet=as_json)
    facts = loaded.plan.facts
    # What is no address is refused even where no link is made.
    here = base_of(url) == HERE
    wish = _Wish(people or (), everyone, sites or (), team, coverage)
    numbers = revoke or ()
    changes = wish.makes or bool(numbers)
    made: list[NewLink] = []
    with open_store(loaded.root, create=changes) as store:
        if changes:
            made = make_links(store, facts, wish.links(), numbers, everyone=everyone, url=url)
        new = {link.id for link, _ in made}
        older = [link for link in store.links.live(facts) if link.id not in new]
        if as_json:
            _print_json(store, facts, made)
        elif changes:
            _show_new(made)
        else:
            _show_live(store, facts)
    _say_what_was_done(made, numbers, older, everyone=everyone, here=here)
    return ExitCode.DONE


def _show_new(made: Sequence[NewLink]) -> None:
    """Print the addresses of links just made, which cannot be had again."""
    for link, address in made:
        show(f"{_subject(link)}: {address}")
    if made:
        say(
            "Each calendar link is a secret and is not shown again. Send it only to those it is "
            "made for."
        )


def _show_live(store: Store, facts: Facts) -> None:
    """Print the links that were not revoked, and how many people have none."""
    live = store.links.live(facts)
    if not live:
        show(
            "There are no calendar links yet. Make them with --for NAME, --everyone, --team or "
            "--coverage."
        )
        return
    rows = [("id", "what", "whose", "made (UTC)", ""), *(_line(link, facts) for link in live)]
    TextPage().lines(columns(rows, right=(0,)))
    without = len(without_link(facts, live))
    if without:
        have = "has" if without == 1 else "have"
        people = count(len(facts.people), "person", "people")
        remedy = "--everyone makes those that are missing"
        show(f"{without} of {people} {have} no calendar link: {remedy}.")


def _line(link: CalendarLink, facts: Facts) -> tuple[str, str, str, str, str]:
    # The link of somebody who has left still works, until it is revoked.
    left = link.kind == "person" and not facts.has_person(link.subject)
    remark = "not in the plan any more" if left else ""
    whose = link.subject or facts.team.name
    return (str(link.id), link.kind, whose, f"{link.created_at:%Y-%m-%d %H:%M}", remark)


def _say_what_was_done(
    made: Sequence[NewLink],
    revoked: Sequence[int],
    older: Sequence[CalendarLink],
    *,
    everyone: bool,
    here: bool,
) -> None:
    """Say what was done, and what a lead may not expect of it."""
    for number in revoked:
        say(f"Calendar link {number} is revoked: whoever has it gets no calendar from now on.")
    for new in made:
        _mention_older(new.link, older)
    if everyone and not made:
        say("Everyone has a calendar link already. To give somebody another, add --for NAME.")
    if made and here:
        remedy = f"Give the address that people reach with --url or {URL}."
        note([f"these addresses work on this machine only. {remedy}"])


def _mention_older(link: CalendarLink, older: Sequence[CalendarLink]) -> None:
    remedies = []
    for old in older:
        if (old.kind, old.subject) == (link.kind, link.subject):
            remedies.append(f"--revoke {old.id}")
    if remedies:
        what = f"{_subject(link)} has an older calendar link that still works"
        note([f"{what}; {' '.join(remedies)} ends that."])


def _subject(link: CalendarLink) -> str:
    return link.subject or ("Coverage" if link.kind == "coverage" else "Team")


def _print_json(store: Store, facts: Facts, made: Sequence[NewLink]) -> None:
    """Print every link there ever was, with the addresses of those just made."""
    addresses = {new.link.id: new.address for new in made}
    print_json([_row(link, addresses.get(link.id)) for link in store.links.all(facts)])


def _row(link: CalendarLink, address: str | None) -> dict[str, Any]:
    return {
        "id": link.id,
        "kind": link.kind,
        "subject": link.subject,
        "created_at": link.created_at.isoformat(),
        "revoked_at": link.revoked_at.isoformat() if link.revoked_at else None,
        "url": address,
    }
