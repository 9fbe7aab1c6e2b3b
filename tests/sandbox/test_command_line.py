"""`python -m sandbox` serves alone, says where, and stops when told."""

import asyncio
import re
import sys

import aiohttp

from tests.sandbox.kit import TOKEN


async def test_the_server_alone_starts_answers_and_stops() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "sandbox", "--port", "0", "--token", TOKEN),
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    async with asyncio.timeout(60):
        line = (await process.stderr.readline()).decode()
        address = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert address, line
        assert TOKEN not in line
        async with aiohttp.ClientSession() as http:
            response = await http.get(f"{address[0]}/bot{TOKEN}/getMe")
            assert (await response.json())["result"]["is_bot"] is True
        process.terminate()
        assert await process.wait() == 0


async def test_a_token_that_is_none_is_refused_in_one_sentence() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "sandbox", "--port", "0", "--token", "secret"),
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(60):
        _, said = await process.communicate()
    assert process.returncode == 2
    last = said.decode().strip().splitlines()[-1]
    assert last.endswith("--token: a bot token is digits, a colon, and letters or digits")
