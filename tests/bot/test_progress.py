"""What the author of a notice sees while it goes: the bar, the counts, the time left."""

import sqlite3
from datetime import timedelta

import pytest

from bot.notices.progress import EVERY, MINUTE, Progress
from storage.audiences import Audience
from storage.notices import confirming, notices
from storage.notices.notices import Content
from storage.people.people import Grant, Role
from storage.scopes import REGION
from tests.kit.forms import register
from tests.kit.people import person_id, registered
from tests.kit.world import Person, World

CROWD = 200


@pytest.fixture
async def vera(world: World) -> Person:
    return await registered(world, "Вера", "Лисицына", roles=[Grant(Role.ORGANISER, REGION)])


class Watching:
    """A notice to a crowd that a test sends by hand, and the seconds that pass meanwhile."""

    def __init__(self, world: World, vera: Person, notice: int) -> None:
        self._world, self._vera, self._notice = world, vera, notice
        self._now = 0.0
        self._progress = Progress(
            world.db,
            world.app.bot,
            world.clock,
            zone=world.app.settings.zone,
            seconds=lambda: self._now,
        )

    async def after(self, seconds: float, *, sent: int) -> str:
        """So many more arrive, so many seconds pass; what the author sees then."""
        self._now += seconds
        await self._world.db.write(_sent, self._notice, sent)
        await self._progress.beat()
        return self._vera.screen.text


def _sent(conn: sqlite3.Connection, notice: int, many: int) -> None:
    conn.execute(
        "UPDATE outbox SET state = 'sent' WHERE id IN (SELECT id FROM outbox"
        " WHERE notice_id = ? AND state = 'waiting' ORDER BY id LIMIT ?)",
        (notice, many),
    )


def _crowd(conn: sqlite3.Connection) -> None:
    for telegram_id in range(900_000, 900_000 + CROWD - 1):
        register(conn, telegram_id)


@pytest.fixture
async def watching(world: World, vera: Person) -> Watching:
    await world.db.write(_crowd)
    author = await person_id(world, vera)
    notice = await world.db.write(
        confirming.create,
        Content(text="Семинар"),
        Audience(),
        REGION,
        author=author,
        starts_at=world.clock() + timedelta(hours=1),
        request_key="k",
        now=world.clock(),
    )
    await vera.says("/broadcast")
    await vera.taps("Семинар")
    shown = vera.screen.message_id
    await world.db.write(notices.show_in, notice.id, shown)
    await world.db.write(confirming.begin, now=world.clock() + timedelta(hours=1))
    return Watching(world, vera, notice.id)


async def test_the_time_left_follows_from_the_pace_of_the_last_minute(watching: Watching) -> None:
    assert "Осталось" not in await watching.after(0, sent=0)
    shown = await watching.after(10, sent=20)
    assert "10 %" in shown
    assert "доставлено: 20" in shown
    assert "ждёт отправки: 180" in shown
    assert "Осталось около 2 минут" in shown  # 180 at two a second
    assert "Осталось меньше минуты" in await watching.after(10, sent=170)


async def test_a_stumble_does_not_take_the_time_left_away_and_a_standstill_does(
    watching: Watching,
) -> None:
    await watching.after(0, sent=0)
    await watching.after(10, sent=20)
    assert "Осталось около 3 минут" in await watching.after(10, sent=0)  # 20 in 20 seconds
    assert "Осталось" not in await watching.after(MINUTE, sent=0)


async def test_what_changed_is_not_shown_more_often_than_every_few_seconds(
    watching: Watching,
) -> None:
    first = await watching.after(0, sent=0)
    assert await watching.after(EVERY - 0.1, sent=20) == first
    assert "доставлено: 20" in await watching.after(0.2, sent=0)


async def test_what_is_over_is_shown_at_once(watching: Watching) -> None:
    await watching.after(0, sent=0)
    shown = await watching.after(0.1, sent=CROWD)
    assert "Завершено" in shown
    assert f"доставлено: {CROWD}" in shown
