"""`shiftplan feeds`: links to calendars, made, listed, revoked."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import ShiftplanError, nearest
from ..facts import Facts
from ..session.links import HERE, URL, address, base_of
from ..store import Store, open_store
from .common import AsJson, ExitCode, Folder, load_plan, print_json, say
from .page import TextPage, columns

if TYPE_CHECKING:
    from ..store.links import CalendarLink, LinkKind

EXAMPLES = """
shiftplan feeds
shiftplan feeds --for "Ana Ruiz" --for "Cian Murphy"
shiftplan feeds --everyone --url https://rosters.example.org --json > links.json
shiftplan feeds --team --coverage
shiftplan feeds --revoke 7 --for "Ana Ruiz"
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
    """List the links to calendars, make new ones, revoke old ones.

    A link is a secret: who has it sees the calendar. It is shown once, when it is made; only a hash
    of it is kept. To give somebody another, revoke the old one. A revoked link never works again.
    """
    loaded = load_plan(folder, quiet=as_json)
    facts = loaded.plan.facts
    base = base_of(url or os.environ.get(URL, ""))
    changes = bool(people or everyone or sites or team or coverage or revoke)
    with open_store(loaded.root, create=changes) as store:
        known = store.feeds(facts)
        _check(known, revoke or ())
        stay = [f for f in known if f.revoked_at is None and f.id not in (revoke or ())]
        wanted = _wanted(facts, stay, people or (), everyone, sites or (), team, coverage)
        made = store.make_feeds(facts, wanted, revoke or ()) if changes else []
        if as_json:
            print_json(_as_json(store.feeds(facts), {f.id: address(base, f, s) for f, s in made}))
        else:
            _show(store, facts, [(f, address(base, f, s)) for f, s in made], changed=changes)
    _talk([f for f, _ in made], stay, revoke or (), everyone=everyone, here=base == HERE)
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
    """Return the links to make, each once; raise ``ShiftplanError`` for a name nobody and nothing
    has.
    """
    names = [p.name for p in facts.people]
    for option, asked, there in (
        ("--for", people, names),
        ("--site", sites, [s.name for s in facts.sites]),
    ):
        for name in asked:
            if name not in there:
                what = "nobody is" if option == "--for" else "no site is"
                raise ShiftplanError(f"{option}: {what} called '{name}'.", nearest(name, there))
    have = {f.subject for f in stay if f.kind == "person"}
    persons = [*people, *(n for n in names if everyone and n not in have)]
    wanted: list[tuple[LinkKind, str]] = [("person", n) for n in persons]
    wanted += [("site", s) for s in sites]
    wanted += [("team", "")] if team else []
    wanted += [("coverage", "")] if coverage else []
    return list(dict.fromkeys(wanted))


def _check(known: Sequence[CalendarLink], revoke: Sequence[int]) -> None:
    live = [f.id for f in known if f.revoked_at is None]
    for number in revoke:
        if number not in live:
            why = "was revoked before" if number in [f.id for f in known] else "is not there"
            raise ShiftplanError(
                f"--revoke: link {number} {why}.", "'shiftplan feeds' lists the links."
            )


def _show(
    store: Store, facts: Facts, made: Sequence[tuple[CalendarLink, str]], *, changed: bool
) -> None:
    for feed, link in made:
        print(f"{_subject(feed)}: {link}")
    if made:
        say(
            "Each link is a secret and is not shown again. Send it to those it is for, and nobody else."
        )
    if changed:
        return
    live = [f for f in store.feeds(facts) if f.revoked_at is None]
    if not live:
        print(
            "There are no links yet. Make them with --for NAME, --everyone, --team or --coverage."
        )
        return
    gone = {f.id for f in live if f.kind == "person" and not facts.has_person(f.subject)}
    rows = [("id", "what", "whose", "made (UTC)", "")]
    for f in live:
        note = "not in the plan any more" if f.id in gone else ""
        rows.append(
            (
                str(f.id),
                f.kind,
                f.subject or facts.team.name,
                f"{f.created_at:%Y-%m-%d %H:%M}",
                note,
            )
        )
    TextPage().lines(columns(rows, right=(0,)))
    have = {f.subject for f in live if f.kind == "person"}
    without = sum(p.name not in have for p in facts.people)
    if without:
        print(
            f"{without} of {len(facts.people)} people have no link: --everyone makes those that are missing."
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
        say(f"Link {number} is revoked: whoever has it gets no calendar from now on.")
    for feed in made:
        others = [
            f"--revoke {f.id}" for f in stay if (f.kind, f.subject) == (feed.kind, feed.subject)
        ]
        if others:
            say(
                f"note: {_subject(feed)} has an older link that still works; {' '.join(others)} ends that."
            )
    if everyone and not made:
        say("Everyone has a link already. To give somebody another, add --for NAME.")
    if made and here:
        say(
            f"note: these addresses work on this machine only. Say with --url or {URL} what people reach."
        )


def _subject(feed: CalendarLink) -> str:
    return feed.subject or ("Coverage" if feed.kind == "coverage" else "Team")


def _as_json(feeds: Sequence[CalendarLink], addresses: dict[int, str]) -> list[dict[str, Any]]:
    return [
        {
            "id": f.id,
            "kind": f.kind,
            "subject": f.subject,
            "created_at": f.created_at.isoformat(),
            "revoked_at": f.revoked_at.isoformat() if f.revoked_at else None,
            "url": addresses.get(f.id),
        }
        for f in feeds
    ]
