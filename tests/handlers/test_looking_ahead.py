"""Coordinators: what the year will send, and how events went."""

import io
from datetime import date, timedelta

from openpyxl import load_workbook

from storage.database import Connection
from storage.events import attending, events, own_times
from storage.events import figures as event_figures
from storage.events.attending import Choice, How
from storage.people.people import Grant, Role
from storage.questionnaires import responses, submitting
from storage.questionnaires.answering import record_answer
from storage.scopes import REGION, Scope, ScopeKind
from surveys.answers import Answer
from surveys.engine import Ask, next_step
from surveys.questionnaire import Closed, Range
from tests.kit.events import planned
from tests.kit.people import person_id, registered
from tests.kit.world import Person, World

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


async def coordinator(world: World, scope: Scope = REGION) -> Person:
    return await registered(world, "Марина", "Полянская", roles=[Grant(Role.COORDINATOR, scope)])


async def test_the_year_ahead_tells_who_gets_what_and_what_to_look_at(world: World) -> None:
    marina = await coordinator(world)
    author = await person_id(world, marina)
    for _ in range(3):
        await registered(world, "Анна", "Щеглова")
    sunday = world.clock() + 20 * DAY - DAY  # 12 December is a Saturday
    await planned(world, "Семинар", start=sunday, author=author)
    await planned(world, "Клуб", window=(date(2027, 2, 1), date(2027, 2, 28)), author=author)
    await marina.says("/roadmap")
    await marina.taps("Что и когда уйдёт людям")
    marina.sees("Семинар: Мероприятие приходится на выходной", "Клуб: День ещё не назван")
    marina.sees("30 ноября – 6 декабря", "Семинар: напоминания, 3")
    marina.sees("Клуб: вопрос организатору, 1")
    marina.sees_not("Клуб: напоминания")


async def test_the_year_ahead_counts_the_times_people_chose_for_themselves(world: World) -> None:
    marina = await coordinator(world)
    people = [await registered(world, "Анна", "Щеглова") for _ in range(3)]
    await planned(world, "Семинар", start=world.clock() + 18 * DAY)  # 11 December, a Friday
    await marina.says("/roadmap")
    await marina.taps("Что и когда уйдёт людям")
    marina.sees("30 ноября – 6 декабря", "Семинар: напоминания, 4")
    marina.sees("7 декабря – 13 декабря", "Семинар: напоминания, 4")
    # One wants none a week before, but two in the last days.
    chooser = await person_id(world, people[0])
    await world.db.write(
        own_times.choose, chooser, "1d@1800", on=True, usual=("3d",), now=world.clock()
    )
    await marina.says("/roadmap")
    await marina.taps("Что и когда уйдёт людям")
    marina.sees("Семинар: напоминания, 3", "Семинар: напоминания, 5")


def went(conn: Connection, number: int, people: list[int], world: World) -> None:
    now = world.clock()
    for person in people:
        attending.say(conn, number, person, Choice.COMING, now=now)
    attending.mark_attended(conn, number, people, How.LIST, marked_by=None, now=now)


def answer(conn: Connection, number: int, people: list[int], world: World) -> None:
    """Everybody is as satisfied as can be."""
    meeting = events.find(conn, number)
    assert meeting is not None
    assert meeting.campaign_id is not None
    for person in people:
        entered = responses.start_or_continue(conn, meeting.campaign_id, person, now=world.clock())
        response = entered.response
        assert response is not None
        answers: dict[str, Answer] = {}
        now = world.clock()
        while isinstance(step := next_step(response.questionnaire, answers, now=now), Ask):
            item = step.item
            given: Answer = None
            if isinstance(item, Closed):
                given = step.choices[0].name
            elif isinstance(item, Range):
                given = item.values()[-1]
            answers[item.name] = given
            record_answer(conn, response.id, person, item.name, given, now=now)
        submitting.submit(conn, response.id, person, now=now)


async def ended(world: World, title: str, count: int, answering: int) -> int:
    start = world.clock() + HOUR
    number = await planned(world, title, start=start)
    people = [
        await person_id(world, await registered(world, "Анна", f"{title}а")) for _ in range(count)
    ]
    await world.db.write(went, number, people, world)
    world.clock.advance(4 * HOUR)
    await world.settle()
    await world.db.write(answer, number, people[:answering], world)
    return number


async def test_how_events_went_is_told_by_event_and_by_network(world: World) -> None:
    marina = await coordinator(world)
    await ended(world, "Семинар", 7, 6)
    await ended(world, "Вебинар", 3, 3)
    await marina.says("/report")
    await marina.taps("Мероприятия")
    marina.sees("Семинар", "пришли: 7", "ответили: 6 из 7", "удовлетворены: — (мало ответов")
    marina.sees("ответили: — из 3")  # three people asked: how many answered would name them
    world.clock.advance(8 * DAY)
    await world.settle()
    await marina.says("/report")
    await marina.taps("Мероприятия")
    marina.sees("удовлетворены: 100 % (n = 6, 95 %: 61 %…100 %)")
    assert "весь край: приглашены: 10" in marina.screen.text
    assert marina.screen.text.count("n = 6") == 2  # the total shows what is shown, no more
    await marina.taps("Таблица по мероприятиям")
    book = load_workbook(io.BytesIO(marina.documents[-1].content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows[1:3]] == ["Вебинар", "Семинар"]
    assert rows[2][5:9] == (7, 7, 6, 1)
    assert book.sheetnames == ["Мероприятия", "По территориям"]


async def test_events_of_others_are_not_reported(world: World) -> None:
    await ended(world, "Семинар", 2, 0)
    vera = await coordinator(world, Scope(ScopeKind.MUNICIPALITY, "Ейский район"))
    await vera.says("/report")
    await vera.taps("Мероприятия")
    vera.sees("Прошедших мероприятий пока нет")
    found = await world.db.read(event_figures.of_scopes, (REGION,), now=world.clock())
    assert len(found) == 1
