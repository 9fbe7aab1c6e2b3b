"""The screening as people see it in a browser: statement, hidden, result; the coordinator's report.

With `PICTURES=1` in the environment the pictures of the guides are taken anew on the way.
"""

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.app import App
from bot.delivery.limiter import UNLIMITED
from bot.settings import Settings
from sandbox.clock import Clock
from sandbox.limits import Limits
from sandbox.telegram import Telegram
from storage.people import people
from storage.people.people import Field, Grant, Role
from storage.scopes import REGION
from storage.screening import secrets as screening_secrets
from storage.screening import taking as screening
from surveys.reference import communities
from tests.handlers.test_managing_screening import crowd
from tests.kit.browser import ChatPage, chat_page, chromium, needs_chromium, page_server
from tests.kit.people import _register
from tests.kit.screening import opened_screening
from tests.kit.world import MONDAY_MORNING, TOKEN

pytestmark = [pytest.mark.browser, needs_chromium]

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


async def picture(chat: ChatPage, name: str) -> None:
    if os.environ.get("PICTURES"):
        await chat.screenshot(PICTURES / f"{name}.png")


async def drawn(chat: ChatPage) -> None:
    """Waits until every picture of the chat is there."""
    await chat.page.wait_for_function(
        "() => [...document.images].every((one) => one.complete && one.naturalWidth)"
    )
    # Complete is what was received; what was not yet decoded would be an empty frame.
    await chat.page.evaluate(
        "() => Promise.all([...document.images].map((one) => one.decode().catch(() => 0)))"
        ".then(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 300))))"
    )


def said(surname: str, first_name: str) -> dict[Field, str | int | None]:
    return {
        Field.SURNAME: surname,
        Field.FIRST_NAME: first_name,
        Field.PATRONYMIC: "Сергеевна",
        Field.MUNICIPALITY: "Ейский район",
        Field.POSITION: "учитель",
        Field.COMMUNITY: communities()[0],
    }


async def test_a_teacher_takes_it_on_a_phone_and_the_coordinator_gets_groups(
    tmp_path: Path,
) -> None:
    clock = Clock(MONDAY_MORNING)
    telegram = Telegram(TOKEN, clock, limits=Limits(rate=False))
    anna = telegram.add_person("Анна", "Ветрова").id
    marina = telegram.add_person("Марина", "Полянская").id
    async with page_server(telegram) as address:
        settings = Settings(
            _env_file=None, bot_token=TOKEN, bot_api_url=address, data_dir=tmp_path / "data"
        )
        async with (
            App(settings, clock=clock, limits=UNLIMITED, pace=None) as app,
            chromium() as browser,
        ):
            coordinator = [Grant(Role.COORDINATOR, REGION)]
            await app.db.write(_register, anna, said("Ветрова", "Анна"), "СОШ 5", [], clock())
            await app.db.write(
                _register, marina, said("Полянская", "Марина"), "ИРО", coordinator, clock()
            )
            found = await app.db.read(people.find, anna)
            assert found is not None
            person = found.id
            campaign = await app.db.write(opened_screening, now=clock(), days=5)
            secret = screening_secrets.secret_of(settings.data_dir, campaign.id)
            await app.db.write(crowd, campaign, secret, clock())

            async with chat_page(browser, address, width=390, height=844) as chat:
                await chat.choose("Анна Ветрова")
                await chat.begin()
                await chat.see("чем займёмся?")
                await chat.say("/screening")
                await chat.tap("Осень")
                await chat.see("Это не диагноз")
                await picture(chat, "screening-before")
                await chat.tap("Дальше")
                await chat.tap("Согласие даю")
                await chat.see("Два слова для сводки")
                await picture(chat, "screening-about")
                await chat.tap("От 3 до 10 лет")
                await chat.see("Часть 1 из 7")
                await chat.tap("Нет")
                await chat.see("2.")
                await picture(chat, "screening-statement")
                assert await chat.keyboard() == [["Да", "Нет"], ["‹ Назад", "Пауза", "Скрыть"]]
                await chat.tap("Скрыть")
                await chat.see("Всё сохранено.")
                assert not any("Часть 1 из 7" in text for text in await chat.bubbles())
                draft = await app.db.read(screening.of_person, campaign.id, person)
                assert draft is not None
                for item in range(2, 84):
                    await app.db.write(
                        screening.record, draft.id, person, item, yes=item % 2 == 0, now=clock()
                    )
                await chat.tap("Открыть")
                await chat.see("84.")
                await chat.tap("Да")
                await chat.see("Все 84 ответа есть")
                await chat.tap("Показать результат")
                await chat.see("Ваш личный код")
                await chat.bubble("Ваш результат").scroll_into_view_if_needed()
                await drawn(chat)
                await picture(chat, "screening-result")
                assert max(await chat.overflow()) <= 0
                await chat.tap("Скрыть результат")
                await chat.see_no("Что это значит")
                await chat.see_no("Ваш результат.")

            clock.advance(timedelta(days=6))
            await app.beats.plan()
            async with chat_page(browser, address) as chat:
                await chat.choose("Марина Полянская")
                await chat.begin()
                await chat.see("чем займёмся?")
                await chat.say("/report")
                await chat.tap("○ Скрининг выгорания: Осень")
                name = "Скрининг выгорания – Осень.xlsx"
                await chat.see("Скрининг на одной странице")
                await drawn(chat)
                await picture(chat, "screening-report")
                book = load_workbook(io.BytesIO(await chat.download(name)))
                assert book.sheetnames[0] == "Сводка"
