"""`shiftplan ledger`: what the team owes its people and they the team."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Any

import typer

from ..errors import ShiftplanError, nearest
from ..folder import Loaded
from ..ledger import LedgerEntry, book
from ..ledger.entry import ACCOUNTS, PREFIX
from ..ledger.statement import Account, accounts, added, odd, owed_next
from ..store import Store, open_plan, open_store
from .common import AsJson, Folder, load_plan, print_json, say
from .page import TextPage, columns

EXAMPLES = """
shiftplan ledger
shiftplan ledger Ana --account lieu
shiftplan ledger --book
shiftplan ledger --on 2026-12-31 --json > balances.json
"""

SHOWN = 8
"""Sentences on what the next roster owes, before the rest is counted."""

NameOption = Annotated[
    str | None, typer.Argument(metavar="[NAME]", help="Whose accounts, line by line.")
]
Only = Annotated[
    str | None,
    typer.Option("--account", metavar="A", help="One account: pto, sick, lieu, fairness ..."),
]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="As it stands at the end of a day; else of all."),
]
BookOption = Annotated[
    bool,
    typer.Option(
        "--book", help="First book the newest roster of these days, published or else draft."
    ),
]


def command(
    name: NameOption = None,
    folder: Folder = None,
    account: Only = None,
    on: On = None,
    book_newest: BookOption = False,
    as_json: AsJson = False,
) -> None:
    """Show balances of leave, days in lieu and fairness, and where they come from.

    Lines are added when a roster is published, or with --book, and never changed. With a NAME every
    line is shown with the balance after it. Meant for leads: it tells what leave people take.
    """
    day = _date(on)
    loaded = load_plan(folder, quiet=as_json)
    facts = loaded.plan.facts
    with open_store(loaded.root, create=book_newest) as store:
        new = _book(store, loaded, as_json) if book_newest else []
        entries = store.ledger.entries(facts)
    known = accounts(entries, day)
    who = (
        _named(name, [*(p.name for p in facts.people), *(a.person for a in known)])
        if name
        else None
    )
    found = _chosen(known, who, account)
    fair = account is None or account.startswith("fairness")
    sentences = [
        text
        for text in (owed_next(facts, entries) if fair else ())
        if who is None or text.startswith(f"{who} ")
    ]
    notices = [text for text in odd(facts, known) if who is None or text.startswith(f"{who} ")]
    if as_json:
        print_json(_as_json(found, new, notices, sentences, day))
        return
    if not entries:
        say("The ledger is empty. 'shiftplan ledger --book' books the newest roster.")
        return
    page = TextPage()
    (_balances if who is None else _lines)(page, found)
    _endings(page, found)
    if sentences:
        page.head("What the next roster owes")
        for text in sentences[:SHOWN]:
            page.sentence(text)
        if len(sentences) > SHOWN:
            page.line(f"and {len(sentences) - SHOWN} more ('--json' has all)")
    for text in notices:
        say(f"note: {text}")


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ShiftplanError(
            f"--on: '{text}' is not a date.", "Write it like 2026-11-30."
        ) from None


def _book(store: Store, loaded: Loaded, quiet: bool) -> list[LedgerEntry]:
    """Book the newest roster of the horizon and say what that added."""
    plan = open_plan(loaded, store).plan
    facts = plan.facts
    stored = store.rosters.published(facts) or store.rosters.latest(facts)
    if stored is None:
        raise ShiftplanError(
            f"There is no roster from {facts.first} to {facts.last} in {store.place} yet.",
            "Run 'shiftplan solve' first.",
        )
    roster = store.rosters.roster(stored.id, facts)
    lines = book(plan, roster, store.ledger.entries(facts), stored.uid)
    store.ledger.append(facts, lines)
    if not quiet:
        told = ", ".join(f"{count} of {name}" for name, count in added(lines).items())
        say(f"Booked {stored}: {f'lines added: {told}' if lines else 'nothing to add'}.")
        for line in lines:
            if line.event == "adjust":
                amount = Account(line.person, line.account, ()).in_unit(line.amount, sign=True)
                say(f"  {line.person}, {line.account}, {line.day}: {amount}, {line.reason}")
    return lines


def _named(asked: str, people: Iterable[str]) -> str:
    """Return whose name *asked* is or begins; raise ``ShiftplanError`` if that is nobody, or
    several.
    """
    everyone = tuple(dict.fromkeys(people))
    exact = [who for who in everyone if who.casefold() == asked.casefold()]
    found = exact or [who for who in everyone if who.casefold().startswith(asked.casefold())]
    if len(found) == 1:
        return found[0]
    if found:
        raise ShiftplanError(f"'{asked}' may be {' or '.join(found)}.", "Write more of the name.")
    raise ShiftplanError(f"nobody is called '{asked}'.", nearest(asked, everyone))


def _chosen(known: Sequence[Account], who: str | None, account: str | None) -> list[Account]:
    """Return the accounts asked for; raise ``ShiftplanError`` for one that nobody has."""
    if account is not None and known and not any(_is(a.name, account) for a in known):
        hint = nearest(account, {a.name for a in known})
        raise ShiftplanError(f"--account: nothing is booked under '{account}'.", hint)
    return [
        a for a in known if (who in (None, a.person)) and (account is None or _is(a.name, account))
    ]


def _is(name: str, asked: str) -> bool:
    """Say whether account *name* is *asked* for; ``fairness`` is all accounts of it."""
    return name == asked or name.startswith(f"{asked}:")


def _balances(page: TextPage, found: Sequence[Account]) -> None:
    """Print one line for each person and a column for each account."""
    names = list(dict.fromkeys(a.name for a in sorted(found, key=lambda a: a.name not in ACCOUNTS)))
    by_person: dict[str, dict[str, Account]] = {}
    for a in found:
        by_person.setdefault(a.person, {})[a.name] = a
    rows = [["", *(name.removeprefix(PREFIX) for name in names)]]
    for who, theirs in by_person.items():
        cells = (theirs.get(name) for name in names)
        rows.append(
            [who, *(a.in_unit(a.balance, sign=a.name not in ACCOUNTS) if a else "" for a in cells)]
        )
    page.lines(columns(rows, right=range(1, len(names) + 1)))


def _lines(page: TextPage, found: Sequence[Account]) -> None:
    """Print every line of each account with the balance after it."""
    for a in found:
        page.head(f"{a.person}, {a.title} ({a.name}): {a.in_unit(a.balance)}")
        rows = [
            [str(e.day), e.event, a.in_unit(e.amount, sign=True), a.in_unit(after), _reason(e)]
            for e, after in zip(a.lines, a.running, strict=True)
        ]
        page.lines(columns([["date", "", "amount", "balance", ""], *rows], right=(2, 3)))


def _reason(line: LedgerEntry) -> str:
    until = f", until {line.expires}" if line.expires and line.event in ("earn", "carry") else ""
    return f"{line.reason}{until}"


def _endings(page: TextPage, found: Sequence[Account]) -> None:
    """Print what of days in lieu can be used only for a time."""
    rows = [
        (until, a.person, f"{until}: {a.person} has {a.in_unit(left)} of {a.title} until then.")
        for a in found
        if a.name == "lieu"
        for until, left in a.expiring
    ]
    if rows:
        page.head("To be taken in time")
        page.lines(text for _, _, text in sorted(rows))


def _as_json(
    found: Sequence[Account],
    new: Iterable[LedgerEntry],
    notices: list[str],
    sentences: list[str],
    day: date | None,
) -> dict[str, Any]:
    return {
        "on": day.isoformat() if day else None,
        "booked": [_row(line) for line in new],
        "accounts": [
            {
                "person": a.person,
                "account": a.name,
                "unit": "minutes" if a.name in ACCOUNTS else "hundredths of points",
                "balance": a.balance,
                "expiring": [{"on": str(until), "amount": left} for until, left in a.expiring],
                "lines": [
                    {**_row(line), "balance": after}
                    for line, after in zip(a.lines, a.running, strict=True)
                ],
            }
            for a in found
        ],
        "notices": notices,
        "owed": sentences,
    }


def _row(line: LedgerEntry) -> dict[str, Any]:
    return {
        "person": line.person,
        "account": line.account,
        "date": line.day.isoformat(),
        "event": line.event,
        "amount": line.amount,
        "reason": line.reason,
        "expires": line.expires.isoformat() if line.expires else None,
        "source": line.source,
    }
