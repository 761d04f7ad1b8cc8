"""`shiftplan ledger`: what the team owes its people and they the team."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Annotated, Any

import typer

from ..delivery.booking import book_newest
from ..errors import ShiftplanError, nearest
from ..facts import Facts, name_of
from ..folder import Loaded
from ..ledger import LedgerEntry
from ..ledger.doubled import twice_booked
from ..ledger.entry import ACCOUNTS, PREFIX
from ..ledger.statement import Account, accounts, added, odd, owed_next
from ..store import Store, open_store
from .common import AsJson, Folder, as_named, date_given, load_plan, note, print_json, say
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
    str | None,
    typer.Argument(metavar="[NAME]", help="Whose accounts, line by line.", callback=as_named),
]
Only = Annotated[
    str | None,
    typer.Option(
        "--account",
        metavar="A",
        callback=as_named,
        help="One account: pto, sick, lieu, fairness ...",
    ),
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


@dataclass(frozen=True)
class _Shown:
    """What is shown of the ledger."""

    who: str | None
    """One person, or None for everybody."""
    day: date | None
    accounts: Sequence[Account]
    owed: Sequence[str]
    """What the next roster owes, in a sentence each."""
    notices: Sequence[str]
    """What is odd about the balances."""


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
    line is shown with the balance after it. Meant for leads: it shows what leave people take.
    """
    day = date_given("--on", on or None)
    loaded = load_plan(folder, quiet=as_json)
    facts = loaded.plan.facts
    with open_store(loaded.root, create=book_newest) as store:
        new = _book(store, loaded, as_json) if book_newest else []
        entries = store.ledger.entries(facts)
    shown = _chosen(facts, entries, day, name, account)
    if as_json:
        print_json(_as_json(shown, new))
    elif entries:
        _show(shown)
    else:
        say("The ledger is empty. 'shiftplan ledger --book' books the newest roster.")


def _chosen(
    facts: Facts,
    entries: Sequence[LedgerEntry],
    day: date | None,
    name: str | None,
    account: str | None,
) -> _Shown:
    """Return what was asked for; raise ``ShiftplanError`` for a name or account nobody has."""
    known = accounts(entries, day)
    who = _named(name, facts, known) if name else None
    # What is owed is owed in fairness, so other accounts are shown without it.
    fair = account is None or account.startswith("fairness")
    return _Shown(
        who=who,
        day=day,
        accounts=_matching(known, who, account),
        owed=_about(who, owed_next(facts, entries)) if fair else [],
        notices=_about(who, chain(twice_booked(entries), odd(facts, known))),
    )


def _about(who: str | None, sentences: Iterable[str]) -> list[str]:
    """Return the *sentences* about one person, which begin with the name, or all of them."""
    return [text for text in sentences if who is None or text.startswith(f"{who} ")]


def _show(shown: _Shown) -> None:
    page = TextPage()
    if shown.who is None:
        _balances(page, shown.accounts)
    else:
        _lines(page, shown.accounts)
    _endings(page, shown.accounts)
    if shown.owed:
        page.head("What the next roster owes")
        for text in shown.owed[:SHOWN]:
            page.sentence(text)
        if len(shown.owed) > SHOWN:
            page.line(f"and {len(shown.owed) - SHOWN} more ('--json' has all)")
    note(shown.notices)


def _book(store: Store, loaded: Loaded, quiet: bool) -> Sequence[LedgerEntry]:
    """Book the newest roster of the horizon and say what that added."""
    booked = book_newest(store, loaded)
    if not quiet:
        say(f"Booked {booked.roster}: {_added(booked.lines)}.")
        _say_corrections(booked.lines)
    return booked.lines


def _added(lines: Sequence[LedgerEntry]) -> str:
    if not lines:
        return "nothing to add"
    numbers = ", ".join(f"{number} of {name}" for name, number in added(lines).items())
    return f"lines added: {numbers}"


def _say_corrections(lines: Sequence[LedgerEntry]) -> None:
    """Say what corrects an earlier booking, line by line."""
    for line in lines:
        if line.event == "adjust":
            amount = Account(line.person, line.account, ()).in_unit(line.amount, sign=True)
            say(f"  {line.person}, {line.account}, {line.day}: {amount}, {line.reason}")


