"""Show that two revisions of shiftplan give the same results, words aside.

    python benchmarks/same.py REVISION [REVISION] [--only puo ...] [--rosters DIR]

Without a second revision the first is compared with the working tree. Both run with this
interpreter on copies of the first one's fixtures, and both judge the same two rosters of each: one
that the first revision finds, and the same one spoilt, so that rules have something to charge and
calendars something to cancel. One line is printed for each fixture and aspect: "equal", or the
first differences, after which the script exits with 1.

Exit codes, JSON and stored rows are compared without their sentences, and breaches and rows in any
order; calendars are compared byte for byte. What the program takes from the clock is pinned, so
that both publish at the same instants. Calendars are rendered from each revision's own store, and
by both from the store that the first one wrote. Searches are compared where the best is proven.
With --rosters the rosters found are kept in DIR, and taken from there the next time: the flagship's
takes minutes.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from revisions import LATER, Failed, Revision, checked_out
from same_lines import calendar_lines, differences, json_lines, store_lines

Folders = dict[Revision, Path]
"""Where each revision has its copy of the plan folder."""

SOLVED_AT, SPOILT_AT = "2026-10-12T09:30:15Z", "2026-10-14T16:05:40Z"
"""When the two rosters are published."""

FILED = 1_791_000_000
"""When the files of the rosters were written, which draft calendars are stamped with."""

EMPTY = "person,site,date,shift,start_utc,end_utc,pinned\n"
"""A roster in which nobody works."""


class Case:
    """One fixture, two revisions, and a folder to work in."""

    def __init__(self, fixture: Path, revisions: tuple[Revision, Revision], work: Path) -> None:
        self.fixture, self.revisions = fixture, revisions
        self.expected = json.loads((fixture / "expected.json").read_text(encoding="utf-8"))
        self.work = work
        self.solved, self.spoilt = work / "solved.csv", work / "spoilt.csv"
        self.own: Folders = dict(zip(revisions, (work / "first", work / "second"), strict=True))
        self.different = 0
        for folder in self.own.values():
            shutil.copytree(fixture, folder, ignore=shutil.ignore_patterns(".shiftplan"))

    def compare(self, kept: Path) -> None:
        """Print a line for each aspect; rosters found are kept in the folder *kept*."""
        self._find_rosters(kept / f"{self.fixture.name}.csv")
        self._hold("plan", partial(self._json, "plan", self.own))
        if "feasible" in self.expected["status"]:
            self._say("solve", "not compared: the best takes too long to prove")
        else:
            self._hold("solve", self._proof)
        for roster in (self.solved, self.spoilt):
            for command in ("check", "coverage"):
                look = partial(self._json, command, self.own, roster=roster)
                self._hold(f"{command}, {roster.stem}", look)
        self._hold("draft calendars", partial(self._calendars, "draft calendars", self.own))
        for roster, at in ((self.solved, SOLVED_AT), (self.spoilt, SPOILT_AT)):
            look = partial(self._json, "publish", self.own, roster=roster, at=at)
            self._hold(f"publish, {roster.stem}", look)
        self._hold("store", lambda revision: list(store_lines(self.own[revision])))
        self._hold("calendars, own store", partial(self._calendars, "calendars", self.own))
        self._compare_readers()

    def _compare_readers(self) -> None:
        """Compare what both make of the store that the first wrote."""
        written = self.own[self.revisions[0]]
        copies: Folders = {}
        for revision, own in self.own.items():
            copies[revision] = own.with_name(f"{own.name}-reads")
            shutil.copytree(written, copies[revision])
        for command in ("calendars", "local calendars"):
            self._hold(f"{command}, same store", partial(self._calendars, command, copies))
        for command in ("check", "newest coverage", "ledger", "history"):
            look = partial(self._json, command, copies, roster=self.solved)
            self._hold(f"{command}, same store", look)

    def _find_rosters(self, kept: Path) -> None:
        if not kept.exists():
            self._solve(self.revisions[0], kept)
        if kept.exists():
            shutil.copy(kept, self.solved)
        else:
            self._say("roster", "none found: the one in which nobody works is compared")
            self.solved.write_text(EMPTY, encoding="utf-8")
        spoil(self.solved, self.spoilt)
        for path in (self.solved, self.spoilt):
            os.utime(path, (FILED, FILED))

    def _solve(self, revision: Revision, roster: Path) -> tuple[int, str]:
        # The seconds expected are those of two workers; one by itself has twice the time.
        seconds = 2 * self.expected["seconds"]
        return revision.run("solve", folder=self.own[revision], seconds=seconds, roster=roster)

    def _proof(self, revision: Revision) -> list[str]:
        """Return how the search ended, and each goal's cost and bound."""
        code, text = self._solve(revision, self.work / "proof.csv")
        found = json.loads(text)
        parts = {key: found[key] for key in ("status", "goals", "reasons")}
        return [f"exit {code}", *json_lines(parts)]

    def _json(
        self,
        command: str,
        folders: Folders,
        revision: Revision,
        *,
        roster: Path | None = None,
        at: str = LATER,
    ) -> list[str]:
        """Return what a command prints as JSON; where the folder lies is left out."""
        folder = folders[revision]
        code, text = revision.run(command, at, folder=folder, roster=roster)
        return [f"exit {code}", *json_lines(json.loads(text.replace(str(folder), "PLAN")))]

    def _calendars(self, command: str, folders: Folders, revision: Revision) -> list[str]:
        """Return the lines of the calendars that a command writes."""
        folder = folders[revision]
        out = self.work / f"{command} of {folder.name}"
        code, _ = revision.run(command, folder=folder, roster=self.solved, out=out)
        return [f"exit {code}", *calendar_lines(out)]

    def _hold(self, aspect: str, look: Callable[[Revision], list[str]]) -> None:
        """Print whether both revisions look the same."""
        try:
            first, second = [look(revision) for revision in self.revisions]
        except (Failed, sqlite3.Error, ValueError, LookupError) as error:
            self.different += 1
            self._say(aspect, f"DIFFERENT: {type(error).__name__}: {error}")
            return
        if found := differences(first, second):
            self.different += 1
            self._say(aspect, "DIFFERENT")
            print("\n".join(f"    {line}" for line in found), flush=True)
        else:
            order = "" if first == second else ", in another order"
            self._say(aspect, f"equal{order} ({len(first)} lines)")

    def _say(self, aspect: str, text: str) -> None:
        print(f"{self.fixture.name:<13} {aspect:<29} {text}", flush=True)


