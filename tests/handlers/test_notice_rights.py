"""Every step of a notice tried by somebody from elsewhere, and by buttons that nobody drew."""

from datetime import timedelta

import pytest

from bot.notices.callbacks import Confirm, Correct, Decide, Draw, NoticeCard, Set, Step
from bot.texts.rights import NOT_YOURS
from storage.audiences import Audience
from storage.database import Connection
from storage.notices import notices
from storage.notices.notices import Notice, State
from storage.people.people import Grant, Role
from storage.privacy import erasing
from storage.questionnaires import campaigns
from storage.scopes import REGION, Scope, ScopeKind
from storage.times import stored
from surveys.loading import load_all
from surveys.questionnaire import Anonymity
from tests.kit.people import person_id, registered
from tests.kit.tasks import coordinator, give_out
from tests.kit.world import Person, World

EYSK, ABINSK = "Ейский район", "Абинский район"
IN_EYSK = Scope(ScopeKind.MUNICIPALITY, EYSK)
IN_ABINSK = Scope(ScopeKind.MUNICIPALITY, ABINSK)


@pytest.fixture
async def vera(world: World) -> Person:
    return await registered(world, "Вера", "Лисицына", roles=[Grant(Role.ORGANISER, IN_EYSK)])


async def drafted(author: Person, text: str = "Семинар переносится") -> None:
    await author.says("/broadcast")
    await author.says(text)
    author.sees("Черновик уведомления")


async def every(world: World) -> list[Notice]:
    return await world.db.read(notices.list_for_staff, (REGION,))


def take_roles(conn: Connection, person: int) -> None:
    conn.execute("DELETE FROM grants WHERE person_id = ?", (person,))


def meeting(conn: Connection) -> None:
    conn.execute(
        "INSERT INTO events (id, scope_kind, scope_ref, title, created_at)"
        " VALUES (1, 'municipality', ?, 'Форум', '2026-11-01')",
        (ABINSK,),
    )
    conn.execute(
        "INSERT INTO occurrences (id, event_id, starts_at, ends_at, uid, check_in)"
        " VALUES (1, 1, '2026-11-26T08:00:00+00:00', '2026-11-26T09:00:00+00:00', 'u', 'c')"
    )


async def foreign_things(world: World) -> tuple[int, int]:
    """(questionnaire, task) of another municipality, where there is a meeting too."""
    boss = await coordinator(world, scope=IN_ABINSK)
    task = await give_out(world, boss, "Чужое задание", scope=IN_ABINSK)
    opened = await world.db.write(
        campaigns.open_campaign,
        load_all()["event_satisfaction"],
        subject="Чужой опрос",
        anonymity=Anonymity.NAMED,
        audience=Audience(),
        scope=IN_ABINSK,
        opens_at=world.clock(),
        closes_at=world.clock() + timedelta(days=7),
        author=await person_id(world, boss),
        request_key="foreign",
        now=world.clock(),
    )
    await world.db.write(meeting)
    await world.settle()
    return opened.id, task


async def test_nothing_of_another_territory_is_chosen_by_forged_buttons(
    world: World, vera: Person
) -> None:
    survey, task = await foreign_things(world)
    await drafted(vera)
    hub = str(vera.screen)
    for button in (
        Set(step=Step.SURVEYS, value=str(survey)),
        Set(step=Step.TASKS, value=str(task)),
        Set(step=Step.MEETINGS, value="1"),
        Set(step=Step.MEETINGS, value="1-coming"),
        Set(step=Step.TARGET, value=f"survey-{survey}"),
        Set(step=Step.TARGET, value=f"task-{task}"),
        Set(step=Step.TARGET, value="event-1"),
        Set(step=Step.TARGET, value="nothing-1"),
        Set(step=Step.SCOPE, value="r"),
        Set(step=Step.PLACES, value="nowhere"),
        Set(step=Step.ROLES, value="admin"),
        Set(step=Step.GROUP, group=19, on=False),
        Set(step=Step.BUTTONS, value="7", on=False),
        Draw(step=Step.GROUP, group=119),
        Draw(step=Step.TARGET, name="nothing"),
    ):
        await vera.taps_data(button.pack())
        assert "Чуж" not in str(vera.screen)
        assert "Форум" not in str(vera.screen)
    await vera.taps_data(Draw(step=Step.DRAFT).pack())
    assert str(vera.screen) == hub


