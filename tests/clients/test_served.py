"""A subscriber of the running server sees each new version, and never an empty calendar for an
error.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from shiftplan.store import open_store
from tests.delivery.desk import Desk
from tests.processes import running

from .programs import Mirror, Seen


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "plan")


@pytest.fixture
def mirror(desk: Desk, tmp_path: Path) -> Iterator[Mirror]:
    """Return Ana's subscription to the server, which runs as long as the test."""
    with running("serve", "-C", desk.root, "--port", "0") as server:
        assert server.stderr is not None
        address = re.search(r"http://\S+:\d+", server.stderr.readline())
        assert address
        yield Mirror(tmp_path / "vdirsyncer", f"{address[0]}{desk.paths['Ana']}")
        server.terminate()
        _, output = server.communicate()
    assert (server.returncode, output) == (0, "")


def shifts(seen: list[Seen]) -> Counter[str]:
    assert len({e.uid for e in seen}) == len(seen)
    return Counter(e.summary for e in seen if isinstance(e.start, int))


def test_shifts_come_move_and_are_cancelled_without_a_double(desk: Desk, mirror: Mirror) -> None:
    mirror.sync()
    assert [e.summary for e in mirror.shown()] == ["No shifts"]
    desk.publish(("Ana", 0, "D"), ("Ana", 3, "N"))
    mirror.sync()
    before = {e.summary: e for e in mirror.shown()}
    assert shifts(mirror.shown()) == Counter(["Day 09:00–17:00", "Night 22:00–06:00"])
    desk.publish(("Ana", 1, "D"), ("Ana", 3, "N"))
    mirror.sync()
    after = {e.summary: e for e in mirror.shown()}
    assert shifts(mirror.shown()) == Counter(["Day 09:00–17:00", "Night 22:00–06:00"])
    assert int(after["Day 09:00–17:00"].start) - int(before["Day 09:00–17:00"].start) == 86400
    desk.publish(("Ana", 3, "N"))
    mirror.sync()
    assert shifts(mirror.shown()) == Counter(["Cancelled: Day 09:00–17:00", "Night 22:00–06:00"])


def test_a_revoked_link_is_an_error_and_takes_nothing_away(desk: Desk, mirror: Mirror) -> None:
    desk.publish(("Ana", 0, "D"))
    mirror.sync()
    before = mirror.shown()
    with open_store(desk.root) as store:
        store.links.revoke(desk.facts, [desk.ids["Ana"]])
    with pytest.raises(AssertionError, match="Not Found"):
        mirror.sync()
    assert mirror.shown() == before
