"""`shiftplan history`: every version that was published."""

from __future__ import annotations

from typing import Any

from ..errors import count
from ..publication import Publication
from ..publication.words import hours_ahead
from ..store import open_store
from .common import AsJson, ExitCode, Folder, load_plan, print_json, say
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
        print_json([_row(p) for p in found])
    elif found:
        _show(found)
    else:
        say("Nothing has been published yet.")
    return ExitCode.DONE


def _show(found: tuple[Publication, ...]) -> None:
    rows = [("version", "published (UTC)", "by", "days", "over", "changes", "notice", "message")]
    for p in found:
        rows.append(
            (
                str(p.number),
                f"{p.published_at:%Y-%m-%d %H:%M}",
                p.author,
                f"{p.first} to {p.last}",
                str(p.supersedes or ""),
                str(len(p.told)) if p.supersedes else "",
                "" if p.notice is None else hours_ahead(p.notice),
                p.message + (f" [breaks {count(p.musts, 'must')}]" if p.musts else ""),
            )
        )
    TextPage().lines(columns(rows, right=(0, 4, 5)))


def _row(p: Publication) -> dict[str, Any]:
    return {
        "version": p.number,
        "published_at": p.published_at.isoformat(),
        "author": p.author,
        "message": p.message,
        "first": p.first.isoformat(),
        "last": p.last.isoformat(),
        "supersedes": p.supersedes,
        "roster": p.roster_id,
        "plan_digest": p.digest,
        "tzdata": p.tz_version,
        "shifts": len(p.shifts),
        "changes": len(p.told),
        "shortest_notice_hours": p.notice,
        "musts_broken": p.musts,
    }
