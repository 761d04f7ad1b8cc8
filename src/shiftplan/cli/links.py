"""`shiftplan links`: calendar links, made, listed, revoked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from ..delivery.links import HERE, URL, NewLink, base_of, make_links
from ..facts import Facts
from ..store import CalendarLink, LinkKind, Store, open_store
from .common import AsJson, ExitCode, Folder, load_plan, print_json, say
from .page import TextPage, columns

EXAMPLES = """
shiftplan links
shiftplan links --for "Ana Ruiz" --for "Cian Murphy"
shiftplan links --everyone --url https://rosters.example.org --json > links.json
shiftplan links --team --coverage
shiftplan links --revoke 7 --for "Ana Ruiz"
"""


def command(
    folder: Folder = None,
    people: Annotated[
        list[str] | None,
        typer.Option("--for", metavar="NAME", help="Make a link to a person's calendar."),
    ] = None,
    everyone: Annotated[
        bool, typer.Option("--everyone", help="Make a link for each person who has none.")
    ] = False,
    sites: Annotated[
        list[str] | None,
        typer.Option("--site", metavar="SITE", help="Make a link to a site's calendar."),
    ] = None,
    team: Annotated[
        bool, typer.Option("--team", help="Make a link to the team's calendar.")
    ] = False,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Make a link to the coverage page.")
    ] = False,
    revoke: Annotated[
        list[int] | None,
        typer.Option("--revoke", metavar="ID", help="Revoke a link by its number."),
    ] = None,
    url: Annotated[
        str,
        typer.Option("--url", metavar="URL", help=f"Where people reach the server; else {URL}."),
    ] = "",
    as_json: AsJson = False,
) -> ExitCode:
    """List the calendar links, make new ones, revoke old ones.

    A calendar link is a secret: who has it sees the calendar. It is shown once, when it is made;
    only a hash of it is kept. To give somebody another, revoke the old one. A revoked link never
    works again.
    """
    loaded = load_plan(folder, quiet=as_json)
    facts = loaded.plan.facts
    here = base_of(url) == HERE
    numbers = revoke or ()
    changes = bool(people or everyone or sites or team or coverage or numbers)
    made: list[NewLink] = []
    with open_store(loaded.root, create=changes) as store:
        stay = [link for link in store.links.live(facts) if link.id not in numbers]
        wanted = _wanted(facts, stay, people or (), everyone, sites or (), team, coverage)
        if changes:
            made = make_links(store, facts, wanted, numbers, url=url)
        if as_json:
            addresses = {new.link.id: new.address for new in made}
            print_json(_as_json(store.links.all(facts), addresses))
        elif changes:
            _show_new(made)
        else:
            _show_live(store, facts)
    _talk([new.link for new in made], stay, numbers, everyone=everyone, here=here)
    return ExitCode.DONE


def _wanted(
    facts: Facts,
    stay: Sequence[CalendarLink],
    people: Sequence[str],
    everyone: bool,
    sites: Sequence[str],
    team: bool,
    coverage: bool,
) -> list[tuple[LinkKind, str]]:
    """Return the links asked for; with *everyone*, one for each person who would have none."""
    names = [person.name for person in facts.people]
    have = {link.subject for link in stay if link.kind == "person"}
    persons = [*people, *(n for n in names if everyone and n not in have)]
    wanted: list[tuple[LinkKind, str]] = [("person", n) for n in persons]
    wanted += [("site", s) for s in sites]
    wanted += [("team", "")] if team else []
    wanted += [("coverage", "")] if coverage else []
    return wanted


def _show_new(made: Sequence[NewLink]) -> None:
    """Print the addresses of links just made, which cannot be had again."""
    for link, address in made:
        print(f"{_subject(link)}: {address}")
    if made:
        say(
            "Each calendar link is a secret and is not shown again. Send it to those it is for, "
            "and nobody else."
        )


def _show_live(store: Store, facts: Facts) -> None:
    """Print the links that were not revoked, and how many people have none."""
    live = store.links.live(facts)
    if not live:
        print(
            "There are no calendar links yet. Make them with --for NAME, --everyone, --team or "
            "--coverage."
        )
        return
    rows = [("id", "what", "whose", "made (UTC)", "")]
    for link in live:
        left = link.kind == "person" and not facts.has_person(link.subject)
        note = "not in the plan any more" if left else ""
        whose = link.subject or facts.team.name
        rows.append((str(link.id), link.kind, whose, f"{link.created_at:%Y-%m-%d %H:%M}", note))
    TextPage().lines(columns(rows, right=(0,)))
    have = {link.subject for link in live if link.kind == "person"}
    without = sum(p.name not in have for p in facts.people)
    if without:
        print(
            f"{without} of {len(facts.people)} people have no calendar link: --everyone makes "
            "those that are missing."
        )


def _talk(
    made: Sequence[CalendarLink],
    stay: Sequence[CalendarLink],
    revoke: Sequence[int],
    *,
    everyone: bool,
    here: bool,
) -> None:
    """Say what was done, and what a lead may not expect of it."""
    for number in revoke:
        say(f"Calendar link {number} is revoked: whoever has it gets no calendar from now on.")
    for link in made:
        others = [
            f"--revoke {old.id}"
            for old in stay
            if (old.kind, old.subject) == (link.kind, link.subject)
        ]
        if others:
            say(
                f"note: {_subject(link)} has an older calendar link that still works; "
                f"{' '.join(others)} ends that."
            )
    if everyone and not made:
        say("Everyone has a calendar link already. To give somebody another, add --for NAME.")
    if made and here:
        say(
            "note: these addresses work on this machine only. "
            f"Say with --url or {URL} what people reach."
        )


def _subject(link: CalendarLink) -> str:
    return link.subject or ("Coverage" if link.kind == "coverage" else "Team")


def _as_json(links: Sequence[CalendarLink], addresses: Mapping[int, str]) -> list[dict[str, Any]]:
    return [
        {
            "id": link.id,
            "kind": link.kind,
            "subject": link.subject,
            "created_at": link.created_at.isoformat(),
            "revoked_at": link.revoked_at.isoformat() if link.revoked_at else None,
            "url": addresses.get(link.id),
        }
        for link in links
    ]
