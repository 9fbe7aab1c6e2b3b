"""A notice to 20 000 people against the local Telegram with its limits on and 80 ms of latency.

In real time and at the product's own pace (25 messages a second), so it takes a quarter of an
hour; `NOTICES=2000 python -m bench notices` is the same for fewer. While the notice goes out
people tap buttons, one every two seconds, and wait for their answers. Beside it, in the same run
against the same Telegram, a bare loop of aiogram's `bot.send_message` with a sleep.

Printed: the achieved rate over the allowed one. Replies to taps share the limiter and go first,
so what is allowed to the notice is what they leave of it; the same without the author's live
progress, which goes first too, and the notice over the whole limit are printed beside that.
Then refusals for speed (429), CPU per 1 000 notices of both, and how long a tap waited.
"""

import asyncio
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bench.answers import cpu_seconds
from bench.watching import Watch
from bot.callbacks import Go, Place
from bot.notices.callbacks import NoticeCard
from bot.people import consent
from sandbox.bot_api import serve
from sandbox.clock import Clock
from sandbox.limits import Limits
from sandbox.model import Message
from sandbox.telegram import Telegram
from storage.audiences import Audience
from storage.database import Database
from storage.notices import confirming
from storage.notices.notices import Content
from storage.people import organisations, people
from storage.people.people import Field
from storage.scopes import REGION
from storage.times import stored

ROOT = Path(__file__).parents[1]
TOKEN = "1:bench-token-of-no-bot-at-all-00000000000"
PEOPLE = int(os.environ.get("NOTICES", "20000"))
BARE = 1_000
FIRST = 100_000
ALLOWED = 25.0
"""Messages a second: the default of MESSAGES_PER_SECOND."""
LATENCY = 0.08
TAP_EVERY = 2.0
MARKER = "Место прежнее."
TEXT = "{имя отчество}, семинар переносится на четверг, 15:00. " + MARKER


def fill(conn: sqlite3.Connection, count: int, starts: datetime) -> None:
    """Registered people and one notice for all of them."""
    now = datetime.now(UTC)
    school = organisations.add(conn, "Крымский район", "МБОУ СОШ № 5", "сош 5")
    for telegram_id in range(FIRST, FIRST + count + 2):
        town = "Крымский район" if telegram_id < FIRST + count else "Сочи"  # who taps, who wrote it
        person = people.arrive(conn, telegram_id, payload=None, now=now)
        people.consent(conn, person.id, consent.CURRENT, now=now, kind=people.PERSONAL_DATA)
        said: dict[Field, str | int | None] = {
            Field.SURNAME: "Щеглова",
            Field.FIRST_NAME: "Анна",
            Field.PATRONYMIC: "Петровна",
            Field.MUNICIPALITY: town,
            Field.ORGANISATION: school,
            Field.POSITION: "учитель",
            Field.COMMUNITY: "физика",
        }
        people.say(conn, person.id, said, search="щеглова анна петровна")
        people.finish_registration(conn, person.id, now=now)
    author = person.id
    conn.execute(
        "INSERT INTO grants (person_id, role, scope_kind, granted_at)"
        " VALUES (?, 'organiser', 'region', ?)",
        (author, stored(now)),
    )
    confirming.create(
        conn,
        Content(text=TEXT),
        Audience(municipalities=("Крымский район",)),
        REGION,
        author=author,
        starts_at=starts,
        request_key="bench",
        now=now,
        urgent=True,  # whatever the hour is when somebody runs this
    )


@asynccontextmanager
async def telegram_for(count: int) -> AsyncIterator[tuple[Telegram, str, Watch]]:
    """The local Telegram with limits, latency and people who have pressed «Начать»."""
    telegram = Telegram(TOKEN, Clock(), limits=Limits())
    for person in range(FIRST, FIRST + count):
        telegram.add_person("Анна", person_id=person)
        telegram.chats[person].started = True
    telegram.faults.add("latency", seconds=LATENCY)
    watch = Watch(MARKER, watcher=FIRST + PEOPLE + 1)
    watch.on(telegram)
    runner = await serve(telegram, port=0)
    try:
        yield telegram, f"http://127.0.0.1:{runner.addresses[0][1]}", watch
    finally:
        await runner.cleanup()


async def until(holds: Callable[[], bool], every: float = 0.05) -> None:
    """Return soon after it holds."""
    while not holds():  # noqa: ASYNC110 - what happens at the local Telegram sets no event
        await asyncio.sleep(every)


