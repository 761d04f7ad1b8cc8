"""Where the pages of the documentation are on this machine."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parents[1]
PLACES = (PACKAGE / "docs", PACKAGE.parents[1] / "docs")
"""Within an installed package; beside ``src`` in a checkout."""
START = "index.md"


def manual() -> Path | None:
    """Return the folder with the documentation, None if this installation has none."""
    for folder in PLACES:
        if (folder / START).is_file():
            return folder
    return None


def where() -> str:
    """Return where to read more, in a line for the help; empty if there is nothing."""
    folder = manual()
    return "" if folder is None else f"Documentation: {folder} ({START} is the first page)"
