"""The plan folder as text in memory: what is on disk, and what the plan would be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..errors import CannotWrite, StoreError
from ..facts import Facts
from ..folder import Examined, examine
from ..folder.write import write_bytes
from ..store import open_store


def decoded(data: bytes) -> str:
    """Return *data* as text that ``encoded`` turns back into the same bytes, UTF-8 or not."""
    return data.decode("utf-8", "surrogateescape")


def encoded(text: str) -> bytes:
    """Return the bytes of a file."""
    return text.encode("utf-8", "surrogateescape")


def on_disk(root: Path, name: str) -> str | None:
    """Return the text of a file as it is on disk now, None if there is none to be read."""
    try:
        return decoded((root / name).read_bytes())
    except (OSError, ValueError):
        return None


def examined(root: Path, texts: Mapping[str, str], gone: Iterable[str] = ()) -> Examined:
    """Read the plan with *texts* in place of what is on disk, and without the files *gone*."""
    instead: dict[str, bytes | None] = dict.fromkeys(gone)
    instead |= {name: encoded(text) for name, text in texts.items()}
    return examine(root, instead)


def with_border(root: Path, facts: Facts) -> tuple[Facts, str | None]:
    """Return *facts* with what the store knows of the days before, and a notice if it cannot be
    asked.
    """
    try:
        with open_store(root, create=False) as store:
            return store.with_border(facts), None
    except StoreError as error:
        return facts, str(error)


def write_changed(root: Path, saved: Mapping[str, str], texts: Mapping[str, str]) -> None:
    """Write every file that differs from *saved*, each whole or not at all, and delete those taken
    out.

    Raise ``CannotWrite``; if one of them is on disk otherwise than in *saved*, before anything is
    written.
    """
    names = [n for n in dict.fromkeys((*texts, *saved)) if saved.get(n) != texts.get(n)]
    strange = [n for n in names if on_disk(root, n) not in (saved.get(n), texts.get(n))]
    if strange:
        raise CannotWrite(
            f"Somebody else changed {', '.join(strange)} meanwhile.",
            "Read the folder again, then save.",
        )
    for name in names:
        if name in texts:
            write_bytes(root / name, encoded(texts[name]))
        else:
            try:
                (root / name).unlink(missing_ok=True)
            except OSError as error:
                raise CannotWrite(
                    f"{root / name} cannot be deleted: {error.strerror or error}."
                ) from error


def digest(texts: Mapping[str, str]) -> str:
    """Return the digest ``folder.load`` would give these files, for a plan that does not load."""
    total = hashlib.sha256()
    for name, text in sorted(texts.items()):
        data = encoded(text)
        total.update(f"{len(name.encode())} {name} {len(data)} ".encode())
        total.update(data)
    return total.hexdigest()
