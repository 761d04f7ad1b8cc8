"""Files of a session in a browser: what is written goes to a download, what is read is the plan's.

Whoever sits at the browser need not sit at the machine that runs the program.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from textual.app import App

from ..errors import ShiftplanError


def hand_over(app: App[Any], name: str, content: bytes) -> None:
    """Have the browser download *content* as a file called *name*."""
    # It stands in a header of the answer: letters that mean something there are left out.
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip(".-") or "shiftplan"
    app.deliver_binary(BytesIO(content), save_filename=plain)
    app.notify(f"Your browser downloads {plain}.", timeout=6, markup=False)


def written(name: str, write: Callable[[Path], Sequence[Path]]) -> tuple[str, bytes]:
    """Return what *write* writes to a path called *name*, and what to call it.

    Several files become one archive. Whatever *write* raises is raised.
    """
    with TemporaryDirectory(prefix="shiftplan-") as folder:
        target = Path(folder) / name
        paths = write(target)
        if target.is_file():
            return name, target.read_bytes()
        packed = BytesIO()
        with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
            for path in paths:
                archive.write(path, path.relative_to(folder))
        return f"{name}.zip", packed.getvalue()


def readable(app: App[Any], root: Path, path: Path) -> Path:
    """Return *path*, below *root* if it is relative in a browser.

    Raise ``ShiftplanError`` for what lies outside the plan folder *root*, in a browser.
    """
    if not app.is_web:
        return path
    inside = root / path
    if not inside.resolve().is_relative_to(root.resolve()):
        raise ShiftplanError(
            f"'{path}' lies outside the plan folder, and in a browser only files inside it are "
            "read.",
            "Copy it into the folder first.",
        )
    return inside
