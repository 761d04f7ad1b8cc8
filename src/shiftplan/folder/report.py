"""Problems found while a plan is read, and the places they point to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..errors import BadInput, Problem
from .places import Path


@dataclass(frozen=True)
class Place:
    """A table of a TOML file or a row of a CSV table: its file and line, and the lines of its
    keys.
    """

    file: str
    line: int
    path: Path = ()
    lines: Mapping[Path, int] = field(default_factory=dict)

    def at(self, inside: Path) -> int:
        """Return the line of the key at *inside*, or of what is nearest around it."""
        for k in range(len(inside), 0, -1):
            found = self.lines.get((*self.path, *inside[:k]))
            if found:
                return found
        return self.line

    def down(self, *inside: str | int) -> Place:
        """Return the place of a table inside this one."""
        return Place(self.file, self.at(inside), (*self.path, *inside), self.lines)


class Report:
    """Collects problems, so that all of them are reported at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, file: str, line: int, key: str, message: str, hint: str = "") -> None:
        """Add a problem; *message* and *hint* are sentences."""
        if not message.endswith((".", "?", "!")):
            message += "."
        self.problems.append(Problem(file, line, key, message, hint))

    def at(self, place: Place, inside: Path, message: str, hint: str = "") -> None:
        """Add a problem with the key at *inside* of *place*."""
        self.add(place.file, place.at(inside), dotted(inside), message, hint)

    def stop_if_any(self) -> None:
        """Raise ``BadInput`` with every problem, by file and line, if there is one."""
        if self.problems:
            raise BadInput(sorted(set(self.problems)))


def dotted(inside: Sequence[str | int]) -> str:
    """Return a path as people write it: ``starts.first``, ``sites[2]`` counted from one."""
    text = ""
    for part in inside:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        elif text:
            text += f".{part}"
        else:
            text = part
    return text
