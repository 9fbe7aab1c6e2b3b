"""The demonstration as `make run` starts it, in a process of its own, for journeys in a browser.

Its clock begins on a Wednesday morning whenever the test runs: at night the bot keeps quiet, and a
journey would wait for messages until eight.
"""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.kit.browser import ChatPage

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
START = datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("Europe/Moscow"))


@asynccontextmanager
async def make_run(start: datetime = START) -> AsyncIterator[str]:
    """The sandbox on a free port; yields its address."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "sandbox", "--port", "0", "--no-browser", "--demo"),
        *("--start", start.isoformat()),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(90):
            said = (await process.stdout.readline()).decode()
        found = re.search(r"http://\S+", said)
        assert found, said
        yield found[0]
    finally:
        process.terminate()
        await process.wait()


async def picture(chat: ChatPage, name: str) -> None:
    """A picture for README and guides, with `PICTURES=1` in the environment only."""
    if os.environ.get("PICTURES"):
        PICTURES.mkdir(exist_ok=True)
        await chat.screenshot(PICTURES / f"{name}.png")
