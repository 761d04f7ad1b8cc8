"""Two who do something at the same instant: nothing is doubled, nothing is lost.

Each claim is tried on many pairs, on each kind of database.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from shiftplan.folder import PLAN, load
from shiftplan.folder.init import TEMPLATES, create
from shiftplan.ledger import LedgerEntry
from shiftplan.ledger.doubled import doubled
from shiftplan.plan import Plan
from shiftplan.roster import Roster
from shiftplan.store import DATABASE_URL, open_store
from tests.calendars.test_absences import calendar, event
from tests.pairs import Done, Pair, waiting_pair
from tests.postgres import Server

from .test_ledger import MONDAY, PEOPLE, POLICY, TABLES
from .tiny import write_plan

PAIRS = 30
"""Pairs of programs that each race is tried with."""
KINDS = ("sqlite", "postgresql")
LEAVE = "person,from_date,to_date,kind\nBen,2026-11-24,2026-11-24,pto\n"
RULE = '\n[[rules]]\nkind = "leave"\n'
ABSENT = calendar(event("DTSTART;VALUE=DATE:20261127", "DTEND;VALUE=DATE:20261128"))

pytestmark = pytest.mark.slow


class Round(NamedTuple):
    """A plan of its own for one pair, with two drafts in its store."""

    root: Path
    url: str
    drafts: tuple[int, int]

    @property
    def plan(self) -> Plan:
        """The plan, as its folder has it."""
        return load(self.root).plan

    def run(self, pair: Pair, first: Sequence[object], second: Sequence[object]) -> list[Done]:
        """Run two command lines in the plan's folder at the same instant."""
        lines = [["run", *map(str, words), "-C", str(self.root)] for words in (first, second)]
        return list(pair.do(lines[0], lines[1], self.url))


Rounds = Callable[..., Iterator[Round]]


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    with waiting_pair() as made:
        yield made


