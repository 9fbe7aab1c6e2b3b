"""A canary's name goes through everything and is in no log, no metric, no row of the audit log."""

import logging

import pytest

from bot.operations.health import Health
from bot.operations.measures import readings, vitals
from storage import audit
from storage.people.people import Grant, Role
from storage.scopes import REGION
from tests.handlers.test_registering import arrives, links, loads
from tests.kit.people import registered
from tests.kit.world import World

CANARY = "канарейкин"


async def test_a_name_is_in_no_log_metric_or_row_of_the_audit_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    boss = await registered(world, "Раиса", "Канарейкина", roles=[Grant(Role.COORDINATOR, REGION)])
    row = ["Канарейкин Олег Ильич", "Ейский район", "Школа Канарейкина", "эксперт"]
    await loads(boss, row)
    oleg = await world.person("Олег")
    await arrives(oleg, (await links(boss))["Канарейкин Олег Ильич"], "Канарейкин Олег Ильич")
    await boss.says("/people канарейкин")
    await oleg.says("я Канарейкин и пишу что попало")
    await oleg.says("/privacy")
    await oleg.taps("Получить всё файлом")
    assert CANARY in str(oleg.messages).lower()
    assert CANARY not in caplog.text.lower()
    assert caplog.records, "something was logged"
    rows = (await world.db.read(audit.page, size=100)).entries
    assert len(rows) >= 3
    assert CANARY not in str(rows).lower()
    health = Health(lambda: vitals(world.app), lambda: readings(world.app))
    answer = await health.metrics(None)  # type: ignore[arg-type]  # the request is not looked at
    assert CANARY not in str(answer.text).lower()
