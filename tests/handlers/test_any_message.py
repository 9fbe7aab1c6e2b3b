"""Whatever can be sent to the bot can be a notice; what Telegram does not take stops at once."""

from datetime import timedelta
from typing import Any

import pytest

from bot.notices.callbacks import Turn, TurnNotice
from storage.notices import account as notice_account
from storage.notices import notices
from storage.notices.notices import Notice, State
from storage.notices.steering import REFUSALS
from storage.people.people import Grant, Role
from storage.scopes import REGION
from tests.kit.people import registered
from tests.kit.pictures import png
from tests.kit.world import Person, World

OGG = b"OggS" + bytes(60)
FILE = {"file_id": "F", "file_unique_id": "f"}
POLL: dict[str, Any] = {
    "id": "1",
    "question": "Когда удобнее?",
    "options": [
        {"persistent_id": "1", "text": "Утром", "voter_count": 0},
        {"persistent_id": "2", "text": "Вечером", "voter_count": 0},
    ],
    "allows_revoting": True,
    "members_only": False,
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
}
ANY: dict[str, dict[str, Any]] = {
    "sticker": {
        "sticker": FILE
        | {"type": "regular", "width": 512, "height": 512}
        | {"is_animated": False, "is_video": False}
    },
    "video_note": {"video_note": FILE | {"length": 240, "duration": 3}},
    "animation": {"animation": FILE | {"width": 9, "height": 9, "duration": 1}},
    "contact": {"contact": {"phone_number": "+7 900 000-00-00", "first_name": "Методист"}},
    "location": {"location": {"latitude": 45.0, "longitude": 39.0}},
    "venue": {
        "venue": {
            "location": {"latitude": 45.0, "longitude": 39.0},
            "title": "ДК",
            "address": "ул. Мира, 1",
        }
    },
    "poll": {"poll": POLL},
}
NAMES = {
    "sticker": "стикер",
    "video_note": "видеосообщение",
    "animation": "анимация",
    "contact": "контакт",
    "location": "место на карте",
    "venue": "место на карте",
    "poll": "голосование Telegram",
}


@pytest.fixture
async def vera(world: World) -> Person:
    return await registered(world, "Вера", "Лисицына", roles=[Grant(Role.ORGANISER, REGION)])


async def the_notice(world: World) -> Notice:
    return (await world.db.read(notices.list_for_staff, (REGION,)))[0]


async def sent(vera: Person) -> None:
    await vera.taps("Проверить и отправить")
    await vera.taps("Отправить: ")


@pytest.mark.parametrize("kind", ANY)
async def test_any_message_arrives_as_it_is_with_a_button_under_it(
    world: World, vera: Person, kind: str
) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await vera.says("/broadcast")
    world.telegram.send_content(vera.id, kind, ANY[kind])
    await world.settle()
    vera.sees(f"Сообщение: {NAMES[kind]}")
    await vera.taps("Кнопки")
    await vera.taps("+ Ссылка")
    await vera.says("Подробнее https://example.org")
    await vera.taps("Готово")
    await vera.taps("Проверить и отправить")
    assert ("голоса не сложатся" in vera.screen.text) is (kind == "poll")
    await vera.taps("Отправить: ")
    [message] = [one for one in world.telegram.history(anna.id) if one.kind == kind]
    assert message.content == ANY[kind]
    assert anna.messages[-1].buttons == [["Подробнее"]]
    assert message.sender.is_bot


async def test_a_voice_message_arrives_and_can_be_taken_back(world: World, vera: Person) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await vera.says("/broadcast")
    world.telegram.send_voice(vera.id, OGG, duration=7)
    await world.settle()
    vera.sees("голосовое сообщение")
    await sent(vera)
    [message] = [one for one in world.telegram.history(anna.id) if one.kind == "voice"]
    assert message.content["voice"]["duration"] == 7
    vera.sees_not("Исправить")  # it has no text
    await vera.says("/broadcast")
    await vera.taps("○ Голосовое сообщение")
    await vera.taps("Отозвать")
    await vera.taps("Да, отозвать")
    assert not [one for one in world.telegram.history(anna.id) if one.kind == "voice"]


async def test_where_it_can_neither_be_deleted_nor_marked_the_account_says_so(
    world: World, vera: Person
) -> None:
    await registered(world, "Анна", "Щеглова")
    await vera.says("/broadcast")
    world.telegram.send_content(vera.id, "sticker", ANY["sticker"])
    await world.settle()
    await sent(vera)
    world.clock.advance(timedelta(hours=49))
    await vera.says("/broadcast")
    await vera.taps("○ Стикер")
    await vera.taps("Отозвать")
    await vera.taps("Да, отозвать")
    await vera.taps("Обновить")
    vera.sees("Отзыв", "не изменено: 2 (Telegram не даёт удалить — 2)")


async def test_a_message_that_telegram_does_not_copy_is_found_before_anybody_gets_it(
    world: World, vera: Person
) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    before = len(anna.messages)
    await vera.says("/broadcast")
    await vera.sends_photo(png(40, 30), "Афиша")
    [photo] = [one for one in world.telegram.history(vera.id) if one.kind == "photo"]
    world.telegram.delete_own(vera.id, photo.message_id)
    await vera.taps("Проверить и отправить")
    vera.sees("⛔ Telegram не принимает это сообщение", "удалено из чата: пришлите его заново")
    vera.sees("Ответ Telegram: «", "message to copy not found")
    vera.sees_not("Отправить: ")
    assert len(anna.messages) == before


async def test_what_telegram_stops_taking_halts_after_a_few_and_goes_on_when_told_to(
    world: World, vera: Person
) -> None:
    crowd = [await registered(world, f"Анна{chr(1072 + n)}", "Щеглова") for n in range(24)]
    await vera.says("/broadcast")
    await vera.sends_photo(png(40, 30), "Афиша")
    [photo] = [one for one in world.telegram.history(vera.id) if one.kind == "photo"]
    await vera.taps("Проверить и отправить")
    kept = world.telegram.chats[vera.id].messages[photo.message_id]
    world.telegram.delete_own(vera.id, photo.message_id)
    await vera.taps("Отправить: ")
    notice = await the_notice(world)
    assert notice.state is State.PAUSED
    account = await world.db.read(notice_account.account, notice.id)
    assert REFUSALS <= account.counts["failed", "refused"] < len(crowd)
    assert account.left > 0
    await vera.taps("Обновить")  # its author sees it by itself within three seconds
    card = next(one for one in reversed(vera.messages) if "На паузе" in one.text)
    assert "Бот остановил отправку: Telegram не принимает это сообщение" in card.text
    # It is there again (here by a trick), so the rest goes out, and those refused are repeated.
    world.telegram.chats[vera.id].messages[photo.message_id] = kept
    await vera.taps_data(TurnNotice(notice=notice.id, to=Turn.RESUME).pack())
    assert (await the_notice(world)).state is State.DONE
    await vera.taps("Повторить недошедшим", message_id=card.message_id)
    await vera.taps("Повторить недошедшим", message_id=card.message_id)
    account = await world.db.read(notice_account.account, notice.id)
    assert account.counts == {("sent", ""): len(crowd) + 1}
