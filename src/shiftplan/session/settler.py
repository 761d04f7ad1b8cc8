"""Judges what takes long on a thread of its own, so that no key press waits for it."""

from __future__ import annotations

import threading
from typing import Protocol

from .cover import cover_changes
from .effects import Judged, at_once, whole
from .values import Effect, NewsKind

FEW = 12
"""People an edit may touch for its effect to be told at once."""


class Tell(Protocol):
    """Tells listeners that something changed."""

    def __call__(self, what: NewsKind, label: str = "") -> None:
        """Tell them."""


QUIET = 0.25
"""Seconds without an edit before the rest is judged: while somebody types, the screen goes first."""


class Settler:
    """Completes the effect of the latest edit; an older one is dropped half-way."""

    def __init__(self, tell: Tell) -> None:
        self.effect: Effect | None = None
        self._tell = tell
        self._before: Judged | None = None
        self._after: Judged | None = None
        self._wanted = threading.Condition()
        self._thread: threading.Thread | None = None
        self._done: Judged | None = None
        self._over = False

    def begin(
        self,
        label: str,
        before: Judged | None,
        after: Judged | None,
        touched: frozenset[str] | None,
    ) -> Effect:
        """Return what can be said at once of the step from *before* to *after*; the rest follows.

        *touched* are the people whose cells differ, None if the plan does.
        """
        if before is None or after is None or before is after:
            effect = Effect(label)
        elif touched is not None and before.judge is after.judge and len(touched) <= FEW:
            effect = quick(label, before, after, tuple(sorted(touched)))
        else:
            effect = Effect(label, pending=tuple(dict.fromkeys(r.kind for r in after.plan.rules)))
        with self._wanted:
            self.effect, self._before, self._after = effect, before, after
            self._wanted.notify()
        return effect

    def settle(self, judged: Judged | None) -> Effect | None:
        """Complete the effect now, on this thread."""
        with self._wanted:
            before, after, effect = self._before, self._after, self.effect
        if judged is not None:
            judged.judge.verdict(judged.roster)
        if effect is not None and after is not None and before is not None and effect.pending:
            self._complete(effect, before, after)
        return self.effect

    def _complete(self, effect: Effect, before: Judged, after: Judged) -> bool:
        """Put the complete effect in place unless there is a newer one; say whether it was."""
        found = complete(effect.label, before, after)
        with self._wanted:
            if self._after is not after:
                return False
            self.effect = found
            return True

    # -- the thread ------------------------------------------------------------------------------

    def start(self, judged: Judged | None) -> None:
        """Begin to judge on a thread, *judged* first."""
        with self._wanted:
            if self._thread is not None:
                return
            if self._after is None:
                self._after = judged
            self._thread = threading.Thread(target=self._work, name="shiftplan judge", daemon=True)
            self._thread.start()

    def end(self) -> None:
        """Let the thread end."""
        with self._wanted:
            self._over = True
            self._wanted.notify()

    def _work(self) -> None:
        while True:
            with self._wanted:
                self._wanted.wait_for(lambda: self._over or self._after is not self._done)
                while not self._over and self._wanted.wait(QUIET):
                    pass  # another edit came
                if self._over:
                    return
                before, after, effect = self._before, self._after, self.effect
            if after is not None and self._judge(before, after, effect):
                self._tell("verdict", effect.label if effect else "")
            self._done = after

    def _judge(self, before: Judged | None, after: Judged, effect: Effect | None) -> bool:
        """Judge *after* whole, and say whether it was still wanted at the end."""

        def go_on() -> bool:
            return self._after is after and not self._over

        after.cover()
        if (
            before is not None
            and before is not after
            and before.judge.verdict(before.roster, go_on) is None
        ):
            return False
        if after.judge.verdict(after.roster, go_on) is None or not go_on():
            return False
        if effect is not None and before is not None and effect.pending:
            return self._complete(effect, before, after)
        return True


def tried(label: str, before: Judged, after: Judged, touched: tuple[str, ...]) -> Effect:
    """Return the effect on coverage and on the rules that judge each person alone; others are not
    asked.
    """
    pending = tuple(dict.fromkeys(rule.kind for rule in after.plan.rules if not rule.personal))
    cover = cover_changes(before.known_cover(), after.known_cover())
    return Effect(label, at_once(before, after, touched), cover, pending)


def quick(label: str, before: Judged, after: Judged, touched: tuple[str, ...]) -> Effect:
    """Return the effect as far as it can be told at once, with the rules still to be asked."""
    known, now = before.known_cover(), after.known_cover()
    unasked = [
        rule.kind
        for k, rule in enumerate(after.plan.rules)
        if not rule.personal
        and (
            before.judge.team_if_known(k, before.roster) is None
            or after.judge.team_if_known(k, after.roster) is None
        )
    ]
    if known is None or now is None:
        unasked.append("coverage")
    if not unasked:
        return complete(label, before, after)
    return Effect(
        label,
        at_once(before, after, touched),
        cover_changes(known, now),
        tuple(dict.fromkeys(unasked)),
    )


def complete(label: str, before: Judged, after: Judged) -> Effect:
    """Return the effect with every rule asked."""
    return Effect(label, whole(before, after), cover_changes(before.cover(), after.cover()))
