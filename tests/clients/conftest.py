"""The tests of real calendar programs run where ``make test-clients`` has installed them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clients.programs import CLIENTS

INSTALLED = (CLIENTS / ".installed").exists()
collect_ignore_glob = [] if INSTALLED else ["test_*.py"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what runs calendar programs; this hook sees the tests of all folders."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)


def pytest_report_header() -> str:
    """Say whether they run."""
    return "calendar programs: " + (
        "installed" if INSTALLED else "none; 'make test-clients' installs them"
    )