def _named(asked: str, facts: Facts, known: Iterable[Account]) -> str:
    """Return whose name *asked* is or begins; raise ``ShiftplanError`` if that is nobody, or
    several.
    """
    # Who has left the plan still has accounts.
    people = [*(person.name for person in facts.people), *(account.person for account in known)]
    everyone = tuple(dict.fromkeys(people))
    wanted = name_of(facts.people, asked).casefold()
    # Ana is meant by "ana" even where there is an Anabel.
    exact = [who for who in everyone if who.casefold() == wanted]
    found = exact or [who for who in everyone if who.casefold().startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        raise ShiftplanError(f"'{asked}' may be {' or '.join(found)}.", "Write more of the name.")
    raise ShiftplanError(f"nobody is called '{asked}'.", nearest(asked, everyone))


def _matching(known: Sequence[Account], who: str | None, account: str | None) -> list[Account]:
    """Return the accounts asked for; raise ``ShiftplanError`` for one that nobody has."""
    named = [a for a in known if account is None or _is(a.name, account)]
    # An empty ledger has no accounts at all, and says so.
    if known and not named:
        hint = nearest(account or "", {a.name for a in known})
        raise ShiftplanError(f"--account: nothing is booked under '{account}'.", hint)
    return [a for a in named if who in (None, a.person)]


def _is(name: str, asked: str) -> bool:
    """Say whether account *name* is *asked* for; ``fairness`` is all accounts of it."""
    return name == asked or name.startswith(f"{asked}:")


def _balances(page: TextPage, found: Sequence[Account]) -> None:
    """Print one line for each person and a column for each account."""
    # Leave comes first, and then what there is of fairness.
    names = list(dict.fromkeys(a.name for a in sorted(found, key=lambda a: a.name not in ACCOUNTS)))
    by_person: dict[str, dict[str, Account]] = {}
    for account in found:
        by_person.setdefault(account.person, {})[account.name] = account
    rows = [["", *(name.removeprefix(PREFIX) for name in names)]]
    for who, theirs in by_person.items():
        rows.append([who, *(_balance(theirs.get(name)) for name in names)])
    page.lines(columns(rows, right=range(1, len(names) + 1)))
    if any(name.startswith(PREFIX) for name in names):
        page.line("Fairness is in points: above zero is more than a fair share.", "dim")


def _balance(account: Account | None) -> str:
    if account is None:
        return ""
    return account.in_unit(account.balance, sign=account.name not in ACCOUNTS)


def _lines(page: TextPage, found: Sequence[Account]) -> None:
    """Print every line of each account with the balance after it."""
    for account in found:
        balance = account.in_unit(account.balance)
        page.head(f"{account.person}, {account.title} ({account.name}): {balance}")
        rows = [["date", "", "amount", "balance", ""]]
        for line, after in zip(account.lines, account.running, strict=True):
            amount = account.in_unit(line.amount, sign=True)
            rows.append([str(line.day), line.event, amount, account.in_unit(after), _reason(line)])
        page.lines(columns(rows, right=(2, 3)))


def _reason(line: LedgerEntry) -> str:
    # A line that takes something away names the end of what it takes, which is of no use here.
    until = f", until {line.expires}" if line.expires and line.event in ("earn", "carry") else ""
    return f"{line.reason}{until}"


def _endings(page: TextPage, found: Sequence[Account]) -> None:
    """Print what of days in lieu can be used only for a time."""
    rows = []
    for account in found:
        if account.name != "lieu":
            continue
        for until, left in account.expiring:
            amount = f"{account.in_unit(left)} of {account.title}"
            text = f"{until}: {account.person} has {amount} until then."
            rows.append((until, account.person, text))
    if rows:
        page.head("To be taken in time")
        page.lines(text for _, _, text in sorted(rows))


def _as_json(shown: _Shown, new: Iterable[LedgerEntry]) -> dict[str, Any]:
    return {
        "on": shown.day.isoformat() if shown.day else None,
        "booked": [_row(line) for line in new],
        "accounts": [_account_row(account) for account in shown.accounts],
        "notices": shown.notices,
        "owed": shown.owed,
    }


def _account_row(account: Account) -> dict[str, Any]:
    lines = [
        {**_row(line), "balance": after}
        for line, after in zip(account.lines, account.running, strict=True)
    ]
    return {
        "person": account.person,
        "account": account.name,
        "unit": "minutes" if account.name in ACCOUNTS else "hundredths of points",
        "balance": account.balance,
        "expiring": [{"on": str(until), "amount": left} for until, left in account.expiring],
        "lines": lines,
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
