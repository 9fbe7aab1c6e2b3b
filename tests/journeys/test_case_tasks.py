"""In a browser on a telephone: a trainee hands a work in, a coordinator returns and accepts it.

With `PICTURES=1` in the environment the pictures of the guides are taken anew on the way.
"""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.kit.browser import ChatPage, chat_page, chromium, needs_chromium
from tests.kit.demonstration import make_run, picture
from tests.kit.tasks import PDF

pytestmark = [pytest.mark.browser, needs_chromium]


async def hand_in(chat: ChatPage, file: Path) -> None:
    """Ends with everything collected; drafts and receipts of an earlier attempt stay above."""
    draft = chat.page.locator(".bubble", has_text="Черновик").last
    await chat.tap("Сдать")
    await expect(draft).to_contain_text("Ничего не отправится")
    await chat.say("Урок природоведения: дети сами придумали критерии.")
    await expect(draft).to_contain_text("1. «Урок природоведения")
    await chat.attach(file)
    await expect(draft).to_contain_text("2. Конспект.pdf")


async def test_a_work_is_handed_in_returned_and_accepted(tmp_path: Path) -> None:
    file = tmp_path / "Конспект.pdf"
    file.write_bytes(PDF)
    async with (
        make_run() as address,
        chromium() as browser,
        chat_page(browser, address, width=390, height=844) as chat,
    ):
        await chat.choose("Илья Зорин")
        await chat.begin()
        await chat.say("/tasks")
        await chat.see("Методическая разработка урока")
        await picture(chat, "tasks")
        await chat.tap("○ 4.1 Методическая разработка урока")
        await chat.see("Оценивается")
        await hand_in(chat, file)
        await picture(chat, "draft")
        await chat.tap("Отправить окончательно")
        await chat.see("Работа принята на проверку")
        await picture(chat, "receipt")

        await chat.choose("Марина Полянская")
        await chat.begin()
        await chat.say("/review")
        await chat.see("В очереди")
        await picture(chat, "queue")
        await chat.page.locator(".inline-button", has_text="Зорин И.").last.click()
        await chat.see("Урок природоведения")
        await chat.tap("Показать работу")
        shown = chat.page.locator(".bubble", has_text="Зорин Илья Павлович")
        await expect(shown).to_have_count(2)  # the work is sent, and its screen again below
        await chat.tap("Содержание: — из 5")
        await chat.see("Сколько баллов из 5?")
        await chat.tap("4")
        await chat.buttons("Содержание: 4 из 5").last.wait_for()
        await picture(chat, "review")
        await chat.tap("Вернуть на доработку")
        await chat.see("нужна причина")
        await picture(chat, "remark")
        await chat.tap("Укажите источники.")
        await chat.tap("Вернуть на доработку")
        await chat.see("Возвращено на доработку")
        await chat.move_clock("+1 час")

        await chat.choose("Илья Зорин")
        await chat.see("Работу вернули на доработку")
        await picture(chat, "returned")
        await chat.tap("Открыть задание")
        await hand_in(chat, file)
        await chat.tap("Отправить окончательно")
        await chat.see("Попытка 2")
        await chat.say("/journal")
        await chat.see("Журнал стажёра")
        await picture(chat, "journal")
