"""Calendar links made and revoked: for a command and for a session alike."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..errors import ShiftplanError, nearest
from ..facts import Facts, name_of
from ..store import CalendarLink, LinkChoices, LinkKind, Store
from .address import checked
from .choices import Chosen, taken_by

URL = "SHIFTPLAN_URL"
"""Environment variable with the address people reach the server at."""
HERE = "http://127.0.0.1:8765"
"""Where 'shiftplan serve' listens unless another address is given."""
EXAMPLE = "https://rosters.example.org"
LISTED = "'shiftplan links' and F8 in the terminal list the links."
AS_FILES = Chosen()
"""Nothing is chosen: calendars look as files do by default."""


class NewLink(NamedTuple):
    """A calendar link that was just made, and its address, which cannot be had again."""

    link: CalendarLink
    address: str


def make_links(
    store: Store,
    facts: Facts,
    wanted: Iterable[tuple[LinkKind, str]],
    revoke: Sequence[int] = (),
    *,
    everyone: bool = False,
    url: str = "",
    chosen: Chosen = AS_FILES,
) -> list[NewLink]:
    """Make the links *wanted*, each a kind and a subject, each once, and revoke those numbered.

    With *everyone*, each person gets one who has none, or none but one that is revoked with it.
    *url* is where people reach the server; else what the environment says, else this machine. Their
    calendars look as *chosen*, as far as that is for their kind. All of it happens, or nothing.
    Raise ``ShiftplanError`` for a name nobody and nothing has, for a number that is no link's or
    that of one revoked before, for what is no address, and for what is no length.
    """
    base = base_of(url)
    links = check_wanted(store, facts, wanted, revoke, chosen)
    whole = chosen.over(LinkChoices())
    with store.at_once():
        # Somebody else may have made or revoked links since.
        check_live(store.links.all(facts), revoke)
        if everyone:
            stay = [link for link in store.links.live(facts) if link.id not in revoke]
            links = _with_everyone(links, without_link(facts, stay))
        choices: dict[LinkKind, LinkChoices] = {kind: taken_by(kind, whole) for kind, _ in links}
        made = store.links.make(facts, links, revoke, choices)
    return [NewLink(link, _address(base, link, secret)) for link, secret in made]


def check_wanted(
    store: Store,
    facts: Facts,
    wanted: Iterable[tuple[LinkKind, str]],
    numbers: Sequence[int],
    chosen: Chosen = AS_FILES,
) -> list[tuple[LinkKind, str]]:
    """Return the links *wanted*, each once and by name, and write nothing.

    Raise ``ShiftplanError`` for a name nobody and nothing has, for one of *numbers* that is no
    link's or that of one revoked before, and for what is no length.
    """
    links = list(dict.fromkeys(_by_name(facts, wanted)))
    for kind, subject in links:
        _check_subject(facts, kind, subject)
    check_live(store.links.all(facts), numbers)
    chosen.over(LinkChoices())
    return links


def _by_name(
    facts: Facts, wanted: Iterable[tuple[LinkKind, str]]
) -> Iterator[tuple[LinkKind, str]]:
    """Yield the links *wanted* with the names of people who are asked for by their ids."""
    for kind, subject in wanted:
        yield kind, name_of(facts.people, subject) if kind == "person" else subject


def _with_everyone(
    wanted: Iterable[tuple[LinkKind, str]], names: Iterable[str]
) -> list[tuple[LinkKind, str]]:
    """Return the links *wanted* and one for each of *names*, people's first, each once."""
    people: list[tuple[LinkKind, str]] = []
    others: list[tuple[LinkKind, str]] = []
    for link in wanted:
        (people if link[0] == "person" else others).append(link)
    people += [("person", name) for name in names]
    return list(dict.fromkeys((*people, *others)))


def without_link(facts: Facts, live: Iterable[CalendarLink]) -> list[str]:
    """Return the people who have no calendar link among those that are *live*."""
    have = {link.subject for link in live if link.kind == "person"}
    return [person.name for person in facts.people if person.name not in have]


def change_links(
    store: Store, facts: Facts, numbers: Sequence[int], chosen: Chosen
) -> tuple[CalendarLink, ...]:
    """Have the calendars of links look as *chosen* from now on; return the links after it.

    Their addresses stay. Raise ``ShiftplanError`` for a number that is no link's or that of one
    revoked before, for a choice that none of them can take, and for what is no length.
    """
    with store.at_once():
        known = {link.id: link for link in store.links.all(facts)}
        check_live(known.values(), numbers)
        chosen.check(known[number].kind for number in numbers)
        choices = {}
        for number in numbers:
            link = known[number]
            after = taken_by(link.kind, chosen.over(link.choices))
            if after != link.choices:  # what stays as it is was not chosen again
                choices[number] = after
        if choices:
            store.links.choose(choices)
        return tuple(link for link in store.links.all(facts) if link.id in numbers)


def revoke_links(store: Store, facts: Facts, numbers: Sequence[int]) -> None:
    """Revoke links by their numbers: from now on they lead nowhere.

    Raise ``ShiftplanError`` for a number that is no link's or that of one revoked before.
    """
    make_links(store, facts, (), numbers)


def base_of(url: str = "") -> str:
    """Return what stands before a link's path; raise ``ShiftplanError`` for what is no address."""
    whole = url or os.environ.get(URL, "") or HERE
    checked(whole, EXAMPLE, "Leave it out: a calendar link works without.")
    return whole.rstrip("/")


def _address(base: str, link: CalendarLink, secret: str) -> str:
    if link.kind == "coverage":
        return f"{base}/coverage/{secret}"
    return f"{base}/calendars/{secret}.ics"


def _check_subject(facts: Facts, kind: LinkKind, subject: str) -> None:
    if kind == "person":
        names, nobody = [person.name for person in facts.people], "Nobody is"
    elif kind == "site":
        names, nobody = [site.name for site in facts.sites], "No site is"
    else:
        return  # the team's own need no name
    if subject not in names:
        raise ShiftplanError(f"{nobody} called '{subject}'.", nearest(subject, names))


def check_live(known: Iterable[CalendarLink], numbers: Iterable[int]) -> None:
    """Raise ``ShiftplanError`` for a number that is no link's or that of one revoked before."""
    revoked_before = {link.id: link.revoked_at is not None for link in known}
    for number in numbers:
        if number not in revoked_before:
            raise ShiftplanError(f"There is no calendar link {number}.", LISTED)
        if revoked_before[number]:
            raise ShiftplanError(f"Calendar link {number} was revoked before.", LISTED)
