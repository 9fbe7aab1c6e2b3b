"""A canary's name and answer are in no log, no metric, no audit row, no foreign export."""

import io
import logging
import zipfile
from datetime import timedelta

import pytest

from bot.campaigns.callbacks import MakeReport
from bot.operations.health import Health
from bot.operations.measures import readings, vitals
from storage import audit
from storage.people.people import Grant, Role
from storage.questionnaires.campaigns import Campaign
from storage.scopes import REGION, Scope, ScopeKind
from surveys.questionnaire import Anonymity, Questionnaire, Text
from tests.handlers.test_registering import arrives, links, loads
from tests.kit.forms import opened
from tests.kit.people import registered
from tests.kit.world import Person, World

CANARY = "канарейкин"
ANSWER = "соловьиная трель в кабинете химии"
FORM = Questionnaire(
    id="one",
    version=1,
    title="Коротко",
    items=(Text(name="words", label="Что вы скажете?", required=True),),
)


async def recorded(world: World, caplog: pytest.LogCaptureFixture) -> dict[str, str]:
    """Everything that is kept about the running of the bot and about what its staff did."""
    health = Health(lambda: vitals(world.app), lambda: readings(world.app))
    answer = await health.metrics(None)  # type: ignore[arg-type]  # the request is not looked at
    rows = (await world.db.read(audit.page, size=100)).entries
    assert caplog.records, "something was logged"
    assert rows, "something was done"
    return {"log": caplog.text, "metrics": str(answer.text), "audit": str(rows)}


async def asked(world: World, anonymity: Anonymity) -> Campaign:
    return await world.db.write(lambda conn: opened(conn, form=FORM, anonymity=anonymity))


async def answers(someone: Person) -> None:
    await someone.taps("Подробнее и ответить")
    await someone.taps("Начать")
    await someone.says(ANSWER)
    await someone.taps("Отправить")
    someone.sees("Спасибо")


def workbook(of: Person) -> str:
    """Every part of the newest workbook, unpacked."""
    with zipfile.ZipFile(io.BytesIO(of.documents[-1].content)) as book:
        return " ".join(book.read(name).decode(errors="replace") for name in book.namelist())


async def report(someone: Person, campaign: Campaign) -> str:
    await someone.says("/menu")
    before = len(someone.documents)
    await someone.taps_data(MakeReport(campaign=campaign.id).pack())
    return workbook(someone) if len(someone.documents) > before else ""


async def test_an_answer_is_in_its_coordinators_workbook_and_nowhere_else(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    own, foreign = (Scope(ScopeKind.MUNICIPALITY, town) for town in ("Ейский район", "Сочи"))
    raisa, oleg = [
        await registered(world, *name, roles=[Grant(Role.COORDINATOR, scope)])
        for name, scope in ((("Раиса", "Конь"), own), (("Олег", "Сомов"), foreign))
    ]
    anna = await registered(world, "Анна", "Щеглова")
    campaign = await asked(world, Anonymity.NAMED)
    await world.settle()
    await answers(anna)
    assert ANSWER in await report(raisa, campaign)
    assert ANSWER not in await report(oleg, campaign)
    for place, kept in (await recorded(world, caplog)).items():
        assert ANSWER not in kept, place
    assert ANSWER not in str([*raisa.messages, *oleg.messages])


async def test_an_anonymous_answer_is_in_nobodys_hands_while_few_have_answered(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    raisa = await registered(world, "Раиса", "Конь", roles=[Grant(Role.COORDINATOR, REGION)])
    anna = await registered(world, "Анна", "Щеглова")
    campaign = await asked(world, Anonymity.ANONYMOUS)
    await world.settle()
    await answers(anna)
    await anna.says("/privacy")
    await anna.taps("Получить всё файлом")
    assert ANSWER not in workbook(anna), "it is hers no longer: nobody knows whose it is"
    world.clock.advance(timedelta(days=8))
    assert ANSWER not in await report(raisa, campaign)
    for place, kept in (await recorded(world, caplog)).items():
        assert ANSWER not in kept, place


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
    for place, kept in (await recorded(world, caplog)).items():
        assert CANARY not in kept.lower(), place
    assert len((await world.db.read(audit.page, size=100)).entries) >= 3
