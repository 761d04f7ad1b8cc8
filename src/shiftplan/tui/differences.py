"""What publishing would change, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.text import Text

from ..delivery.publishing import booked_in_words
from ..errors import count
from ..publication import Change, in_words
from ..publication.words import hours_ahead, in_short
from ..session import Preview
from .words import finding_line


def summary_lines(shown: Preview) -> Iterator[Text]:
    """Yield the version it would become, how much changes at what notice, what is booked and
    broken.
    """
    yield Text(shown.heading, "bold")
    if shown.nothing:
        yield Text(f"Nothing to publish: version {shown.stands.supersedes} says the same.", "green")
    elif shown.stands.supersedes:
        yield Text(in_short(shown.changes))
    else:
        people = len({c.who for c in shown.changes})
        yield Text(f"{count(len(shown.changes), 'shift')} for {count(people, 'person', 'people')}.")
    if shown.booked and not shown.nothing:
        yield Text(f"For the ledgers {booked_in_words(shown.booked)}.", "dim")
    if shown.verdict.hard_breaches:
        yield Text(
            f"× Breaks {count(len(shown.verdict.hard_breaches), 'must')}, named at the end.",
            "bold red",
        )


def difference_lines(shown: Preview) -> Iterator[Text]:
    """Yield what changes for each person by their own clock and with the notice, then every broken
    must.
    """
    for who, found in groupby(shown.changes, key=lambda c: c.who):
        theirs = list(found)
        yield Text.assemble((who, "bold"), (f"  {theirs[0].tz}", "dim"))
        if shown.stands.supersedes:
            yield from (_line(change) for change in theirs)
        else:
            yield _in_all(theirs)
    yield from (finding_line(f) for f in shown.verdict.hard_breaches)


def _line(change: Change) -> Text:
    late = "bold red" if change.notice < 0 else "dim"
    return Text.assemble(f"  {in_words(change)}", (f"  notice {hours_ahead(change.notice)}", late))


def _in_all(first: Sequence[Change]) -> Text:
    """Return a person's shifts in a first version, of which there is no notice to speak of."""
    shifts = [c.after for c in first if c.after is not None]
    to = f" to {shifts[-1]}" if len(shifts) > 1 else ""
    return Text(f"  {count(len(shifts), 'shift')}: {shifts[0]}{to}")
