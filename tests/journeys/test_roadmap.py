"""By hand, in a browser: the roadmap's file, an event, its reminders, the questionnaire after it.

The command is the real one and the clock is moved at the page. With `PICTURES=1` in the environment
the pictures of the guides are taken anew on the way.
"""

from datetime import timedelta

import pytest

from tests.journeys.test_newcomer import answer_everything
from tests.kit.browser import ChatPage, chat_page, chromium, needs_chromium
from tests.kit.demonstration import START, make_run, picture
from tests.roadmap.test_shared_documents import DATA

pytestmark = [pytest.mark.browser, needs_chromium]

SAMPLE = DATA / "roadmap_krc_sample_2026_2027.docx"
TITLE = "Встреча наставников"


async def load_the_roadmap(chat: ChatPage) -> None:
    await chat.choose("Марина Полянская")
    await chat.begin()
    await chat.tap("Дорожная карта")
    await chat.tap("сеть «Наставничество и молодой педагог»")
    await chat.see("Пришлите дорожную карту")
    await chat.attach(SAMPLE)
    await chat.see("Прочитано 14 мероприятий")
    await picture(chat, "roadmap-summary")
    await chat.tap("Внести в календарь")
    await chat.see("Готово: в календаре 14 мероприятий")
    await chat.tap("Что и когда уйдёт людям")
    await chat.see("Получатели выбираются в момент отправки")
    await picture(chat, "roadmap-dry-run")


async def hold_an_event(chat: ChatPage, when: str) -> None:
    await chat.choose("Пётр Северцев")
    await chat.begin()
    await chat.tap("Мероприятия")
    await chat.see("Мастер-класс")
    await picture(chat, "events")
    await chat.tap("+ Мероприятие")
    await chat.tap("весь край")
    await chat.say(TITLE)
    await chat.see("Напишите день и час")
    await chat.say(when)
    await chat.see("Записано")
    await picture(chat, "event-manage")


async def test_from_the_file_to_the_answered_questionnaire_by_hand() -> None:
    async with (
        make_run() as address,
        chromium() as browser,
        chat_page(browser, address, width=1100, height=820) as chat,
    ):
        await load_the_roadmap(chat)
        start = START + timedelta(days=5)
        await hold_an_event(chat, f"{start:%d.%m.%Y} 12:00-14:00")
        await chat.choose("Илья Зорин")
        await chat.begin()
        await chat.tap("Мероприятия")
        await chat.tap(f"{start:%d.%m} 12:00 · {TITLE}")
        await chat.see("Когда:")
        await chat.tap("Приду")
        await chat.see("Вы записаны: придёте")
        await picture(chat, "event-card")
        for _ in range(6):
            await chat.move_clock("+1 день")
        await chat.see("Как прошло мероприятие")
        await chat.tap("Подробнее и ответить")
        await chat.tap("Начать")
        await chat.see("Вопрос 1 из")
        await answer_everything(chat)
        await chat.tap("Отправить")
        await chat.see("Спасибо")
