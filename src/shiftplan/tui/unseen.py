"""Signs in place of characters that a terminal would obey, wherever they come from."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from ..errors import CONTROLS, visible


class UnseenCharacters(LineFilter):
    """Shows such characters as signs, in every line on its way to the terminal."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return *segments* with a sign for each; what is no text goes as it is."""
        if not any(CONTROLS.search(segment.text) for segment in segments):
            return segments
        return [_shown(segment) for segment in segments]


def _shown(segment: Segment) -> Segment:
    # Segments with control codes are the program's own, such as moving the cursor.
    if segment.control:
        return segment
    return Segment(visible(segment.text), segment.style)
