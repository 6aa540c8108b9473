"""Tests that the gate leaves to the night: `CONCORD_NIGHTLY=1 ./concord test` runs them too."""

from __future__ import annotations

import os

import pytest

IS_NIGHT = "CONCORD_NIGHTLY" in os.environ


def nightly(why: str) -> pytest.MarkDecorator:
    """Skip unless it is night; `why` says what stands for it in the gate."""
    return pytest.mark.skipif(not IS_NIGHT, reason=f"nightly: {why}")
