"""What all tests share: a run draws the same examples every time, on any machine."""

from __future__ import annotations

import gc
import os
import pkgutil
import shlex
import uuid
from collections.abc import Iterator
from importlib import import_module

import pytest
from hypothesis import HealthCheck, settings

import shiftplan

from .postgres import Missing, Server
from .tries import USUAL

SAME, FUZZ, FAST = "same", "fuzz", "fast"

settings.register_profile(
    SAME,
    settings.get_profile("default"),  # not the one in force, which is another where CI is set
    max_examples=USUAL,
    derandomize=True,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    FUZZ, settings.get_profile(SAME), max_examples=5 * USUAL, derandomize=False
)
settings.register_profile(FAST, settings.get_profile(SAME), max_examples=USUAL // 20)
settings.load_profile(SAME)


def pytest_configure() -> None:
    """Forget what the user's own settings say of where plans, links and passwords are."""
    for name in [name for name in os.environ if name.startswith("SHIFTPLAN_")]:
        if name != "SHIFTPLAN_BENCH":
            del os.environ[name]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server, one for all processes of a run."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid.uuid4().hex
    try:
        made = Server(run)
    except Missing as why:
        pytest.skip(f"there is no PostgreSQL server to test with: {why}")
    yield made
    made.close()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Import the whole program before the first example is drawn, and keep it from being swept.

    Hypothesis draws from the constants of the modules it finds imported, so what a test draws would
    otherwise depend on which tests ran before it.
    """
    if any(item.get_closest_marker("hypothesis") for item in session.items):
        for module in pkgutil.walk_packages(shiftplan.__path__, "shiftplan."):
            if not module.name.endswith(".__main__"):  # which would run
                import_module(module.name)
    # Thousands of tests and modules stay to the end; looking for garbage in them costs a tenth.
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print how to repeat each failure found by fuzzing."""
    seed = config.getoption("--hypothesis-seed")
    failed = terminalreporter.stats.get("failed", [])
    if config.getoption("--hypothesis-profile") != FUZZ or seed is None or not failed:
        return
    terminalreporter.section("how to repeat what failed")
    for report in failed:
        terminalreporter.line(f"make fuzz SEED={seed} TESTS={shlex.quote(report.nodeid)}")
