"""`shiftplan links`: calendar links, made, listed, revoked."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

from ..delivery.choices import Chosen, in_words
from ..delivery.links import (
    HERE,
    URL,
    NewLink,
    base_of,
    change_links,
    check_wanted,
    make_links,
    without_link,
)
from ..errors import ShiftplanError, count
from ..facts import Facts
from ..store import CalendarLink, LinkChoices, Store, open_store
from .common import AsJson, ExitCode, Folder, load_plan, note, print_json, say, show
from .link_options import (
    Change,
    CoverageOption,
    Everyone,
    People,
    Revoke,
    Sites,
    TeamOption,
    UrlOption,
    WantedLinks,
)
from .look_options import AlarmOption, DaysOff, FormOption
from .page import TextPage, columns

EXAMPLES = """
shiftplan links
shiftplan links --for "Ana Ruiz" --for "Cian Murphy"
shiftplan links --everyone --url https://rosters.example.org --json > links.json
shiftplan links --team --coverage
shiftplan links --for "Ana Ruiz" --alarm 30m --no-days-off
shiftplan links --change 7 --alarm none --days-off
shiftplan links --revoke 7 --for "Ana Ruiz"
"""

SECRET = (
    "Each calendar link is a secret and is not shown again. Send it only to those it is made for."
)


def command(
    folder: Folder = None,
    people: People = None,
    everyone: Everyone = False,
    sites: Sites = None,
    team: TeamOption = False,
    coverage: CoverageOption = False,
    change: Change = None,
    revoke: Revoke = None,
    days_off: DaysOff = None,
    form: FormOption = None,
    alarm: AlarmOption = "",
    url: UrlOption = "",
    as_json: AsJson = False,
) -> ExitCode:
    """List the calendar links, make new ones, change how their calendars look, revoke old ones.

    A calendar link is a secret: who has it sees the calendar. It is shown once, when it is made;
    only a hash of it is kept. To give somebody another, revoke the old one. A revoked link never
    works again. --days-off, --form and --alarm are for the links that are made or changed; a
    changed link keeps its address, and whatever is not named.
    """
    loaded = load_plan(folder, quiet=as_json)
    facts = loaded.plan.facts
    # What is no address is refused even where no link is made.
    here = base_of(url) == HERE
    wish = WantedLinks(people or (), everyone, sites or (), team, coverage)
    numbers, chosen = revoke or (), Chosen(days_off, form, alarm)
    wanted = change or ()
    _check_chosen(wish, wanted, numbers, chosen)
    changes = wish.makes or bool(numbers) or bool(wanted)
    made: list[NewLink] = []
    changed: Sequence[CalendarLink] = ()
    with open_store(loaded.root, create=changes) as store:
        if changes:
            # Nothing is begun, and no store made, for a link or a name that is not there.
            check_wanted(store, facts, wish.links(), [*wanted, *numbers], chosen)
        with store.at_once() if changes else nullcontext():
            if wanted:
                changed = change_links(store, facts, wanted, chosen)
            if changes:
                links = wish.links()
                made = make_links(
                    store, facts, links, numbers, everyone=everyone, url=url, chosen=chosen
                )
            if made:
                _show_or_undo(store, facts, made, as_json=as_json, more=bool(numbers or wanted))
        new = {link.id for link, _ in made}
        older = [link for link in store.links.live(facts) if link.id not in new]
        if as_json and not made:
            _print_json(store, facts, made)
        elif not changes:
            _show_live(store, facts)
    if made and not as_json:
        say(SECRET)
    _say_changed(changed, facts)
    _say_what_was_done(made, numbers, older, everyone=everyone, here=here)
    return ExitCode.DONE


def _check_chosen(
    wish: WantedLinks, change: Sequence[int], revoke: Sequence[int], chosen: Chosen
) -> None:
    """Raise ``ShiftplanError`` for choices without a link, and for changes without a choice."""
    choices = "--days-off, --no-days-off, --form or --alarm"
    if change and not chosen.anything:
        raise ShiftplanError("--change needs something to change.", f"Add {choices}.")
    for number in change:
        if number in revoke:
            raise ShiftplanError(
                f"Calendar link {number} cannot be both changed and revoked.", "Choose one."
            )
    if not chosen.anything:
        return
    if not (wish.makes or change):
        raise ShiftplanError(
            "How a calendar looks is chosen for links that are made or changed.",
            "Add --for, --everyone, --site, --team, or --change ID.",
        )
    if wish.makes and not change:
        chosen.check(wish.kinds)


def _say_changed(changed: Sequence[CalendarLink], facts: Facts) -> None:
    for link in changed:
        whose = link.subject or facts.team.name
        looks = in_words(link.choices) or "what is shown by default"
        say(f"Calendar link {link.id} ({whose}) shows from now on: {looks}.")


def _show_or_undo(
    store: Store, facts: Facts, made: Sequence[NewLink], *, as_json: bool, more: bool
) -> None:
    """Print the addresses before the links are kept; what is raised undoes all that was done.

    *more* says whether other links were to be changed or revoked with it.
    """
    try:
        if as_json:
            _print_json(store, facts, made)
        else:
            _show_new(made)
        sys.stdout.flush()  # what waits in memory was not shown
    except OSError:
        others = ", and none was changed or revoked" if more else ""
        say(f"No link was made{others}: an address that cannot be shown now is never seen.")
        raise


def _show_new(made: Sequence[NewLink]) -> None:
    """Print the addresses of links just made, which cannot be had again."""
    for link, address in made:
        show(f"{_subject(link)}: {address}")


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
    remarks = [in_words(link.choices)] if link.choices != LinkChoices() else []
    if left:
        remarks.append("not in the plan any more")
    whose = link.subject or facts.team.name
    made = f"{link.created_at:%Y-%m-%d %H:%M}"
    return (str(link.id), link.kind, whose, made, "; ".join(remarks))


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
        "days_off": link.choices.days_off,
        "form": link.choices.form,
        "alarm_minutes": link.choices.alarm,
        "url": address,
    }
