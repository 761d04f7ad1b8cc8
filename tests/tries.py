"""How often a property is tried: as its test says, more when fuzzing, less when in a hurry."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

USUAL = 100
"""A profile whose ``max_examples`` is 500 tries everything five times as often as usual."""


def tries(number: int, *waived: HealthCheck) -> settings:
    """Return the settings of a property tried *number* times by the usual profile.

    All else is as the profile has it. *waived* are health checks the test has a reason to fail.
    """
    profile = settings.default
    assert profile is not None
    return settings(
        max_examples=max(1, number * profile.max_examples // USUAL),
        suppress_health_check=[*profile.suppress_health_check, *waived],
    )
