"""Work in a process of its own leaves nothing behind, however the bot ends."""

import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from bot.campaigns.reporting import ReportFailedError
from bot.region.reporting import beside
from storage.database import Database
from storage.files import scratch
from tests.kit.long_work import bot, broken
from tests.kit.world import World


def alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def waited_for(condition: object, seconds: float = 60) -> bool:
    until = time.monotonic() + seconds
    assert callable(condition)
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def test_the_process_of_a_killed_bot_ends_with_it_and_its_copy_is_swept(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=bot, args=(tmp_path,))
    process.start()
    working = tmp_path / "working"
    assert waited_for(working.exists)
    number = int(working.read_text().split()[0])
    assert list(tmp_path.glob(f"{scratch.PREFIX}*/copy.sqlite3"))
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert waited_for(lambda: not alive(number))
    assert scratch.sweep(tmp_path) == 1
    assert not list(tmp_path.glob(f"{scratch.PREFIX}*/copy.sqlite3"))


async def test_what_a_killed_bot_left_is_removed_at_the_next_start(world: World) -> None:
    await world.stop()
    left = world.folder / f"{scratch.PREFIX}abc"
    left.mkdir()
    (left / "copy.sqlite3").write_text("everybody's answers")
    other = world.folder / "files"
    other.mkdir(exist_ok=True)
    await world.start()
    assert not left.exists()
    assert other.exists()


async def test_a_failed_work_is_told_and_leaves_no_copy(tmp_path: Path) -> None:
    db = await Database.open(tmp_path / "bot.sqlite3")
    with pytest.raises(ReportFailedError):
        await beside(db, tmp_path, broken, "digests", tmp_path / "never")
    await db.close()
    assert not list(tmp_path.glob(f"{scratch.PREFIX}*"))
