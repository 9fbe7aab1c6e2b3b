"""All digests of the region in one beat of the whole bot, and how long taps wait meanwhile.

44 coordinators of municipalities and 10 of networks, 20 000 people, 60 events, 300 000 answers.
The bot is whole (inbox, rights, handlers, SQLite) over the local Telegram in the same process.
Somebody taps a button every fifth of a second and waits for the screen to change, while the beat
makes all pictures and workbooks and plans their messages.
"""

import asyncio
import tempfile
import time
from pathlib import Path

from bench.region_store import COORDINATORS, FIRST_STAFF, fill
from bot.callbacks import Go, Place
from scheduler.digests import make_due
from tests.kit.world import World, running_world

EVERY = 0.2


async def taps(world: World, waits: list[float]) -> None:
    """A coordinator walks between the menu and the help, over and over."""
    telegram, person = world.telegram, FIRST_STAFF
    telegram.send_text(person, "/menu")
    while not any(one.outgoing for one in telegram.history(person)):  # noqa: ASYNC110 - the same
        await asyncio.sleep(0.01)
    shown = next(one for one in telegram.history(person) if one.outgoing)
    for number in range(1_000_000):
        before, began = shown.text, time.perf_counter()
        place = (Place.HELP, Place.MENU)[number % 2]
        telegram.press(person, shown.message_id, data=Go(to=place).pack())
        while shown.text == before:  # noqa: ASYNC110 - what Telegram shows sets no event
            await asyncio.sleep(0.002)
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(EVERY)


async def run(folder: Path) -> None:
    """Make them, and count."""
    async with running_world(folder) as world:
        for number in range(COORDINATORS):
            world.telegram.add_person("Вера", person_id=FIRST_STAFF + number)
            world.telegram.start(FIRST_STAFF + number)
        waits: list[float] = []
        tapping = asyncio.create_task(taps(world, waits))
        await asyncio.sleep(2)
        waits.clear()
        began, cpu = time.perf_counter(), time.process_time()
        # Not the whole beat: reminders of 60 events for 20 000 are not what is measured.
        zone = world.app.settings.zone
        made = await make_due(world.db, world.clock(), zone=zone, folder=folder)
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
        waits.sort()
        tapping.cancel()
    print(f"{made} of {COORDINATORS} digests made and planned in {seconds:.1f} s")
    print(f"CPU of the bot itself meanwhile {cpu:.1f} s")
    print(
        f"{len(waits)} taps while they were made: median {waits[len(waits) // 2] * 1000:.0f} ms,"
        f" 99 % {waits[int(len(waits) * 0.99)] * 1000:.0f} ms, longest {waits[-1] * 1000:.0f} ms"
    )


def main() -> None:
    """Print what the module says."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder / "bot.sqlite3")
        asyncio.run(run(folder))


if __name__ == "__main__":
    main()
