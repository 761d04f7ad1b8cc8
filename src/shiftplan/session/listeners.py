"""Who hears of every change of a session."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from .values import News, NewsKind

Listener = Callable[[News], object]


class Listeners:
    """Those who asked to hear; screens, as a rule."""

    def __init__(self) -> None:
        self._all: list[Listener] = []

    def add(self, listener: Listener) -> Callable[[], None]:
        """Call *listener* from now on; return what takes it off again."""
        self._all.append(listener)

        def remove() -> None:
            with contextlib.suppress(ValueError):
                self._all.remove(listener)

        return remove

    def tell(self, what: NewsKind, label: str = "") -> None:
        """Tell everybody, in the order they were added."""
        for listener in tuple(self._all):
            listener(News(what, label))
