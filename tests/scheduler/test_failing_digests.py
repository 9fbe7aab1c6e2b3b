"""A digest that cannot be made: tried again ever more rarely, told once, in nobody's way."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.digests.coordinators import coordinators
from bot.digests.making import write_digests
from bot.digests.orders import DigestOrder, Reader
from reports.weekly import Weekly
from scheduler.digests import LONGEST_PAUSE, TROUBLE, Pauses
from storage.database import Connection
from storage.operations import troubles
from storage.people.people import Grant, Role
from storage.scopes import REGION, Scope, ScopeKind
from storage.summaries import digests
from storage.summaries.digests import Due, Kind, Made
from surveys.questionnaire import Anonymity
from tests.handlers.test_reporting import EYSK, coordinator, made
from tests.kit.people import person_id, registered
from tests.kit.world import Person, World

NEXT_MONDAY = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def definition(conn: Connection, becomes: str) -> str:
    """Change what the store holds of the questionnaire; returns what it held."""
    (was,) = conn.execute("SELECT definition FROM questionnaires WHERE id = 'one'").fetchone()
    conn.execute("UPDATE questionnaires SET definition = ? WHERE id = 'one'", (becomes,))
    return str(was)


async def tries(world: World) -> int:
    """How often making failed, as the store counts it."""
    found = await world.db.read(lambda conn: troubles.current(conn, now=world.clock()))
    return next((one.times for one in found if one.key == TROUBLE), 0)


def told(someone: Person, words: str) -> int:
    return sum(words in one.text for one in someone.messages)


def weeks(someone: Person) -> int:
    return sum("Неделя 30 ноября – 6 декабря" in one.text for one in someone.messages)


async def test_it_is_tried_again_with_growing_pauses_and_administrators_are_told_once(
    world: World,
) -> None:
    irina = await registered(world, "Ирина", "Главная", admin=True)
    vera = await coordinator(world)
    await made(world, Anonymity.NAMED, {EYSK: 6})
    world.clock.advance(NEXT_MONDAY - MINUTE - world.clock())
    await world.settle()
    whole = await world.db.write(definition, "{")
    world.clock.advance(MINUTE)
    for _ in range(3):  # beats come every two seconds
        await world.settle()
    assert await tries(world) == 1
    world.clock.advance(MINUTE)
    await world.settle()
    await world.settle()
    assert await tries(world) == 2
    world.clock.advance(MINUTE)
    await world.settle()
    assert await tries(world) == 2, "the second pause is twice as long"
    assert told(irina, "Сводки недели не собираются (ждут 1 человек)") == 1
    assert weeks(vera) == 0
    await world.db.write(definition, whole)
    world.clock.advance(10 * MINUTE)
    await world.settle()
    assert weeks(vera) == 1, "late, and once"
    assert len(vera.documents) == 1
    world.clock.advance(10 * MINUTE)
    await world.settle()
    assert told(irina, "Сводки недели снова собираются") == 1
    assert (weeks(vera), await tries(world)) == (1, 0)


async def test_one_that_fails_is_in_nobodys_way(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    oleg = await person_id(world, await coordinator(world, Scope(ScopeKind.MUNICIPALITY, EYSK)))
    vera = await person_id(world, await registered(world, "Вера", "Лисицына"))
    await made(world, Anonymity.NAMED, {EYSK: 6})
    copy = tmp_path / "copy.sqlite3"
    await world.db.copy_to(copy)

    def failing(conn: Connection, reader: Reader, *rest: object) -> Weekly:
        if reader.person_id == oleg:
            raise ZeroDivisionError
        return coordinators(conn, reader, *rest)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr("bot.digests.making.coordinators", failing)
    readers = tuple(Reader(one, Kind.COORDINATOR, (REGION,)) for one in (oleg, vera))
    write_digests(copy, DigestOrder(readers, world.clock(), world.app.settings.zone), tmp_path)
    assert {path.name for path in tmp_path.glob("coordinator-*")} == {
        f"coordinator-{oleg}.failed",
        *(f"coordinator-{vera}.{ending}" for ending in ("json", "png", "xlsx")),
    }


async def test_the_figures_of_another_release_are_as_if_there_were_none(
    world: World, tmp_path: Path
) -> None:
    vera = await person_id(
        world,
        await registered(world, "Вера", "Лисицына", roles=[Grant(Role.COORDINATOR, REGION)]),
    )
    await made(world, Anonymity.NAMED, {EYSK: 6})
    await world.settle()
    old = Due(vera, Kind.COORDINATOR, "2026-11-16", world.clock() - timedelta(days=7))
    await world.db.write(digests.put, old, Made('{"open": [1]}'), now=world.clock())
    copy = tmp_path / "copy.sqlite3"
    await world.db.copy_to(copy)
    before = await world.db.read(digests.before, vera, Kind.COORDINATOR, "2026-11-23")
    reader = Reader(vera, Kind.COORDINATOR, (REGION,), before)
    write_digests(copy, DigestOrder((reader,), world.clock(), world.app.settings.zone), tmp_path)
    (content,) = tmp_path.glob("*.json")
    (one,) = Weekly.model_validate_json(content.read_text()).open
    assert (one.answered, one.change) == (6, None)


def test_pauses_grow_to_an_hour_and_end_with_what_is_made_or_too_late() -> None:
    now = NEXT_MONDAY
    vera, oleg = (Due(number, Kind.COORDINATOR, "2026-11-30", now) for number in (1, 2))
    pauses = Pauses()
    lengths = []
    for _ in range(9):
        assert pauses.ready([vera, oleg], now) == [vera, oleg]
        pauses.failed([vera], now)
        assert pauses.ready([vera, oleg], now) == [oleg]
        began = now
        while vera not in pauses.ready([vera, oleg], now):
            now += MINUTE
        lengths.append(round((now - began) / MINUTE))
    assert lengths == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert LONGEST_PAUSE == 60 * MINUTE
    pauses.made(vera)
    assert pauses.waiting == 0
    pauses.failed([oleg], now)
    assert pauses.ready([vera], now) == [vera]
    assert pauses.waiting == 0, "what is due no longer is forgotten"
