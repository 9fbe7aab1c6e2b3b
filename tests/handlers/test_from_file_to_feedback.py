"""From the coordinator's file to the answered questionnaire: the whole way of an event."""

from datetime import UTC, datetime, timedelta

from storage.database import Connection
from storage.events import attending, events
from storage.events.attending import How
from storage.people.people import Grant, Role
from storage.questionnaires import campaigns
from storage.questionnaires.campaigns import Campaign
from storage.scopes import REGION
from tests.handlers.test_importing_roadmaps import SAMPLE, calendar
from tests.kit.events import planned
from tests.kit.people import person_id, registered
from tests.kit.world import Person, World

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


async def until(world: World, moment: datetime) -> None:
    world.clock.advance(moment - world.clock())
    await world.settle()


async def answers_everything(someone: Person) -> None:
    """Go through the questionnaire after an event, with the first choice of every item."""
    await someone.taps("Подробнее и ответить")
    await someone.taps("Начать")
    for _ in range(30):
        labels = someone.screen.labels
        if "Отправить" in labels:
            break
        skip = next((label for label in labels if label.startswith("Пропустить")), None)
        await someone.taps(skip or labels[0])
    await someone.taps("Отправить")


async def the_campaign(world: World, number: int) -> Campaign:
    def read(conn: Connection) -> Campaign | None:
        meeting = events.find(conn, number)
        assert meeting is not None
        return None if meeting.campaign_id is None else campaigns.find(conn, meeting.campaign_id)

    found = await world.db.read(read)
    assert found is not None
    return found


async def test_from_the_file_to_the_answered_questionnaire(world: World) -> None:
    marina = await registered(world, "Марина", "Полянская", roles=[Grant(Role.COORDINATOR, REGION)])
    pyotr = await registered(world, "Пётр", "Северцев", roles=[Grant(Role.ORGANISER, REGION)])
    # The workshop is for «Молодые педагоги», a community: Boris is of another one.
    anna = await registered(world, "Анна", "Щеглова", community="молодые педагоги")
    boris = await registered(world, "Борис", "Галкин")
    # 1. The coordinator sends the roadmap as it is and confirms it.
    await marina.sends_file(SAMPLE.name, SAMPLE.read_bytes())
    marina.sees("Прочитано 14 мероприятий")
    await marina.taps("Внести в календарь")
    # 2. «Январь» is a window: its organiser is asked in good time for day and hour.
    workshop = next(one for one in await calendar(world) if one.number == "4.4")
    await pyotr.says("/events")
    await pyotr.taps_data(f"mg1:{workshop.id}")
    await pyotr.taps("Веду это мероприятие")
    await until(world, datetime(2026, 12, 11, 9, 0, tzinfo=UTC))
    asked = next(
        one for one in pyotr.messages if "Пора назвать" in one.text and "январь 2027" in one.text
    )
    await pyotr.taps("Назначить день и час", message_id=asked.message_id)
    await pyotr.says("20 января 2027 15:00-17:00")
    pyotr.sees("20 января 2027")
    await pyotr.taps("Место")
    await pyotr.says("Тимашевск, СОШ № 11")
    # 3. A week before everybody concerned hears of it; Anna says she comes.
    start = datetime(2027, 1, 20, 12, 0, tzinfo=UTC)
    await until(world, start - 7 * DAY)
    anna.sees("Мероприятие для вас — через 7 дней", "Тимашевск, СОШ № 11")
    assert not boris.has_seen("СОШ № 11")
    await anna.taps("Приду")
    await until(world, start - DAY)
    anna.sees("Напоминаю: завтра")
    # 4. At the door the organiser shows the code.
    await until(world, start - HOUR)
    anna.sees("Напоминаю: через 1 час")
    await pyotr.taps_data(f"mq1:{workshop.id}")
    code = pyotr.screen.text.rsplit("start=", 1)[1]
    await until(world, start + 5 * MINUTE)
    await anna.says(f"/start {code}")
    anna.sees("Отметили: вы на мероприятии")
    # 5. It has ended: who came is asked how it was; who did not, is not.
    await until(world, start + 2 * HOUR)
    anna.sees("Как прошло мероприятие", "20 января")
    campaign = await the_campaign(world, workshop.id)
    assert campaign.audience.people == (await person_id(world, anna),)
    assert campaign.closes_at - campaign.opens_at == 7 * DAY
    await answers_everything(anna)
    anna.sees("Спасибо")
    await anna.says("/events")
    await anna.taps("Мои посещения")
    anna.sees("1 мероприятие")


async def test_where_nobody_was_marked_those_who_said_yes_are_asked(world: World) -> None:
    start = world.clock() + 10 * DAY + 3 * HOUR
    number = await planned(world, "Семинар", start=start)
    anna = await registered(world, "Анна", "Щеглова")
    boris = await registered(world, "Борис", "Галкин")
    vera = await registered(world, "Вера", "Совина")
    for someone, word in ((anna, "Приду"), (boris, "Онлайн"), (vera, "Не приду")):
        await someone.says("/events")
        await someone.taps("Семинар")
        await someone.taps(word)
    await until(world, start + 2 * HOUR)  # the end; people may check in for an hour more
    assert not anna.has_seen("Как прошло мероприятие")
    await until(world, start + 3 * HOUR)
    anna.sees("Как прошло мероприятие")
    boris.sees("Как прошло мероприятие")
    assert not vera.has_seen("Как прошло мероприятие")
    # Somebody marked next day is asked as well.
    late = await person_id(world, vera)
    await world.db.write(
        lambda conn: attending.mark_attended(
            conn, number, [late], How.LIST, marked_by=None, now=world.clock()
        )
    )
    await until(world, start + DAY)
    assert vera.has_seen("Как прошло мероприятие")


async def test_the_silent_are_nudged_twice_and_after_a_week_it_is_over(world: World) -> None:
    start = world.clock() + 10 * DAY + 3 * HOUR
    number = await planned(world, "Семинар", start=start)
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says("/events")
    await anna.taps("Семинар")
    await anna.taps("Приду")
    await until(world, start + 3 * HOUR)
    before = len(anna.messages)
    for day in range(1, 10):
        await until(world, start + 3 * HOUR + day * DAY)
    assert len(anna.messages) - before == 2
    campaign = await the_campaign(world, number)
    assert campaign.phase(world.clock()) is campaigns.Phase.CLOSED


async def test_nobody_is_asked_where_the_organiser_wants_no_questionnaire(world: World) -> None:
    start = world.clock() + 10 * DAY + 3 * HOUR
    number = await planned(world, "Семинар", start=start)
    await world.db.write(events.set_survey_days, number, 0)
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says("/events")
    await anna.taps("Семинар")
    await anna.taps("Приду")
    await until(world, start + DAY)
    assert not anna.has_seen("Как прошло мероприятие")
