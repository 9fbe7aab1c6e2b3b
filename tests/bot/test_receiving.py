"""What a poller does when Telegram is silent, refuses, repeats or talks nonsense."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.updates.conveyor import Conveyor, Pace, Verdict
from bot.updates.receiving import Intake, Poller, PollRefusedError, UnreadableUpdatesError, chat_of
from storage import inbox
from storage.database import Database

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def text(number: int, chat: int = 5) -> dict[str, Any]:
    return {"update_id": number, "message": {"chat": {"id": chat}, "text": str(number)}}


class Script:
    """An UpdateSource that says what the test tells it to; then it has no news."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[int, int]] = []
        self.over = asyncio.Event()

    async def get_updates(
        self, offset: int, hold: int, allowed_updates: Sequence[str], limit: int = 100
    ) -> list[Any]:
        self.asked.append((offset, limit))
        if not self.answers:
            self.over.set()
            await asyncio.Event().wait()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        if answer == "silence":
            await asyncio.Event().wait()
        return list(answer)


class Handled:
    """A conveyor whose handler only remembers."""

    def __init__(self, db: Database, **options: Any) -> None:
        self.numbers: list[int] = []
        self.conveyor = Conveyor(
            db,
            self._handle,
            judge=lambda _: Verdict.MALFORMED,
            apologise=self._apologise,
            **options,
        )

    async def _apologise(self, row: inbox.Update, _: Exception) -> None:
        await self._handle(row)

    async def _handle(self, row: inbox.Update) -> None:
        self.numbers.append(row.update_id)


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "bot.sqlite3")
    yield database
    await database.close()


async def poll(db: Database, script: Script, handled: Handled, **options: Any) -> None:
    """Run a poller through a script and let everything be handled."""
    intake = Intake(db, handled.conveyor, lambda: NOW)
    poller = Poller(script, intake, handled.conveyor, **options)
    running = asyncio.create_task(poller.run())
    await asyncio.wait_for(script.over.wait(), 20)
    while not handled.conveyor.idle:
        await asyncio.sleep(0.001)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_an_offset_is_sent_only_after_its_updates_are_on_the_disk(db: Database) -> None:
    seen: list[dict[str, int]] = []

    class Looking(Script):
        async def get_updates(self, offset: int, *args: Any, **kwargs: Any) -> list[Any]:
            seen.append(await db.read(inbox.counts))
            return await super().get_updates(offset, *args, **kwargs)

    script = Looking([text(7), text(8)], [text(9)])
    await poll(db, script, Handled(db))
    assert [offset for offset, _ in script.asked] == [0, 9, 10]
    assert [sum(counts.values()) for counts in seen] == [0, 2, 3]


async def test_what_is_given_twice_is_handled_once(db: Database) -> None:
    handled = Handled(db)
    await poll(db, Script([text(7)], [text(7), text(8)]), handled)
    assert handled.numbers == [7, 8]
    again = Handled(db)
    await poll(db, Script([text(8), text(9)]), again)
    assert again.numbers == [9]


async def test_numbers_that_begin_anew_after_a_quiet_week_are_not_confirmed_away(
    db: Database,
) -> None:
    handled = Handled(db)
    script = Script([text(900)], [], [text(3)])
    await poll(db, script, handled)
    assert [offset for offset, _ in script.asked] == [0, 901, 0, 4]
    assert handled.numbers == [900, 3]


async def test_a_silent_poll_is_begun_anew(db: Database) -> None:
    handled = Handled(db)
    await poll(db, Script("silence", [text(1)]), handled, silence_seconds=0.05)
    assert handled.numbers == [1]


async def test_refusals_are_waited_out(db: Database) -> None:
    handled = Handled(db)
    script = Script(
        PollRefusedError(429, "", retry_after=0.01),
        PollRefusedError(409, ""),
        [text(1)],
    )
    await poll(db, script, handled)
    assert handled.numbers == [1]


async def test_an_update_that_is_no_json_is_parted_from_its_neighbours(db: Database) -> None:
    handled = Handled(db)
    broken = b'{"ok":true,"result":[{"update_id":2,"message":{"text":"\\ud800"}}]}'
    script = Script(
        UnreadableUpdatesError(b"three at once"),
        [text(1)],
        UnreadableUpdatesError(b"two at once"),
        UnreadableUpdatesError(broken),
        [text(3)],
    )
    await poll(db, script, handled)
    assert script.asked == [(0, 100), (0, 1), (2, 100), (2, 1), (3, 100), (4, 100)]
    assert handled.numbers == [1, 2, 3]


