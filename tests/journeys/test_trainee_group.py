"""In a browser on a telephone: a coordinator makes a group and its programme, its head reads on.

With `PICTURES=1` in the environment the pictures of the guide are taken anew on the way.
"""

import pytest

from tests.kit.browser import ChatPage, chat_page, chromium, needs_chromium
from tests.kit.demonstration import make_run, picture

pytestmark = [pytest.mark.browser, needs_chromium]


async def add_stage(chat: ChatPage, title: str, body: str, *, after_previous: bool) -> None:
    await chat.tap("Новый этап")
    await chat.see("Как называется задание?")
    await chat.say(title)
    await chat.see("Что нужно сделать?")
    await chat.say(body)
    await chat.see("До какого дня сдать?")
    await chat.tap("7 дней")
    await chat.see("Этап программы")
    if after_previous:
        await chat.tap("Этап")
        await chat.see("Этапы программы идут по порядку")
        await chat.tap("Этап, когда принят предыдущий")
        await chat.see("Этап программы: когда принят предыдущий")
    await chat.tap("Выдать задание")
    await chat.see(f"Задание «{title}» выдано")
    await chat.tap("‹ К программе")
    await chat.see("Принято: 0 из 1")


async def test_a_group_goes_through_a_programme_and_its_head_reads_the_journal() -> None:
    async with (
        make_run() as address,
        chromium() as browser,
        chat_page(browser, address, width=390, height=780) as chat,
    ):
        await chat.choose("Пётр Северцев")
        await chat.begin()  # whoever has not written yet cannot be told that they lead a group

        await chat.choose("Марина Полянская")
        await chat.begin()
        await chat.say("/tasks")
        await chat.tap("Группы стажёров")
        await chat.tap("Новая группа")
        await chat.see("Как называется группа?")
        await chat.say("Стажёры школы № 5, первый год")
        await chat.see("Руководители: не назначены")
        await chat.tap("Состав")
        await chat.tap("☐ Зорин И. П.")
        await chat.see("В группе: 1 стажёр")
        await chat.tap("‹ К группе")
        await chat.tap("Руководители")
        await chat.see("Кто ведёт группу?")
        await chat.say("Север")
        await chat.page.locator(".inline-button", has_text="☐ Северцев").click()
        await chat.page.locator(".inline-button", has_text="☑ Северцев").wait_for()
        await chat.tap("‹ К группе")
        await chat.tap("Программа")
        await chat.see("Этапов пока нет")
        visit = "Побывайте на уроке наставника и напишите, что возьмёте себе."
        await add_stage(chat, "Урок наставника", visit, after_previous=False)
        lesson = "Проведите урок по своей разработке и пришлите фото доски."
        await add_stage(chat, "Открытый урок", lesson, after_previous=True)
        await chat.see("Откроется каждому, когда примут этап 1")
        await picture(chat, "group-programme")
        await chat.tap("‹ К группе")
        await chat.see("Программа: 2 этапа")
        await picture(chat, "group")
        assert set(await chat.overflow()) <= {0}

        await chat.choose("Илья Зорин")
        await chat.begin()
        await chat.say("/tasks")
        await chat.tap("· Открытый урок")
        await chat.see("Откроется, когда примут предыдущий этап.")
        await picture(chat, "stage-closed")

        await chat.choose("Пётр Северцев")
        await chat.see("Вы ведёте группу стажёров")
        await chat.tap("Открыть журнал группы")
        await chat.see("принято 0 из")
        await picture(chat, "group-journal")
