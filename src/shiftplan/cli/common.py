"""What commands share: options, loading the plan, printing."""

from __future__ import annotations

import gc
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..clock import today
from ..errors import CONTROLS, ShiftplanError, visible, visible_lines
from ..facts.names import canonical_in
from .exits import ExitCode

if TYPE_CHECKING:
    from ..folder import Loaded
    from ..plan import Verdict

__all__ = [
    "AsJson",
    "AsOf",
    "ExitCode",
    "FailOnGaps",
    "Folder",
    "as_named",
    "breach_rows",
    "date_given",
    "few",
    "load_plan",
    "note",
    "print_json",
    "say",
    "show",
]

Folder = Annotated[
    Path | None,
    typer.Option(
        "-C", metavar="PLAN_DIR", help="Plan folder; else the one found from here upwards."
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="Count the notice of changes from this day; else today."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
FailOnGaps = Annotated[
    bool,
    typer.Option(
        "--fail-on-gaps",
        help="Exit with 1 if a queue is below its minimum or something else that is required is "
        "missing, or if anything of it is not judged.",
    ),
]

_UNSEEN = re.compile(f"(?!\n){CONTROLS.pattern}")
"""Those of them that JSON leaves as they are; its line breaks are its layout."""


def load_plan(folder: Path | None, *, quiet: bool = False, as_of: str | None = None) -> Loaded:
    """Find, read and check the plan, and say its notices unless *quiet*.

    Notice of changes is counted from *as_of*, or from today in the time zone of the team's home.
    Raise ``PlanNotFound`` or ``BadInput``.
    """
    from ..folder import find, load

    loaded = load(folder if folder is not None else find(Path.cwd()))
    # Nothing else looks at the date, and a plan that is only checked is the same on every day.
    if as_of is not None or loaded.plan.facts.published is not None:
        loaded = _dated(loaded, as_of)
    if not gc.isenabled():  # see ``run``
        gc.freeze()
        gc.enable()
    if not quiet:
        note(loaded.notices)
    return loaded


def _dated(loaded: Loaded, as_of: str | None) -> Loaded:
    facts = loaded.plan.facts
    day = date_given("--as-of", as_of) or today(facts.site(facts.team.home).timezone)
    return replace(loaded, plan=replace(loaded.plan, facts=facts.model_copy(update={"as_of": day})))


def as_named(given: Any) -> Any:
    """Return the name or names *given* for an option as plans have them, for its callback."""
    return canonical_in(given)


def date_given(option: str, text: str | None) -> date | None:
    """Return the date given with *option*, None if none is; raise ``ShiftplanError`` for what is
    no date."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ShiftplanError(
            f"{option}: '{text}' is not a date.", "Write it like 2026-11-30."
        ) from None


def say(text: str) -> None:
    """Print talk, on stderr."""
    print(visible_lines(text), file=sys.stderr)


def show(text: str = "", end: str = "\n") -> None:
    """Print data for people, on stdout."""
    print(visible_lines(text), end=end)


def note(texts: Iterable[str]) -> None:
    """Print notes on stderr, a line each."""
    for text in texts:
        say(f"note: {visible(text)}")


def print_json(value: Any) -> None:
    """Print *value* on stdout as JSON, in which no terminal finds anything to do."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    print(_UNSEEN.sub(lambda found: f"\\u{ord(found.group()):04x}", text))


def few(texts: Sequence[str], most: int = 3) -> Iterator[str]:
    """Yield the first *most* of *texts*, then how many more there are."""
    yield from texts[:most]
    if len(texts) > most:
        yield f"and {len(texts) - most} more like these."


def breach_rows(verdict: Verdict) -> list[dict[str, Any]]:
    """Return the breaches as ``check --json`` and ``solve --json`` print them."""
    return [
        {
            "rule": f.breach.rule,
            "strength": f.strength,
            "person": f.breach.who,
            "date": f.breach.day.isoformat() if f.breach.day else None,
            "amount": f.breach.amount,
            "text": f.breach.text,
            "source": f.source or None,
        }
        for f in verdict.findings
    ]
