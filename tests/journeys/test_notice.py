"""An organiser writes a notice in a browser, looks at it, sends it, and sees whom it reached."""

import pytest

from tests.kit.browser import chat_page, chromium, needs_chromium
from tests.kit.demonstration import make_run, picture

pytestmark = [pytest.mark.browser, needs_chromium]


async def test_an_organiser_sends_a_notice_and_sees_whom_it_reached() -> None:
    async with (
        make_run() as address,
        chromium() as browser,
        chat_page(browser, address, width=900, height=900) as chat,
    ):
        await chat.choose("Пётр Северцев")
        await chat.begin()
        await chat.say("/broadcast")
        await chat.see("пришлите его прямо сюда")
        await chat.say(
            "{имя отчество}, семинар «Наставничество: с чего начать» переносится на четверг, 15:00."
        )
        await chat.see("Черновик уведомления")
        await picture(chat, "notice-draft")
        await chat.tap("Кому")
        await chat.see("Кому отправить?")
        await chat.tap("Готово")
        await chat.tap("Проверить и отправить")
        await chat.see("Пётр Андреевич, семинар")
        await chat.see("Так увидят уведомление получатели")
        await picture(chat, "notice-check")
        # Telegram is slow now: whoever watches on a slow machine sees the middle of it as well.
        await chat.page.locator("#open-faults").click()
        await chat.page.get_by_label("Новые сообщения уходят медленно").fill("5")
        await chat.page.get_by_role("button", name="Включить").click()
        await chat.tap("Отправить: 164 человека")
        await chat.see("Отправляется")
        await chat.see("доставлено")
        await picture(chat, "notice-progress")
        await chat.tap("Пауза")
        await chat.see("На паузе")
        await chat.page.locator("#open-faults").click()
        await chat.page.get_by_role("button", name="Всё исправно").click()
        await chat.tap("Продолжить")
        await chat.see("Завершено")
        await chat.tap("Отчёт в таблице")
        await chat.see("В таблице есть имена")
