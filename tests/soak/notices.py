"""`python -m tests.soak.notices`: 20 000 recipients at Telegram's pace, and fifty SIGKILLs.

Against the local Telegram with its limits on and 80 ms of latency, at the product's own pace, so
it takes a quarter of an hour; too long for CI, which does the same with fewer people and no limits
(tests/fault/test_notices.py). Killed at random, after claiming and before sending, after sending
and before marking, in the middle of a transaction, in the middle of pausing. One in a hundred has
blocked the bot, a few have deleted their accounts; in the end half of those who blocked it come
back and get it by «Повторить».

Ends with 1, and says why, unless: everybody was attempted, nobody got it twice, `unknown` are
exactly those in flight at the kills and all of them stand in the list of whom it did not reach, the
counts add up, and Telegram never had to say «too many requests».
"""

import argparse
import asyncio
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from bench.watching import Watch
from bot.delivery.outbox import AT_ONCE
from bot.notices.callbacks import Retry
from sandbox.bot_api import serve
from sandbox.clock import Clock
from sandbox.limits import Limits
from sandbox.telegram import Telegram
from storage.database import Database
from storage.notices import account as notice_account
from tests.fault.lives import Nursery, nursery
from tests.fault.notice_drill import (
    AUTHOR,
    FIRST,
    PAUSING,
    POINTS,
    Drill,
    ask,
    count,
    fill,
    reckon,
    until_state,
)
from tests.kit.world import TOKEN

PACE = 25.0
LATENCY = 0.08


def schedule(kills: int, chance: random.Random) -> list[str]:
    """What the processes die of: half at random, one in ten in pausing, the rest at the points."""
    pauses = kills // 10
    at_points = kills * 2 // 5
    kinds = [PAUSING] * pauses + [POINTS[n % len(POINTS)] for n in range(at_points)]
    kinds += ["random"] * (kills - len(kinds))
    chance.shuffle(kinds)
    return kinds


def settle(telegram: Telegram, crowd: Iterable[int]) -> dict[int, str]:
    """Everybody has started the bot; whom Telegram does not deliver to, and why."""
    refused: dict[int, str] = {}
    for place, person in enumerate((AUTHOR, *crowd)):
        telegram.add_person("Саша", person_id=person, listed=False)
        chat = telegram.chats[person]
        chat.started = True
        if place % 100 == 50:
            chat.blocked = True
            refused[person] = "blocked"
        elif place % 400 == 99:
            chat.deactivated = True
            refused[person] = "deactivated"
    return refused


async def returned(
    drill: Drill, refused: dict[int, str], bots: Nursery
) -> tuple[dict[int, str], int]:
    """Half of those who blocked the bot come back; (who is refused now, how many came back)."""
    life = await bots.born()
    back = [person for person, why in refused.items() if why == "blocked"][::2]
    for person in back:
        drill.telegram.unblock(person)
        drill.telegram.start(person)
    async with asyncio.timeout(120):
        while int(ask(drill.folder, _UNREACHABLE)[0][0]) > len(refused) - len(back):
            await asyncio.sleep(0.2)
    shown = drill.telegram.send_text(AUTHOR, "/menu")
    again = Retry(notice=1, sure=True).pack()
    drill.telegram.press(AUTHOR, shown.message_id, data=again)
    await until_state(drill.folder, "sending", seconds=60)
    await until_state(drill.folder, "done", seconds=120)
    life.signal(signal.SIGTERM)
    await life.end()
    return {person: why for person, why in refused.items() if person not in back}, len(back)


_UNREACHABLE = "SELECT count(*) FROM people WHERE unreachable_since IS NOT NULL"


async def run(people: int, kills: int, seed: int) -> list[str]:
    """The whole of it; returns what is wrong."""
    chance = random.Random(seed)
    crowd = range(FIRST, FIRST + people - 1)
    telegram = Telegram(TOKEN, Clock(), limits=Limits())
    refused = settle(telegram, crowd)
    telegram.faults.add("latency", seconds=LATENCY)
    watch = Watch()
    watch.on(telegram)
    runner = await serve(telegram, port=0)
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    mean = people / PACE / kills * 0.85
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        folder.mkdir()
        db = await Database.open(folder / "bot.sqlite3")
        await db.write(fill, crowd)
        await db.close()
        settings = {"bot_token": TOKEN, "bot_api_url": address, "data_dir": str(folder)}
        log = Path(name) / "log"
        async with nursery(settings, log, paced=True) as bots:
            drill = Drill(
                folder,
                telegram,
                bots,
                chance,
                seconds=(0.3, 2 * mean),
                sends=(1, int(2 * mean * PACE)),
                patience=6 * mean + 30,
            )
            began = time.monotonic()
            for number, kind in enumerate(schedule(kills, chance), start=1):
                await drill.kill(kind)
                left = count(folder, "state = 'waiting'")
                print(f"kill {number}: {kind}; {left} left", file=sys.stderr, flush=True)
            early = not count(folder, "state = 'waiting'")
            last = await bots.born()
            await until_state(folder, "done", seconds=people / PACE * 2 + 60)
            spent = time.monotonic() - began
            last.signal(signal.SIGTERM)
            ended = await last.end()
            first = reckon(folder, telegram, crowd, refused, len(drill.in_doubt))
            refused, back = await returned(drill, refused, bots)
        second = reckon(folder, telegram, crowd, refused, len(drill.in_doubt))
        listed = await unknown_in_list(folder)
        complaints = log.read_text("utf-8").count('"level":"error"')
    await runner.cleanup()
    twice = sum(came > 1 for came in second.came.values())
    print(f"recipients               {second.planned:8d}   in {spent:.0f} s, pace {PACE:.0f}/s")
    print(f"SIGKILLs                 {drill.kills.total():8d}   {dict(drill.kills)}")
    print(f"most in flight at a kill {drill.most_in_doubt:8d}   of {AT_ONCE} that may be")
    print(f"got it twice             {twice:8d}")
    print(f"in flight at the kills   {len(drill.in_doubt):8d}   = unknown {second.unknown}")
    print(f"unknown, in the list     {listed:8d}")
    print(f"came back, got it then   {back:8d}")
    print(f"refused for speed (429)  {watch.refused:8d}")
    for (state, reason), number in sorted(second.outcomes.items()):
        print(f"  {state} {reason}".ljust(25) + f"{number:8d}")
    wrong = first.wrong + second.wrong
    checks = {
        "over before the last kill: send to more": early,
        f"the last life ended with {ended}": ended != 0,
        "Telegram said «too many requests»": watch.refused > 0,
        "more in flight than may be": drill.most_in_doubt > AT_ONCE,
        "an unknown one is not in the list": listed != second.unknown,
        "the counts do not add up": second.outcomes.total() != second.planned,
        "a point was not reached": drill.kills.total() < kills,
        f"{complaints} errors in the log": complaints > 0,
    }
    return wrong + [words for words, holds in checks.items() if holds]


async def unknown_in_list(folder: Path) -> int:
    """How many of unknown fate stand in «Кому не дошло»."""
    db = await Database.open(folder / "bot.sqlite3")
    found = await db.read(notice_account.recipients, 1, missed=True)
    await db.close()
    return sum(one.state == "unknown" for one in found)


def main() -> int:
    """Run, print, and say what is wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=20261128)
    chosen = parser.parse_args()
    wrong = asyncio.run(run(chosen.people, chosen.kills, chosen.seed))
    for line in wrong:
        print("WRONG:", line)
    print("nothing is wrong" if not wrong else f"{len(wrong)} things are wrong")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
