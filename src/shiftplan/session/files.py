"""The plan folder as text in memory: what is on disk, and what the plan would be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..disk import read_bytes, write_bytes
from ..errors import CannotWrite
from ..folder import PLAN, Examined, examine
from ..folder.turn import turn_in


def decoded(data: bytes) -> str:
    """Return *data* as text that ``encoded`` turns back into the same bytes, UTF-8 or not."""
    return data.decode("utf-8", "surrogateescape")


def encoded(text: str) -> bytes:
    """Return the bytes of a file."""
    return text.encode("utf-8", "surrogateescape")


def plan_text(texts: Mapping[str, str]) -> str:
    """Return the text of the plan file among *texts*, empty if it is not there."""
    return texts.get(PLAN, "")


def on_disk(root: Path, name: str) -> str | None:
    """Return the text of a file as it is on disk now, None if there is none to be read."""
    try:
        return decoded(read_bytes(root / name))
    except (OSError, ValueError):
        return None


def all_on_disk(root: Path, of: Iterable[Mapping[str, str]]) -> dict[str, str | None]:
    """Return what is on disk now of every file named in any of the sets of texts *of*."""
    names = dict.fromkeys(name for texts in of for name in texts)
    return {name: on_disk(root, name) for name in names}


def present(disk: Mapping[str, str | None]) -> dict[str, str]:
    """Return the files that are there."""
    return {name: text for name, text in disk.items() if text is not None}


def examined(root: Path, texts: Mapping[str, str], gone: Iterable[str] = ()) -> Examined:
    """Read the plan with *texts* in place of what is on disk, and without the files *gone*."""
    instead: dict[str, bytes | None] = dict.fromkeys(gone)
    instead |= {name: encoded(text) for name, text in texts.items()}
    return examine(root, instead)


def all_texts(root: Path) -> dict[str, str]:
    """Return the texts of the plan file and of every table it names; raise ``PlanNotFound``."""
    return {name: decoded(data) for name, data in examined(root, {}).files.items()}


def write_changed(root: Path, saved: Mapping[str, str], texts: Mapping[str, str]) -> None:
    """Write every file that differs from *saved*, each whole or not at all; delete those taken out.

    Raise ``CannotWrite``; if one of them is on disk otherwise than in *saved*, before anything is
    written.
    """
    with turn_in(root):
        _write_changed(root, saved, texts)


def _write_changed(root: Path, saved: Mapping[str, str], texts: Mapping[str, str]) -> None:
    either = dict.fromkeys((*texts, *saved))
    names = [name for name in either if saved.get(name) != texts.get(name)]
    changed = [name for name in names if _changed_by_others(root, name, saved, texts)]
    if changed:
        raise CannotWrite(
            f"Somebody else changed {', '.join(changed)} meanwhile.",
            "Read the folder again, then save.",
        )
    for name in names:
        if name in texts:
            write_bytes(root / name, encoded(texts[name]))
        else:
            _delete(root / name)


def _changed_by_others(
    root: Path, name: str, saved: Mapping[str, str], texts: Mapping[str, str]
) -> bool:
    # As it is to be is as good as before: a saving that failed half-way had come so far.
    return on_disk(root, name) not in (saved.get(name), texts.get(name))


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(f"{path} cannot be deleted: {error.strerror or error}.") from error


def digest(texts: Mapping[str, str]) -> str:
    """Return the digest ``folder.load`` would give these files, for a plan that does not load."""
    total = hashlib.sha256()
    for name, text in sorted(texts.items()):
        data = encoded(text)
        total.update(f"{len(name.encode())} {name} {len(data)} ".encode())
        total.update(data)
    return total.hexdigest()
