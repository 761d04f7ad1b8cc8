"""Pictures of screens, kept beside the tests as text: what is shown, and in which style."""

from __future__ import annotations

import gc
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode


class Picture(SingleFileSnapshotExtension):
    """One text file a picture."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"

    def serialize(self, data: Any, **_: Any) -> str:
        """Return the picture as it is."""
        return str(data)


@pytest.fixture
def pictured(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Return what compares a picture with the one kept."""
    return snapshot.use_extension(Picture)


@pytest.fixture(autouse=True)
def frozen() -> None:
    """Keep what other tests made out of garbage collection, which the application unfreezes."""
    gc.freeze()