def spoil(roster: Path, target: Path) -> None:
    """Write the *roster* anew: some shifts dropped, some a day later, some turned into others."""
    with roster.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    last = max((row["date"] for row in rows), default="")
    taken = {(row["person"], row["date"]) for row in rows}
    codes: dict[str, set[str]] = {}
    for row in rows:
        codes.setdefault(row["person"], set()).add(row["shift"])
    kept = []
    for number, row in enumerate(rows):
        if number % 5 == 0:
            continue
        who, day, code = row["person"], row["date"], row["shift"]
        later = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
        if number % 7 == 0 and later <= last and (who, later) not in taken:
            taken.add((who, later))
            day = later
        if number % 3 == 0:
            known = sorted(codes[who])
            code = known[(known.index(code) + 1) % len(known)]
        kept.append((who, day, code, row["pinned"]))
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("person", "date", "shift", "pinned"), *kept])


def main() -> int:
    """Compare two revisions on every fixture; return 1 if anything differs."""
    ask = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ask.add_argument("first", metavar="REVISION")
    ask.add_argument("second", metavar="REVISION", nargs="?", default="")
    ask.add_argument("--only", nargs="+", metavar="FIXTURE")
    ask.add_argument("--rosters", type=Path, metavar="DIR", help="where rosters are kept")
    given = ask.parse_args()
    # Whoever ends the script early is to find no checked-out revisions left behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory() as name:
        work = Path(name).resolve()
        kept = (given.rosters or work / "rosters").resolve()
        kept.mkdir(parents=True, exist_ok=True)
        with (
            checked_out(given.first, work / "one") as first,
            checked_out(given.second, work / "other") as second,
        ):
            first.check_origin()
            second.check_origin()
            known = sorted(p.parent.name for p in first.tree.glob("fixtures/*/shiftplan.toml"))
            if unknown := set(given.only or ()) - set(known):
                sys.exit(f"There is no fixture {', '.join(sorted(unknown))}.")
            different = 0
            for fixture in given.only or known:
                plan = first.tree / "fixtures" / fixture
                case = Case(plan, (first, second), work / "cases" / fixture)
                case.compare(kept)
                different += case.different
    print(f"Aspects that differ: {different}.")
    return int(bool(different))


if __name__ == "__main__":
    sys.exit(main())
