"""Work that takes seconds of processor time, in a process of its own."""

import asyncio
import multiprocessing
import os
import threading
from collections.abc import Callable
from typing import Any


def spawned(work: Callable[..., None], *args: Any) -> "multiprocessing.process.BaseProcess":
    """The process that will do it.

    Spawned, not forked: this process has threads, and a fork would inherit their locks.
    """
    return multiprocessing.get_context("spawn").Process(
        target=_watched, args=(work, *args), daemon=True
    )


def _watched(work: Callable[..., None], *args: Any) -> None:
    threading.Thread(target=_end_with_bot, daemon=True).start()
    work(*args)


def _end_with_bot() -> None:
    bot = multiprocessing.parent_process()
    if bot is not None:
        bot.join()  # sleeps until it is no more, however it ended
        os._exit(1)


async def done_elsewhere(work: Callable[..., None], *args: Any) -> int | None:
    """Do it, and leave the event loop free meanwhile; a cancelled caller takes the process along.

    Returns:
        The exit status: 0 where `work` returned.
    """
    process = spawned(work, *args)
    process.start()
    try:
        await asyncio.to_thread(process.join)
    finally:
        if process.is_alive():
            process.kill()
    return process.exitcode
