"""Fixtures for every room."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import settings

# How long one example takes says more about the machine than about the code.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

MEMORY = Path("/dev/shm")  # Linux's file system in memory
ROOM = 4 << 30  # bytes; a run keeps well under half of it

# A conversation waits for the disk two thirds of its time: every commit is an fsync. What a killed
# process leaves behind is the same in memory, and that is all that a test can look at.
if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: browsers, killed bots and pauses leave theirs idle."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[object]:
    """The whole bot over a local Telegram: see tests/kit/world.py."""
    # aiogram costs seconds to import, and the pure rooms' tests do not need it.
    from tests.kit.world import running_world  # noqa: PLC0415 - see above

    async with running_world(tmp_path / "data") as made:
        yield made
