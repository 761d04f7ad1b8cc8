"""Draw ``docs/roster.svg`` from what the program prints: ``python docs/picture.py``.

Shown are the first site of the roster, the goals and the coverage; the rest is cut, nothing is
changed.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

DOCS = Path(__file__).parent
WIDTH = 132


def printed() -> list[str]:
    """Return the lines ``shiftplan solve`` prints for the flagship, with colours."""
    command = [sys.executable, "-m", "shiftplan", "solve", "--no-store", "--time-limit", "60"]
    done = subprocess.run(
        [*command, "-C", str(DOCS.parent / "fixtures" / "puo")],
        env={**os.environ, "COLUMNS": str(WIDTH), "FORCE_COLOR": "1", "COLORTERM": "truecolor"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def block(lines: list[str], start: str) -> list[str]:
    """Return the lines from the one that starts with *start* to the next blank one."""
    plain = [Text.from_ansi(line).plain for line in lines]
    first = next(k for k, line in enumerate(plain) if line.startswith(start))
    last = next((k for k in range(first, len(plain)) if not plain[k].strip()), len(lines))
    return [*lines[first:last], ""]


def main() -> None:
    """Run the program and draw."""
    lines = printed()
    shown = [
        *lines[:3],
        *block(lines, "San Jose"),
        *block(lines, "Goals"),
        *block(lines, "Coverage")[:-1],
    ]
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    for line in shown:
        console.print(Text.from_ansi(line), no_wrap=True, crop=True)
    svg = console.export_svg(title="shiftplan solve")
    (DOCS / "roster.svg").write_text(re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL))


if __name__ == "__main__":
    main()
