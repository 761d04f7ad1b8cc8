"""Files written whole or not at all."""

from __future__ import annotations

import os
import time
from pathlib import Path

from ..errors import CannotWrite


def write_text(path: Path, text: str) -> None:
    """Write *text* to *path*, replacing what is there only once everything is on disk.

    Raise ``CannotWrite``.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}-{time.time_ns()}")
    made = False
    try:
        with beside.open("x", encoding="utf-8", newline="") as stream:
            made = True
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o777)
        beside.replace(path)
    except OSError as error:
        if made:
            beside.unlink(missing_ok=True)
        raise CannotWrite(f"{path} cannot be written: {error.strerror or error}.") from error
