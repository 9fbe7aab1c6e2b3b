"""Work that takes seconds of processor time, in a process of its own."""

import asyncio
import multiprocessing
from collections.abc import Callable
from typing import Any


def spawned(work: Callable[..., None], *args: Any) -> "multiprocessing.process.BaseProcess":
    """The process that will do it.

    Spawned, not forked: this process has threads, and a fork would inherit their locks.
    """
    return multiprocessing.get_context("spawn").Process(target=work, args=args, daemon=True)


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
