"""What threads tell the application: small values, the newer for the older."""

from __future__ import annotations

from textual.message import Message

from ..plan import Verdict
from ..plan.result import Progress, Result
from ..session import News
from .shown_coverage import ShownCoverage


class Changed(Message):
    """The session has changed."""

    def __init__(self, change: News) -> None:
        super().__init__()
        self.change = change


class VerdictKnown(Message):
    """The roster is judged whole, and its coverage worked out."""

    def __init__(self, verdict: Verdict | None, coverage: ShownCoverage | None) -> None:
        super().__init__()
        self.verdict = verdict
        self.coverage = coverage


class Progressed(Message):
    """News of the search."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self.progress = progress

    def can_replace(self, message: Message) -> bool:
        """Replace older news of the same goal, unless it brought a roster and this one does not."""
        # Textual asks this of neighbours in the queue, where news comes faster than it is drawn.
        if not isinstance(message, Progressed) or message.progress.goal != self.progress.goal:
            return False
        return message.progress.roster is None or self.progress.roster is not None


class Solved(Message):
    """The search is over: with a result, or with a sentence about what went wrong."""

    def __init__(self, result: Result | None, trouble: str = "") -> None:
        super().__init__()
        self.result = result
        self.trouble = trouble
