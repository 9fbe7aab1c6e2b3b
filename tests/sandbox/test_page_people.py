"""People, clock, faults, and how the page survives: in a real browser."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, expect

from sandbox.demo import add_characters
from sandbox.model import User
from sandbox.page_api import serve_page
from sandbox.telegram import Telegram
from tests.kit.browser import ChatPage, chat_page, needs_chromium, page_server
from tests.kit.http_bot import HttpBot

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.asyncio(loop_scope="session")]


async def test_a_new_person_comes_by_a_deep_link(
    chat: ChatPage, robot: HttpBot, telegram: Telegram
) -> None:
    await chat.add_person("Вадим Лесной", f"t.me/{telegram.bot.username}?start=invite_3")
    message = await robot.next("message")
    assert message["text"] == "/start invite_3"
    assert (message["from"]["first_name"], message["from"]["last_name"]) == ("Вадим", "Лесной")
    await chat.see("/start invite_3")
    await expect(chat.page.locator(".person.current")).to_contain_text("Вадим Лесной")


async def test_somebody_who_is_here_opens_a_deep_link(
    chat: ChatPage, robot: HttpBot, telegram: Telegram, vera: User
) -> None:
    await chat.page.get_by_role("button", name="Ещё").click()
    await chat.page.get_by_role("menuitem", name="Открыть ссылку на бота").click()
    link = chat.page.get_by_label("Ссылка на бота")
    await link.fill("https://t.me/another_bot?start=a")
    await link.press("Enter")
    await expect(chat.page.get_by_role("alert")).to_contain_text("Это не ссылка на")
    await link.fill(f"https://t.me/{telegram.bot.username}?start=event_5")
    await link.press("Enter")
    message = await robot.next("message")
    assert (message["from"]["id"], message["text"]) == (vera.id, "/start event_5")


async def test_a_link_to_another_bot_makes_nobody(chat: ChatPage, telegram: Telegram) -> None:
    people = len(telegram.chats)
    await chat.page.get_by_role("button", name="Новый человек").click()
    await chat.page.get_by_label("Имя и фамилия").fill("Вадим Лесной")
    await chat.page.get_by_label("Ссылка-приглашение").fill("https://t.me/another_bot?start=a")
    await chat.page.get_by_role("button", name="Добавить").click()
    await expect(chat.page.get_by_role("alert")).to_contain_text("Это не ссылка на")
    assert len(telegram.chats) == people


async def test_what_was_not_read_is_counted_until_the_chat_is_opened(
    chat: ChatPage, robot: HttpBot, telegram: Telegram, vera: User
) -> None:
    other = telegram.add_person("Глеб", "Садовой")
    telegram.start(other.id)
    for text in ("Раз", "Два"):
        await robot.call("sendMessage", chat_id=other.id, text=text)
    line = chat.person("Глеб Садовой")
    await expect(line.locator(".badge")).to_have_text("2")
    await expect(line.locator(".person-last")).to_have_text("Два")
    assert (await chat.page.title()).startswith("(2)")
    await chat.choose("Глеб Садовой")
    await expect(line.locator(".badge")).to_have_count(0)
    await chat.reload()
    await expect(chat.person("Глеб Садовой").locator(".badge")).to_have_count(0)
    await robot.call("sendMessage", chat_id=vera.id, text="Вере")
    await expect(chat.person(vera.full_name).locator(".badge")).to_have_text("1")


async def test_the_open_chat_survives_a_reload(chat: ChatPage, robot: HttpBot, vera: User) -> None:
    await robot.call("sendMessage", chat_id=vera.id, text="Я никуда не денусь")
    await chat.see("Я никуда не денусь")
    await chat.reload()
    await chat.see("Я никуда не денусь")
    assert chat.page.url.endswith(f"#{vera.id}")


async def test_who_blocks_the_bot_gets_nothing_until_unblocking(
    chat: ChatPage, robot: HttpBot, telegram: Telegram, vera: User
) -> None:
    await chat.page.get_by_role("button", name="Ещё").click()
    await chat.page.get_by_role("menuitem", name="Заблокировать бота").click()
    await expect(chat.field).to_be_hidden()
    assert (await robot.next("my_chat_member"))["new_chat_member"]["status"] == "kicked"
    assert telegram.chats[vera.id].blocked
    await chat.page.get_by_role("button", name="Разблокировать").click()
    await expect(chat.field).to_be_visible()
    assert (await robot.next("my_chat_member"))["new_chat_member"]["status"] == "member"


async def test_a_deleted_account_writes_no_more(
    chat: ChatPage, telegram: Telegram, vera: User
) -> None:
    telegram.deactivate(vera.id)
    await expect(chat.page.get_by_role("button", name="Аккаунт удалён")).to_be_disabled()
    await expect(chat.field).to_be_hidden()


async def test_the_clock_goes_to_monday_morning_of_moscow(
    chat: ChatPage, robot: HttpBot, telegram: Telegram, vera: User
) -> None:
    before = telegram.clock()
    await chat.move_clock("До понедельника 09:00")
    local = telegram.clock().astimezone(ZoneInfo("Europe/Moscow"))
    assert (local.weekday(), local.hour, local.minute) == (0, 9, 0)
    assert timedelta() < telegram.clock() - before <= timedelta(days=7)
    await expect(chat.page.locator("#clock")).to_have_text(re.compile(r"^пн, .*, 09:00$"))
    await robot.call("sendMessage", chat_id=vera.id, text="Доброе утро")
    await expect((await chat.see("Доброе утро")).locator("time")).to_have_text("09:00")


async def test_the_clock_goes_by_steps_and_never_back(chat: ChatPage, telegram: Telegram) -> None:
    before = telegram.clock()
    await chat.move_clock("+1 час")
    await chat.move_clock("+1 день")
    moved = telegram.clock() - before
    assert timedelta(hours=25) <= moved < timedelta(hours=25, minutes=5)
    await chat.page.locator("#open-clock").click()
    await chat.page.get_by_label("Свой момент").fill("2020-01-01T10:00")
    await chat.page.get_by_label("Свой момент").evaluate("field => { field.min = ''; }")
    await chat.page.get_by_role("button", name="Перейти").click()
    await chat.see_toast("Часы идут только вперёд")
    assert telegram.clock() - before < timedelta(hours=26)


async def test_the_clock_goes_to_an_own_moment(chat: ChatPage, telegram: Telegram) -> None:
    target = telegram.clock().astimezone(ZoneInfo("Europe/Moscow")) + timedelta(days=40)
    await chat.page.locator("#open-clock").click()
    await chat.page.get_by_label("Свой момент").fill(target.strftime("%Y-%m-%dT12:30"))
    await chat.page.get_by_role("button", name="Перейти").click()
    await chat.page.locator("dialog").wait_for(state="detached")
    local = telegram.clock().astimezone(ZoneInfo("Europe/Moscow"))
    assert (local.date(), local.hour, local.minute) == (target.date(), 12, 30)


async def test_faults_are_switched_on_and_off(chat: ChatPage, telegram: Telegram) -> None:
    await chat.page.locator("#open-faults").click()
    await chat.page.get_by_label("Задержка ответа").fill("1.5")
    await chat.page.get_by_label("Новые сообщения уходят медленно").fill("8")
    await chat.page.get_by_label("Отказ 429").fill("50")
    await chat.page.get_by_role("button", name="Включить").click()
    await expect(chat.page.locator("#faults-on")).to_have_text("3")
    overall, sending, refusing = telegram.faults.list()
    assert (overall.trouble, overall.seconds, overall.methods) == ("latency", 1.5, frozenset())
    assert (sending.trouble, sending.seconds) == ("latency", 8)
    assert "sendmessage" in sending.methods
    assert "editmessagetext" not in sending.methods
    assert refusing.probability == 0.5
    await chat.page.locator("#open-faults").click()
    await chat.page.get_by_role("button", name="Всё исправно").click()
    await expect(chat.page.locator("#faults-on")).to_be_hidden()
    assert telegram.faults.list() == []


async def test_malformed_updates_are_sent_and_good_ones_follow(
    chat: ChatPage, robot: HttpBot, telegram: Telegram
) -> None:
    await chat.page.get_by_role("button", name="Ещё").click()
    await chat.page.get_by_role("menuitem", name="Прислать боту испорченные события").click()
    await chat.see_toast("Испорченных событий в очереди бота")
    assert len(telegram.updates) >= 200
    await chat.say("А это целое")
    await chat.see("А это целое")
    updates = await robot.call("getUpdates", offset=-1)
    assert updates[-1]["message"]["text"] == "А это целое"


async def test_the_page_comes_back_when_the_sandbox_does(
    browser: Browser, telegram: Telegram, vera: User
) -> None:
    runner = await serve_page(telegram, 0)
    host, port = runner.addresses[0][:2]
    address = f"http://{host}:{port}"
    async with chat_page(browser, address) as chat:
        await chat.choose(vera.full_name)
        await runner.cleanup()
        await expect(chat.page.locator("#offline")).to_be_visible()
        telegram.send_content(vera.id, "text", {"text": "Написано без связи"})
        runner = await serve_page(telegram, port)
        await chat.see("Написано без связи")
        await expect(chat.page.locator("#offline")).to_be_hidden()
        # The browser tells of refused connections while nobody listened.
        chat.errors = [line for line in chat.errors if "ERR_" not in line]
    await runner.cleanup()


async def test_the_demonstration_has_one_of_each_role(browser: Browser, telegram: Telegram) -> None:
    notes = add_characters(telegram)
    async with (
        page_server(telegram, notes) as address,
        chat_page(browser, address) as chat,
    ):
        await expect(chat.page.locator(".person-note")).to_have_text(
            ["учитель", "стажёр", "координатор", "организатор", "администратор"]
        )
