"""The way of an update through the whole bot, with a handler of one line."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from aiogram import F, Router
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.app import App
from sandbox.session import SandboxSession
from storage import inbox
from storage.errors import StoreRefusedError, Trouble
from tests.kit.world import World, running_world

HANGING: list[int] = []
"""Messages at whose first handling the handler never comes to an end."""


def routers() -> Iterable[Router]:
    router = Router()

    @router.message(F.text == "hang")
    async def hang(message: Message) -> None:
        if message.message_id not in HANGING:
            HANGING.append(message.message_id)
            await asyncio.Event().wait()
        await message.answer("теперь готово")

    @router.message(F.text == "fault")
    async def fault(message: Message) -> None:
        raise LookupError(message.text)

    @router.message(F.text)
    async def echo(message: Message) -> None:
        key = InlineKeyboardButton(text=f"Ещё {message.text}", callback_data="more")
        await message.answer(
            message.text or "", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[key]])
        )

    @router.message(F.document)
    async def sent_back(message: Message) -> None:
        assert message.document is not None
        await message.answer_document(message.document.file_id, caption="Ваш файл")

    @router.callback_query()
    async def more(press: CallbackQuery) -> None:
        assert isinstance(press.message, Message)
        await press.message.edit_text("ещё")
        await press.answer("Готово")

    return [router]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with running_world(tmp_path / "data", routers) as made:
        yield made


async def test_a_message_is_answered_and_its_row_is_wiped(world: World) -> None:
    anna = await world.person("Анна")
    await anna.says("Добрый день")
    anna.sees("Добрый день")
    assert await world.db.read(inbox.counts) == {"done": 1}
    left = await world.db.read(
        lambda conn: conn.execute(
            "SELECT count(*) FROM inbox WHERE payload IS NOT NULL"
        ).fetchone()[0]
    )
    assert left == 0


async def test_a_tap_edits_the_message_and_is_answered(world: World) -> None:
    anna = await world.person("Анна")
    await anna.says("раз")
    await anna.taps("Ещё раз")
    assert anna.screen.text == "ещё"
    assert anna.toast == "Готово"
    with pytest.raises(AssertionError, match="no button"):
        await anna.taps("Ещё раз")


async def test_a_file_goes_there_and_back(world: World) -> None:
    anna = await world.person("Анна")
    await anna.sends_file("план.txt", b"content")
    [document] = anna.documents
    assert (document.name, document.content) == ("план.txt", b"content")


async def test_a_failing_handler_is_owned_up_to_and_its_update_kept_aside(world: World) -> None:
    anna = await world.person("Анна")
    await anna.says("fault")
    anna.sees("Что-то пошло не так")
    await anna.says("дальше")
    anna.sees("дальше")
    assert await world.db.read(inbox.counts) == {"aside": 1, "done": 1}


async def test_a_malformed_update_is_set_aside_with_its_kind_and_stops_nobody(world: World) -> None:
    anna = await world.person("Анна")
    world.telegram.inject({"message": {"message_id": "CANARY", "chat": {"id": anna.id}}})
    await anna.says("дальше")
    anna.sees("дальше")
    reasons = await world.db.read(
        lambda conn: [
            row[0] for row in conn.execute("SELECT reason FROM inbox WHERE state='aside'")
        ]
    )
    assert reasons == ["malformed: ValidationError"]


async def test_what_came_before_a_restart_is_answered_after_it(world: World) -> None:
    anna = await world.person("Анна")
    await anna.says("раз")
    world.telegram.send_text(anna.id, "два")
    await world.restart()
    await world.settle()
    anna.sees("два")
    assert [shown.text for shown in anna.messages] == ["раз", "два"]


async def test_a_handler_that_hangs_does_not_keep_the_bot_from_ending(world: World) -> None:
    anna = await world.person("Анна")
    HANGING.clear()
    world.telegram.send_text(anna.id, "hang")
    async with asyncio.timeout(60):
        while not HANGING:
            await asyncio.sleep(0.01)
        await world.stop()  # for ever, if it waited for the handler
    assert anna.messages == []
    await world.start()
    await world.settle()
    anna.sees("теперь готово")


async def test_a_second_bot_on_the_same_folder_refuses_and_the_first_goes_on(
    world: World,
) -> None:
    second = App(world.app.settings, session=SandboxSession(world.telegram), ticking=False)
    with pytest.raises(StoreRefusedError) as refusal:
        await second.__aenter__()
    assert refusal.value.trouble is Trouble.BUSY
    anna = await world.person("Анна")
    await anna.says("Добрый день")
    anna.sees("Добрый день")


async def test_the_clock_moves_only_by_hand(world: World) -> None:
    before = world.clock()
    world.clock.advance(timedelta(days=3))
    await asyncio.sleep(0)
    assert world.clock() - before >= timedelta(days=3)
