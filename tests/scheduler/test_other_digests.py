"""An organiser's week is about own events; a trainee's about where to go and what to answer."""

from datetime import UTC, datetime, timedelta

from storage.database import Connection
from storage.events import after_events, attending
from storage.events.attending import Choice, How
from storage.people.people import Grant, Role
from storage.scopes import REGION
from storage.summaries import digests
from storage.summaries.digests import Wish
from surveys.questionnaire import Anonymity
from tests.handlers.test_reporting import EYSK, FORM, answered, made
from tests.kit.events import planned
from tests.kit.forms import opened
from tests.kit.people import person_id, registered
from tests.kit.world import Person, World

WEDNESDAY = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)
"""09:00 in Moscow; the world begins on the Monday before, at ten."""


def weeks(someone: Person) -> list[str]:
    return [one.text for one in someone.messages if "еделя 30 ноября – 6 декабря" in one.text]


def section(text: str, title: str) -> list[str]:
    """The lines below a title, up to the blank one."""
    lines = text.splitlines()
    below = lines[lines.index(title) + 1 :]
    return [line.removeprefix("• ") for line in below[: [*below, ""].index("")]]


async def until(world: World, moment: datetime) -> None:
    world.clock.advance(moment - world.clock())
    await world.settle()


async def comes(world: World, meeting: int, *people: Person, came: bool = False) -> None:
    """They say that they will come; and come, perhaps."""
    numbers = [await person_id(world, one) for one in people]

    def say(conn: Connection) -> None:
        for number in numbers:
            attending.say(conn, meeting, number, Choice.COMING, now=world.clock())
        if came:
            attending.mark_attended(
                conn, meeting, numbers[:1], How.LIST, marked_by=None, now=world.clock()
            )

    await world.db.write(say)


async def test_an_organiser_reads_what_own_events_need_and_how_they_went(world: World) -> None:
    pyotr = await registered(world, "Пётр", "Северцев", roles=[Grant(Role.ORGANISER, REGION)])
    rival = await registered(world, "Глеб", "Чужов", roles=[Grant(Role.ORGANISER, REGION)])
    idle = await registered(world, "Фёдор", "Тихонов", roles=[Grant(Role.ORGANISER, REGION)])
    anna = await registered(world, "Анна", "Щеглова")
    olga = await registered(world, "Ольга", "Ветрова")
    mine, theirs = await person_id(world, pyotr), await person_id(world, rival)
    held = await planned(world, "Открытый урок", start=WEDNESDAY, author=mine)
    await comes(world, held, anna, olga, came=True)
    asked = await made(world, Anonymity.NAMED, {EYSK: 6})
    await world.db.write(after_events.belongs_to, held, asked.id)
    other = await world.db.write(lambda conn: opened(conn, form=FORM, key="of the rival"))
    await world.db.write(answered, other, {EYSK: 6})
    await until(world, NEXT_MONDAY - timedelta(hours=12))
    soon = await planned(world, "Мастерская", start=NEXT_MONDAY + timedelta(days=3), author=mine)
    await comes(world, soon, anna, olga)
    monday = NEXT_MONDAY.date()
    window = (monday, monday + timedelta(days=6))
    await planned(world, "Ярмарка практик", window=window, author=mine)
    await planned(world, "Чужой форум", window=window, author=theirs)
    await planned(world, "Чужая лекция", start=NEXT_MONDAY + timedelta(days=2), author=theirs)
    await until(world, NEXT_MONDAY)
    (text,) = weeks(pyotr)
    assert text.splitlines()[0].endswith("· ваши мероприятия")
    assert section(text, "Назовите день") == ["Ярмарка практик (до 06.12)"]
    (ahead,) = section(text, "На этой неделе")
    assert ahead.startswith("3 декабря")
    assert ahead.endswith("— Мастерская, собираются 2")
    assert section(text, "Прошли") == ["Открытый урок: пришли 1 из 2 собиравшихся"]
    (share,) = section(text, "Удовлетворены (цель 75 %)")
    assert share.endswith("100 % (61–100 %, n = 6)"), "asked about own events alone"
    assert "Чуж" not in text
    assert "педагог" not in text, "how many people the bot has is not an organiser's concern"
    assert pyotr.documents == []
    assert weeks(idle) == [], "no events of one's own, nothing to say"
    await pyotr.taps("Назвать день: Ярмарка практик")
    pyotr.sees("Когда? Напишите день и час")


async def test_a_trainee_who_asked_for_it_reads_where_they_meant_to_go(world: World) -> None:
    ilya = await registered(world, "Илья", "Зорин", roles=[Grant(Role.TRAINEE, REGION)])
    number = await person_id(world, ilya)
    await world.db.write(digests.set_wish, number, Wish())
    visited = await planned(world, "Открытый урок", start=WEDNESDAY)
    await comes(world, visited, ilya, came=True)
    await until(world, NEXT_MONDAY - timedelta(hours=12))
    going = await planned(world, "Мастерская", start=NEXT_MONDAY + timedelta(days=3))
    await comes(world, going, ilya)
    await planned(world, "Лекция, куда он не собирался", start=NEXT_MONDAY + timedelta(days=2))
    await until(world, NEXT_MONDAY)
    (text,) = weeks(ilya)
    (ahead,) = section(text, "Вы собирались")
    assert ahead.startswith("Мастерская — 3 декабря")
    assert "за плечами 1 встреча" in text
    assert "не собирался" not in text
