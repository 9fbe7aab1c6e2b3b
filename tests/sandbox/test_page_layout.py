"""How the chat page stands on a telephone, in dark colours, and under the keys alone."""

import pytest
from playwright.async_api import Browser, expect

from sandbox.model import User
from sandbox.telegram import Telegram
from tests.kit.browser import ChatPage, chat_page, needs_chromium
from tests.kit.http_bot import HttpBot
from tests.kit.pictures import png

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.asyncio(loop_scope="session")]

LONG = "Рентгеноэлектрокардиографического" * 4


async def furnish(robot: HttpBot, vera: User) -> None:
    """Everything that could be too wide."""
    rows = [
        [{"text": f"Очень длинная кнопка {n}", "callback_data": str(n)} for n in range(3)],
        [{"text": str(n), "callback_data": f"n{n}"} for n in range(8)],
        [{"text": LONG, "callback_data": "long"}],
    ]
    markup = {"inline_keyboard": rows}
    code = f"<pre>{LONG * 3}</pre><b>{LONG}</b> https://example.org/{'a' * 200}"
    await robot.call(
        "sendMessage", chat_id=vera.id, text=code, parse_mode="HTML", reply_markup=markup
    )
    await robot.upload("sendDocument", {"document": (f"{LONG}.xlsx", b"x")}, chat_id=vera.id)
    await robot.upload("sendPhoto", {"photo": ("п.png", png(900, 100))}, chat_id=vera.id)
    keys = {"keyboard": [[LONG, "Да"], ["Один", "Два", "Три", "Четыре", "Пять"]]}
    await robot.call("sendMessage", chat_id=vera.id, text="Конец", reply_markup=keys)


async def test_nothing_is_wider_than_a_telephone(
    browser: Browser, address: str, robot: HttpBot, vera: User
) -> None:
    await furnish(robot, vera)
    async with chat_page(browser, address, width=360, height=740) as chat:
        assert max(await chat.overflow()) == 0
        await expect(chat.page.locator(".chat")).to_be_hidden()
        await chat.choose(vera.full_name)
        await chat.see("Конец")
        assert max(await chat.overflow()) == 0
        await expect(chat.page.locator(".side")).to_be_hidden()
        await chat.page.get_by_role("button", name="Ещё").click()
        assert max(await chat.overflow()) == 0
        await chat.page.get_by_role("menuitem", name="Открыть ссылку на бота").click()
        await chat.page.get_by_role("button", name="Открыть", exact=True).wait_for()
        assert max(await chat.overflow()) == 0
        await chat.page.keyboard.press("Escape")
        await chat.page.get_by_role("button", name="К списку людей").click()
        await expect(chat.page.locator(".side")).to_be_visible()
        await expect(chat.page.locator(".chat")).to_be_hidden()
        for opener in ("#open-clock", "#open-faults", "#new-person"):
            await chat.page.locator(opener).click()
            await chat.page.locator("dialog").wait_for()
            assert max(await chat.overflow()) == 0
            await chat.page.keyboard.press("Escape")


async def test_a_chat_opens_at_its_end_and_stays_there(
    chat: ChatPage, robot: HttpBot, vera: User
) -> None:
    await furnish(robot, vera)
    await expect(chat.bubble("Конец")).to_be_in_viewport(ratio=1)
    await robot.call("sendMessage", chat_id=vera.id, text="Ещё одно")
    await expect(await chat.see("Ещё одно")).to_be_in_viewport(ratio=1)


async def test_who_reads_above_is_not_thrown_down(
    chat: ChatPage, robot: HttpBot, telegram: Telegram, vera: User
) -> None:
    for number in range(60):
        telegram.send_content(vera.id, "text", {"text": f"Строка {number}"})
    await expect(chat.bubble("Строка 59")).to_be_in_viewport()
    await chat.page.locator(".scroller").hover()
    await chat.page.mouse.wheel(0, -1500)
    await expect(chat.bubble("Строка 59")).not_to_be_in_viewport()
    await robot.call("sendMessage", chat_id=vera.id, text="Новость")
    to_end = chat.page.get_by_role("button", name="К последним сообщениям")
    await expect(to_end.locator(".badge")).to_have_text("1")
    await expect(chat.bubble("Новость")).not_to_be_in_viewport()
    await to_end.click()
    await expect(chat.bubble("Новость")).to_be_in_viewport()


async def test_colours_follow_the_system(browser: Browser, address: str, vera: User) -> None:
    lightness = "() => getComputedStyle(document.querySelector('.side')).backgroundColor"
    found = {}
    for scheme in ("light", "dark"):
        async with chat_page(browser, address, scheme=scheme) as chat:
            colour: str = await chat.page.evaluate(lightness)
            found[scheme] = sum(int(part) for part in colour[4:-1].split(","))
    assert found["dark"] < 150 < 600 < found["light"]


async def test_shift_and_enter_make_a_new_line(chat: ChatPage, robot: HttpBot) -> None:
    await chat.type("Первая")
    await chat.page.keyboard.press("Shift+Enter")
    await chat.page.keyboard.type("вторая")
    await chat.page.keyboard.press("Enter")
    assert (await robot.next("message"))["text"] == "Первая\nвторая"


async def test_everything_is_reached_by_keys(
    browser: Browser, address: str, robot: HttpBot, vera: User
) -> None:
    async with chat_page(browser, address) as chat:
        await chat.page.keyboard.press("Tab")
        await expect(chat.page.get_by_role("button", name="Новый человек")).to_be_focused()
        await chat.page.keyboard.press("Tab")
        await expect(chat.person(vera.full_name)).to_be_focused()
        await chat.page.keyboard.press("Enter")
        await expect(chat.field).to_be_focused()
        await chat.page.keyboard.type("По клавишам")
        await chat.page.keyboard.press("Enter")
        assert (await robot.next("message"))["text"] == "По клавишам"


async def test_every_button_has_a_name_for_those_who_listen(
    chat: ChatPage, robot: HttpBot, vera: User
) -> None:
    await furnish(robot, vera)
    await chat.see("Конец")
    nameless = await chat.page.evaluate(
        """() => [...document.querySelectorAll('button, a, input, textarea, audio, video')]
            .filter((node) => node.offsetParent && !node.ariaLabel && !node.textContent.trim()
                && !node.labels?.length)
            .map((node) => node.outerHTML)"""
    )
    assert nameless == []