async def test_somebody_elses_draft_is_neither_confirmed_nor_seen(
    world: World, vera: Person
) -> None:
    pavel = await registered(
        world, "Павел", "Сорока", municipality=ABINSK, roles=[Grant(Role.ORGANISER, IN_ABINSK)]
    )
    await drafted(vera)
    await vera.taps("Проверить и отправить")
    data = vera.data_of("Отправить: ")
    await pavel.says("/menu")
    await pavel.taps_data(data)
    pavel.sees("черновик уже закрыт")
    assert await every(world) == []
    await vera.taps_data(data)
    await pavel.taps_data(data)
    pavel.sees("черновик уже закрыт")
    [notice] = await every(world)
    assert notice.author_id == await person_id(world, vera)


async def test_only_a_coordinator_of_the_territory_decides_about_a_large_notice(
    world: World, vera: Person
) -> None:
    boss = await coordinator(world, "Раиса", "Конь", scope=IN_EYSK)
    foreign = await coordinator(world, scope=IN_ABINSK)
    fellow = await registered(world, "Олег", "Сомов", roles=[Grant(Role.ORGANISER, IN_EYSK)])
    world.changes["approval_from"] = 2
    await world.restart()
    await drafted(vera)
    await vera.taps("Проверить и отправить")
    await vera.taps("На согласование: ")
    [notice] = await every(world)
    for approved, look in ((True, False), (False, False), (False, True)):
        data = Decide(notice=notice.id, approved=approved, look=look).pack()
        await foreign.says("/menu")
        await foreign.taps_data(data)
        foreign.sees("не на вашей территории")
        await fellow.says("/menu")
        await fellow.taps_data(data)
        assert fellow.toast == NOT_YOURS
    assert [one.state for one in await every(world)] == [State.AWAITING]
    assert not foreign.has_seen("Семинар переносится")
    await boss.taps("Показать уведомление")
    boss.sees("Семинар переносится")
    await boss.taps("Согласовать")
    assert [one.state for one in await every(world)] == [State.DONE]


async def test_whoever_has_lost_the_right_meanwhile_sends_and_corrects_nothing(
    world: World, vera: Person
) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await drafted(vera)
    await vera.taps("Проверить и отправить")
    await vera.taps("Отправить: ")
    [notice] = await every(world)
    await vera.taps_data(Correct(notice=notice.id).pack())
    vera.sees("Пришлите новый текст")
    await world.db.write(take_roles, await person_id(world, vera))
    await vera.says("Совсем другое")
    vera.sees(NOT_YOURS)
    anna.sees("Семинар переносится")
    await vera.taps_data(NoticeCard(notice=notice.id).pack())
    assert vera.toast == NOT_YOURS


async def test_a_draft_checked_before_the_right_was_lost_is_not_sent(
    world: World, vera: Person
) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await drafted(vera)
    await vera.taps("Проверить и отправить")
    data = vera.data_of("Отправить: ")
    await world.db.write(take_roles, await person_id(world, vera))
    await vera.taps_data(data)
    assert vera.toast == NOT_YOURS
    assert await every(world) == []
    grant = (await person_id(world, vera), stored(world.clock()))
    await world.db.write(_organiser_elsewhere, *grant)
    await vera.taps_data(data)
    vera.sees("черновик уже закрыт")
    assert await every(world) == []
    assert not anna.has_seen("Семинар переносится")
    await vera.taps_data(Confirm(key="f" * 16).pack())
    assert await every(world) == []


async def test_what_its_author_may_not_send_any_more_waits_for_whoever_takes_it_over(
    world: World, vera: Person
) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    boss = await coordinator(world, "Раиса", "Конь", scope=IN_EYSK)
    foreign = await coordinator(world, scope=IN_ABINSK)
    await drafted(vera)
    await vera.taps("Когда")
    await vera.taps("Завтра в 9:00")
    await vera.taps("Проверить и отправить")
    await vera.taps("Запланировать: ")
    author = await person_id(world, vera)
    await world.db.write(take_roles, author)
    world.clock.advance(timedelta(days=1))
    await world.settle()
    [notice] = await every(world)
    assert (notice.state, notice.orphaned) == (State.AWAITING, True)
    assert not anna.has_seen("Семинар переносится")
    assert not foreign.has_seen("Семинар переносится")
    boss.sees("у автора (Лисицына Вера) больше нет права", "никому не ушло", "Семинар переносится")
    await boss.taps("Отправить от своего имени")
    anna.sees("Семинар переносится")
    [notice] = await every(world)
    assert (notice.state, notice.author_id) == (State.DONE, await person_id(world, boss))


