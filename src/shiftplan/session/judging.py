"""How a session's roster is judged: what is quick at once, the rest on a thread of its own, so that
no key press waits for it.
"""

from __future__ import annotations

import threading

from ..plan import Verdict
from ..roster.coverage import Interval
from ..roster.requirement import Requirement
from .effects import complete, quick
from .judged_roster import FEW, JudgedRoster
from .listeners import Listeners
from .state import State
from .values import Effect

QUIET = 0.25
"""Seconds without an edit before the rest is judged: while somebody types, the screen is first."""


class Judging:
    """What the rules say of the roster, and what the latest edit did to that.

    The thread completes the effect of the latest edit; an older one is dropped half-way.
    """

    def __init__(self, state: State, listeners: Listeners) -> None:
        self._state: State = state
        self._listeners: Listeners = listeners
        self._verdict: tuple[JudgedRoster, Verdict] | None = None
        self._news = threading.Condition()
        """Held to read or set the fields below; the thread waits on it for a new roster or the
        end.
        """
        self._effect: Effect | None = None
        self._before: JudgedRoster | None = None
        self._after: JudgedRoster | None = None
        self._last_judged: JudgedRoster | None = None
        self._over: bool = False
        self._thread: threading.Thread | None = None

    # -- what there is to see --------------------------------------------------------------------

    @property
    def effect(self) -> Effect | None:
        """What the latest edit, undo or redo did; complete once its ``pending`` is empty."""
        return self._effect

    @property
    def verdict(self) -> Verdict | None:
        """Every breach of the roster; waits for what is still pending. None without a plan."""
        judged = self._state.judged
        if judged is None:
            return None
        if self._verdict is None or self._verdict[0] is not judged:
            found = judged.judge.verdict(judged.roster)
            assert found is not None
            self._verdict = judged, found
        return self._verdict[1]

    @property
    def intervals(self) -> tuple[Interval, ...]:
        """Staff on duty and needed, by quarter hour and queue; kept up with every edit."""
        judged = self._state.judged
        return judged.coverage().intervals if judged is not None else ()

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """What the rules require beside the queues, and how much of it is there."""
        judged = self._state.judged
        return judged.requirements() if judged is not None else ()

    def settle(self) -> Effect | None:
        """Wait until the roster is judged whole, and return the complete ``effect``."""
        judged = self._state.judged
        if judged is not None:
            judged.judge.verdict(judged.roster)
        with self._news:
            before, after, effect = self._before, self._after, self._effect
        if before is not None and after is not None and effect is not None:
            self._complete(effect, before, after)
        return self._effect

    # -- what a step does ------------------------------------------------------------------------

    def begin(
        self, label: str, before: JudgedRoster | None, touched: frozenset[str] | None = None
    ) -> Effect:
        """Return what is known at once of the step from *before* to now; the rest follows.

        *touched* are the people whose cells differ, None if the plan does.
        """
        after = self._state.judged
        effect = _at_once(label, before, after, touched)
        with self._news:
            self._effect, self._before, self._after = effect, before, after
            self._news.notify()
        return effect

    def _complete(self, effect: Effect, before: JudgedRoster, after: JudgedRoster) -> bool:
        """Put the complete effect in place, and say so; False if a newer edit has its own there."""
        if not effect.pending:
            return True
        found = complete(effect.label, before, after)
        with self._news:
            if self._after is not after:
                return False
            self._effect = found
            return True

    # -- the thread ------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to judge on a thread, the roster as it is first; once is enough."""
        with self._news:
            if self._thread is not None:
                return
            if self._after is None:
                self._after = self._state.judged
            self._thread = threading.Thread(target=self._work, name="shiftplan judge", daemon=True)
            self._thread.start()

    def end(self) -> None:
        """Let the thread end."""
        with self._news:
            self._over = True
            self._news.notify()

    def _work(self) -> None:
        while not self._over:
            before, after, effect = self._next()
            if after is not None and self._judge(before, after, effect):
                self._listeners.tell("verdict", effect.label if effect is not None else "")
            self._last_judged = after

    def _next(self) -> tuple[JudgedRoster | None, JudgedRoster | None, Effect | None]:
        """Wait until there is something to judge and nobody types, and return it."""
        with self._news:
            self._news.wait_for(lambda: self._over or self._after is not self._last_judged)
            while not self._over and self._news.wait(QUIET):
                pass  # another edit came
            return self._before, self._after, self._effect

    def _judge(
        self, before: JudgedRoster | None, after: JudgedRoster, effect: Effect | None
    ) -> bool:
        """Judge *after* whole, and say whether it was still wanted at the end."""

        def wanted() -> bool:
            return self._after is after and not self._over

        if not wanted():
            return False
        after.coverage()
        # A verdict asks before each rule, so that a newer edit need not wait for the last.
        for judged in dict.fromkeys((before, after)):  # they may be the same one
            if judged is not None and judged.judge.verdict(judged.roster, wanted) is None:
                return False
        if not wanted():
            return False
        if before is None or effect is None:
            return True
        return self._complete(effect, before, after)


def _at_once(
    label: str,
    before: JudgedRoster | None,
    after: JudgedRoster | None,
    touched: frozenset[str] | None,
) -> Effect:
    # They are one and the same while the files are wrong: the last right plan still stands.
    if before is None or after is None or before is after:
        return Effect(label)
    if touched is not None and len(touched) <= FEW and before.judge is after.judge:
        return quick(label, before, after, tuple(sorted(touched)))
    return Effect(label, pending=tuple(dict.fromkeys(r.kind for r in after.plan.rules)))
