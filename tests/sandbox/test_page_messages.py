"""What the chat page shows of messages, in a real browser."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from sandbox.model import User
from sandbox.telegram import Telegram
from tests.kit.browser import ChatPage, needs_chromium
from tests.kit.http_bot import HttpBot

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.asyncio(loop_scope="session")]


async def test_a_text_goes_to_the_bot_and_its_answer_appears(
    chat: ChatPage, robot: HttpBot, vera: User
) -> None:
    await chat.say("Добрый день")
    message = await robot.next("message")
    assert (message["from"]["id"], message["text"]) == (vera.id, "Добрый день")
    await robot.call("sendMessage", chat_id=vera.id, text="И вам добрый")
    bubble = await chat.see("И вам добрый")
    await expect(bubble.locator("time")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    await expect(chat.page.locator(".day-caption").last).to_have_text("Сегодня")
    await expect(chat.field).to_have_value("")
    await expect(chat.field).to_be_focused()


async def test_formatting_is_shown_as_telegram_shows_it(
    chat: ChatPage, robot: HttpBot, vera: User
) -> None:
    await robot.call(
        "sendMessage",
        chat_id=vera.id,
        parse_mode="HTML",
        text=(
            "😀 <b>жирный <i>и курсив</i></b> <u>черта</u> <s>нет</s> <code>x = 1</code> "
            '<a href="https://example.org/a">ссылка</a>\n'
            '<pre><code class="language-python">print(1)</code></pre>\n'
            "<blockquote>цитата</blockquote>\n"
            "<blockquote expandable>раз\nдва\nтри\nчетыре\nпять</blockquote>"
        ),
    )
    bubble = await chat.see("жирный")
    await expect(bubble.locator("strong")).to_have_text("жирный и курсив")
    await expect(bubble.locator("strong em")).to_have_text("и курсив")
    await expect(bubble.locator("u")).to_have_text("черта")
    await expect(bubble.locator("s")).to_have_text("нет")
    await expect(bubble.locator("code").first).to_have_text("x = 1")
    await expect(bubble.locator("a")).to_have_attribute("href", "https://example.org/a")
    await expect(bubble.locator("pre code")).to_have_text("print(1)")
    await expect(bubble.locator(".pre-head")).to_contain_text("python")
    await expect(bubble.locator("blockquote").first).to_have_text("цитата")

    long = bubble.locator("blockquote.expandable")
    folded = await long.evaluate("quote => quote.offsetHeight")
    await long.get_by_label("Показать цитату целиком").click()
    assert await long.evaluate("quote => quote.offsetHeight") > folded + 30


async def test_a_spoiler_is_hidden_until_it_is_tapped(
    chat: ChatPage, robot: HttpBot, vera: User
) -> None:
    await robot.call(
        "sendMessage", chat_id=vera.id, parse_mode="HTML", text="Ответ: <tg-spoiler>42</tg-spoiler>"
    )
    bubble = await chat.see("Ответ:")
    hidden = bubble.locator(".spoiler-text")
    await expect(hidden).to_have_css("visibility", "hidden")
    await bubble.get_by_role("button", name="Скрытый текст").click()
    await expect(bubble.locator(".spoiler-text")).to_have_css("visibility", "visible")
    await robot.call("sendMessage", chat_id=vera.id, text="Следующее")
    await chat.see("Следующее")
    await expect(bubble.locator(".spoiler-text")).to_have_css("visibility", "visible")


async def test_markup_in_a_text_is_only_text(chat: ChatPage, robot: HttpBot, vera: User) -> None:
    evil = "<img src=x onerror=\"document.title='взлом'\"><script>document.title='взлом'</script>"
    await robot.call("sendMessage", chat_id=vera.id, text=evil)
    bubble = await chat.see("onerror")
    await expect(bubble.locator("img, script")).to_have_count(0)
    await chat.say(evil)
    await expect(chat.page.locator(".message.out .bubble").last).to_contain_text("onerror")
    assert "взлом" not in await chat.page.title()


async def test_a_link_of_a_dangerous_kind_leads_nowhere(
    chat: ChatPage, telegram: Telegram, vera: User
) -> None:
    text = "нажмите сюда"
    link = {"type": "text_link", "offset": 0, "length": len(text), "url": "javascript:alert(1)"}
    telegram.send_content(vera.id, "text", {"text": text, "entities": [link]})
    bubble = await chat.see(text)
    await expect(bubble.locator("a")).to_have_attribute("href", "#")


async def test_an_edit_changes_the_message_in_its_place(
    chat: ChatPage, robot: HttpBot, vera: User
) -> None:
    sent = await robot.call("sendMessage", chat_id=vera.id, text="Вопрос 1")
    await robot.call("sendMessage", chat_id=vera.id, text="После него")
    await chat.see("После него")
    await robot.call(
        "editMessageText", chat_id=vera.id, message_id=sent["message_id"], text="Вопрос 2"
    )
    bubble = await chat.see("Вопрос 2")
    await expect(bubble.locator(".edited")).to_have_text("изменено")
    texts = await chat.bubbles()
    assert ["Вопрос 2" in text for text in texts[-2:]] == [True, False]
    await chat.see_no("Вопрос 1")


async def test_an_edit_redraws_no_other_message(
    chat: ChatPage, robot: HttpBot, telegram: Telegram, vera: User
) -> None:
    for number in range(500):
        telegram.send_content(vera.id, "text", {"text": f"Строка {number}"})
    sent = await robot.call("sendMessage", chat_id=vera.id, text="Последняя")
    await chat.see("Последняя")
    await expect(chat.page.locator(".message")).to_have_count(502)
    await chat.page.evaluate(
        "document.querySelectorAll('.message').forEach((node) => { node.marked = true; })"
    )
    await robot.call("editMessageText", chat_id=vera.id, message_id=sent["message_id"], text="Иная")
    await chat.see("Иная")
    kept = "[...document.querySelectorAll('.message')].filter((node) => node.marked).length"
    assert await chat.page.evaluate(kept) == 501


async def test_a_deleted_message_vanishes(chat: ChatPage, robot: HttpBot, vera: User) -> None:
    sent = await robot.call("sendMessage", chat_id=vera.id, text="На минуту")
    await chat.see("На минуту")
    await robot.call("deleteMessage", chat_id=vera.id, message_id=sent["message_id"])
    await chat.see_no("На минуту")


async def test_a_pinned_message_stands_over_the_chat_and_leads_to_its_place(
    chat: ChatPage, robot: HttpBot, telegram: Telegram, vera: User
) -> None:
    sent = await robot.call("sendMessage", chat_id=vera.id, text="Важное объявление")
    for number in range(40):
        telegram.send_content(vera.id, "text", {"text": f"Разговор {number}"})
    await robot.call("pinChatMessage", chat_id=vera.id, message_id=sent["message_id"])
    bar = chat.page.locator(".pinned")
    await expect(bar).to_contain_text("Важное объявление")
    bubble = chat.bubble("Важное объявление")
    await expect(bubble).not_to_be_in_viewport()
    await bar.click()
    await expect(bubble).to_be_in_viewport()


async def test_a_reaction_of_the_bot_stands_under_the_message(
    chat: ChatPage, robot: HttpBot, vera: User
) -> None:
    await chat.say("Готово")
    message = await robot.next("message")
    await robot.call(
        "setMessageReaction",
        chat_id=vera.id,
        message_id=message["message_id"],
        reaction=[{"type": "emoji", "emoji": "👍"}],
    )
    await expect(chat.bubble("Готово").locator(".reaction")).to_have_text("👍")


async def test_the_bot_is_seen_typing_until_it_writes(
    chat: ChatPage, robot: HttpBot, vera: User
) -> None:
    async def type_on() -> None:  # each is seen for five seconds only
        while True:
            await robot.call("sendChatAction", chat_id=vera.id, action="typing")
            await asyncio.sleep(1)

    typing = asyncio.create_task(type_on())
    head = chat.page.locator(".chat-title p")
    await expect(head).to_contain_text("печатает")
    await expect(chat.person(vera.full_name)).to_contain_text("печатает")
    typing.cancel()
    await robot.call("sendMessage", chat_id=vera.id, text="Написал")
    await expect(head).to_contain_text("бот")


async def test_an_answer_shows_what_it_answers(chat: ChatPage, robot: HttpBot, vera: User) -> None:
    sent = await robot.call("sendMessage", chat_id=vera.id, text="Когда удобно?")
    bubble = await chat.see("Когда удобно?")
    await bubble.hover()
    await chat.page.locator(".message", has=bubble).get_by_label("Ответить на сообщение").click()
    await expect(chat.page.locator(".reply-bar")).to_contain_text("Когда удобно?")
    await chat.say("В среду")
    message = await robot.next("message")
    assert message["reply_to_message"]["message_id"] == sent["message_id"]
    await expect((await chat.see("В среду")).locator(".reply")).to_contain_text("Когда удобно?")
    await expect(chat.page.locator(".reply-bar")).to_be_hidden()


async def test_protected_content_can_be_neither_copied_nor_saved(
    chat: ChatPage, robot: HttpBot, vera: User
) -> None:
    await robot.call("sendMessage", chat_id=vera.id, text="Только для вас", protect_content=True)
    bubble = await chat.see("Только для вас")
    await expect(bubble).to_have_css("user-select", "none")
    row = chat.page.locator(".message", has=bubble)
    await expect(row.get_by_label("Скопировать текст")).to_have_count(0)
    await robot.upload(
        "sendDocument", {"document": ("тайна.txt", b"x")}, chat_id=vera.id, protect_content=True
    )
    document = await chat.see("тайна.txt")
    await expect(document).to_contain_text("сохранение запрещено")
    await expect(document.locator("a")).to_have_count(0)


async def test_a_command_in_a_text_is_sent_by_a_tap(
    chat: ChatPage, robot: HttpBot, vera: User
) -> None:
    await robot.call("sendMessage", chat_id=vera.id, text="Список: /surveys")
    await (await chat.see("Список:")).get_by_text("/surveys").click()
    assert (await robot.next("message"))["text"] == "/surveys"
