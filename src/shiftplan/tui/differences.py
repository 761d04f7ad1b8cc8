"""What publishing would change, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.text import Text

from ..delivery.publishing import booked_in_words
from ..errors import count
from ..publication import Change, in_words
from ..publication.words import hours_ahead
from ..session import Preview
from .cells import finding_line


def summary_lines(shown: Preview) -> Iterator[Text]:
    """Yield which version it would become, how much changes at what notice, and what is broken."""
    yield Text(shown.heading, "bold")
    yield _changes(shown)
    yield from (Text(str(renamed)) for renamed in shown.renamed)
    yield from (Text(sentence, "bold yellow") for sentence in shown.likely_renames)
    # A version that is not made books nothing.
    if shown.booked and not shown.nothing:
        yield Text(f"The ledgers get {booked_in_words(shown.booked)}.", "dim")
    broken = len(shown.verdict.hard_breaches)
    if broken:
        breaches = count(broken, "breach", "breaches")
        yield Text(f"× {breaches} of hard rules, listed at the end.", "bold red")


def _changes(shown: Preview) -> Text:
    if shown.nothing:
        already = f"version {shown.stands.supersedes} says the same"
        return Text(f"Nothing to publish: {already}.", "green")
    if shown.stands.supersedes:
        return Text(shown.in_short)
    people = len({change.person for change in shown.changes})
    shifts = count(len(shown.changes), "shift")
    return Text(f"{shifts} for {count(people, 'person', 'people')}.")


def difference_lines(shown: Preview) -> Iterator[Text]:
    """Yield what changes for each person in local time with the notice, then every breach of a
    hard rule.
    """
    for (who, _), found in groupby(shown.changes, key=lambda change: change.person):
        theirs = list(found)
        yield Text.assemble((who, "bold"), (f"  {theirs[0].tz}", "dim"))
        if shown.stands.supersedes:
            yield from (_line(change) for change in theirs)
        else:
            # A first version changes every shift there is: one line a person says it.
            yield _in_all(theirs)
    yield from (finding_line(finding) for finding in shown.verdict.hard_breaches)


def _line(change: Change) -> Text:
    # Below zero the shift had begun.
    late = "bold red" if change.notice < 0 else "dim"
    return Text.assemble(f"  {in_words(change)}", (f"  notice {hours_ahead(change.notice)}", late))


def _in_all(first: Sequence[Change]) -> Text:
    """Return a person's shifts in a first version, of which there is no notice to speak of."""
    shifts = [change.after for change in first if change.after is not None]
    to = f" to {shifts[-1]}" if len(shifts) > 1 else ""
    return Text(f"  {count(len(shifts), 'shift')}: {shifts[0]}{to}")
