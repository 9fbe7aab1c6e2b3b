"""All digests of the region in one beat: seconds, and how long taps wait meanwhile.

44 coordinators of municipalities and 10 of networks, 20 000 people, 60 events, 300 000 answers.
A tap is what the store does for one: a read and an acknowledged write, every 20 ms.
"""

import asyncio
import tempfile
import time
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.region_store import COORDINATORS, MONDAY, fill
from scheduler.digests import make_due
from storage import facts
from storage.database import Database

ZONE = ZoneInfo("Europe/Moscow")


async def taps(db: Database, waits: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await db.read(facts.get, "tap")
        await db.write(facts.put, "tap", str(began))
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(0.02)


async def run(folder: Path) -> None:
    db = await Database.open(folder / "bot.sqlite3")
    waits: list[float] = []
    tapping = asyncio.create_task(taps(db, waits))
    began = time.perf_counter()
    made = await make_due(db, MONDAY, zone=ZONE, folder=folder)
    seconds = time.perf_counter() - began
    again = await make_due(db, MONDAY, zone=ZONE, folder=folder)
    tapping.cancel()
    await db.close()
    waits.sort()
    print(f"{made} of {COORDINATORS} digests made in {seconds:.1f} s; made again: {again}")
    print(
        f"{len(waits)} taps meanwhile: median {waits[len(waits) // 2] * 1000:.0f} ms,"
        f" 99 % {waits[int(len(waits) * 0.99)] * 1000:.0f} ms, longest {waits[-1] * 1000:.0f} ms"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder / "bot.sqlite3")
        asyncio.run(run(folder))


if __name__ == "__main__":
    main()
