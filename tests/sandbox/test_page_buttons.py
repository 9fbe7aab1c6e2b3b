"""Buttons, keyboards and commands of the chat page, in a real browser."""

import re
from typing import Any

import pytest
from playwright.async_api import expect

from sandbox.model import User
from sandbox.telegram import Telegram
from tests.kit.browser import ChatPage, needs_chromium
from tests.kit.http_bot import HttpBot

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.asyncio(loop_scope="session")]

SCALE = {
    "inline_keyboard": [
        [{"text": "Да", "callback_data": "yes"}, {"text": "Нет", "callback_data": "no"}],
        [{"text": "Позже", "callback_data": "later"}],
    ]
}


async def asked(robot: HttpBot, vera: User, markup: dict[str, Any], text: str = "Придёте?") -> Any:
    return await robot.call("sendMessage", chat_id=vera.id, text=text, reply_markup=markup)


async def test_a_pressed_button_waits_until_the_bot_answers_with_a_toast(
    chat: ChatPage, robot: HttpBot, vera: User
) -> None:
    sent = await asked(robot, vera, SCALE)
    await chat.see("Придёте?")
    assert await chat.keyboard() == [["Да", "Нет"], ["Позже"]]
    await chat.tap("Нет")
    query = await robot.next("callback_query")
    assert (query["data"], query["message"]["message_id"]) == ("no", sent["message_id"])
    button = chat.buttons("Нет")
    await expect(button).to_have_attribute("aria-busy", "true")
    await robot.call("answerCallbackQuery", callback_query_id=query["id"], text="Записал")
    await chat.see_toast("Записал")
    await expect(button).not_to_have_attribute("aria-busy", "true")


async def test_an_alert_stays_until_it_is_closed(
    chat: ChatPage, robot: HttpBot, vera: User
) -> None:
    await asked(robot, vera, SCALE)
    await chat.tap("Да")
    query = await robot.next("callback_query")
    await robot.call(
        "answerCallbackQuery", callback_query_id=query["id"], text="Мест нет", show_alert=True
    )
    await chat.close_alert("Мест нет")


async def test_an_edited_keyboard_keeps_the_focus_of_who_works_by_keys(
    chat: ChatPage, robot: HttpBot, vera: User
) -> None:
    sent = await asked(robot, vera, SCALE)
    await chat.see("Придёте?")
    await chat.buttons("Позже").focus()
    await chat.page.keyboard.press("Enter")
    query = await robot.next("callback_query")
    await robot.call("answerCallbackQuery", callback_query_id=query["id"])
    other = {"inline_keyboard": [[{"text": "Назад", "callback_data": "back"}]]}
    await robot.call(
        "editMessageText",
        chat_id=vera.id,
        message_id=sent["message_id"],
        text="Напомню",
        reply_markup=other,
    )
    await chat.see("Напомню")
    await expect(chat.buttons("Назад")).to_be_focused()


async def test_a_button_with_a_link_asks_before_it_opens(
    chat: ChatPage, robot: HttpBot, vera: User
) -> None:
    link = {"inline_keyboard": [[{"text": "Сайт", "url": "https://example.org/plan"}]]}
    await asked(robot, vera, link)
    await chat.tap("Сайт")
    dialog = chat.page.locator("dialog")
    await expect(dialog).to_contain_text("https://example.org/plan")
    await chat.page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)


async def test_a_deep_link_starts_the_bot_for_whom_one_chooses(
    chat: ChatPage, robot: HttpBot, telegram: Telegram, vera: User
) -> None:
    other = telegram.add_person("Глеб", "Садовой")
    url = f"https://t.me/{telegram.bot.username}?start=invite_7"
    await asked(robot, vera, {"inline_keyboard": [[{"text": "Войти", "url": url}]]})
    await chat.tap("Войти")
    dialog = chat.page.locator("dialog")
    await expect(dialog).to_contain_text("invite_7")
    await dialog.get_by_role("button", name=re.compile("Глеб Садовой")).click()
    message = await robot.next("message")
    assert (message["from"]["id"], message["text"]) == (other.id, "/start invite_7")
    await expect(chat.page.locator(".person.current")).to_contain_text("Глеб Садовой")


async def test_a_copy_button_copies(chat: ChatPage, robot: HttpBot, vera: User) -> None:
    copying = {"inline_keyboard": [[{"text": "Код", "copy_text": {"text": "АБВ-17"}}]]}
    await asked(robot, vera, copying)
    await chat.tap("Код")
    await chat.see_toast("Скопировано")
    assert await chat.page.evaluate("navigator.clipboard.readText()") == "АБВ-17"


async def test_a_button_that_is_gone_answers_kindly(
    chat: ChatPage, robot: HttpBot, telegram: Telegram, vera: User
) -> None:
    sent = await asked(robot, vera, SCALE)
    await chat.see("Придёте?")
    telegram.chats[vera.id].messages[sent["message_id"]].markup = None  # the page has not heard
    await chat.tap("Да")
    await chat.see_toast("Такой кнопки под сообщением уже нет.")
    await expect(chat.buttons("Да")).not_to_have_attribute("aria-busy", "true")


