"""Commands by scope and language, the menu button, name and descriptions."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    MenuButtonCommands,
    MenuButtonDefault,
    MenuButtonWebApp,
    WebAppInfo,
)

from sandbox.model import User
from sandbox.telegram import Telegram


def commands(*names: str) -> list[BotCommand]:
    return [BotCommand(command=name, description=f"о команде {name}") for name in names]


async def test_the_narrowest_scope_is_the_persons_menu(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    oleg = telegram.add_person("Олег")
    await bot.set_my_commands(commands("start"), BotCommandScopeDefault())
    await bot.set_my_commands(commands("menu"), BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(commands("menu", "report"), BotCommandScopeChat(chat_id=vera.id))
    await bot.set_my_commands(
        commands("help"), BotCommandScopeAllPrivateChats(), language_code="en"
    )

    def menu(person: User, language: str) -> list[str]:
        return [c["command"] for c in telegram.profile.commands_for(person.id, language)]

    assert menu(vera, "ru") == ["menu", "report"]
    assert menu(oleg, "ru") == ["menu"]
    assert menu(oleg, "en") == ["help"]
    found = await bot.get_my_commands(BotCommandScopeChat(chat_id=vera.id))
    assert [c.command for c in found] == ["menu", "report"]
    assert await bot.get_my_commands(BotCommandScopeChat(chat_id=oleg.id)) == []
    await bot.delete_my_commands(BotCommandScopeChat(chat_id=vera.id))
    assert menu(vera, "ru") == ["menu"]


@pytest.mark.parametrize(
    ("name", "words", "complaint"),
    [
        ("", "x", "command must be non-empty"),
        ("a" * 33, "x", "command length must not exceed 32"),
        ("a", " ", "command description must be non-empty"),
        ("a", "x" * 257, "command description length must not exceed 256"),
        ("старт", "x", "BOT_COMMAND_INVALID"),
    ],
)
async def test_a_wrong_command_is_refused(bot: Bot, name: str, words: str, complaint: str) -> None:
    with pytest.raises(TelegramBadRequest) as refused:
        await bot.set_my_commands([BotCommand(command=name, description=words)])
    assert refused.value.message == f"Bad Request: {complaint}"


async def test_commands_for_an_unknown_chat_are_refused(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.set_my_commands(commands("start"), BotCommandScopeChat(chat_id=5))


async def test_a_menu_button_for_all_and_for_one(bot: Bot, vera: User) -> None:
    assert isinstance(await bot.get_chat_menu_button(), MenuButtonCommands)
    button = MenuButtonWebApp(text="Карта", web_app=WebAppInfo(url="https://ya.ru"))
    await bot.set_chat_menu_button(chat_id=vera.id, menu_button=button)
    found = await bot.get_chat_menu_button(chat_id=vera.id)
    assert isinstance(found, MenuButtonWebApp)
    assert (found.text, found.web_app.url) == ("Карта", "https://ya.ru")
    assert isinstance(await bot.get_chat_menu_button(), MenuButtonCommands)
    await bot.set_chat_menu_button(chat_id=vera.id, menu_button=MenuButtonDefault())
    assert isinstance(await bot.get_chat_menu_button(chat_id=vera.id), MenuButtonCommands)


async def test_name_and_descriptions_by_language(bot: Bot) -> None:
    await bot.set_my_name("Движение вверх")
    await bot.set_my_description("О боте")
    await bot.set_my_description("About", language_code="en")
    await bot.set_my_short_description("Кратко")
    assert (await bot.get_my_name()).name == "Движение вверх"
    assert (await bot.get_my_description()).description == "О боте"
    assert (await bot.get_my_description(language_code="en")).description == "About"
    assert (await bot.get_my_short_description(language_code="en")).short_description == "Кратко"
    with pytest.raises(TelegramBadRequest):
        await bot.set_my_short_description("x" * 121)


async def test_the_bot_can_say_goodbye(bot: Bot) -> None:
    assert await bot.close()
    assert await bot.log_out()
