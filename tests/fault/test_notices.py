"""A notice to thousands while the process is killed fifty times: nobody twice, nobody forgotten.

With 20 000 people at Telegram's own pace it takes a quarter of an hour: tests/soak/notices.py.
"""

import random
import signal
from pathlib import Path

import pytest

from bot.delivery.outbox import AT_ONCE
from storage.database import Database
from tests.fault.lives import nursery
from tests.fault.notice_drill import (
    AUTHOR,
    FIRST,
    PAUSING,
    POINTS,
    Drill,
    count,
    fill,
    reckon,
    until_state,
)
from tests.kit.over_http import local_telegram
from tests.kit.world import TOKEN

pytestmark = pytest.mark.fault

PEOPLE = range(FIRST, FIRST + 4_000)
BLOCKED = frozenset(range(FIRST + 49, FIRST + 4_000, 100))
AT_RANDOM = 20
AT_EACH_POINT = 8
PAUSES = 6


async def test_fifty_kills_send_nothing_twice_and_leave_nobody_unattempted(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    db = await Database.open(folder / "bot.sqlite3")
    await db.write(fill, PEOPLE)
    await db.close()
    chance = random.Random(20261122)
    kinds = ["random"] * AT_RANDOM + [PAUSING] * PAUSES
    kinds += [point for point in POINTS for _ in range(AT_EACH_POINT)]
    chance.shuffle(kinds)
    async with local_telegram() as (telegram, address):
        for person in (AUTHOR, *PEOPLE):
            telegram.add_person("Саша", person_id=person)
            telegram.chats[person].started = True
            telegram.chats[person].blocked = person in BLOCKED
        # Slow enough that every life finds the notice under way.
        telegram.faults.add("latency", methods=["sendMessage"], seconds=0.04)
        settings = {"bot_token": TOKEN, "bot_api_url": address, "data_dir": str(folder)}
        async with nursery(settings, tmp_path / "log") as bots:
            drill = Drill(folder, telegram, bots, chance, seconds=(0.4, 1.2), sends=(1, 40))
            for kind in kinds:
                await drill.kill(kind)
            assert count(folder, "state = 'waiting'"), "over before the last kill: send to more"
            telegram.faults.clear()
            last = await bots.born()
            await until_state(folder, "done")
            last.signal(signal.SIGTERM)
            assert await last.end() == 0
        refused = dict.fromkeys(BLOCKED, "blocked")
        found = reckon(folder, telegram, PEOPLE, refused, len(drill.in_doubt))
    assert drill.kills.total() >= 48 + PAUSES, drill.kills
    assert drill.most_in_doubt <= AT_ONCE
    assert found.wrong == []
    assert 0 < found.outcomes["failed", "blocked"] <= len(BLOCKED)