async def bare(address: str, watch: Watch) -> tuple[float, float]:
    """(CPU seconds per 1 000, messages a second) of the bare loop."""
    command = [sys.executable, "-m", "bench.bots.bare_loop", address, str(FIRST), str(BARE)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE)  # noqa: ASYNC220
    try:
        await until(lambda: bool(watch.sent))
        cpu, began = cpu_seconds(process.pid), len(watch.sent)
        await until(lambda: len(watch.sent) >= BARE)
        cpu = cpu_seconds(process.pid) - cpu
    finally:
        process.kill()
        process.wait()
    rate = (BARE - 1) / (watch.sent[BARE - 1] - watch.sent[0])
    return cpu / (BARE - began) * 1000, rate


async def tapping(telegram: Telegram, waits: list[float]) -> None:
    """Somebody taps a button under the menu every so often and waits for the screen."""
    chance = random.Random(4)
    person = FIRST + PEOPLE
    telegram.add_person("Анна", person_id=person)
    telegram.send_text(person, "/menu")
    await until(lambda: any(one.outgoing for one in telegram.history(person)))
    [shown] = [one for one in telegram.history(person) if one.outgoing]
    places = (Place.HELP, Place.MENU)
    number = 0
    while True:
        await asyncio.sleep(chance.uniform(0.5, 1.5) * TAP_EVERY)
        before = shown.text
        began = time.perf_counter()
        telegram.press(person, shown.message_id, data=Go(to=places[number % 2]).pack())
        await until(partial(_changed, shown, before), every=0.002)
        waits.append(time.perf_counter() - began)
        number += 1


async def following(telegram: Telegram) -> None:
    """The author opens the notice and watches it go."""
    author = FIRST + PEOPLE + 1
    telegram.add_person("Вера", person_id=author)
    telegram.send_text(author, "/menu")
    await until(lambda: any(one.outgoing for one in telegram.history(author)))
    [shown] = [one for one in telegram.history(author) if one.outgoing]
    telegram.press(author, shown.message_id, data=NoticeCard(notice=1).pack())


def _changed(shown: Message, before: str) -> bool:
    return shown.text != before


async def ours(
    telegram: Telegram, address: str, folder: Path, watch: Watch, waits: list[float]
) -> float:
    """CPU seconds per 1 000 notices of the whole bot, taps and planning included."""
    settings = {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": address,
        "DATA_DIR": str(folder),
        "LOG_LEVEL": "WARNING",
    }
    command = [sys.executable, "-m", "bot", "run"]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings)  # noqa: ASYNC220
    taps = asyncio.create_task(tapping(telegram, waits))
    try:
        await following(telegram)
        await until(lambda: bool(watch.notices))
        cpu = cpu_seconds(process.pid)
        await until(lambda: len(watch.notices) >= PEOPLE, every=0.5)
        return (cpu_seconds(process.pid) - cpu) / PEOPLE * 1000
    finally:
        taps.cancel()
        process.terminate()
        process.wait()


async def run() -> None:
    """Both, one after the other."""
    async with telegram_for(BARE) as (_, address, watch):
        bare_cpu, bare_rate = await bare(address, watch)
    waits: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        db = await Database.open(folder / "bot.sqlite3")
        await db.write(fill, PEOPLE, datetime.now(UTC) + timedelta(seconds=5))
        await db.close()
        async with telegram_for(PEOPLE) as (telegram, address, watch):
            cpu = await ours(telegram, address, folder, watch, waits)
    spent = watch.notices[-1] - watch.notices[0]
    progress = watch.progress()
    replies = watch.others() - progress
    untapped = ALLOWED * spent - replies
    left = untapped - progress
    waits.sort()
    cuts = statistics.quantiles(waits, n=100)
    print(f"notices {PEOPLE} in {spent:.0f} s: {PEOPLE / spent:.2f}/s of {ALLOWED:.0f} allowed")
    print(f"achieved ÷ allowed       {PEOPLE / untapped:8.3f}   of what replies to taps leave")
    print(f"                         {PEOPLE / left:8.3f}   of what replies and progress leave")
    print(f"                         {PEOPLE / spent / ALLOWED:8.3f}   of the whole limit")
    print(f"replies to taps          {replies:8d}   go first, under the same limit")
    print(f"edits of the progress    {progress:8d}   the same")
    print(f"bare loop                {bare_rate / ALLOWED:8.3f}   with its sleep of 1/25 s")
    print(f"refused for speed (429)  {watch.refused:8d}")
    print(f"CPU s per 1 000          {cpu:8.2f}   everything on, {len(waits)} taps answered")
    print(f"CPU s per 1 000, bare    {bare_cpu:8.2f}")
    print(
        f"a tap waits              p50 {cuts[49]:.3f} s  p95 {cuts[94]:.3f} s  p99 {cuts[98]:.3f} s"
    )


def main() -> None:
    """Print what the module says."""
    asyncio.run(run())


if __name__ == "__main__":
    main()
