"""What the README promises: `make run`, and in a browser one is a teacher, then a coordinator.

The command is the real one, in a process of its own. With `PICTURES=1` in the environment the
pictures of README and guides are taken anew on the way.
"""

import asyncio
import io

import pytest
from openpyxl import load_workbook

from tests.kit.browser import ChatPage, chat_page, chromium, needs_chromium
from tests.kit.demonstration import make_run, picture

pytestmark = [pytest.mark.browser, needs_chromium]


async def register(chat: ChatPage) -> None:
    await chat.choose("Анна Ветрова")
    await chat.begin()
    await chat.see("Давайте познакомимся")
    await picture(chat, "welcome")
    await chat.tap("Познакомиться")
    await chat.see("ваше согласие")
    await chat.tap("Согласие даю")
    await chat.see("Как вас зовут?")
    await chat.say("Ветрова Анна Сергеевна")
    await chat.see("Очень приятно, Анна Сергеевна")
    await chat.say("тимашевск")
    await chat.see("В какой организации")
    await chat.say("сош 5")
    await chat.tap("Добавить эту организацию")
    await chat.see("Ваша должность?")
    await chat.tap("учитель")
    await chat.see("сообществу")
    await chat.say("молодые")
    await chat.see("Приглашаем вас ответить")


async def answer_everything(chat: ChatPage) -> None:
    """Taps the first choice of every question, skips what asks for words."""
    for number in range(40):
        labels = [label for row in await chat.keyboard() for label in row]
        if "Отправить" in labels:
            return
        before = await chat.bubbles()
        if "Готово" in labels:
            await chat.tap("Готово")
        elif "Пропустить" in labels and labels[0].startswith("‹"):
            await chat.tap("Пропустить")
        else:
            await chat.tap(labels[0])
        async with asyncio.timeout(60):
            while await chat.bubbles() == before and labels == [
                label for row in await chat.keyboard() for label in row
            ]:
                await asyncio.sleep(0.05)
        if number == 3:
            await picture(chat, "questionnaire")
    pytest.fail("the questionnaire does not end")


async def test_a_newcomer_answers_as_a_teacher_and_reads_as_a_coordinator() -> None:
    async with (
        make_run() as address,
        chromium() as browser,
        chat_page(browser, address, width=1100, height=820) as chat,
    ):
        await register(chat)
        await chat.tap("Подробнее и ответить")
        await chat.see("Опрос анонимный")
        await chat.tap("Начать")
        await chat.see("Вопрос 1 из")
        await answer_everything(chat)
        await picture(chat, "summary")
        await chat.tap("Отправить")
        await chat.see("Спасибо")

        await chat.choose("Марина Полянская")
        await chat.begin()
        await chat.tap("Сводки")
        await chat.tap("● Как прошло мероприятие: Форум «Движение вверх»")
        name = "Как прошло мероприятие – Форум «Движение вверх».xlsx"
        await chat.see(name)
        await picture(chat, "report")
        content = await chat.download(name)

    summary = load_workbook(io.BytesIO(content)).worksheets[0]
    cells = [str(cell.value) for row in summary.iter_rows() for cell in row if cell.value]
    # 160 invented teachers, the four of staff who have a profile, and Anna.
    answered = next(
        row[1].value for row in summary.iter_rows() if str(row[0].value).startswith("Ответили")
    )
    assert isinstance(answered, int)
    assert answered > 1
    assert any("Форум «Движение вверх»" in text for text in cells)