@pytest.fixture(params=KINDS)
def rounds(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Rounds:
    """Return what yields a fresh plan for each pair; with *empty*, whose store is not made yet."""
    server = request.getfixturevalue("server") if request.param == "postgresql" else None
    first = write_plan(
        tmp_path / "first", start=str(MONDAY), more=POLICY + RULE, people=PEOPLE, **TABLES
    )
    (first / "leave.csv").write_text(LEAVE)
    kept = _drafts(first) if server is None else (0, 0)
    together = server.empty() if server is not None else ""

    def made(pairs: int = PAIRS, *, empty: bool = False) -> Iterator[Round]:
        for number in range(pairs):
            root = tmp_path / str(number)
            shutil.copytree(first, root)
            if server is None:
                if empty:
                    shutil.rmtree(root / ".shiftplan")
                yield Round(root, "", kept)
                continue
            yield _on_server(server, root, number, "" if empty else together, monkeypatch)

    return made


def _on_server(
    server: Server, root: Path, number: int, together: str, monkeypatch: pytest.MonkeyPatch
) -> Round:
    """Return a round of a team of its own in the database *together*, or else in an empty one."""
    text = (root / PLAN).read_text()
    (root / PLAN).write_text(text.replace("Tiny Desk", f"Desk {number}"))
    url = together or server.empty()
    monkeypatch.setenv(DATABASE_URL, url)
    return Round(root, url, _drafts(root) if together else (0, 0))


def _drafts(root: Path) -> tuple[int, int]:
    """Keep two drafts, of which the second is the newest."""
    loaded = load(root)
    facts = loaded.plan.facts
    ids = []
    with open_store(root) as store:
        for who in ("Ben", "Ana"):
            cells = {(who, day): "D" for day in facts.days[3:6]}
            ids.append(store.rosters.save_draft(Roster(facts, cells), digest=loaded.digest).id)
    return ids[0], ids[1]


def entries(made: Round) -> tuple[LedgerEntry, ...]:
    with open_store(made.root, create=False) as store:
        return store.ledger.entries(made.plan.facts)


def balances(lines: Sequence[LedgerEntry]) -> tuple[tuple[str, str, int], ...]:
    found: Counter[tuple[str, str]] = Counter()
    for line in lines:
        found[line.person, line.account] += line.amount
    return tuple((*account, amount) for account, amount in sorted(found.items()) if amount)


def test_two_who_book_the_same_book_it_once(rounds: Rounds, pair: Pair) -> None:
    seen = set()
    for made in rounds():
        done = made.run(pair, ["ledger", "--book"], ["ledger", "--book"])
        assert [d.code for d in done] == [0, 0], done
        assert sum("nothing to add" in d.err for d in done) == 1, done
        lines = entries(made)
        assert lines
        assert doubled(lines) == []
        seen.add((len(lines), balances(lines)))
    assert len(seen) == 1, "each pair books what every other books"


def test_whoever_publishes_while_another_books_is_booked_once(rounds: Rounds, pair: Pair) -> None:
    seen = set()
    for made in rounds():
        publish = ["publish", "--draft", made.drafts[0], "--author", "Mara", "--force"]
        published, booked = made.run(pair, publish, ["ledger", "--book"])
        assert (published.code, booked.code) == (1, 0), (published, booked)
        lines = entries(made)
        assert doubled(lines) == []
        seen.add(balances(lines))
    # Whichever comes first, what is booked in the end is what was published, not the newest draft.
    assert len(seen) == 1


def test_of_two_who_publish_each_is_published_or_refused(rounds: Rounds, pair: Pair) -> None:
    for made in rounds():
        lines = [["publish", "--draft", id, "--author", "Mara", "--force"] for id in made.drafts]
        done = made.run(pair, *lines)
        with open_store(made.root, create=False) as store:
            versions = store.publications.all(made.plan.facts)
            lines_booked = {line.source for line in store.ledger.entries(made.plan.facts)}
        published = [d for d in done if "Published as version" in d.err]
        assert [v.number for v in versions] == list(range(len(published), 0, -1)), done
        assert {v.roster_uid for v in versions} | {"opening"} >= lines_booked
        for refused in done:
            if refused not in published:
                assert refused.code == 2
                assert "Mara has published version 1 meanwhile." in refused.err


def test_of_two_links_for_everyone_each_person_gets_one_though_both_are_first_users(
    rounds: Rounds, pair: Pair
) -> None:
    for made in rounds(empty=True):
        done = made.run(pair, ["links", "--everyone"], ["links", "--everyone", "--team"])
        assert [d.code for d in done] == [0, 0], done
        with open_store(made.root, create=False) as store:
            live = [link.subject for link in store.links.live(made.plan.facts)]
        assert sorted(live) == ["", "Ana", "Bea", "Ben"]
        assert sum(len(d.out.splitlines()) for d in done) == 4


def test_of_two_who_replace_a_link_one_does(rounds: Rounds, pair: Pair) -> None:
    for made in rounds():
        facts = made.plan.facts
        with open_store(made.root) as store:
            ((link, _),) = store.links.make(facts, [("person", "Ana")])
        words = ["links", "--revoke", link.id, "--for", "Ana"]
        done = made.run(pair, words, words)
        assert sorted(d.code for d in done) == [0, 2], done
        assert any(f"Calendar link {link.id} was revoked before." in d.err for d in done)
        with open_store(made.root, create=False) as store:
            assert len(store.links.live(facts)) == 1


def test_two_first_drafts_are_both_kept_with_their_names(rounds: Rounds, pair: Pair) -> None:
    for made in rounds(empty=True):
        root = str(made.root)
        done = pair.do(["draft", root, "one"], ["draft", root, "two"], made.url)
        assert [d.code for d in done] == [0, 0], done
        with open_store(made.root, create=False) as store:
            kept = store.rosters.drafts(made.plan.facts)
            assert {store.rosters.names()[draft.id] for draft in kept} == {"one", "two"}


def test_two_searches_keep_a_draft_each(rounds: Rounds, pair: Pair) -> None:
    # What they race for is the storing, tried on many pairs above; a search takes a second.
    words = ["solve", "--time-limit", "0.5", "--workers", "1", "--quiet"]
    for made in rounds(5):
        done = made.run(pair, words, words)
        assert {d.code for d in done} <= {0, 1}, done
        with open_store(made.root, create=False) as store:
            assert len(store.rosters.drafts(made.plan.facts)) == 4


# -- files of the plan ---------------------------------------------------------------------------


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    root = write_plan(tmp_path / "first", more=RULE, start=str(MONDAY), leave=LEAVE)
    (root / "absent.ics").write_bytes(ABSENT)
    return root


def leave(root: Path) -> list[tuple[str, str]]:
    with (root / "leave.csv").open(newline="") as file:
        return sorted((row["person"], row["from_date"]) for row in csv.DictReader(file))


def absences(root: Path, who: str) -> list[str]:
    return ["run", "absences", str(root / "absent.ics"), "-C", str(root), "--person", who, "--yes"]


@pytest.mark.parametrize("there", [True, False], ids=["leave.csv", "no leave.csv"])
def test_two_who_take_absences_lose_neither(
    tmp_path: Path, plan: Path, pair: Pair, there: bool
) -> None:
    if not there:
        text = (plan / PLAN).read_text()
        (plan / PLAN).write_text(text.replace('[leave]\ntable = "leave.csv"\n', ""))
        (plan / "leave.csv").unlink()
    for number in range(PAIRS):
        root = shutil.copytree(plan, tmp_path / str(number))
        done = pair.do(absences(root, "Ana"), absences(root, "Cy"))
        assert [d.code for d in done] == [0, 0], done
        before = [("Ben", "2026-11-24")] if there else []
        assert leave(root) == [("Ana", "2026-11-27"), *before, ("Cy", "2026-11-27")]
        load(root)


def test_the_same_absences_taken_twice_are_there_once(
    tmp_path: Path, plan: Path, pair: Pair
) -> None:
    for number in range(PAIRS):
        root = shutil.copytree(plan, tmp_path / str(number))
        done = pair.do(absences(root, "Ana"), absences(root, "Ana"))
        assert sorted(d.err.splitlines()[-1] for d in done) == [
            "1 row added to leave.csv.",
            "Nothing new to add.",
        ], done
        assert leave(root) == [("Ana", "2026-11-27"), ("Ben", "2026-11-24")]


def test_who_saves_while_another_takes_absences_loses_nothing(
    tmp_path: Path, plan: Path, pair: Pair
) -> None:
    row = {"person": "Cy", "from_date": "2026-11-28", "to_date": "2026-11-28", "kind": "pto"}
    for number in range(PAIRS):
        root = shutil.copytree(plan, tmp_path / str(number))
        save = ["save", str(root), "leave", json.dumps(row)]
        saved, taken = pair.do(save, absences(root, "Ana"))
        assert taken.code == 0, taken
        assert ("Ana", "2026-11-27") in leave(root)
        if saved.code:
            assert "Somebody else changed leave.csv meanwhile." in saved.err
            assert (root / ".shiftplan" / "journal.jsonl").exists(), "the edit is in the journal"
        else:
            assert ("Cy", "2026-11-28") in leave(root)


def test_of_two_who_make_a_plan_in_the_same_folder_one_does(tmp_path: Path, pair: Pair) -> None:
    texts = {}
    for name in TEMPLATES:
        files = create(tmp_path / name, name, MONDAY)
        texts[name] = {file.name: file.read_bytes() for file in files}
    first, second = sorted(TEMPLATES)[:2]
    for number in range(PAIRS):
        root = tmp_path / str(number) / "new"
        words = ["run", "init", str(root), "--start", str(MONDAY), "--template"]
        done = pair.do([*words, first], [*words, second])
        assert sorted(d.code for d in done) == [0, 2], done
        won = first if done[0].code == 0 else second
        assert {file.name: file.read_bytes() for file in root.iterdir()} == texts[won]
        assert any("already" in d.err for d in done)
