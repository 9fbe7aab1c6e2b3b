"""The buttons under a digest act: each does its thing, and once it is done the button is gone."""

from datetime import timedelta

import pytest

from storage.events import events
from storage.people.people import Grant, Role
from storage.questionnaires import campaigns
from storage.scopes import REGION
from surveys.questionnaire import Anonymity
from tests.handlers.test_reporting import EYSK, made
from tests.handlers.test_reviewing import handed_in
from tests.kit import tasks
from tests.kit.events import planned
from tests.kit.people import registered
from tests.kit.world import Person, World

SEMINAR = "Семинар «Первый урок»"


async def digest(vera: Person) -> list[str]:
    """The digest as it stands now; its buttons."""
    await vera.says("/digest")
    await vera.taps("Показать сейчас")
    telegram = vera.world.telegram
    newest = [one for one in telegram.history(vera.id) if one.outgoing and "Неделя" in one.text][-1]
    return [str(each["text"]) for row in newest.buttons() for each in row]


async def test_who_has_not_answered_is_nudged_and_not_offered_to_be_nudged_again(
    world: World,
) -> None:
    vera = await tasks.coordinator(world)
    anna = await registered(world, "Анна", "Щеглова")
    await made(world, Anonymity.NAMED, {EYSK: 6})
    await world.settle()
    world.clock.advance(timedelta(days=3))
    await world.settle()
    before = len(anna.messages)
    assert f"Напомнить: {SEMINAR}" in await digest(vera)
    await vera.taps(f"Напомнить: {SEMINAR}")
    vera.sees("Напомнить тем, кто ещё не ответил")
    assert len(anna.messages) == before, "asked first"
    await vera.taps("Да, напомнить")
    await world.settle()
    assert len(anna.messages) == before + 1
    assert f"Напомнить: {SEMINAR}" not in await digest(vera)


async def test_a_questionnaire_that_closes_soon_is_prolonged(world: World) -> None:
    vera = await tasks.coordinator(world)
    await registered(world, "Анна", "Щеглова")
    campaign = await made(world, Anonymity.NAMED, {EYSK: 6})
    assert f"Продлить: {SEMINAR}" not in await digest(vera), "there is time"
    world.clock.advance(campaign.closes_at - timedelta(days=1) - world.clock())
    await world.settle()
    await digest(vera)
    await vera.taps(f"Продлить: {SEMINAR}")
    await vera.taps("+ 7 дней")
    found = await world.db.read(campaigns.find, campaign.id)
    assert found is not None
    assert found.closes_at == campaign.closes_at + timedelta(days=7)
    assert f"Продлить: {SEMINAR}" not in await digest(vera)


async def test_an_event_gets_its_day(world: World) -> None:
    vera = await tasks.coordinator(world)
    today = world.clock().date()
    number = await planned(
        world, "Ярмарка практик", window=(today, today + timedelta(days=7)), author=1
    )
    await digest(vera)
    await vera.taps("Назвать день: Ярмарка практик")
    await vera.says("27 ноября 10:00")
    found = await world.db.read(events.find, number)
    assert found is not None
    assert found.starts_at is not None
    assert found.starts_at.astimezone(world.app.settings.zone).day == 27
    assert "Назвать день: Ярмарка практик" not in await digest(vera)


async def test_the_review_queue_opens_on_the_work_that_waits_longest(world: World) -> None:
    vera = await tasks.coordinator(world)
    ilya = await tasks.trainee(world)
    await tasks.give_out(world, vera)
    await handed_in(ilya, "Мой урок о море")
    await digest(vera)
    await vera.taps("Проверить работы (1)")
    vera.sees("Зорин")


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.COORDINATOR])
async def test_an_old_button_of_one_who_lost_the_role_does_nothing(
    world: World, role: Role
) -> None:
    pyotr = await registered(world, "Пётр", "Северцев", roles=[Grant(role, REGION)])
    today = world.clock().date()
    number = await planned(
        world, "Ярмарка практик", window=(today, today + timedelta(days=7)), author=1
    )
    await world.db.write(lambda conn: conn.execute("DELETE FROM grants").rowcount)
    await pyotr.taps_data(f"mg1:{number}")
    await pyotr.says("27 ноября 10:00")
    found = await world.db.read(events.find, number)
    assert found is not None
    assert found.starts_at is None