async def test_things_without_a_number_stop_nothing(db: Database) -> None:
    handled = Handled(db)
    nonsense: list[Any] = [None, 5, "x", [], {}, {"update_id": "7"}, {"update_id": 2**70}, text(4)]
    await poll(db, Script(nonsense), handled)
    assert handled.numbers == [4]


async def test_receiving_waits_while_too_much_is_at_work(db: Database) -> None:
    gate = asyncio.Event()

    class Slow(Handled):
        async def _handle(self, row: inbox.Update) -> None:
            await gate.wait()
            await super()._handle(row)

    handled = Slow(db)
    batches = [[text(n, chat=n) for n in range(k, k + 100)] for k in range(1, 2501, 100)]
    script = Script(*batches)
    intake = Intake(db, handled.conveyor, lambda: NOW)
    running = asyncio.create_task(Poller(script, intake, handled.conveyor).run())
    while not handled.conveyor.full:
        await asyncio.sleep(0.001)
    await asyncio.sleep(0.05)
    assert len(script.answers) == 5  # 2000 are in memory, 500 Telegram still keeps
    gate.set()
    await asyncio.wait_for(script.over.wait(), 20)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    while not handled.conveyor.idle:
        await asyncio.sleep(0.001)
    assert sorted(handled.numbers) == list(range(1, 2501))


async def test_a_chat_keeps_its_order_and_holds_up_no_other(db: Database) -> None:
    order: list[tuple[int, int]] = []
    stuck = asyncio.Event()

    async def handle(row: inbox.Update) -> None:
        if row.chat == 1:
            await stuck.wait()
        await asyncio.sleep(0)
        order.append((row.chat, row.update_id))

    handled = Handled(db)
    conveyor = handled.conveyor
    conveyor._handle = handle
    rows = [inbox.Update(n, n % 3 + 1, b"{}") for n in range(300)]
    conveyor.accept(await db.write(inbox.record, rows, NOW))
    while len(order) < 200:
        await asyncio.sleep(0.001)
    assert {chat for chat, _ in order} == {2, 3}
    stuck.set()
    while not conveyor.idle:
        await asyncio.sleep(0.001)
    for chat in (1, 2, 3):
        numbers = [number for c, number in order if c == chat]
        assert numbers == sorted(numbers)
    assert await db.read(inbox.counts) == {"done": 300}


async def test_who_sends_too_fast_is_delayed_and_loses_nothing(db: Database) -> None:
    handled = Handled(db, pace=Pace(per_second=50, burst=5))
    rows = [inbox.Update(n, 1, b"{}") for n in range(30)] + [inbox.Update(99, 2, b"{}")]
    handled.conveyor.accept(await db.write(inbox.record, rows, NOW))
    while not handled.conveyor.idle:
        await asyncio.sleep(0.001)
    assert [n for n in handled.numbers if n < 99] == list(range(30))
    assert handled.numbers.index(99) <= 6  # another person did not wait
    assert handled.conveyor.slowed > 0


async def test_an_outage_makes_a_chat_wait_and_its_order_stays(db: Database) -> None:
    failures = {1: 1}
    order: list[int] = []

    async def handle(row: inbox.Update) -> None:
        if failures.pop(row.update_id, 0):
            raise ConnectionError
        order.append(row.update_id)

    async def no_apology(_: inbox.Update, __: Exception) -> None:
        raise AssertionError

    conveyor = Conveyor(db, handle, judge=lambda _: Verdict.AGAIN, apologise=no_apology)
    rows = [inbox.Update(n, 1, b"{}") for n in (1, 2, 3)]
    conveyor.accept(await db.write(inbox.record, rows, NOW))
    while not conveyor.idle:
        await asyncio.sleep(0.01)
    assert order == [1, 2, 3]


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        ({"message": {"chat": {"id": 5}, "from": {"id": 6}}}, 5),
        ({"callback_query": {"from": {"id": 6}, "message": {"chat": {"id": 5}}}}, 5),
        ({"callback_query": {"from": {"id": 6}}}, 6),
        ({"my_chat_member": {"chat": {"id": 5}}}, 5),
        ({"message": {"chat": {"id": True}}}, 0),
        ({"message": {"chat": {"id": 2**80}}}, 0),
        ({"message": {"chat": 5}}, 0),
        ({"message": 5}, 0),
        ({"callback_query": {"message": 5, "from": []}}, 0),
        ({}, 0),
    ],
)
def test_an_update_belongs_to_the_chat_that_can_be_read(update: dict[str, Any], chat: int) -> None:
    assert chat_of(update) == chat
