"""Bots that are born, killed and born again, over HTTP, for as long as a test wants."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
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
        return os.waitstatus_to_exitcode(status)


class Nursery:
    """See tests/fault/nursery.py."""

    def __init__(
        self, process: asyncio.subprocess.Process, settings: dict[str, Any], *, paced: bool
    ) -> None:
        self._process = process
        self._settings = settings
        self._paced = paced
        self._turn = asyncio.Lock()

    async def born(self, failpoint: str = "") -> Life:
        order = {"settings": self._settings, "failpoint": failpoint, "paced": self._paced}
        return Life(self, int(await self.ask(order)))

    async def ask(self, order: dict[str, Any]) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        async with self._turn:
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            # A bot prints nothing, so every line is an answer.
            return (await self._process.stdout.readline()).decode().strip()


@asynccontextmanager
async def nursery(
    settings: dict[str, Any], log: Path, *, paced: bool = False
) -> AsyncIterator[Nursery]:
    """A nursery whose bots have these settings; everything they write is in `log`.

    `paced`: they keep Telegram's limits, as outside of tests.
    """
    with log.open("ab") as file:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.fault.nursery",
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=file,
        )
        assert process.stdout is not None
        assert (await process.stdout.readline()).strip() == b"ready"
        try:
            yield Nursery(process, settings, paced=paced)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            await process.wait()