async def test_what_nobody_takes_over_goes_to_nobody(world: World, vera: Person) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    boss = await coordinator(world, "Раиса", "Конь", scope=IN_EYSK)
    await drafted(vera)
    await vera.taps("Когда")
    await vera.taps("Завтра в 9:00")
    await vera.taps("Проверить и отправить")
    await vera.taps("Запланировать: ")
    await world.db.write(take_roles, await person_id(world, vera))
    world.clock.advance(timedelta(days=1))
    await world.settle()
    await boss.taps("Не отправлять")
    assert boss.toast == "Уведомление никому не уйдёт."
    boss.sees("Отклонено")
    assert [one.state for one in await every(world)] == [State.DECLINED]
    assert not anna.has_seen("Семинар переносится")
    assert not vera.has_seen("Причина")  # it is not hers any more


async def test_what_somebody_left_who_has_erased_themselves_is_taken_over_from_its_card(
    world: World, vera: Person
) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    boss = await coordinator(world, "Раиса", "Конь", scope=IN_EYSK)
    await drafted(vera)
    await vera.taps("Когда")
    await vera.taps("Завтра в 9:00")
    await vera.taps("Проверить и отправить")
    await vera.taps("Запланировать: ")
    await world.db.write(erasing.forget, vera.id)
    world.clock.advance(timedelta(days=1))
    await world.settle()
    boss.sees("его автор удалил свои данные из бота", "никому не ушло")
    await boss.says("/broadcast")  # the asking message is far above by now
    await boss.taps("Семинар переносится")
    boss.sees("Не отправлено: автор больше не может его отправить")
    await boss.taps("Отправить от своего имени")
    anna.sees("Семинар переносится")


async def test_a_correction_of_a_large_notice_needs_another_persons_word(world: World) -> None:
    vera = await registered(world, "Вера", "Лисицына", roles=[Grant(Role.COORDINATOR, IN_EYSK)])
    anna = await registered(world, "Анна", "Щеглова")
    boss = await coordinator(world, "Раиса", "Конь", scope=IN_EYSK)
    foreign = await coordinator(world, scope=IN_ABINSK)
    world.changes["approval_from"] = 2
    await world.restart()
    await drafted(vera)
    await vera.taps("Проверить и отправить")
    await vera.taps("На согласование: ")
    [notice] = await every(world)
    await vera.taps_data(Correct(notice=notice.id).pack())  # a button from nowhere
    vera.sees("Отправка ещё не началась")
    await boss.taps("Согласовать")
    anna.sees("Семинар переносится")
    await vera.taps_data(NoticeCard(notice=notice.id).pack())
    await vera.taps("Исправить")
    await vera.says("Семинар отменён")
    vera.sees("исправление подтвердит второй человек")
    assert not anna.has_seen("Семинар отменён")
    assert not foreign.has_seen("Семинар отменён")
    boss.sees("Лисицына Вера просит согласовать исправление", "«Семинар отменён»")
    first = boss.data_of("Согласовать")
    for somebody, said in ((vera, "нужен второй человек"), (anna, ""), (foreign, "")):
        await somebody.taps_data(first)
        assert said in somebody.toast
    assert not anna.has_seen("Семинар отменён")
    await vera.taps_data(NoticeCard(notice=notice.id).pack())
    vera.sees("Исправление ждёт согласования")
    await vera.taps("Исправить")
    await vera.says("Семинар в пятницу")
    await boss.taps_data(first)  # a word about the text that stood there before
    assert "уже решили" in boss.toast
    await boss.taps("Отклонить")
    assert not anna.has_seen("Семинар в пятницу")
    assert vera.has_seen("отклонено, текст остался прежним")
    await vera.taps_data(Correct(notice=notice.id).pack())
    await vera.says("Семинар в субботу")
    await boss.taps("Согласовать")
    anna.sees("Семинар в субботу")
    assert vera.has_seen("согласовано, текст меняется")
    assert [shown.text for shown in anna.messages].count("Семинар в субботу") == 1


def _organiser_elsewhere(conn: Connection, person: int, at: str) -> None:
    conn.execute(
        "INSERT INTO grants (person_id, role, scope_kind, scope_ref, granted_at)"
        " VALUES (?, 'organiser', 'municipality', ?, ?)",
        (person, ABINSK, at),
    )
