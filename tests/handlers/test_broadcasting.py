"""One of the staff writes a notice; whom it reaches, and what its author sees of that."""

import pytest

from storage import notice_account, notices
from storage.notices import Notice
from storage.people import Grant, Role
from storage.scopes import REGION, Scope, ScopeKind
from tests.kit.people import registered
from tests.kit.world import Person, World

EYSK, ABINSK = "Ейский район", "Абинский район"
IN_EYSK = Scope(ScopeKind.MUNICIPALITY, EYSK)


@pytest.fixture
async def vera(world: World) -> Person:
    return await registered(world, "Вера", "Лисицына", roles=[Grant(Role.ORGANISER, REGION)])


async def written(vera: Person, text: str = "Семинар переносится") -> None:
    """A draft with its content."""
    await vera.says("/broadcast")
    await vera.taps("Новое уведомление")
    await vera.says(text)
    vera.sees("Черновик уведомления")


async def confirmed(vera: Person) -> None:
    await vera.taps("Проверить и отправить")
    await vera.taps("Отправить: ")


async def the_notice(world: World) -> Notice:
    (notice,) = await world.db.read(notices.list_for_staff, (REGION,))
    return notice


async def counts(world: World) -> dict[tuple[str, str], int]:
    notice = await the_notice(world)
    return (await world.db.read(notice_account.account, notice.id)).counts


async def test_a_notice_reaches_everybody_with_their_own_name(world: World, vera: Person) -> None:
    anna = await registered(world, "Анна", "Щеглова", "Петровна")
    oleg = await registered(world, "Олег", "Сомов")
    await written(vera, "{имя отчество}, ждём вас в четверг")
    vera.sees("3 человека", "Когда: сейчас")
    await vera.taps("Проверить и отправить")
    assert vera.has_seen("Вера, ждём вас в четверг")
    vera.sees("Так увидят уведомление", "Получателей: 3 человека")
    await vera.taps("Отправить: 3 человека")
    anna.sees("Анна Петровна, ждём вас в четверг")
    oleg.sees("Олег, ждём вас в четверг")
    assert await counts(world) == {("sent", ""): 3}
    card = next(one for one in vera.messages if "Завершено" in one.text)
    assert "100 %" in card.text
    assert "доставлено: 3" in card.text


async def test_formatting_stays_and_what_looks_like_markup_is_text(
    world: World, vera: Person
) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await vera.says("/broadcast")
    await vera.taps("Новое уведомление")
    world.telegram.send_text(
        vera.id,
        "Важно: <b>2 < 3</b>",
        entities=[{"type": "bold", "offset": 0, "length": 6}],
    )
    await world.settle()
    await confirmed(vera)
    [message] = [one for one in world.telegram.history(anna.id) if "Важно" in one.text]
    assert message.text == "Важно: <b>2 < 3</b>"
    assert message.content["entities"] == [{"type": "bold", "offset": 0, "length": 6}]
