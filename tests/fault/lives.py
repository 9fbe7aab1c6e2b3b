"""Bots that are born, killed and born again, over HTTP, for as long as a test wants."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


class Life:
    """One bot process."""

    def __init__(self, nursery: "Nursery", pid: int) -> None:
        self.nursery = nursery
        self.pid = pid

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    async def end(self) -> int:
        """Wait for its end; the exit status, or minus the signal that killed it."""
        status = int(await self.nursery.ask({"wait": self.pid}))
        self.nursery.alive.discard(self.pid)
        return os.waitstatus_to_exitcode(status)


class Nursery:
    """See tests/fault/nursery.py."""

    def __init__(
        self, process: subprocess.Popen[bytes], settings: dict[str, Any], log: Path, *, paced: bool
    ) -> None:
        self._process = process
        self._settings = settings
        self._log = log
        self._paced = paced
        self._turn = asyncio.Lock()
        self.alive: set[int] = set()

    async def born(self, failpoint: str = "") -> Life:
        order = {
            "settings": self._settings,
            "log": str(self._log),
            "failpoint": failpoint,
            "paced": self._paced,
        }
        pid = int(await self.ask(order))
        self.alive.add(pid)
        return Life(self, pid)

    async def ask(self, order: dict[str, Any]) -> str:
        async with self._turn:
            return await asyncio.to_thread(self._exchange, json.dumps(order).encode() + b"\n")

    def _exchange(self, line: bytes) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line)
        self._process.stdin.flush()
        # A bot prints nothing, so every line is an answer.
        return self._process.stdout.readline().decode().strip()


@asynccontextmanager
async def nursery(
    settings: dict[str, Any], log: Path, *, paced: bool = False
) -> AsyncIterator[Nursery]:
    """A nursery whose bots have these settings; everything they write is in `log`.

    `paced`: they keep Telegram's limits, as outside of tests. One process serves all tests of a
    run, one after another; a test that fails takes it along, with the bots it leaves behind.
    """
    process = await asyncio.to_thread(_process)
    bots = Nursery(process, settings, log, paced=paced)
    try:
        yield bots
    except BaseException:
        _process.cache_clear()
        for pid in bots.alive:
            os.kill(pid, signal.SIGKILL)
        process.kill()
        process.wait()
        raise


@cache
def _process() -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.fault.nursery"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"ready"
    return process
