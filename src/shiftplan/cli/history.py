"""`shiftplan history`: every version that was published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..publication import Publication, Renamed, renamed
from ..publication.words import hours_ahead
from ..store import open_store
from .common import AsJson, ExitCode, Folder, load_plan, print_json, say
from .judged import breaches
from .page import TextPage, columns

EXAMPLES = """
shiftplan history
shiftplan history -C plans/puo --json
"""


def command(folder: Folder = None, as_json: AsJson = False) -> ExitCode:
    """List every published version, the newest first: when, by whom, what it changed and at what
    notice.

    The notice is the shortest, in whole hours, that a person had of a change of theirs.
    """
    loaded = load_plan(folder, quiet=as_json)
    with open_store(loaded.root, create=False) as store:
        found = store.publications.all(loaded.plan.facts)
    if as_json:
        print_json([_row(version, _renamed(version, found)) for version in found])
    elif found:
        _show(found)
    else:
        say("Nothing has been published yet.")
    return ExitCode.DONE


def _show(found: Sequence[Publication]) -> None:
    header = ("version", "published (UTC)", "by", "days", "supersedes", "changes", "notice")
    rows = [(*header, "message"), *map(_line, found)]
    page = TextPage()
    page.lines(columns(rows, right=(0, 4, 5)))
    for version in found:
        for one in _renamed(version, found):
            page.line(f"Version {version.number}: {one.after}, before that {one.before}.")


def _renamed(version: Publication, versions: Sequence[Publication]) -> Sequence[Renamed]:
    """Return who is called otherwise in *version* than in the one before it, of whatever days."""
    older = (one for one in versions if one.number < version.number)
    before = max(older, key=lambda one: one.number, default=None)
    if before is None:
        return ()
    return renamed(
        ((shift.key, shift.who) for shift in before.shifts),
        ((shift.key, shift.who) for shift in version.shifts),
    )


def _line(version: Publication) -> Sequence[str]:
    # The first version of its days changes nothing that anybody knew of.
    changes = str(len(version.corrections)) if version.supersedes else ""
    forced = f" [{breaches(version.musts)} of hard rules]" if version.musts else ""
    return (
        str(version.number),
        f"{version.published_at:%Y-%m-%d %H:%M}",
        version.author,
        f"{version.first} to {version.last}",
        str(version.supersedes or ""),
        changes,
        "" if version.notice is None else hours_ahead(version.notice),
        f"{version.message}{forced}",
    )


def _row(version: Publication, names: Sequence[Renamed]) -> dict[str, Any]:
    return {
        "version": version.number,
        "published_at": version.published_at.isoformat(),
        "author": version.author,
        "message": version.message,
        "first": version.first.isoformat(),
        "last": version.last.isoformat(),
        "supersedes": version.supersedes,
        "roster": version.roster_id,
        "plan_digest": version.digest,
        "tzdata": version.tz_version,
        "shifts": len(version.shifts),
        "changes": len(version.corrections),
        "shortest_notice_hours": version.notice,
        "musts_broken": version.musts,
        "renamed": [one.to_json() for one in names],
    }
