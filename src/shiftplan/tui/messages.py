"""What is told across threads: small values; where one comes late, a newer one has replaced it."""

from __future__ import annotations

from textual.message import Message

from ..plan import Verdict
from ..plan.result import Progress, Result
from ..session import News
from .cover import ScreenCoverage


class Changed(Message):
    """The session has changed."""

    def __init__(self, change: News) -> None:
        super().__init__()
        self.change = change


class VerdictKnown(Message):
    """The roster is judged whole, and its cover worked out."""

    def __init__(self, verdict: Verdict | None, cover: ScreenCoverage | None) -> None:
        super().__init__()
        self.verdict, self.cover = verdict, cover


class Progressed(Message):
    """News of the search."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self.progress = progress

    def can_replace(self, message: Message) -> bool:
        """Replace older news of the same goal, unless it brought a roster and this one does not."""
        if not isinstance(message, Progressed) or message.progress.goal != self.progress.goal:
            return False
        return message.progress.roster is None or self.progress.roster is not None


class Solved(Message):
    """The search is over: with a result, or with a sentence about what went wrong."""

    def __init__(self, result: Result | None, trouble: str = "") -> None:
        super().__init__()
        self.result, self.trouble = result, trouble
