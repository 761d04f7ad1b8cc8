"""What commands share: options, loading the plan, printing."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .exits import Code

if TYPE_CHECKING:
    from ..folder import Loaded
    from ..plan import Verdict

__all__ = [
    "AsJson",
    "Code",
    "FailOnGaps",
    "Folder",
    "breach_rows",
    "few",
    "load_plan",
    "print_json",
    "say",
]

Folder = Annotated[
    Path | None,
    typer.Option("-C", metavar="PLAN_DIR", help="Plan folder; else the one found from here upwards."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
FailOnGaps = Annotated[
    bool, typer.Option("--fail-on-gaps", help="Exit with 1 if a queue is anywhere below its minimum.")
]


def load_plan(folder: Path | None, *, quiet: bool = False) -> Loaded:
    """Find, read and check the plan, and say its notices unless *quiet*.

    Raise ``PlanNotFound`` or ``BadInput``.
    """
    from ..folder import find, load

    loaded = load(folder if folder is not None else find(Path.cwd()))
    if not gc.isenabled():  # see ``run``
        gc.freeze()
        gc.enable()
    for notice in () if quiet else loaded.notices:
        say(f"note: {notice}")
    return loaded


def say(text: str) -> None:
    """Print talk, on stderr."""
    print(text, file=sys.stderr)


def print_json(value: Any) -> None:
    """Print *value* on stdout as JSON."""
    print(json.dumps(value, indent=2, ensure_ascii=False))


def few(texts: Sequence[str], most: int = 3) -> Iterator[str]:
    """Yield the first *most* of *texts*, then how many more there are."""
    yield from texts[:most]
    if len(texts) > most:
        yield f"and {len(texts) - most} more of this sort."


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