async def test_a_reply_keyboard_writes_for_the_person(
    chat: ChatPage, robot: HttpBot, vera: User
) -> None:
    keys = {
        "keyboard": [["Мои анкеты", "События"], [{"text": "Помощь"}]],
        "resize_keyboard": True,
        "input_field_placeholder": "Выберите раздел",
    }
    await asked(robot, vera, keys, "Меню")
    await expect(chat.field).to_have_attribute("placeholder", "Выберите раздел")
    await chat.tap("События")
    assert (await robot.next("message"))["text"] == "События"
    await expect(chat.buttons("События")).to_be_visible()
    await chat.page.get_by_role("button", name="Клавиатура бота").click()
    await expect(chat.buttons("События")).to_be_hidden()
    await asked(robot, vera, {"remove_keyboard": True}, "Убрано")
    await chat.see("Убрано")
    await expect(chat.page.get_by_role("button", name="Клавиатура бота")).to_be_hidden()


async def test_a_one_time_keyboard_folds_when_it_was_used(
    chat: ChatPage, robot: HttpBot, vera: User
) -> None:
    await asked(robot, vera, {"keyboard": [["Согласна"]], "one_time_keyboard": True}, "Согласны?")
    await chat.tap("Согласна")
    assert (await robot.next("message"))["text"] == "Согласна"
    await expect(chat.buttons("Согласна")).to_be_hidden()
    await chat.page.get_by_role("button", name="Клавиатура бота").click()
    await expect(chat.buttons("Согласна")).to_be_visible()


async def test_the_own_number_is_sent_only_after_a_question(
    chat: ChatPage, robot: HttpBot, vera: User
) -> None:
    keys = {"keyboard": [[{"text": "Отправить номер", "request_contact": True}]]}
    await asked(robot, vera, keys, "Ваш номер?")
    await chat.tap("Отправить номер")
    dialog = chat.page.locator("dialog")
    await dialog.get_by_role("button", name="Отмена").click()
    await chat.tap("Отправить номер")
    await dialog.get_by_role("button", name="Отправить").click()
    message = await robot.next("message")
    assert message["contact"]["user_id"] == vera.id
    await chat.see(f"+{message['contact']['phone_number']}")


async def test_a_forced_reply_answers_the_message_that_asks(
    chat: ChatPage, robot: HttpBot, vera: User
) -> None:
    forced = {"force_reply": True, "input_field_placeholder": "Причина"}
    sent = await asked(robot, vera, forced, "Почему возвращаете?")
    await expect(chat.page.locator(".reply-bar")).to_contain_text("Почему возвращаете?")
    await expect(chat.field).to_have_attribute("placeholder", "Причина")
    await chat.say("Нет вывода")
    message = await robot.next("message")
    assert message["reply_to_message"]["message_id"] == sent["message_id"]
    await expect(chat.page.locator(".reply-bar")).to_be_hidden()


async def test_commands_are_offered_by_scope_and_completed(
    chat: ChatPage, robot: HttpBot, vera: User
) -> None:
    common = [{"command": "menu", "description": "Главное меню"}]
    await robot.call("setMyCommands", commands=common)
    menu = chat.page.get_by_role("button", name="Меню: команды бота")
    await menu.click()
    await expect(chat.page.locator(".command")).to_have_text([re.compile("/menu.*Главное меню")])
    await chat.page.keyboard.press("Escape")
    await expect(chat.page.locator(".command")).to_be_hidden()

    own = [
        *common,
        {"command": "me", "description": "О себе"},
        {"command": "report", "description": "Сводки"},
    ]
    await robot.call("setMyCommands", commands=own, scope={"type": "chat", "chat_id": vera.id})
    await chat.type("/m")
    await expect(chat.page.locator(".command")).to_have_text(
        [re.compile("/menu"), re.compile("/me")]
    )
    await chat.page.keyboard.press("ArrowDown")
    await chat.page.keyboard.press("Enter")
    assert (await robot.next("message"))["text"] == "/me"
    await expect(chat.field).to_have_value("")
    await expect(chat.field).to_be_focused()

    await chat.say("/me")  # and not «/menu», which begins like it
    assert (await robot.next("message"))["text"] == "/me"

    await chat.type("/rep")
    await chat.page.keyboard.press("Tab")
    await expect(chat.field).to_have_value("/report ")


async def test_a_chat_that_has_not_begun_shows_the_bot_and_its_start_button(
    chat: ChatPage, robot: HttpBot, telegram: Telegram
) -> None:
    await robot.call("setMyDescription", description="Помогаю учителям сети.")
    telegram.add_person("Лада", "Речная")
    await chat.choose("Лада Речная")
    await expect(chat.page.locator(".hello")).to_contain_text("Что умеет этот бот?")
    await expect(chat.page.locator(".hello")).to_contain_text("Помогаю учителям сети.")
    await expect(chat.field).to_be_hidden()
    await chat.begin()
    assert (await robot.next("message"))["text"] == "/start"
    await chat.see("/start")
    await expect(chat.field).to_be_visible()
