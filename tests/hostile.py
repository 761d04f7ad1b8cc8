"""A plan folder in which somebody left files that do something if they are ever run."""

from __future__ import annotations

import sys
from pathlib import Path

LIBRARIES = (
    "aiohttp",
    "caldav",
    "holidays",
    "icalendar",
    "jinja2",
    "keyring",
    "numpy",
    "openpyxl",
    "ortools",
    "pandas",
    "pydantic",
    "rich",
    "shiftplan",
    "sqlalchemy",
    "starlette",
    "textual",
    "textual_serve",
    "tomlkit",
    "typer",
    "tzdata",
    "uvicorn",
    "xlsxwriter",
)


class Traps:
    """Hostile files in a folder, and what was run of them."""

    def __init__(self, folder: Path) -> None:
        self._sprung = folder.parent / f"sprung-{folder.name}"
        self._sprung.mkdir()
        # The standard library by its names: whatever is imported next may be any of them.
        for name in sorted({*sys.stdlib_module_names, "sitecustomize", "usercustomize"}):
            (folder / f"{name}.py").write_text(self._code(name))
        for name in LIBRARIES:
            (folder / name).mkdir()
            (folder / name / "__init__.py").write_text(self._code(name))
        (folder / "trap.pth").write_text(f"import pathlib; {self._code('pth').strip()}\n")
        (folder / ".env").write_text("PYTHONPATH=.\n")
        (folder / "pyvenv.cfg").write_text("home = .\n")

    def _code(self, name: str) -> str:
        # Without an import, as any module may be a trap.
        return f"open({str(self._sprung / name)!r}, 'w').close()\n"

    @property
    def sprung(self) -> list[str]:
        """The names of the files that were run."""
        return sorted(path.name for path in self._sprung.iterdir())
