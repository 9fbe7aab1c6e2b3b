"""Administrators hear of troubles once, of their end, and never by the dozen; /status says all."""

import logging
import tomllib
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from aiogram import F, Router
from aiogram.types import Message

import handlers
from bot import VERSION
from bot.operations.faults import UPDATE, fault_of
from bot.operations.logs import JsonLines
from bot.operations.watch import BACKUP, POLL
from storage import outbox
from storage.backups import backup
from storage.operations import troubles
from tests.kit.people import person_id, registered
from tests.kit.world import Person, World, running_world

PLENTY, LITTLE = 9 << 30, 40 << 20
GAP = troubles.GAP + timedelta(seconds=1)


async def chief_of(world: World) -> Person:
    world.app.watch.free = lambda _: PLENTY
    return await registered(world, "Ирина", "Главная", admin=True)


def notices(someone: Person) -> list[str]:
    return [shown.text for shown in someone.messages if shown.text.startswith("Бот: ")]


async def test_a_low_disk_is_told_once_and_its_end_too(world: World) -> None:
    chief = await chief_of(world)
    other = await registered(world, "Анна", "Щеглова")
    world.app.watch.free = lambda _: LITTLE
    for _ in range(5):
        await world.settle()
        world.clock.advance(timedelta(hours=1))
    assert len(notices(chief)) == 1
    assert "На диске мало места (свободно 40 МБ)" in notices(chief)[0]
    assert "Освободите место" in notices(chief)[0]
    await chief.says("/status")
    chief.sees("нужно внимание", "На диске мало места")
    world.app.watch.free = lambda _: PLENTY
    await world.settle()
    assert len(notices(chief)) == 2
    assert "Бот: всё наладилось" in notices(chief)[1]
    assert "Места на диске снова хватает" in notices(chief)[1]
    assert "Длилось 5 часов" in notices(chief)[1]
    assert notices(other) == []


async def test_a_disk_at_the_border_does_not_come_and_go(world: World) -> None:
    chief = await chief_of(world)
    for free in (LITTLE, 501 << 20, LITTLE, 599 << 20):
        world.app.watch.free = lambda _, free=free: free  # type: ignore[misc]  # bound now
        await world.settle()
        world.clock.advance(GAP)
    assert len(notices(chief)) == 1


async def test_a_silent_poll_and_a_failed_copy_are_told_and_survive_a_restart(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    chief = await chief_of(world)
    world.app.poller.last_answer -= 400
    await world.db.write(troubles.begin, POLL, {}, now=world.clock())

    async def refused(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "make_nightly", refused)
    world.clock.advance(timedelta(days=1))
    await world.app.beats.once()
    await world.settle()
    assert any(
        "Ночная копия базы не сделана (диск не принял файл)" in one for one in notices(chief)
    )
    monkeypatch.undo()
    told = len(notices(chief))
    await world.restart()
    world.app.watch.free = lambda _: PLENTY
    await world.settle()
    assert len(notices(chief)) <= told + 1, "only that Telegram answers again"
    world.clock.advance(timedelta(days=1))
    await world.settle()
    assert "Копия базы сделана" in notices(chief)[-1]
    found = await world.db.read(troubles.current, now=world.clock())
    assert BACKUP not in {one.key for one in found}


def failing() -> tuple[Router, ...]:
    router = Router(name="failing")

    @router.message(F.text.startswith("fail "))
    async def fail(message: Message) -> None:
        raise KeyError(message.text)

    return (router, *handlers.routers())


async def test_an_error_has_one_id_for_the_person_the_log_the_notice_and_the_screen(
    tmp_path: Path,
) -> None:
    records: list[logging.LogRecord] = []
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)
            lines.append(JsonLines().format(record))

    keep = Keep(logging.ERROR)
    logging.getLogger().addHandler(keep)
    try:
        async with running_world(tmp_path, failing) as world:
            chief = await chief_of(world)
            anna = await registered(world, "Анна", "Щеглова")
            for number in range(30):
                await anna.says(f"fail Канарейкина {number}")
            code = anna.screen.text.rsplit(" ", 1)[-1]
            anna.sees("на нашей стороне", "Код ошибки")
            assert len(code) == 6
            assert len(notices(chief)) == 1, "thirty errors, one notice"
            assert code in notices(chief)[0]
            assert "KeyError" in notices(chief)[0]
            await chief.says("/status")
            chief.sees(f"Ошибка {code}", "30 раз")
            held = await world.db.read(
                lambda conn: str([tuple(row) for row in conn.execute("SELECT * FROM troubles")])
            )
            world.clock.advance(timedelta(days=2))
            await anna.says("fail again")
            assert len(notices(chief)) == 2, "after a day it is news again"
    finally:
        logging.getLogger().removeHandler(keep)
    line = orjson.loads(lines[0])
    assert line["id"] == code
    assert isinstance(line["update"], int)
    assert "Канарейкина" not in held + "".join(lines) + "".join(notices(chief))


async def test_many_different_errors_come_in_one_notice_and_the_next_after_a_while(
    world: World,
) -> None:
    chief = await chief_of(world)
    for number in range(12):
        for _ in range(2):
            await world.db.write(
                troubles.begin, f"error:{number:06}", {"kind": "ValueError"}, now=world.clock()
            )
        await world.settle()
    assert len(notices(chief)) == 1
    world.clock.advance(GAP)
    await world.settle()
    assert len(notices(chief)) == 2
    assert "И ещё 5: /status" in notices(chief)[1]


async def test_what_began_and_ended_in_the_night_is_one_notice_in_the_morning(
    world: World,
) -> None:
    chief = await chief_of(world)
    world.clock.advance(timedelta(hours=13))
    world.app.watch.free = lambda _: LITTLE
    await world.settle()
    assert notices(chief) == [], "quiet hours"
    world.clock.advance(timedelta(hours=2))
    world.app.watch.free = lambda _: PLENTY
    await world.settle()
    world.clock.advance(timedelta(hours=9))
    await world.settle()
    assert len(notices(chief)) == 1
    assert "всё наладилось" in notices(chief)[0]


async def test_status_is_a_short_screen_for_administrators_alone(world: World) -> None:
    chief = await chief_of(world)
    anna = await registered(world, "Анна", "Щеглова")
    await world.db.write(
        outbox.put,
        "later",
        person_id=await person_id(world, anna),
        kind="drill",
        due_at=world.clock() + timedelta(days=2),
    )
    world.clock.advance(timedelta(days=1))
    await world.settle()
    await chief.says("/status")
    chief.sees(
        "всё в порядке",
        f"Версия {VERSION}, работает",
        "Telegram: отвечает",
        "Обновлений в минуту",
        "ждут обработки: 0",
        "запланировано: 1",
        "Копия базы",
        "свободно на диске: 9,0 ГБ",
        "Ошибок за сутки нет",
    )
    assert len(chief.screen.text) < 900
    await chief.taps("Обновить")
    await chief.taps("‹ В меню")
    await chief.taps("Состояние бота")
    chief.sees("всё в порядке")
    await anna.says("/status")
    anna.sees("недоступно")


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())
    assert project["project"]["version"] == VERSION


def test_an_id_is_of_the_place_and_kind_and_not_of_the_message() -> None:
    def caught(words: str, kind: type[Exception]) -> str:
        try:
            raise kind(words)
        except Exception as error:
            return fault_of(error).id

    assert caught("one", ValueError) == caught("another", ValueError)
    assert caught("one", ValueError) != caught("one", KeyError)
    assert UPDATE.get() is None
