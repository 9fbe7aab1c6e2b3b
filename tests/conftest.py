"""Fixtures for every room."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[object]:
    """The whole bot over a local Telegram: see tests/kit/world.py."""
    # aiogram costs seconds to import, and the pure rooms' tests do not need it.
    from tests.kit.world import running_world  # noqa: PLC0415 - see above

    async with running_world(tmp_path / "data") as made:
        yield made
