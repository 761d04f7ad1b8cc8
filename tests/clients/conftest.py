"""The tests of real calendar programs run where ``make test-clients`` has installed them."""

from __future__ import annotations

from tests.clients.programs import CLIENTS

INSTALLED = (CLIENTS / ".installed").exists()
collect_ignore_glob = [] if INSTALLED else ["test_*.py"]


def pytest_report_header() -> str:
    """Say whether they run."""
    return "calendar programs: " + (
        "installed" if INSTALLED else "none; 'make test-clients' installs them"
    )
